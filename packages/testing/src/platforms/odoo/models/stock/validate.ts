import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import {
  flag,
  flush,
  idsOf,
  link,
  nowOf,
  num,
  rowOf,
  rowsWhere,
  schedule,
  store,
  str,
  type Env,
  type Vals,
} from '../../orm/env.ts';
import { displayName } from '../../orm/get.ts';
import { done, type Result } from '../../orm/model.ts';
import { showDatetime } from '../../orm/moments.ts';
import { userError } from '../../orm/python-error.ts';
import { create } from '../../orm/records.ts';
import { compareQuantity } from '../decimal.ts';
import { assignMove, cancelMove, confirmMoves, doMove, setPicked, splitMove, trackingOf } from './move-work.ts';
import { isDoubtful } from './expiry.ts';
import { linesOf, movesOf, quantityIn, refreshMove, refreshPickingLater, setMoveState } from './move-state.ts';

/** A window instead of an answer: nothing has happened yet, however much status 200 looks like it. */
export function windowFor(name: string, model: string, view: number, context: Vals, more: Vals = {}): Result {
  return {
    value: {
      name,
      type: 'ir.actions.act_window',
      view_mode: 'form',
      res_model: model,
      views: [[view, 'form']],
      view_id: view,
      target: 'new',
      ...more,
      context,
    },
  };
}

/**
 * Validates transfers, or asks: about a backorder, about an SMS, about goods past their date. All of it as recorded on
 * Odoo 17.0, 18.0 and 19.0, 2026-11-23; the question about dates on Odoo 19.0, 2026-11-26.
 */
export function validate(env: Env, pickings: readonly Row[]): Result {
  flush(env);
  for (const picking of pickings) refuseDone(env, picking);
  const open = pickings.filter((picking) => str(picking, 'state') !== 'done');
  for (const picking of open) confirmMoves(env, movesOf(env, picking));
  checkContents(env, open);
  for (const picking of open) pickAll(env, picking);
  const question =
    backorderQuestion(env, pickings, open) ?? smsQuestion(env, pickings, open) ?? expiryQuestion(env, pickings, open);
  if (question) return question;
  for (const picking of open) complete(env, picking);
  flush(env);
  return done;
}

function refuseDone(env: Env, picking: Row): void {
  const state = str(picking, 'state');
  // 18 and 19 answer true for what is done already.
  if (state === 'cancel' && env.major === 19) throw emptyTransfer(env);
  if (state === 'cancel' || (state === 'done' && env.major === 17)) throw nothingToMove(env);
}

/** The words of 19 as recorded on Odoo 19.0, 2026-11-26. */
function emptyTransfer(env: Env) {
  return userError(
    env.major === 19
      ? 'You can’t validate an empty transfer. Please add some products to move before proceeding.'
      : 'Please add some items to move.',
  );
}

function nothingToMove(env: Env) {
  return userError(
    env.major === 17
      ? 'You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities.'
      : "Transfer trouble alert! Validating a zero quantity transfer? You're not moving invisible goods around are you?\nSet some quantities and let's get moving!",
  );
}

function activeMoves(env: Env, picking: Row): Row[] {
  return movesOf(env, picking).filter((move) => !['done', 'cancel'].includes(str(move, 'state')));
}

/**
 * Where nothing was picked, everything is taken as picked. It stays so even when a question comes back instead of an
 * answer. Recorded on Odoo 19.0, 2026-11-23.
 */
function pickAll(env: Env, picking: Row): void {
  const moves = activeMoves(env, picking);
  if (moves.some((move) => flag(move, 'picked')) || moves.every((move) => num(move, 'quantity') === 0)) return;
  for (const move of moves) setPicked(env, move, true);
}

interface Departure {
  readonly move: Row;
  readonly lines: readonly Row[];
}

/** What leaves of each move: the picked lines, or all of them when nothing was picked. */
function departures(env: Env, picking: Row): Departure[] {
  const moves = activeMoves(env, picking).map((move) => ({ move, lines: linesOf(env, move) }));
  const anyPicked = moves.some(({ lines }) => lines.some((line) => flag(line, 'picked')));
  return moves.map(({ move, lines }) => ({
    move,
    lines: lines.filter(
      (line) => compareQuantity(num(line, 'quantity'), 0) !== 0 && (!anyPicked || flag(line, 'picked')),
    ),
  }));
}

function checkContents(env: Env, pickings: readonly Row[]): void {
  const empty = pickings.filter((picking) => {
    const moves = activeMoves(env, picking);
    if (moves.length === 0) throw emptyTransfer(env);
    return moves.every((move) => compareQuantity(num(move, 'quantity'), 0) === 0);
  });
  // Among several transfers an empty one is not refused but asked about like any other that lacks something.
  if (empty.length > 0 && empty.length === pickings.length) throw nothingToMove(env);
  for (const picking of pickings) {
    for (const { move, lines } of departures(env, picking)) {
      const product = num(move, 'product_id');
      if (trackingOf(env, product) === 'none') continue;
      const nameless = lines.some((line) => link(line, 'lot_id') === undefined && str(line, 'lot_name') === '');
      if (nameless) {
        throw userError(
          `You need to supply a Lot/Serial number for products ${displayName(env, 'product.product', product)}.`,
        );
      }
    }
  }
}

