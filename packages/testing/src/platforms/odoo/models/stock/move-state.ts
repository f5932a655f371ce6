import type { Row } from '../../orm/database.ts';
import { flag, num, rowOf, rowsWhere, schedule, store, str, type Env } from '../../orm/env.ts';
import { compareQuantity } from '../decimal.ts';

/** States in which a move still waits to happen. */
export const openStates = ['waiting', 'confirmed', 'partially_available', 'assigned'] as const;

export function isOpen(move: Row): boolean {
  const state = str(move, 'state');
  return state !== 'done' && state !== 'cancel' && state !== 'draft';
}

export function linesOf(env: Env, move: Row): Row[] {
  return rowsWhere(env, 'stock.move.line', 'move_id', move.id);
}

/** Sets what follows from a move's lines: how much, whether picked, and how far it is reserved. */
export function refreshMove(env: Env, move: Row): void {
  const lines = linesOf(env, move);
  const quantity = lines.reduce((sum, line) => sum + num(line, 'quantity'), 0);
  store(env, 'stock.move', move, { quantity, picked: lines.some((line) => flag(line, 'picked')) });
  if (isOpen(move)) setMoveState(env, move, stateBy(quantity, num(move, 'product_uom_qty')));
}

function stateBy(quantity: number, demand: number): string {
  if (compareQuantity(quantity, 0) <= 0) return 'confirmed';
  return compareQuantity(quantity, demand) < 0 ? 'partially_available' : 'assigned';
}

export function setMoveState(env: Env, move: Row, state: string): void {
  const open = (openStates as readonly string[]).includes(state);
  store(env, 'stock.move', move, { state });
  // Kept by product and state, so that a forecast does not look at everything that ever moved.
  env.db.set('stock.move', move, '_open', open ? `${num(move, 'product_id')}:${state}` : undefined);
  for (const line of linesOf(env, move)) {
    if (open) env.db.set('stock.move.line', line, 'state', state);
    else store(env, 'stock.move.line', line, { state });
  }
  const picking = move['picking_id'];
  if (typeof picking === 'number') refreshPickingLater(env, picking);
}

export function refreshPickingLater(env: Env, picking: number): void {
  schedule(env, `stock.picking:${picking}:state`, () => {
    const row = env.db.row('stock.picking', picking);
    if (row) refreshPicking(env, row);
  });
}

/** The state of a picking is that of its moves: one that can go out is enough for "assigned". */
function refreshPicking(env: Env, picking: Row): void {
  const states = new Set(movesOf(env, picking).map((move) => str(move, 'state')));
  store(env, 'stock.picking', picking, { state: pickingState(states) });
  const order = picking['sale_id'];
  if (typeof order === 'number') refreshOrderLater(env, order);
}

function pickingState(states: ReadonlySet<string>): string {
  if (states.size === 0 || states.has('draft')) return 'draft';
  if ([...states].every((state) => state === 'cancel')) return 'cancel';
  if ([...states].every((state) => state === 'cancel' || state === 'done')) return 'done';
  if (states.has('assigned') || states.has('partially_available')) return 'assigned';
  return states.has('waiting') && !states.has('confirmed') ? 'waiting' : 'confirmed';
}

export function movesOf(env: Env, picking: Row): Row[] {
  return rowsWhere(env, 'stock.move', 'picking_id', picking.id);
}

/** Works out later how much of an order is delivered and invoiced. What does it is registered by the order's model. */
export function refreshOrderLater(env: Env, order: number): void {
  schedule(env, `sale.order:${order}:status`, () => {
    const row = env.db.row('sale.order', order);
    if (row) refreshOrderStatus(env, row);
  });
}

function refreshOrderStatus(env: Env, order: Row): void {
  const lines = rowsWhere(env, 'sale.order.line', 'order_id', order.id);
  const confirmed = str(order, 'state') === 'sale';
  const statuses: string[] = [];
  for (const line of lines) {
    if (line['display_type'] !== undefined) continue;
    const delivered = deliveredOf(env, line);
    if (delivered !== undefined) store(env, 'sale.order.line', line, { qty_delivered: delivered });
    const ordered = num(line, 'product_uom_qty');
    const basis = byDelivery(env, line) ? num(line, 'qty_delivered') : ordered;
    const open = confirmed ? basis - num(line, 'qty_invoiced') : 0;
    const invoiced = compareQuantity(num(line, 'qty_invoiced'), ordered) >= 0;
    const status = !confirmed ? 'no' : compareQuantity(open, 0) !== 0 ? 'to invoice' : invoiced ? 'invoiced' : 'no';
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
  let delivered = 0;
  for (const move of moves) {
    if (str(move, 'state') !== 'done') continue;
    const toCustomer = rowOf(env, 'stock.location', num(move, 'location_dest_id'))['usage'] === 'customer';
    if (toCustomer) delivered += num(move, 'quantity');
    else if (flag(move, 'to_refund')) delivered -= num(move, 'quantity');
  }
  return delivered;
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
