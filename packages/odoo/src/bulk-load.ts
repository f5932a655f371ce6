import { isCommerceError, type CommerceError, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { loadContext, type LoadTable } from './external-id.ts';
import { recordId } from './wire/value.ts';

/** A record to be made under its external id, or left alone where it is there. */
export interface LoadWish {
  readonly externalId: string;
  readonly table: LoadTable;
}

/** What became of each wish, by external id: the record, or why there is none. */
export type Loaded = ReadonlyMap<string, number | CommerceError>;

/**
 * Makes many records with one call for each set of columns. `load` takes all rows or none: what it names as refused is
 * taken out and the rest is sent again; where it names nothing, the halves are sent. Safe to send again: every row has an
 * external id, and what is there is left alone. Recorded on Odoo 19.0, 2026-11-26: a table of records that are there
 * and new ones gives all ids in order, and changes nothing of the former.
 */
export async function loadAll(
  connection: Connection,
  model: string,
  wishes: readonly LoadWish[],
  options: WriteOptions,
): Promise<Loaded> {
  const groups = new Map<string, Map<string, LoadWish>>();
  for (const wish of wishes) {
    const columns = wish.table.fields.join();
    const group = groups.get(columns) ?? new Map<string, LoadWish>();
    groups.set(columns, group.set(wish.externalId, wish));
  }
  const loaded = new Map<string, number | CommerceError>();
  for (const group of groups.values()) await loadGroup(connection, model, [...group.values()], loaded, options);
  return loaded;
}

async function loadGroup(
  connection: Connection,
  model: string,
  wishes: readonly LoadWish[],
  loaded: Map<string, number | CommerceError>,
  options: WriteOptions,
): Promise<void> {
  const [first] = wishes;
  if (!first) return;
  try {
    const data = wishes.flatMap(({ table }) => table.rows);
    const params = { fields: first.table.fields, data };
    const answer = z.object({ ids: z.array(recordId).length(wishes.length) });
    const call = { params, answer, safety: 'repeatable' as const };
    const { ids } = await connection.client.call(model, 'load', call, { ...options, context: loadContext });
    for (const [index, { externalId }] of wishes.entries()) {
      const id = ids[index];
      if (id !== undefined) loaded.set(externalId, id);
    }
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    const named = refusedPlaces(error);
    const isRefusal = error.code === 'record.rejected' || error.code === 'record.missing';
    if (!isRefusal || wishes.length === 1) {
      for (const { externalId } of wishes) loaded.set(externalId, error);
      return;
    }
    if (named.size === 0 || named.size === wishes.length) {
      const middle = Math.ceil(wishes.length / 2);
      await loadGroup(connection, model, wishes.slice(0, middle), loaded, options);
      await loadGroup(connection, model, wishes.slice(middle), loaded, options);
      return;
    }
    for (const index of named) {
      const wish = wishes[index];
      if (!wish) continue;
      // The words are those of the first: another one is asked for alone, so that it gets its own.
      if (named.size === 1) loaded.set(wish.externalId, error);
      else await loadGroup(connection, model, [wish], loaded, options);
    }
    const rest = wishes.filter((_wish, index) => !named.has(index));
    await loadGroup(connection, model, rest, loaded, options);
  }
}

const naming = z.object({ records: z.array(z.number()) });

function refusedPlaces({ details }: CommerceError): ReadonlySet<number> {
  const parsed = naming.safeParse(details);
  return new Set(parsed.success ? parsed.data.records : []);
}
