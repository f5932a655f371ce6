import { writePhpQuery } from './php-query.ts';
import { textOf } from './body.ts';
import type { Call } from './call.ts';
import { idsOf, sorted, type SortKeys } from './lists.ts';

/** What a list is made of. */
export interface Findable<T> {
  /** All records, sorted by nothing. */
  readonly all: () => Iterable<T>;
  readonly fits: (item: T) => boolean;
  readonly keys: SortKeys<T>;
  /** How records of one second stand, which MySQL does not promise. Default as the rest is sorted. */
  readonly ties?: 'asc';
}

/** How many answers to earlier questions are kept. */
const most = 8;

/** What never changes which records a list has. */
const aside = new Set(['page', 'per_page', 'offset', '_fields', 'dp', 'context', 'consumer_key', 'consumer_secret']);

/** What is not told by the records alone: the time of a sale, and names of rates. */
const untold = ['on_sale', 'search', 'hide_empty'];

/**
 * The records that a request means, in their order. While nothing in the shop changes they are looked for once, so that the
 * pages of a large shop cost what is on them.
 */
export function found<T extends { readonly id: number }>(call: Call, kind: string, what: Findable<T>): readonly T[] {
  const memory = call.site.store.found;
  const params = Object.entries(call.params).filter(([name]) => !aside.has(name) && !name.startsWith('oauth_'));
  const question = `${kind} ${call.path} ${writePhpQuery(params)}`;
  const isTold = !untold.some((name) => call.params[name] !== undefined);
  const known = memory.get(question);
  if (isTold && known?.changes === call.site.store.changes()) {
    // Whoever asks under this name found records of this kind.
    return known.records as readonly T[];
  }
  const records = inOrder(call, kind, what).filter(what.fits);
  remember(call, question, records);
  return records;
}

function inOrder<T extends { readonly id: number }>(call: Call, kind: string, what: Findable<T>): readonly T[] {
  const by = textOf(call.params['orderby']) ?? 'date';
  if (by === 'include' && idsOf(call.params['include'])) return sorted(call, [...what.all()], what.keys, what.ties);
  const question = `all ${kind} by ${by} ${textOf(call.params['order']) ?? 'desc'}`;
  const known = call.site.store.found.get(question);
  if (known?.changes === call.site.store.changes()) return known.records as readonly T[]; // as above
  const records = sorted(call, [...what.all()], what.keys, what.ties);
  remember(call, question, records);
  return records;
}

function remember(call: Call, question: string, records: readonly { readonly id: number }[]): void {
  const memory = call.site.store.found;
  memory.delete(question);
  const oldest = memory.keys().next();
  if (memory.size >= most && oldest.done !== true) memory.delete(oldest.value);
  memory.set(question, { changes: call.site.store.changes(), records });
}