function lacks(env: Env, picking: Row): boolean {
  return departures(env, picking).some(
    ({ move, lines }) => compareQuantity(quantityIn(env, move, lines), num(move, 'product_uom_qty')) < 0,
  );
}

function backorderQuestion(env: Env, all: readonly Row[], open: readonly Row[]): Result | undefined {
  if (env.context['skip_backorder'] === true) return undefined;
  const lacking = open.filter((picking) => lacks(env, picking));
  if (lacking.length === 0) return undefined;
  return windowFor('Create Backorder?', 'stock.backorder.confirmation', 944, {
    ...env.context,
    button_validate_picking_ids: all.map(({ id }) => id),
    default_show_transfers: all.length > 1,
    default_pick_ids: lacking.map(({ id }) => [4, id]),
  });
}

/** Asked once in the life of a company, before its first delivery. */
function smsQuestion(env: Env, all: readonly Row[], open: readonly Row[]): Result | undefined {
  if (env.context['skip_sms'] === true) return undefined;
  const outgoing = open.filter((picking) => typeCode(env, picking) === 'outgoing');
  if (outgoing.length === 0 || flag(rowOf(env, 'res.company', 1), 'has_received_warning_stock_sms')) return undefined;
  const [id = 0] = create(env, 'confirm.stock.sms', [{ pick_ids: [[6, 0, outgoing.map((picking) => picking.id)]] }]);
  const context = { ...env.context, button_validate_picking_ids: all.map((picking) => picking.id) };
  return windowFor('SMS', 'confirm.stock.sms', 1200, context, { res_id: id });
}

function expiryQuestion(env: Env, all: readonly Row[], open: readonly Row[]): Result | undefined {
  if (env.context['skip_expired'] === true) return undefined;
  const lots = (picking: Row) =>
    rowsWhere(env, 'stock.move.line', 'picking_id', picking.id)
      .flatMap((line) => env.db.row('stock.lot', num(line, 'lot_id')) ?? [])
      .filter((lot) => isDoubtful(env, lot));
  const doubtful = open.filter((picking) => lots(picking).length > 0);
  const expired = [...new Set(doubtful.flatMap(lots))];
  if (expired.length === 0) return undefined;
  return windowFor('Confirmation', 'expiry.picking.confirmation', 1210, {
    ...env.context,
    button_validate_picking_ids: all.map(({ id }) => id),
    default_picking_ids: [[6, 0, doubtful.map(({ id }) => id)]],
    default_lot_ids: [[6, 0, expired.map(({ id }) => id)]],
  });
}

function typeCode(env: Env, picking: Row): string {
  return str(rowOf(env, 'stock.picking.type', num(picking, 'picking_type_id')), 'code');
}

/** Moves the goods. What is left goes into a backorder, unless the caller said that there shall be none. */
function complete(env: Env, picking: Row): void {
  const plan = departures(env, picking);
  const keepRest = !idsOf(env.context['picking_ids_not_to_backorder']).includes(picking.id);
  const backorder = keepRest && lacks(env, picking) ? makeBackorder(env, picking) : undefined;
  const waiting: Row[] = [];
  for (const { move, lines } of plan) {
    const rest = num(move, 'product_uom_qty') - quantityIn(env, move, lines);
    if (lines.length > 0) {
      if (backorder !== undefined && compareQuantity(rest, 0) > 0)
        waiting.push(splitMove(env, move, rest, backorder.id));
      doMove(env, move, lines);
    } else if (backorder !== undefined) waiting.push(moveOver(env, move, backorder));
    else if (compareQuantity(rest, 0) > 0 || str(move, 'state') !== 'done') cancelMove(env, move);
  }
  refreshPickingLater(env, picking.id);
  // Done first, dated a moment later, as rules that watch the state are told. Recorded on Odoo 19.0, 2026-11-23.
  schedule(env, `stock.picking:${picking.id}:date`, () =>
    store(env, 'stock.picking', picking, { date_done: nowOf(env), scheduled_date: nowOf(env) }),
  );
  confirmMoves(env, waiting);
  for (const move of waiting) assignMove(env, move);
}

function makeBackorder(env: Env, picking: Row): Row {
  const vals: { [field: string]: Json } = {
    backorder_id: picking.id,
    scheduled_date: showDatetime(num(picking, 'scheduled_date')),
  };
  for (const field of [
    'picking_type_id',
    'location_id',
    'location_dest_id',
    'partner_id',
    'origin',
    'note',
    'sale_id',
    'purchase_id',
    'carrier_id',
  ]) {
    const value = picking[field];
    if (value !== undefined) vals[field] = value;
  }
  const [id = 0] = create({ ...env, context: {} }, 'stock.picking', [vals]);
  return rowOf(env, 'stock.picking', id);
}

/** A move of which nothing left goes to the backorder as it is, with what is reserved for it. */
function moveOver(env: Env, move: Row, backorder: Row): Row {
  store(env, 'stock.move', move, { picking_id: backorder.id, reference: str(backorder, 'name') });
  for (const line of rowsWhere(env, 'stock.move.line', 'move_id', move.id)) {
    store(env, 'stock.move.line', line, { picking_id: backorder.id, picked: false });
  }
  refreshMove(env, move);
  if (str(move, 'state') === 'draft') setMoveState(env, move, 'confirmed');
  refreshPickingLater(env, backorder.id);
  return move;
}
