import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flag, link, num, rowOf, rowsWhere, str, type Env, type Vals } from '../../orm/env.ts';
import { boolean, char, datetime, float, integer, many2one, monetary, one2many, selection } from '../../orm/field.ts';
import { displayName } from '../../orm/get.ts';
import { defineModel, type Model } from '../../orm/model.ts';
import { parseDatetime } from '../../orm/moments.ts';
import { plain } from '../../orm/plain.ts';
import { repr, userError, validationError, valueError } from '../../orm/python-error.ts';
import { unlink } from '../../orm/records.ts';
import type { OdooModule, OdooVersion, VersionNames } from '../../versions.ts';
import { templateOf } from '../product.ts';
import { inUnit, quantityDigits, unitOf } from '../uom.ts';
import { isOpen, linesOf, refreshMove, refreshPickingLater } from './move-state.ts';
import {
  assignMove,
  holdLine,
  inProductUnit,
  releaseLine,
  setPicked,
  setQuantity,
  shiftLine,
  unassignMove,
} from './move-work.ts';
import { compareQuantity } from '../decimal.ts';
import { nowOf } from '../../orm/env.ts';

const states = {
  draft: 'New',
  waiting: 'Waiting Another Move',
  confirmed: 'Waiting',
  partially_available: 'Partially Available',
  assigned: 'Available',
  done: 'Done',
  cancel: 'Cancelled',
};

