import type { Row } from '../../orm/database.ts';
import { flag, link, num, rowOf, rowsWhere, schedule, store, str, type Env } from '../../orm/env.ts';
import { compareQuantity } from '../decimal.ts';
import { inUnit, unitOf } from '../uom.ts';

/** Works out later how much of a purchase has come in. */
export function refreshPurchaseLater(env: Env, purchase: number): void {
  schedule(env, `purchase.order:${purchase}:status`, () => {
    const row = env.db.row('purchase.order', purchase);
    if (row) refreshPurchase(env, row);
  });
}

function refreshPurchase(env: Env, order: Row): void {
  const confirmed = ['purchase', 'done'].includes(str(order, 'state'));
  const lines = rowsWhere(env, 'purchase.order.line', 'order_id', order.id);
  let open = false;
  for (const line of lines) {
    store(env, 'purchase.order.line', line, { qty_received: receivedOf(env, line), qty_invoiced: billedOf(env, line) });
    if (compareQuantity(num(line, 'qty_received'), num(line, 'qty_invoiced')) !== 0) open = true;
  }
  store(env, 'purchase.order', order, {
    receipt_status: receiptStatus(env, order),
    invoice_status: confirmed ? billingStatus(open, lines) : 'no',
  });
}

function receivedOf(env: Env, line: Row): number {
  let received = 0;
  for (const move of rowsWhere(env, 'stock.move', 'purchase_line_id', line.id)) {
    if (str(move, 'state') !== 'done') continue;
    const outward = rowOf(env, 'stock.location', num(move, 'location_dest_id'))['usage'] === 'supplier';
    if (!outward) received += num(move, 'quantity');
    else if (flag(move, 'to_refund')) received -= num(move, 'quantity');
  }
  return inUnit(env, received, unitOf(env, num(line, 'product_id')), link(line, env.names.purchaseLineUom));
}

/** The lines of suppliers' bills for a line of a purchase. */
export function billLines(env: Env, line: Row): Row[] {
  return rowsWhere(env, 'account.move.line', 'purchase_line_id', line.id);
}

/** A draft counts, a canceled bill does not. Recorded on Odoo 19.0, 2026-11-26. */
function billedOf(env: Env, line: Row): number {
  return billLines(env, line).reduce((sum, billed) => {
    const move = rowOf(env, 'account.move', num(billed, 'move_id'));
    if (str(move, 'state') === 'cancel') return sum;
    return sum + (str(move, 'move_type') === 'in_refund' ? -1 : 1) * num(billed, 'quantity');
  }, 0);
}

function billingStatus(open: boolean, lines: readonly Row[]): string {
  if (open) return 'to invoice';
  return lines.some((line) => num(line, 'qty_invoiced') !== 0) ? 'invoiced' : 'no';
}

function receiptStatus(env: Env, order: Row): string | false {
  const states = rowsWhere(env, 'stock.picking', 'purchase_id', order.id).map((picking) => str(picking, 'state'));
  if (states.every((state) => state === 'cancel')) return false;
  if (states.every((state) => state === 'done' || state === 'cancel')) return 'full';
  return states.includes('done') ? 'partial' : 'pending';
}
