import { isCommerceError, type CancelOutcome, type Ref, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { idOf, refused, type Connection } from './connection.ts';
import { invoiceRow, orderRow, type OrderWire } from './wire/order.ts';
import { recordId, rowOf } from './wire/value.ts';

/**
 * Cancels an order that nothing was shipped and nothing was invoiced of. Odoo itself cancels any order and leaves its
 * deliveries and invoices standing, so both are looked at before. Recorded on Odoo 19.0, 2026-11-23.
 */
export async function cancelOrder(
  connection: Connection,
  ref: Ref<'order'>,
  options: WriteOptions,
): Promise<CancelOutcome> {
  const { client, settings } = connection;
  const id = idOf(connection, ref);
  const order = await readOrder(connection, ref, id, options);
  if (order.state === 'cancel') return { outcome: 'canceled' };
  const reason = await obstacle(connection, order, options);
  if (reason !== undefined) return { outcome: 'refused', reason };
  let refusal: unknown;
  try {
    // Without the flag 17 and 18 answer with a dialogue and do nothing. A second time changes nothing. Recorded, 2026-11-23.
    const context = { disable_cancel_warning: true };
    const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' as const };
    await client.call('sale.order', 'action_cancel', call, { ...options, context });
  } catch (error) {
    if (!isCommerceError(error, 'record.rejected') && !isCommerceError(error, 'write.uncertain')) throw error;
    refusal = error;
  }
  const after = await readOrder(connection, ref, id, options);
  if (after.state !== 'cancel') {
    if (refusal !== undefined) throw refusal;
    throw refused(settings, 'record.rejected', 'orders.cancel', {
      message: `Order "${order.name}" was not canceled in "${settings.name}": after the cancellation its state is "${after.state}". Cancel it in Odoo and see what it asks.`,
      refs: [ref],
    });
  }
  // Something may have been shipped between the look and the cancellation.
  const shipped = await shippedBy(connection, after, options);
  if (shipped.length === 0) return { outcome: 'canceled' };
  return { outcome: 'partial', remaining: shipped, reason: `shipped while it was canceled: ${shipped.join(', ')}` };
}

async function readOrder(
  connection: Connection,
  ref: Ref<'order'>,
  id: number,
  options: WriteOptions,
): Promise<OrderWire> {
  const { client, settings } = connection;
  const [order] = await client.read('sale.order', [id], orderRow, options);
  if (order) return order;
  throw refused(settings, 'record.missing', 'orders.cancel', {
    message: `Order "${ref.id}" was not canceled in "${settings.name}": there is none with this id. See who deleted it.`,
    refs: [ref],
  });
}

async function obstacle(connection: Connection, order: OrderWire, options: WriteOptions): Promise<string | undefined> {
  const shipped = await shippedBy(connection, order, options);
  if (shipped.length > 0) return `shipped already: ${shipped.join(', ')}`;
  const lines = await connection.client.read('sale.order.line', order.order_line, deliveredRow, options);
  if (lines.some(({ qty_delivered }) => qty_delivered > 0)) return 'some of it was delivered already';
  const moves = await connection.client.read('account.move', order.invoice_ids, invoiceRow, options);
  const posted = moves.filter(({ state, move_type }) => state === 'posted' && move_type === 'out_invoice');
  if (posted.length > 0) return `invoiced already: ${posted.map(({ name, id }) => name ?? String(id)).join(', ')}`;
  return order.locked ? 'the order is locked in Odoo; unlock it first' : undefined;
}

async function shippedBy({ client }: Connection, order: OrderWire, options: WriteOptions): Promise<readonly string[]> {
  const pickings = await client.read('stock.picking', order.picking_ids, doneRow, options);
  return pickings.filter(({ state }) => state === 'done').map(({ name }) => name);
}

const deliveredRow = rowOf(z.object({ id: recordId, qty_delivered: z.number() }));
const doneRow = rowOf(z.object({ id: recordId, name: z.string(), state: z.string() }));
