import type { CommerceEvent } from '../model/event.ts';
import { anyRefSchema, type Ref } from '../model/ref.ts';

/**
 * Whether an event is about everything that an older one of its kind was about, at a later moment: who takes over the state
 * of a record has nothing left to do for the older one. Events of one moment do not cover each other, as nobody can say
 * which of them came last.
 */
export function covers(newer: CommerceEvent, older: CommerceEvent): boolean {
  if (newer.type !== older.type || newer.system !== older.system) return false;
  // Asked this way round, what is no moment covers nothing.
  if (!(Date.parse(newer.occurredAt) > Date.parse(older.occurredAt))) return false;
  const mine = new Set(recordsOf(newer));
  const theirs = recordsOf(older);
  return theirs.length > 0 && theirs.every((record) => mine.has(record));
}

/** A name for each record that an event is about. A stock level has none of its own: place and SKU name it. */
function recordsOf({ id, data }: CommerceEvent): readonly string[] {
  if (Array.isArray(data)) return data.flatMap(recordOf);
  const own = recordOf(data);
  // An event of the user's own may carry no record; the fact that it states has a name before its version.
  return own.length > 0 ? own : [id.split('@', 1)[0] ?? id];
}

function recordOf(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null) return [];
  if ('ref' in data) return nameOf(data.ref);
  if ('location' in data && 'sku' in data) return nameOf(data.location, data.sku);
  return [];
}

function nameOf(ref: unknown, ...more: readonly unknown[]): readonly string[] {
  const parsed: Ref | undefined = anyRefSchema.safeParse(ref).data;
  return parsed === undefined ? [] : [JSON.stringify([parsed.system, parsed.kind, parsed.id, ...more])];
}
