import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flag, link, nowOf, num, rowOf, rowsWhere, store, str, type Env, type Vals } from '../../orm/env.ts';
import { showDatetime } from '../../orm/moments.ts';
import { displayName } from '../../orm/get.ts';
import { userError, validationError } from '../../orm/python-error.ts';
import { create, unlink, write } from '../../orm/records.ts';
import { compareQuantity, roundTo } from '../decimal.ts';
import { explode, kitOf, type KitPart } from '../mrp/kit.ts';
import { isService, isStorable, templateOf } from '../product-kind.ts';
import { exactlyInUnit, inUnit, unitOf } from '../uom.ts';
import { isOpen, linesOf, quantityIn, refreshMove, refreshPickingLater, setMoveState } from './move-state.ts';
import { isInternal } from './quantities.ts';
import {
  changeQuantity,
  ensureQuant,
  freeOf,
  freeQuants,
  overReserved,
  releaseAt,
  reserveAt,
  type Place,
} from './quant-work.ts';

export const trackingOf = (env: Env, product: number) => str(templateOf(env, product), 'tracking');

function sourceOf(line: Row): Place {
  return { product: num(line, 'product_id'), location: num(line, 'location_id'), lot: link(line, 'lot_id') };
}

/** A line counts in its own unit, the shelf in that of the product. */
export function inProductUnit(env: Env, line: Row, quantity: number): number {
  return inUnit(env, quantity, link(line, 'product_uom_id'), unitOf(env, num(line, 'product_id')));
}

/** Holds the goods of a line on its place as far as there are any. What it got is kept on the line. */
export function holdLine(env: Env, line: Row): void {
  env.db.set(
    'stock.move.line',
    line,
    '_reserved',
    reserveAt(env, sourceOf(line), inProductUnit(env, line, num(line, 'quantity'))),
  );
}

/** Lets go of what a line holds, before its quantity, place or lot changes. */
export function releaseLine(env: Env, line: Row): void {
  releaseAt(env, sourceOf(line), num(line, '_reserved'));
  env.db.set('stock.move.line', line, '_reserved', 0);
}

/** Moves the goods of a line that is done, or moves them back with `sign` -1. */
export function shiftLine(env: Env, line: Row, sign: 1 | -1): void {
  const place = sourceOf(line);
  const quantity = inProductUnit(env, line, num(line, 'quantity')) * sign;
  changeQuantity(env, place, -quantity);
  changeQuantity(env, { ...place, location: num(line, 'location_dest_id') }, quantity);
}

/** Reserves what a move still lacks. Goods that are not counted, or come from outside, are always there. */
export function assignMove(env: Env, move: Row): void {
  if (!isOpen(move)) return;
  const product = num(move, 'product_id');
  const location = num(move, 'location_id');
  const lacking = num(move, 'product_uom_qty') - quantityIn(env, move, linesOf(env, move));
  if (compareQuantity(lacking, 0) > 0) {
    if (!isStorable(env, product) || !isInternal(env, location)) addUncounted(env, move, lacking);
    else addFromStock(env, move, lacking);
  }
  refreshMove(env, move);
}

function addUncounted(env: Env, move: Row, lacking: number): void {
  const product = num(move, 'product_id');
  if (trackingOf(env, product) !== 'serial') addLine(env, move, { quantity: lacking });
  else for (let piece = 0; piece < lacking; piece++) addLine(env, move, { quantity: 1 });
}

/** Lines for what lies free. Says how much of it there was not, in the unit of the product. */
function addFromStock(env: Env, move: Row, lacking: number): number {
  const product = num(move, 'product_id');
  const unit = unitOf(env, product);
  const serial = trackingOf(env, product) === 'serial';
  let left = inUnit(env, lacking, link(move, 'product_uom'), unit);
  for (const quant of freeQuants(env, product, num(move, 'location_id'))) {
    if (compareQuantity(left, 0) <= 0) return 0;
    const taken = Math.min(left, freeOf(quant), serial ? 1 : left);
    const lot = link(quant, 'lot_id');
    const location = num(quant, 'location_id');
    const same = linesOf(env, move).find(
      (line) => num(line, 'location_id') === location && link(line, 'lot_id') === lot && !serial,
    );
    if (same) {
      const more = inUnit(env, taken, unit, link(same, 'product_uom_id'));
      write(env, 'stock.move.line', [same.id], { quantity: num(same, 'quantity') + more });
    } else {
      const counted = countedFor(env, move, taken);
      addLine(env, move, { ...counted, location_id: location, ...(lot === undefined ? {} : { lot_id: lot }) });
    }
    left -= taken;
  }
  return left;
}

