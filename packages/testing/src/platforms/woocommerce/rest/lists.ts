import type { Json } from '@crossdock/core';
import { integerOf, textOf, type Body } from './body.ts';
import { url } from '../views/format.ts';
import type { Answer, Call } from './call.ts';
import { between, type Check } from './check.ts';
import { writePhpQuery } from './php-query.ts';

/** What every list checks. */
export const pageChecks: Readonly<Record<string, Check>> = { per_page: between(1, 100), page: between(1) };

/** How a list differs from the others. */
export interface ListOptions<T> {
  readonly show: (item: T) => Json | Promise<Json>;
  /** Parameters that links repeat although nobody sent them, as far as something was shown. */
  readonly defaults?: readonly (readonly [name: string, value: Json, onlyWithItems: boolean])[];
  /** Parameters as the route understood them, for links. */
  readonly read?: Body;
  /** Whether totals are 0 past the end, as for orders; others keep them. Recorded on WooCommerce 10.0.2, 2026-11-23. */
  readonly forgetsPastEnd?: boolean;
}

/** One page of what was found, with headers that say how much there is. */
export async function page<T>(call: Call, found: readonly T[], options: ListOptions<T>): Promise<Answer> {
  const perPage = integerOf(call.params['per_page']) ?? 10;
  const number = integerOf(call.params['page']) ?? 1;
  const offset = integerOf(call.params['offset']) ?? (number - 1) * perPage;
  const items = found.slice(offset, offset + perPage);
  const total = items.length === 0 && options.forgetsPastEnd ? 0 : found.length;
  const pages = Math.ceil(total / perPage);
  const body: Json[] = [];
  for (const item of items) body.push(await options.show(item));
  const link = linkHeader(call, options, { number, pages, hasItems: items.length > 0 });
  return {
    body,
    isList: true,
    headers: { 'x-wp-total': String(total), 'x-wp-totalpages': String(pages), ...(link === '' ? {} : { link }) },
  };
}

function linkHeader<T>(
  call: Call,
  options: ListOptions<T>,
  { number, pages, hasItems }: { readonly number: number; readonly pages: number; readonly hasItems: boolean },
): string {
  const { _method: _, ...sent } = call.query;
  const params = new Map<string, Json>(
    Object.entries(sent)
      .filter(([name]) => name !== 'consumer_key' && name !== 'consumer_secret')
      .map(([name, value]) => [name, options.read?.[name] ?? value]),
  );
  for (const [name, value, onlyWithItems] of options.defaults ?? []) {
    if (!params.has(name) && (hasItems || !onlyWithItems)) params.set(name, value);
  }
  const to = (target: number, rel: string) => {
    const query = writePhpQuery([...new Map([...params, ['page', target] as const])]);
    const [address = ''] = url(call.site, call.path).split('?');
    return `<${address}?${query}>; rel="${rel}"`;
  };
  const neighbours: string[] = [];
  if (number > 1) neighbours.push(to(Math.min(number - 1, pages), 'prev'));
  if (pages > number) neighbours.push(to(number + 1, 'next'));
  return neighbours.join(', ');
}

/** Ids or words as a client sends them: a list, or with commas between. Nothing when nothing was sent. */
export function wordsOf(value: Json): readonly string[] | undefined {
  if (Array.isArray(value)) return value.flatMap((item: Json) => textOf(item) ?? []);
  const text = textOf(value);
  return text === undefined ? undefined : text.split(/[\s,]+/).filter((word) => word !== '');
}

export function idsOf(value: Json): readonly number[] | undefined {
  return wordsOf(value)?.map(Number);
}

/** What records can be sorted by. */
export type SortKeys<T> = Readonly<Record<string, (item: T) => number | string>>;

/** Puts records into the order that was asked for. `orderby` is already checked. */
export function sorted<T extends { readonly id: number }>(
  call: Call,
  found: readonly T[],
  keys: SortKeys<T>,
  /** How records of one second stand, which MySQL does not promise. Default as the rest is sorted. */
  ties?: 'asc',
): readonly T[] {
  const by = textOf(call.params['orderby']) ?? 'date';
  const include = idsOf(call.params['include']);
  if (by === 'include' && include) return found.toSorted((a, b) => include.indexOf(a.id) - include.indexOf(b.id));
  const key = keys[by] ?? ((item: T) => item.id);
  const descending = (textOf(call.params['order']) ?? 'desc') === 'desc';
  const compare = (a: T, b: T) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : Number(left > right);
  };
  const tie = descending && ties === undefined ? -1 : 1;
  return found.toSorted((a, b) => (descending ? compare(b, a) : compare(a, b)) || tie * (a.id - b.id));
}
