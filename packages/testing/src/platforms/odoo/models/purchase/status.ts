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
    store(env, 'purchase.order.line', line, { qty_received: receivedOf(env, line) });
    if (compareQuantity(num(line, 'qty_received'), num(line, 'qty_invoiced')) !== 0) open = true;
  }
  store(env, 'purchase.order', order, {
    receipt_status: receiptStatus(env, order),
    invoice_status: confirmed && open ? 'to invoice' : 'no',
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

function receiptStatus(env: Env, order: Row): string | false {
  const states = rowsWhere(env, 'stock.picking', 'purchase_id', order.id).map((picking) => str(picking, 'state'));
  if (states.every((state) => state === 'cancel')) return false;
  if (states.every((state) => state === 'done' || state === 'cancel')) return 'full';
  return states.includes('done') ? 'partial' : 'pending';
}