/**
 * How a line counts goods that were taken in the unit of the product: in that of its move, unless they do not come out even
 * there. Recorded on Odoo 19.0, 2026-11-26.
 */
function countedFor(env: Env, move: Row, taken: number): Vals {
  const unit = unitOf(env, num(move, 'product_id'));
  const quantity = inUnit(env, taken, unit, link(move, 'product_uom'));
  const even = compareQuantity(inUnit(env, quantity, link(move, 'product_uom'), unit), taken) === 0;
  return even || unit === undefined ? { quantity } : { quantity: taken, product_uom_id: unit };
}

function addLine(env: Env, move: Row, vals: Vals): void {
  create(env, 'stock.move.line', [{ move_id: move.id, ...vals }]);
}

export function unassignMove(env: Env, move: Row): void {
  if (!isOpen(move)) return;
  const lines = linesOf(env, move).map(({ id }) => id);
  unlink(env, 'stock.move.line', lines);
  refreshMove(env, move);
}

/** What writing `quantity` on a move does to its lines. On a move that is done it moves stock. Recorded on Odoo 19.0, 2026-11-23. */
export function setQuantity(env: Env, move: Row, given: number): void {
  const wanted = roundTo(given, 2);
  const change = wanted - quantityIn(env, move, linesOf(env, move));
  if (compareQuantity(change, 0) > 0) increase(env, move, change);
  else if (compareQuantity(change, 0) < 0) decrease(env, move, -change);
  refreshMove(env, move);
  // Shown as it was written, whatever the lines came to.
  if (env.major === 19 && wanted >= 0) store(env, 'stock.move', move, { quantity: wanted });
}

/**
 * First what lies free beside the lines that are there, then what lies free elsewhere, and what there is not stands on a
 * line of its own. Recorded on Odoo 19.0, 2026-11-26. Before 19, and on what is done, the first line takes it all.
 */
function increase(env: Env, move: Row, change: number): void {
  const product = num(move, 'product_id');
  const tracking = trackingOf(env, product);
  const [first] = linesOf(env, move);
  const counted = isStorable(env, product) && isInternal(env, num(move, 'location_id'));
  if (env.major < 19 || str(move, 'state') === 'done' || !counted) {
    if (first && tracking === 'none') {
      const more = exactlyInUnit(env, change, link(move, 'product_uom'), link(first, 'product_uom_id'));
      write(env, 'stock.move.line', [first.id], { quantity: num(first, 'quantity') + more });
    } else addLine(env, move, { quantity: change });
    return;
  }
  const left = addFromStock(env, move, change);
  if (compareQuantity(left, 0) <= 0) return;
  const lacking = countedFor(env, move, left);
  if (tracking !== 'serial') addLine(env, move, lacking);
  else for (let piece = 0; piece < left; piece++) addLine(env, move, { ...lacking, quantity: 1 });
}

/** From the last line to the first. The number is taken off as it is, also from a line of another unit. Recorded on Odoo 19.0, 2026-11-26. */
function decrease(env: Env, move: Row, surplus: number): void {
  let left = surplus;
  for (const line of linesOf(env, move).toReversed()) {
    if (compareQuantity(left, 0) <= 0) break;
    const kept = Math.max(0, roundTo(num(line, 'quantity') - left, 5));
    left -= num(line, 'quantity') - kept;
    if (kept > 0 || str(move, 'state') === 'done') write(env, 'stock.move.line', [line.id], { quantity: kept });
    else unlink(env, 'stock.move.line', [line.id]);
  }
}

export function setPicked(env: Env, move: Row, picked: boolean): void {
  for (const line of linesOf(env, move)) store(env, 'stock.move.line', line, { picked });
  refreshMove(env, move);
}