export function moveModels(version: OdooVersion, names: VersionNames, modules: ReadonlySet<OdooModule>): Model[] {
  return [
    defineModel({
      name: 'stock.move',
      label: 'Stock Move',
      order: 'sequence, id',
      fields: {
        ...(version === '19.0' ? {} : { name: char('Description', { required: true }) }),
        sequence: integer('Sequence', { defaultsTo: () => 10 }),
        priority: selection('Priority', { 0: 'Normal', 1: 'Urgent' }, { defaultsTo: () => '0' }),
        date: datetime('Date Scheduled', { defaultsTo: nowOf }),
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        product_id: many2one('Product', 'product.product', { required: true, index: true }),
        product_qty: float('Real Quantity', {
          compute: (env, id) => {
            const move = rowOf(env, 'stock.move', id);
            const unit = unitOf(env, num(move, 'product_id'));
            return inUnit(env, num(move, 'product_uom_qty'), link(move, 'product_uom'), unit);
          },
        }),
        product_uom_qty: float('Demand', { defaultsTo: () => 1, digits: quantityDigits }),
        product_uom: many2one('Unit', 'uom.uom', { defaultsTo: () => 1 }),
        product_tmpl_id: many2one('Product Template', 'product.template', {
          related: ['product_id', 'product_tmpl_id'],
        }),
        location_id: many2one('Source Location', 'stock.location', { required: true }),
        location_dest_id: many2one('Intermediate Location', 'stock.location', { required: true }),
        partner_id: many2one('Destination Address', 'res.partner'),
        picking_id: many2one('Transfer', 'stock.picking'),
        picking_type_id: many2one('Operation Type', 'stock.picking.type'),
        state: selection('Status', states, { defaultsTo: () => 'draft' }),
        quantity: float('Quantity', { digits: quantityDigits }),
        picked: boolean('Picked'),
        price_unit: float('Unit Price'),
        origin: char('Source Document'),
        reference: char('Reference'),
        is_inventory: boolean('Inventory'),
        move_line_ids: one2many('Move Line', 'stock.move.line', 'move_id'),
        origin_returned_move_id: many2one('Origin return move', 'stock.move', { index: true }),
        warehouse_id: many2one('Warehouse', 'stock.warehouse'),
        // Set on 19 unless said otherwise. Recorded on Odoo 19.0, 2026-11-26; of 17 and 18 not known.
        to_refund: boolean('Update quantities on SO/PO', version === '19.0' ? { defaultsTo: () => true } : {}),
        sale_line_id: many2one('Sale Line', 'sale.order.line', { onDelete: 'restrict' }),
        purchase_line_id: many2one('Purchase Order Line', 'purchase.order.line', { index: true }),
        ...(modules.has('mrp') ? { bom_line_id: many2one('BoM Line', 'mrp.bom.line') } : {}),
        value: monetary('Value'),
        weight: float('Weight', {
          compute: (env, id) => {
            const move = rowOf(env, 'stock.move', id);
            const product = env.db.row('product.product', num(move, 'product_id'));
            return product ? num(product, 'weight') * num(move, 'product_uom_qty') : 0;
          },
        }),
        forecast_availability: float('Forecast Availability', { compute: forecast }),
      },
      displayName: moveName,
      prepareCreate: prepareMove,
      created(env, row, vals) {
        if (typeof vals['_quantity'] === 'number') setQuantity(env, row, vals['_quantity']);
        if (vals['_picked'] === true) setPicked(env, row, true);
        const picking = link(row, 'picking_id');
        if (picking !== undefined) refreshPickingLater(env, picking);
      },
      prepareWrite(env, rows, vals) {
        // The same unit too, and with it the whole write. Recorded on Odoo 19.0, 2026-11-26.
        if ('product_uom' in vals && rows.some((row) => str(row, 'state') === 'done')) {
          throw userError("You cannot change the UoM for a stock move that has been set to 'Done'.");
        }
        refuseMoved(env, rows, vals);
        const { quantity: given, picked, ...rest } = vals;
        const quantity = 'quantity' in vals ? quantityFrom(given) : undefined;
        for (const row of rows) {
          if (isBelowReserved(row, vals)) unassignMove(env, row);
          if (quantity !== undefined) setQuantity(env, row, quantity);
          // Lines that are replaced in the same call are set by themselves.
          if (typeof picked === 'boolean' && !('move_line_ids' in vals)) setPicked(env, row, picked);
        }
        return rest;
      },
      written: (env, rows, vals) => {
        if (!('product_uom_qty' in vals || 'move_line_ids' in vals)) return;
        for (const row of rows) {
          refreshMove(env, row);
          if (env.major === 19 && 'product_uom_qty' in vals && comesIn(env, row)) assignMove(env, row);
        }
      },
      beforeUnlink(env, rows) {
        // On 19 what is open may go, with what is reserved for it. Recorded on Odoo 19.0, 2026-11-26.
        if (env.major < 19 && rows.some((row) => isOpen(row) || str(row, 'state') === 'done')) {
          throw userError('You can only delete draft or cancelled moves.');
        }
        for (const row of rows) {
          unlink(
            env,
            'stock.move.line',
            linesOf(env, row).map(({ id }) => id),
          );
        }
      },
    }),
    defineModel({
      name: 'stock.move.line',
      label: 'Product Moves (Stock Move Line)',
      order: 'result_package_id desc, id',
      fields: {
        // Taken off its move a line stays, with what it reserves. Recorded on Odoo 19.0, 2026-11-26.
        move_id: many2one('Stock Operation', 'stock.move'),
        picking_id: many2one('Transfer', 'stock.picking'),
        product_id: many2one('Product', 'product.product', { required: true, index: true, onDelete: 'cascade' }),
        product_uom_id: many2one('Unit', 'uom.uom', { defaultsTo: () => 1 }),
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        quantity: float('Quantity', { digits: quantityDigits }),
        quantity_product_uom: float('Quantity in Product UoM', {
          compute: (env, id) => {
            const line = rowOf(env, 'stock.move.line', id);
            return inProductUnit(env, line, num(line, 'quantity'));
          },
        }),
        picked: boolean('Picked'),
        lot_id: many2one('Lot/Serial Number', 'stock.lot'),
        lot_name: char('Lot/Serial Number Name'),
        expiration_date: datetime('Expiration Date', {
          compute(env, id) {
            const line = rowOf(env, 'stock.move.line', id);
            const lot = env.db.row('stock.lot', num(line, 'lot_id'));
            return (lot ?? line)[lot ? 'expiration_date' : '_expires'] ?? false;
          },
          // For a lot that the line will make.
          assign(env, id, value) {
            const moment = value === false ? undefined : parseDatetime(plain(value));
            env.db.set('stock.move.line', rowOf(env, 'stock.move.line', id), '_expires', moment);
          },
        }),
        removal_date: datetime('Removal Date', { related: ['lot_id', 'removal_date'] }),
        is_expired: boolean('Is Expired', { related: ['lot_id', 'product_expiry_alert'] }),
        package_id: many2one('Source Package', names.packageModel),
        result_package_id: many2one('Destination Package', names.packageModel),
        location_id: many2one('From', 'stock.location', { required: true }),
        location_dest_id: many2one('To', 'stock.location', { required: true }),
        state: selection('Status', states),
        date: datetime('Date', { defaultsTo: nowOf }),
        reference: char('Reference', { related: ['move_id', 'reference'] }),
        origin: char('Source', { related: ['move_id', 'origin'] }),
        tracking: selection(
          'Product with Tracking',
          {},
          {
            compute: (env, id) =>
              templateOf(env, num(rowOf(env, 'stock.move.line', id), 'product_id'))['tracking'] ?? false,
          },
        ),
      },
      prepareCreate: prepareLine,
      created: (env, row) => settle(env, row),
      prepareWrite(env, rows, given) {
        refuseNegative(given);
        const vals = given['move_id'] === false ? { ...given, state: false } : given;
        if (['quantity', 'lot_id', 'location_id', 'location_dest_id'].some((field) => field in vals)) {
          for (const row of rows) {
            if (str(row, 'state') === 'done') shiftLine(env, row, -1);
            else releaseLine(env, row);
            // Told apart from a line that keeps what it has.
            env.db.set('stock.move.line', row, '_loose', true);
          }
        }
        return vals;
      },
      written: (env, rows) => rows.forEach((row) => settle(env, row)),
      check: (env, rows) => rows.forEach((row) => checkLot(env, row)),
      beforeUnlink(env, rows) {
        for (const row of rows) {
          if (['done', 'cancel'].includes(str(row, 'state'))) throw alreadyMoved(env);
          releaseLine(env, row);
        }
      },
      unlinked(env, rows) {
        for (const row of rows) {
          const move = env.db.row('stock.move', num(row, 'move_id'));
          if (move) refreshMove(env, move);
        }
      },
    }),
  ];
}

