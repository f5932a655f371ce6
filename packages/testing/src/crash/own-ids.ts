import type { Json } from '@crossdock/core';
import type { WorldState } from './world.ts';

const ownId = /^(id|gid|uuid)$/i;

/**
 * The same records, in which each is called by its kind and place in place of its id, and so wherever another names it: which
 * number a platform drew for it says nothing, and which of two a record means says much. Ids that are as short as a quantity
 * are left where others name them.
 */
export function withoutIds(state: WorldState): WorldState {
  const names = new Map<Json, string>();
  const counts = new Map<string, number>();
  walk(state, '', (kind, id) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (isLong(id) && !names.has(id)) names.set(id, `<${kind} ${count}>`);
  });
  const renamed = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item: Json) => renamed(item));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]: [string, Json]) => [
        name,
        ownId.test(name) && isScalar(item) ? (names.get(item) ?? '<id>') : renamed(item),
      ]),
    );
  };
  return Object.fromEntries(Object.entries(state).map(([kind, records]) => [kind, records.map(renamed)]));
}

function walk(value: Json, kind: string, found: (kind: string, id: Json) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    if (Array.isArray(value)) walk(item, kind, found);
    else if (ownId.test(name) && isScalar(item)) found(kind, item);
    else walk(item, kind === '' ? name : `${kind}.${name}`, found);
  }
}

function isScalar(value: Json): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function isLong(id: Json): boolean {
  return typeof id === 'string' ? id.length >= 8 : typeof id === 'number' && id >= 1_000_000;
}
