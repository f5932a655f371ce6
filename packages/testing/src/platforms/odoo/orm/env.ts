import type { Json } from '@crossdock/core';
import type { Env, Vals } from './anatomy.ts';
import type { Row } from './database.ts';
import { plain } from './plain.ts';

export type { Env, User, Vals } from './anatomy.ts';

export const isVals = (value: Json): value is Vals =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function withContext(env: Env, context: Vals): Env {
  return { ...env, context: { ...env.context, ...context } };
}

/** Leaves out the defaults meant for the record that was called, so that records it makes do not take them. */
export function withoutDefaults(env: Env): Env {
  return {
    ...env,
    context: Object.fromEntries(Object.entries(env.context).filter(([key]) => !key.startsWith('default_'))),
  };
}

/** Works something out once, later in the same transaction, however often it is asked for. */
export function schedule(env: Env, key: string, work: () => void): void {
  if (!env.work.has(key)) env.work.set(key, work);
}

/** Does everything that was scheduled, and what that schedules. */
export function flush(env: Env): void {
  while (env.work.size > 0) {
    for (const [key, work] of env.work) {
      env.work.delete(key);
      work();
    }
  }
}

/** The transaction's moment as fields get it: without a fraction. */
export function nowOf(env: Env): number {
  return env.startedAt - (env.startedAt % 1_000_000);
}

export function rowOf(env: Env, model: string, id: number): Row {
  const row = env.db.row(model, id);
  if (!row) throw new RangeError(`There is no "${model}" ${id} in this fake.`);
  return row;
}

/** Stores values of one record as they are, with the stamp of this transaction when anything changed. */
export function store(env: Env, model: string, row: Row, values: Vals): boolean {
  const before = watched(env) ? { ...row } : row;
  let changed = false;
  for (const field in values) {
    const value = values[field];
    // A list is compared by what is in it, or every relation written again would look changed.
    if (Array.isArray(value) && plain(value) === plain(row[field] ?? [])) continue;
    changed = env.db.set(model, row, field, value === false && row[field] === undefined ? undefined : value) || changed;
  }
  if (changed) stamp(env, model, row, before);
  return changed;
}

/** Whether anybody wants to know what records were like before they changed. */
export function watched(env: Env): boolean {
  return env.db.rows('base.automation').size > 0;
}

/** Marks a record as written by this transaction. */
export function stamp(env: Env, model: string, row: Row, before: Row): void {
  env.db.set(model, row, 'write_date', env.startedAt);
  env.db.set(model, row, 'write_uid', env.user.id);
  env.changed(model, row.id, before);
}

export function num(row: Row, field: string): number {
  const value = row[field];
  return typeof value === 'number' ? value : 0;
}

export function str(row: Row, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : '';
}

export function flag(row: Row, field: string): boolean {
  return row[field] === true;
}

/** The id a many2one points at. */
export function link(row: Row, field: string): number | undefined {
  const value = row[field];
  return typeof value === 'number' ? value : undefined;
}

/** The ids of a many2many. */
export function list(row: Row, field: string): readonly number[] {
  return idsOf(row[field]);
}

export function idsOf(value: Json): readonly number[] {
  return Array.isArray(value) ? value.filter((id: Json) => typeof id === 'number') : [];
}

/** The rows whose indexed field has that value, by id. */
export function rowsWhere(env: Env, model: string, field: string, value: Json): Row[] {
  const ids = env.db.lookup(model, field, value);
  if (!ids) throw new RangeError(`"${field}" of "${model}" is not indexed in this fake.`);
  const rows: Row[] = [];
  let sorted = true;
  for (const id of ids) {
    const row = rowOf(env, model, id);
    const last = rows.at(-1);
    if (last && last.id > id) sorted = false;
    rows.push(row);
  }
  // Ids are mostly added as they grow, so there is mostly nothing to sort.
  return sorted ? rows : rows.toSorted((a, b) => a.id - b.id);
}
