import type { CancelOutcome, Ref, WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { attempt, refusalOf } from './attempt.ts';
import { idOf, refused, type Connection } from './connection.ts';
import { purchaseBillsRow, purchaseRow, type PurchaseWire } from './wire/purchase.ts';
import { recordId, rowOf } from './wire/value.ts';

const operation = 'purchases.cancel';

/**
 * Cancels a purchase that nothing arrived and no bill was posted of. Odoo 19.0 cancels even one whose goods are all
 * there, without a word: recorded 2026-11-26. So both are looked at before, and what arrived meanwhile after.
 */
export async function cancelPurchase(
  connection: Connection,
  ref: Ref<'purchase'>,
  options: WriteOptions,
): Promise<CancelOutcome> {
  const id = idOf(connection, ref);
  const purchase = await readPurchase(connection, ref, id, options);
  if (purchase.state === 'cancel') return { outcome: 'canceled' };
  const reason = await obstacle(connection, purchase, options);
  if (reason !== undefined) return { outcome: 'refused', reason };
  const refusal = await attempt(connection, { model: 'purchase.order', method: 'button_cancel', ids: [id] }, options);
  const after = await readPurchase(connection, ref, id, options);
  if (after.state !== 'cancel') {
    const what = `Purchase "${purchase.name}" was not canceled`;
    if (refusal) throw refusalOf(connection, refusal, { what, operation, advice: 'It stays as it is.', refs: [ref] });
    throw refused(connection.settings, 'record.rejected', operation, {
      message: `${what} in "${connection.settings.name}": after the cancellation its state is "${after.state}". Cancel it in Odoo and see what it asks.`,
      refs: [ref],
    });
  }
  const arrived = await arrivalsOf(connection, after, options);
  if (arrived.length === 0) return { outcome: 'canceled' };
  return { outcome: 'partial', remaining: arrived, reason: `arrived while it was canceled: ${arrived.join(', ')}` };
}

async function readPurchase(connection: Connection, ref: Ref<'purchase'>, id: number, options: WriteOptions) {
  const [purchase] = await connection.client.read('purchase.order', [id], purchaseRow, options);
  if (purchase) return purchase;
  throw refused(connection.settings, 'record.missing', operation, {
    message: `Purchase "${ref.id}" was not canceled in "${connection.settings.name}": there is none with this id. See who deleted it.`,
    refs: [ref],
  });
}

async function obstacle(
  connection: Connection,
  purchase: PurchaseWire,
  options: WriteOptions,
): Promise<string | undefined> {
  const { client } = connection;
  const arrived = await arrivalsOf(connection, purchase, options);
  if (arrived.length > 0) return `arrived already: ${arrived.join(', ')}`;
  const [billed] = await client.read('purchase.order', [purchase.id], purchaseBillsRow, options);
  const bills = await client.read('account.move', billed?.invoice_ids ?? [], stateRow, options);
  if (bills.some(({ state }) => state === 'posted')) return 'a bill of the supplier is booked for it already';
  // Locked is a state of its own on 17 and 18 and a flag from 19.
  if (purchase.state === 'done') return 'the purchase is locked in Odoo; unlock it first';
  if (!Object.hasOwn(await client.fieldsGet('purchase.order', options), 'locked')) return undefined;
  const [lock] = await client.read('purchase.order', [purchase.id], lockRow, options);
  return lock?.locked ? 'the purchase is locked in Odoo; unlock it first' : undefined;
}

async function arrivalsOf(
  { client }: Connection,
  purchase: PurchaseWire,
  options: WriteOptions,
): Promise<readonly string[]> {
  const pickings = await client.read('stock.picking', purchase.picking_ids, doneRow, options);
  return pickings.filter(({ state }) => state === 'done').map(({ name }) => name);
}

const stateRow = rowOf(z.object({ id: recordId, state: z.string() }));
const lockRow = rowOf(z.object({ id: recordId, locked: z.boolean() }));
const doneRow = rowOf(z.object({ id: recordId, name: z.string(), state: z.string() }));
