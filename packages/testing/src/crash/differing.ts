import type { Json } from '@crossdock/core';
import type { WorldState } from './world.ts';

/** Fields that are not compared, such as "shop orders.createdAt" or "shop orders.lines.id". */
export type Volatile = ReadonlySet<string>;

/** The fields in which two ends differ after the same has happened: what is drawn, counted on or a moment. */
export function differing(one: WorldState, other: WorldState): Volatile {
  const found = new Set<string>();
  for (const [kind, records] of Object.entries(one)) collect(kind, records, other[kind], found);
  return found;
}

/** The same records without the values of such fields. That there is none, where there should be one, is still to be seen. */
export function steadied(state: WorldState, fields: Volatile): WorldState {
  if (fields.size === 0) return state;
  return Object.fromEntries(
    Object.entries(state).map(([kind, records]) => [kind, records.map((record) => steady(kind, record, fields))]),
  );
}

function collect(field: string, one: Json, other: Json, into: Set<string>): void {
  if (isList(one) && isList(other)) {
    // Of lists that are not of one length nobody knows what belongs to what: they are other, and are said to be.
    if (one.length === other.length)
      for (const [index, item] of one.entries()) collect(field, item, other[index], into);
  } else if (isRecord(one) && isRecord(other)) {
    for (const name of Object.keys(one)) {
      if (name in other) collect(`${field}.${name}`, one[name], other[name], into);
    }
  } else if (isValue(one) && isValue(other) && one !== other) into.add(field);
}

function steady(field: string, value: Json, fields: Volatile): Json {
  if (isList(value)) return value.map((item) => steady(field, item, fields));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, steady(`${field}.${name}`, item, fields)]),
    );
  }
  return isValue(value) && fields.has(field) ? '<any>' : value;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isRecord(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isValue(value: Json): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}