/** Holds or moves the goods of a line that was made or changed. */
function settle(env: Env, row: Row): void {
  const move = env.db.row('stock.move', num(row, 'move_id'));
  if (str(row, 'state') === 'done') {
    if (flag(row, '_loose')) shiftLine(env, row, 1);
  } else if (row['_reserved'] === undefined || flag(row, '_loose')) {
    checkLot(env, row);
    holdLine(env, row);
  }
  env.db.set('stock.move.line', row, '_loose', undefined);
  if (!move) return;
  refreshMove(env, move);
  const picking = link(move, 'picking_id');
  if (picking !== undefined) refreshPickingLater(env, picking);
}

/** The words of 19 as recorded on Odoo 19.0, 2026-11-26. */
function alreadyMoved(env: Env) {
  return userError(
    env.major === 19
      ? "Deleting product moves after the transfer is done?\n\nThat would be like going back in time to revert all operations triggered after this move. Who knows what the end result would be, So let's not do it.\n\nTry changing the “done” quantity to 0 instead."
      : 'You can not delete product moves if the picking is done. You can only correct the done quantities.',
  );
}

/** Recorded on Odoo 19.0, 2026-11-26. */
function refuseMoved(env: Env, rows: readonly Row[], vals: Vals): void {
  if ('quantity' in vals && rows.some((row) => str(row, 'state') === 'cancel')) {
    throw userError('You cannot change a cancelled stock move, create a new line instead.');
  }
  const elsewhere = (row: Row) => 'location_id' in vals && vals['location_id'] !== row['location_id'];
  if (rows.some((row) => str(row, 'state') === 'done' && elsewhere(row))) throw alreadyMoved(env);
}

/** Less asked for than is reserved: all of it is let go. Recorded on Odoo 19.0, 2026-11-26. */
function isBelowReserved(row: Row, vals: Vals): boolean {
  const asked = vals['product_uom_qty'];
  return typeof asked === 'number' && isOpen(row) && compareQuantity(num(row, 'quantity'), asked) > 0;
}

