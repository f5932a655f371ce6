import { isCommerceError, type ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { recordId, rowOf, utcDatetime } from './wire/value.ts';
import { orderTracesRow, type OrderStateWire } from './wire/order.ts';

/** When an order was confirmed: the beginning of the transaction and its end. */
interface Confirmed {
  readonly from: number;
  readonly to: number;
}

// Odoo writes whole seconds, and the database's clock begins a transaction where the server's ends it.
const clocksApartMs = 5000;

/**
 * When orders were confirmed, by the note that every confirmation leaves under its order: in the same transaction, whoever
 * confirms and by whichever way, so nothing can break off between the two; a cancellation leaves it there. Recorded on
 * Odoo 19.0, 2026-11-26.
 */
async function confirmationsOf(
  { client }: Connection,
  ids: readonly number[],
  options: ReadOptions,
): Promise<ReadonlyMap<number, readonly Confirmed[]>> {
  const found = new Map<number, Confirmed[]>();
  if (ids.length === 0) return found;
  const subtype = await confirmedSubtype(client, options);
  if (subtype === undefined) return found;
  const domain = [
    ['model', '=', 'sale.order'] as const,
    ['res_id', 'in', ids] as const,
    ['subtype_id', '=', subtype] as const,
  ];
  for (const note of await client.searchRead('mail.message', noteRow, { domain, order: 'id' }, options)) {
    const moment = { from: millisecondsOf(note.create_date), to: millisecondsOf(note.date) };
    found.set(note.res_id, [...(found.get(note.res_id) ?? []), moment]);
  }
  return found;
}

async function confirmedSubtype(client: Connection['client'], options: ReadOptions): Promise<number | undefined> {
  const params = { module: 'sale', xml_id: 'mt_order_confirmed' };
  const answer = z.tuple([z.string(), z.union([recordId, z.literal(false)])]);
  try {
    const ask = { params, answer, safety: 'read' as const };
    const [, id] = await client.call('ir.model.data', 'check_object_reference', ask, options);
    return id === false ? undefined : id;
  } catch (error) {
    if (isCommerceError(error, 'record.missing')) return undefined;
    throw error;
  }
}

/**
 * Whether an order was confirmed once, whatever became of it: only that makes deliveries, only what was confirmed is
 * invoiced, and of services alone the note of the confirmation tells.
 */
export async function wasConfirmed(connection: Connection, id: number, options: ReadOptions): Promise<boolean> {
  const [traces] = await connection.client.read('sale.order', [id], orderTracesRow, options);
  if (traces === undefined) return false;
  if (traces.picking_ids.length + traces.invoice_ids.length > 0) return true;
  return (await confirmationsOf(connection, [id], options)).has(id);
}

/**
 * Those of the orders whose day is the moment of their confirmation: a run broke off before it gave them the day of the
 * purchase. Another day is a person's, who moved it, and stays.
 */
export async function undatedOf(
  connection: Connection,
  orders: readonly OrderStateWire[],
  options: ReadOptions,
): Promise<ReadonlySet<number>> {
  const ids = orders.map(({ id }) => id);
  const confirmations = await confirmationsOf(connection, ids, options);
  const isUndated = ({ id, date_order }: OrderStateWire) => {
    const day = millisecondsOf(date_order);
    const moments = confirmations.get(id) ?? [];
    return moments.some(({ from, to }) => from - clocksApartMs <= day && day <= to + clocksApartMs);
  };
  return new Set(orders.filter(isUndated).map(({ id }) => id));
}

function millisecondsOf(utc: string): number {
  return Date.parse(`${utc.replace(' ', 'T')}Z`);
}

const noteRow = rowOf(z.object({ id: recordId, res_id: recordId, create_date: utcDatetime, date: utcDatetime }));
