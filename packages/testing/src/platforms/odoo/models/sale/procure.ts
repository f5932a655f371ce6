import type { Row } from '../../orm/database.ts';
import { link, num, rowOf, rowsWhere, store, str, type Env } from '../../orm/env.ts';
import { create, write } from '../../orm/records.ts';
import { displayName } from '../../orm/get.ts';
import { compareQuantity } from '../decimal.ts';
import { explode, kitMoved, kitOf } from '../mrp/kit.ts';
import { isService } from '../product-kind.ts';
import { inUnit, unitOf } from '../uom.ts';
import { movedFor } from './kit-moves.ts';
import { isOpen, refreshPickingLater } from '../stock/move-state.ts';
import { assignMove, cancelMove, confirmMoves, setQuantity } from '../stock/move-work.ts';

/** Asks the warehouse for the goods of a confirmed order, all lines in one transfer. */
export function launchOrder(env: Env, order: Row): void {
  for (const line of rowsWhere(env, 'sale.order.line', 'order_id', order.id)) launchLine(env, line);
}

/** Brings what the warehouse is asked for in line with what is ordered: more, less or nothing any more. */
export function launchLine(env: Env, line: Row): void {
  const order = env.db.row('sale.order', num(line, 'order_id'));
  const product = link(line, 'product_id');
  if (!order || str(order, 'state') !== 'sale' || product === undefined || isService(env, product)) return;
  const kit = kitOf(env, product);
  if (kit) {
    launchKit(env, order, line, kit, product);
    return;
  }
  const moves = rowsWhere(env, 'stock.move', 'sale_line_id', line.id).filter((move) => str(move, 'state') !== 'cancel');
  const asked = moves.reduce((sum, move) => sum + askedBy(env, move), 0);
  const ordered = inUnit(env, num(line, 'product_uom_qty'), link(line, env.names.lineUom), unitOf(env, product));
  const change = ordered - asked;
  if (compareQuantity(change, 0) > 0) more(env, order, line, product, change, moves);
  else if (compareQuantity(change, 0) < 0) less(env, moves, -change);
}

/**
 * A kit is asked for by its components. A change goes to the first open move of each component, also where two lines
 * of the bill ask for the same one. Recorded on Odoo 19.0, 2026-11-26.
 */
function launchKit(env: Env, order: Row, line: Row, bom: Row, product: number): void {
  const unit = link(bom, 'product_uom_id');
  const ordered = inUnit(env, num(line, 'product_uom_qty'), link(line, env.names.lineUom), unit);
  const change =
    ordered - kitMoved(env, bom, product, (part) => movedFor(env, line, part, (state) => state !== 'cancel'));
  const before = rowsWhere(env, 'stock.move', 'sale_line_id', line.id).filter(
    (move) => str(move, 'state') !== 'cancel',
  );
  for (const part of explode(env, bom, product, Math.abs(change) / num(bom, 'product_qty'))) {
    if (isService(env, part.product)) continue;
    const moves = before.filter((move) => num(move, 'product_id') === part.product);
    if (compareQuantity(change, 0) > 0) more(env, order, line, part.product, part.quantity, moves, part.line);
    else if (compareQuantity(change, 0) < 0) less(env, moves.toReversed(), part.quantity);
  }
}

function askedBy(env: Env, move: Row): number {
  const outgoing = rowOf(env, 'stock.location', num(move, 'location_dest_id'))['usage'] === 'customer';
  const quantity = str(move, 'state') === 'done' ? num(move, 'quantity') : num(move, 'product_uom_qty');
  return outgoing ? quantity : -quantity;
}

function more(
  env: Env,
  order: Row,
  line: Row,
  product: number,
  quantity: number,
  moves: readonly Row[],
  part?: Row,
): void {
  const open = moves.find((move) => isOpen(move));
  if (open) {
    store(env, 'stock.move', open, { product_uom_qty: num(open, 'product_uom_qty') + quantity });
    assignMove(env, open);
    return;
  }
  const picking = openPicking(env, order);
  const [id = 0] = create(env, 'stock.move', [
    {
      picking_id: picking,
      product_id: product,
      product_uom_qty: quantity,
      sale_line_id: line.id,
      ...(part ? { bom_line_id: part.id, product_uom: num(part, 'product_uom_id') } : {}),
      partner_id: num(order, 'partner_shipping_id'),
    },
  ]);
  confirmMoves(env, [rowOf(env, 'stock.move', id)]);
}

function less(env: Env, moves: readonly Row[], surplus: number): void {
  let left = surplus;
  for (const move of moves.filter((candidate) => isOpen(candidate)).toReversed()) {
    if (compareQuantity(left, 0) <= 0) return;
    const demand = Math.max(0, num(move, 'product_uom_qty') - left);
    left -= num(move, 'product_uom_qty') - demand;
    if (num(move, 'quantity') > demand) setQuantity(env, move, demand);
    write(env, 'stock.move', [move.id], { product_uom_qty: demand });
    if (demand === 0) cancelMove(env, move);
  }
}

function openPicking(env: Env, order: Row): number {
  const found = rowsWhere(env, 'stock.picking', 'sale_id', order.id).find(
    (picking) => !['done', 'cancel'].includes(str(picking, 'state')) && link(picking, 'return_id') === undefined,
  );
  if (found) return found.id;
  const warehouse = rowOf(env, 'stock.warehouse', num(order, 'warehouse_id'));
  const carrier = link(order, 'carrier_id');
  const [id = 0] = create(env, 'stock.picking', [
    {
      picking_type_id: num(warehouse, 'out_type_id'),
      partner_id: num(order, 'partner_shipping_id'),
      origin: displayName(env, 'sale.order', order.id),
      sale_id: order.id,
      ...(carrier === undefined ? {} : { carrier_id: carrier }),
    },
  ]);
  refreshPickingLater(env, id);
  return id;
}
