import type { Json } from '@crossdock/core';
import type { CrashPlatforms, WorldState } from './world.ts';

/**
 * What stands in the platforms: every list, map and set in the `state` of each, record by record, with all that is in it.
 * What differs between two runs in which the same happened, such as times and drawn ids, is left out where they are compared.
 */
export function recordsOf(platforms: CrashPlatforms): WorldState {
  return Object.fromEntries(
    Object.entries(platforms).flatMap(([system, { state }]) =>
      listsIn(state).map(([name, records]) => [`${system} ${name}`, records.map((record) => plain(record))]),
    ),
  );
}

/** What a world says that stands in it, as plain values. Throws a TypeError where that is nothing to compare by records. */
export function plainState(given: unknown): WorldState {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof Set) {
    throw new TypeError('The "state" of this world gives no records by kind. Give { "name of the kind": [records] }.');
  }
  const kinds =
    given instanceof Map ? [...given].map(([name, list]) => [String(name), list] as const) : Object.entries(given);
  return Object.fromEntries(
    kinds.map(([kind, list]) => {
      const records = listOf(list);
      if (records) return [kind, records.map((record) => plain(record))];
      throw new TypeError(`The "state" of this world has "${kind}", which is no list of records. Give a list.`);
    }),
  );
}

function listsIn(state: unknown): readonly (readonly [string, readonly unknown[]])[] {
  const whole = listOf(state);
  if (whole) return [['state', whole]];
  if (typeof state !== 'object' || state === null) return [];
  return Object.entries(state).flatMap(([name, value]) => {
    const list = listOf(value);
    return list ? [[name, list] as const] : [];
  });
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value].map(([key, item]: readonly [unknown, unknown]) => ({ key, value: item }));
  return value instanceof Set ? [...value] : undefined;
}

/** A value as it is compared. Methods and cycles have no place in a record, and are left out. */
function plain(value: unknown, above: readonly object[] = []): Json {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value;
  if (typeof value !== 'object') return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
  if (above.includes(value)) return '<above>';
  const here = [...above, value];
  const list = listOf(value);
  if (list) return list.map((item) => plain(item, here));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => typeof field !== 'function')
      .map(([name, field]) => [name, plain(field, here)]),
  );
}