/** Confirms moves that were only planned and reserves for them. */
export function confirmMoves(env: Env, moves: readonly Row[]): void {
  for (const move of moves) {
    if (str(move, 'state') !== 'draft') continue;
    const parts = takeApart(env, move);
    if (parts) {
      confirmMoves(env, parts);
      continue;
    }
    setMoveState(env, move, 'confirmed');
    if (reservesNow(env, move)) assignMove(env, move);
  }
}

/** Puts the components of a kit in the place of its move. `undefined` for what is no kit. Recorded on Odoo 19.0, 2026-11-26. */
function takeApart(env: Env, move: Row): Row[] | undefined {
  const product = num(move, 'product_id');
  const bom = link(move, 'picking_id') === undefined ? undefined : kitOf(env, product);
  if (!bom) return undefined;
  const quantity = inUnit(env, num(move, 'product_uom_qty'), link(move, 'product_uom'), link(bom, 'product_uom_id'));
  const parts = explode(env, bom, product, quantity / num(bom, 'product_qty'));
  const made = parts
    .filter((part) => !isService(env, part.product))
    .map((part) => rowOf(env, 'stock.move', createPart(env, move, part)));
  unlink(env, 'stock.move', [move.id]);
  return made;
}

const inherited = ['picking_id', 'sale_line_id', 'purchase_line_id', 'partner_id', 'to_refund', 'origin', 'reference'];

function createPart(env: Env, move: Row, { line, product, quantity }: KitPart): number {
  const vals: { [field: string]: Json } = {
    product_id: product,
    product_uom_qty: quantity,
    product_uom: num(line, 'product_uom_id'),
    location_id: num(move, 'location_id'),
    location_dest_id: num(move, 'location_dest_id'),
    bom_line_id: line.id,
  };
  for (const field of inherited) if (move[field] !== undefined) vals[field] = move[field];
  return create({ ...env, context: {} }, 'stock.move', [vals])[0] ?? 0;
}

const dayMicros = 86_400_000_000;

/** What is not counted or comes from outside is always reserved at once; the rest when its kind of operation says so. */
function reservesNow(env: Env, move: Row): boolean {
  if (!isStorable(env, num(move, 'product_id')) || !isInternal(env, num(move, 'location_id'))) return true;
  const type = env.db.row('stock.picking.type', num(move, 'picking_type_id'));
  const method = type ? str(type, 'reservation_method') : 'at_confirm';
  if (method !== 'by_date' || !type) return method !== 'manual';
  return num(move, 'date') - num(type, 'reservation_days_before') * dayMicros <= env.startedAt;
}

export function cancelMove(env: Env, move: Row): void {
  if (str(move, 'state') === 'cancel') return;
  if (str(move, 'state') === 'done') {
    throw userError(
      "You cannot cancel a stock move that has been set to 'Done'. Create a return in order to reverse the moves which took place.",
    );
  }
  unlink(
    env,
    'stock.move.line',
    linesOf(env, move).map(({ id }) => id),
  );
  store(env, 'stock.move', move, { quantity: 0, picked: false });
  setMoveState(env, move, 'cancel');
}

/** Lets a move happen: the lines that were chosen, and nothing else of it. */
export function doMove(env: Env, move: Row, chosen: readonly Row[]): void {
  const product = num(move, 'product_id');
  for (const line of linesOf(env, move)) {
    if (!chosen.includes(line)) unlink(env, 'stock.move.line', [line.id]);
  }
  for (const line of chosen) {
    giveLot(env, move, line);
    releaseLine(env, line);
    shiftLine(env, line, 1);
    takeReserved(env, line, chosen);
    checkSerial(env, line, product);
    store(env, 'stock.move.line', line, { picked: true, date: nowOf(env) });
    const box = link(line, 'result_package_id');
    if (box !== undefined) {
      store(env, env.names.packageModel, rowOf(env, env.names.packageModel, box), {
        location_id: num(line, 'location_dest_id'),
      });
    }
  }
  refreshMove(env, move);
  store(env, 'stock.move', move, { picked: true, date: nowOf(env) });
  setMoveState(env, move, 'done');
}