/** Goods of a supplier are there at once, however many. Recorded on Odoo 19.0, 2026-11-26. */
function comesIn(env: Env, row: Row): boolean {
  return isOpen(row) && str(rowOf(env, 'stock.location', num(row, 'location_id')), 'usage') === 'supplier';
}

/** A quantity as a client writes it: a text that is a number counts, nothing is 0. */
function quantityFrom(value: Json): number {
  if (value === null || value === false) return 0;
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw valueError(`could not convert string to float: ${repr(value)}`);
  return number;
}

function refuseNegative(vals: Vals): void {
  const { quantity } = vals;
  // Recorded on Odoo 19.0, 2026-11-26.
  if (typeof quantity === 'number' && quantity < 0) throw userError('Reserving a negative quantity is not allowed.');
}

function checkLot(env: Env, row: Row): void {
  const lot = env.db.row('stock.lot', num(row, 'lot_id'));
  if (!lot || num(lot, 'product_id') === num(row, 'product_id')) return;
  throw validationError(`The Lot/Serial number (${str(lot, 'name')}) is linked to another product.`);
}

function prepareMove(env: Env, vals: Vals): Vals {
  const picking = typeof vals['picking_id'] === 'number' ? env.db.row('stock.picking', vals['picking_id']) : undefined;
  const defaults: { [field: string]: Json } = picking
    ? {
        location_id: num(picking, 'location_id'),
        location_dest_id: num(picking, 'location_dest_id'),
        picking_type_id: num(picking, 'picking_type_id'),
        company_id: num(picking, 'company_id'),
        ...(picking['origin'] === undefined ? {} : { origin: picking['origin'] }),
        ...(picking['name'] === undefined ? {} : { reference: picking['name'] }),
      }
    : {};
  const { quantity, picked, ...rest } = vals;
  const product =
    typeof vals['product_id'] === 'number' ? env.db.row('product.product', vals['product_id']) : undefined;
  return {
    ...defaults,
    ...(product && !('product_uom' in vals) ? { product_uom: unitOf(env, product.id) } : {}),
    ...(env.major === 19 || !product ? {} : { name: displayName(env, 'product.product', product.id) }),
    ...rest,
    _quantity: quantity,
    _picked: picked,
  };
}

function prepareLine(env: Env, vals: Vals): Vals {
  const picking = vals['picking_id'];
  const moveId =
    vals['move_id'] ??
    (typeof picking === 'number'
      ? rowsWhere(env, 'stock.move', 'picking_id', picking).find((row) => row['product_id'] === vals['product_id'])?.id
      : undefined);
  const move = typeof moveId === 'number' ? env.db.row('stock.move', moveId) : undefined;
  if (!move) return vals;
  const done = str(move, 'state') === 'done';
  return {
    product_id: num(move, 'product_id'),
    product_uom_id: link(move, 'product_uom') ?? 1,
    location_id: num(move, 'location_id'),
    location_dest_id: num(move, 'location_dest_id'),
    company_id: num(move, 'company_id'),
    ...(move['picking_id'] === undefined ? {} : { picking_id: move['picking_id'] }),
    ...vals,
    move_id: move.id,
    state: done ? 'done' : str(move, 'state') || 'confirmed',
  };
}

function moveName(env: Env, row: Row): string {
  const short = (id: number) => {
    const location = env.db.row('stock.location', id);
    return location ? str(location, 'name') : '';
  };
  const product = env.db.row('product.product', num(row, 'product_id'));
  const origin = str(row, 'origin');
  return `${origin === '' ? '' : `${origin}/`}${product ? str(product, 'default_code') : ''}: ${short(num(row, 'location_id'))}>${short(num(row, 'location_dest_id'))}`;
}

function forecast(env: Env, id: number): number {
  const move = rowOf(env, 'stock.move', id);
  const lacking = num(move, 'product_uom_qty') - num(move, 'quantity');
  return lacking > 0 ? -lacking : num(move, 'quantity');
}
