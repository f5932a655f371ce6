import type { Row } from '../../orm/database.ts';
import { flag, link, num, rowsWhere, schedule, store, str, type Env } from '../../orm/env.ts';
import { refreshPurchaseLater } from '../purchase/status.ts';
import { refreshOrderLater } from '../sale/status.ts';
import { compareQuantity, roundTo } from '../decimal.ts';
import { exactlyInUnit } from '../uom.ts';

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
  const quantity = roundTo(quantityIn(env, move, lines), 2);
  store(env, 'stock.move', move, { quantity, picked: lines.some((line) => flag(line, 'picked')) });
  if (isOpen(move)) setMoveState(env, move, stateBy(quantity, num(move, 'product_uom_qty')));
}

/** What lines come to in the unit of their move: each counts in its own, and only the sum is rounded. Recorded on Odoo 19.0, 2026-11-26. */
export function quantityIn(env: Env, move: Row, lines: readonly Row[]): number {
  const unit = link(move, 'product_uom');
  const sum = lines.reduce(
    (total, line) => total + exactlyInUnit(env, num(line, 'quantity'), link(line, 'product_uom_id'), unit),
    0,
  );
  return roundTo(sum, 5);
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
  store(env, 'stock.picking', picking, { state: comesFromOutside(env, picking, states) ?? pickingState(states) });
  const order = picking['sale_id'];
  if (typeof order === 'number') refreshOrderLater(env, order);
  const purchase = picking['purchase_id'];
  if (typeof purchase === 'number') refreshPurchaseLater(env, purchase);
}

/** What comes from a supplier or a customer is ready while it is open, reserved or not. Recorded on Odoo 19.0, 2026-11-26. */
function comesFromOutside(env: Env, picking: Row, states: ReadonlySet<string>): string | undefined {
  const from = env.db.row('stock.location', num(picking, 'location_id'));
  const open = !states.has('draft') && openStates.some((state) => states.has(state));
  return open && from && !['internal', 'transit', 'view'].includes(str(from, 'usage')) ? 'assigned' : undefined;
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