/**
 * What moved although it was reserved for others is missing there: it is taken off the lines that hold it, of the same
 * transfer first, then of the one that is due last, but of none that is picked. Recorded on Odoo 19.0, 2026-11-26.
 */
function takeReserved(env: Env, line: Row, chosen: readonly Row[]): void {
  const place = sourceOf(line);
  let missing = overReserved(env, place);
  if (compareQuantity(missing, 0) <= 0) return;
  const own = link(line, 'picking_id');
  const due = (row: Row) => num(env.db.row('stock.picking', num(row, 'picking_id')) ?? row, 'scheduled_date');
  const holding = rowsWhere(env, 'stock.move.line', 'product_id', place.product)
    .filter((row) => num(row, 'location_id') === place.location && link(row, 'lot_id') === place.lot)
    .filter((row) => !chosen.includes(row) && !['done', 'cancel'].includes(str(row, 'state')))
    .filter((row) => num(row, 'quantity') > 0 && !flag(row, 'picked'))
    .toSorted(
      (a, b) =>
        Number(link(a, 'picking_id') !== own) - Number(link(b, 'picking_id') !== own) || due(b) - due(a) || b.id - a.id,
    );
  const moves = new Set<number>();
  for (const row of holding) {
    if (compareQuantity(missing, 0) <= 0) break;
    const held = inProductUnit(env, row, num(row, 'quantity'));
    moves.add(num(row, 'move_id'));
    if (compareQuantity(held, missing) <= 0) unlink(env, 'stock.move.line', [row.id]);
    else {
      const less = inUnit(env, missing, unitOf(env, place.product), link(row, 'product_uom_id'));
      write(env, 'stock.move.line', [row.id], { quantity: roundTo(num(row, 'quantity') - less, 5) });
    }
    missing -= held;
  }
  for (const id of moves) {
    const move = env.db.row('stock.move', id);
    if (move) assignMove(env, move);
  }
}

function giveLot(env: Env, move: Row, line: Row): void {
  const product = num(line, 'product_id');
  if (trackingOf(env, product) === 'none' || link(line, 'lot_id') !== undefined) return;
  const name = str(line, 'lot_name');
  const type = env.db.row('stock.picking.type', num(move, 'picking_type_id'));
  if (name === '' || (type && !flag(type, 'use_create_lots'))) {
    throw userError(
      `You need to supply a Lot/Serial Number for product:\n- ${displayName(env, 'product.product', product)}`,
    );
  }
  const expires = link(line, '_expires');
  const [lot = 0] = create(env, 'stock.lot', [
    { name, product_id: product, ...(expires === undefined ? {} : { expiration_date: showDatetime(expires) }) },
  ]);
  store(env, 'stock.move.line', line, { lot_id: lot });
}

/** One piece with one number cannot be at a customer's twice. */
function checkSerial(env: Env, line: Row, product: number): void {
  const lot = link(line, 'lot_id');
  if (lot === undefined || trackingOf(env, product) !== 'serial') return;
  const location = num(line, 'location_dest_id');
  if (str(rowOf(env, 'stock.location', location), 'usage') === 'inventory') return;
  if (compareQuantity(num(ensureQuant(env, { product, location, lot }), 'quantity'), 1) <= 0) return;
  throw validationError(
    `The serial number has already been assigned: \n Product: ${displayName(env, 'product.product', product)}, Serial Number: ${displayName(env, 'stock.lot', lot)}`,
  );
}

/** Puts what was not moved into a move of its own. */
export function splitMove(env: Env, move: Row, rest: number, picking: number): Row {
  const copied = Object.fromEntries(
    Object.entries(move).filter(
      ([field]) => !['id', 'quantity', 'picked', '_open', 'write_date', 'create_date'].includes(field),
    ),
  );
  const values: { [field: string]: Json } = { ...copied, picking_id: picking, product_uom_qty: rest, state: 'draft' };
  const made = env.db.insert('stock.move', { ...values, create_date: env.startedAt, write_date: env.startedAt });
  env.changed('stock.move', made.id, undefined);
  store(env, 'stock.move', move, { product_uom_qty: num(move, 'product_uom_qty') - rest });
  refreshPickingLater(env, picking);
  return made;
}
