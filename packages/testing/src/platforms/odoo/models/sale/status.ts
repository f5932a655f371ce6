import type { Row } from '../../orm/database.ts';
import { flag, link, list, num, rowOf, rowsWhere, schedule, store, str, type Env } from '../../orm/env.ts';
import { compareQuantity } from '../decimal.ts';
import { kitMoved, kitOf } from '../mrp/kit.ts';
import { inUnit, unitOf } from '../uom.ts';
import { movedFor } from './kit-moves.ts';

/** Works out later how much of an order is delivered and invoiced. */
export function refreshOrderLater(env: Env, order: number): void {
  schedule(env, `sale.order:${order}:status`, () => {
    const row = env.db.row('sale.order', order);
    if (row) refreshOrderStatus(env, row);
  });
}

function refreshOrderStatus(env: Env, order: Row): void {
  const lines = rowsWhere(env, 'sale.order.line', 'order_id', order.id);
  const confirmed = str(order, 'state') === 'sale';
  const invoiced = invoicedByLine(env, order.id);
  const statuses: string[] = [];
  for (const line of lines) {
    // A note has nothing to invoice: of a confirmed order it is invoiced. Recorded on Odoo 19.0, 2026-11-26.
    if (line['display_type'] !== undefined) {
      if (env.major === 19) store(env, 'sale.order.line', line, { invoice_status: confirmed ? 'invoiced' : 'no' });
      continue;
    }
    const delivered = deliveredOf(env, line);
    if (delivered !== undefined) store(env, 'sale.order.line', line, { qty_delivered: delivered });
    store(env, 'sale.order.line', line, { qty_invoiced: invoiced.get(line.id) ?? 0 });
    const ordered = num(line, 'product_uom_qty');
    const basis = byDelivery(env, line) ? num(line, 'qty_delivered') : ordered;
    const open = confirmed ? basis - num(line, 'qty_invoiced') : 0;
    const complete = compareQuantity(num(line, 'qty_invoiced'), ordered) >= 0;
    const status = !confirmed ? 'no' : compareQuantity(open, 0) !== 0 ? 'to invoice' : complete ? 'invoiced' : 'no';
    store(env, 'sale.order.line', line, { qty_to_invoice: open, invoice_status: status });
    statuses.push(status);
  }
  const invoice = statuses.includes('to invoice')
    ? 'to invoice'
    : statuses.includes('invoiced') && statuses.every((status) => status === 'invoiced')
      ? 'invoiced'
      : 'no';
  store(env, 'sale.order', order, { invoice_status: invoice, delivery_status: deliveryStatus(env, order, lines) });
}

function byDelivery(env: Env, line: Row): boolean {
  const product = env.db.row('product.product', num(line, 'product_id'));
  const template = product && env.db.row('product.template', num(product, 'product_tmpl_id'));
  return template?.['invoice_policy'] === 'delivery';
}

/** What was moved to the customer, less what came back. `undefined` for what is not moved at all. */
function deliveredOf(env: Env, line: Row): number | undefined {
  const moves = rowsWhere(env, 'stock.move', 'sale_line_id', line.id);
  if (moves.length === 0) return undefined;
  const product = num(line, 'product_id');
  const kit = kitOf(env, product);
  if (kit) {
    const kits = kitMoved(env, kit, product, (part) => movedFor(env, line, part, (state) => state === 'done'));
    return inUnit(env, kits, link(kit, 'product_uom_id'), link(line, env.names.lineUom));
  }
  let delivered = 0;
  for (const move of moves) {
    if (str(move, 'state') !== 'done') continue;
    const toCustomer = rowOf(env, 'stock.location', num(move, 'location_dest_id'))['usage'] === 'customer';
    if (toCustomer) delivered += num(move, 'quantity');
    else if (flag(move, 'to_refund')) delivered -= num(move, 'quantity');
  }
  return inUnit(env, delivered, unitOf(env, num(line, 'product_id')), link(line, env.names.lineUom));
}

function deliveryStatus(env: Env, order: Row, lines: readonly Row[]): string | false {
  const states = rowsWhere(env, 'stock.picking', 'sale_id', order.id).map((picking) => str(picking, 'state'));
  if (states.every((state) => state === 'cancel')) return false;
  if (states.every((state) => state === 'done' || state === 'cancel')) return 'full';
  if (!states.includes('done')) return 'pending';
  // "started" came with 18. Recorded on Odoo 17.0 and 18.0, 2026-11-23.
  if (env.major === 17) return 'partial';
  return lines.some((line) => num(line, 'qty_delivered') !== 0) ? 'partial' : 'started';
}

/** What invoices took of each line, less what credit notes gave back; a draft counts, a cancelled one does not. */
function invoicedByLine(env: Env, order: number): ReadonlyMap<number, number> {
  const quantities = new Map<number, number>();
  for (const line of rowsWhere(env, 'account.move.line', '_order', order)) {
    const move = rowOf(env, 'account.move', num(line, 'move_id'));
    if (str(move, 'state') === 'cancel') continue;
    const sign = str(move, 'move_type') === 'out_refund' ? -1 : 1;
    for (const id of list(line, 'sale_line_ids'))
      quantities.set(id, (quantities.get(id) ?? 0) + sign * num(line, 'quantity'));
  }
  return quantities;
}
