import type { Json } from '@crossdock/core';
import type { CrashPlatforms, WorldState } from './world.ts';

/** Fields that differ between two runs in which the same happened: what a record is called, and when. */
const volatileField = /^(id|ids|uuid|gid|.*(Id|Ids|At|_id|_ids|_at|_date|Date|Uuid))$|^(date|time)/;
const moment = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
/** What is drawn or counted inside of a text. */
const drawn = /\b(?:[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{9,})\b/gi;

/**
 * What stands in the platforms: every list in the `state` of each, record by record, without ids and times. What a record
 * calls another by is an id, too: where it matters which of two it is, give a world a `state` of its own.
 */
export function recordsOf(platforms: CrashPlatforms): WorldState {
  return Object.fromEntries(
    Object.entries(platforms).flatMap(([system, { state }]) =>
      listsIn(state).map(([name, records]) => [`${system} ${name}`, records.map((record) => steady(record))]),
    ),
  );
}

function listsIn(state: unknown): readonly (readonly [string, readonly unknown[]])[] {
  if (typeof state !== 'object' || state === null) return [];
  return Object.keys(state).flatMap((name) => {
    const value: unknown = Reflect.get(state, name);
    return Array.isArray(value) ? [[name, value] as const] : [];
  });
}

/** A value without what is volatile in it. Methods and cycles have no place in a record, and are left out. */
function steady(value: unknown, above: readonly object[] = []): Json {
  if (typeof value === 'string') return moment.test(value) ? '<time>' : value.replaceAll(drawn, '<id>');
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') return undefined;
  if (above.includes(value)) return '<above>';
  const here = [...above, value];
  if (Array.isArray(value)) return value.map((item: unknown) => steady(item, here));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => !volatileField.test(name) && typeof field !== 'function')
      .map(([name, field]) => [name, steady(field, here)]),
  );
}
