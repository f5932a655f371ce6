import type { Row } from '../../orm/database.ts';
import { flush, link, num, rowOf, rowsWhere, store, str, type Env } from '../../orm/env.ts';
import { boolean, float, many2one, one2many } from '../../orm/field.ts';
import { defineModel, onRecords, type Model, type Result } from '../../orm/model.ts';
import { userError } from '../../orm/python-error.ts';
import { create } from '../../orm/records.ts';
import type { VersionNames } from '../../versions.ts';
import { quantityDigits, unitOf } from '../uom.ts';
import { movesOf } from './move-state.ts';
import { confirmMoves, unassignMove } from './move-work.ts';

/** Goods that come back. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
export function returnModels(names: VersionNames): Model[] {
  return [
    defineModel({
      name: 'stock.return.picking',
      label: 'Return Picking',
      fields: {
        picking_id: many2one('Picking', 'stock.picking'),
        product_return_moves: one2many('Moves', 'stock.return.picking.line', 'wizard_id'),
      },
      prepareCreate: (env, vals) => ({
        ...(typeof env.context['active_id'] === 'number' ? { picking_id: env.context['active_id'] } : {}),
        ...vals,
      }),
      created: (env, row, vals) => {
        if (!('product_return_moves' in vals)) propose(env, row);
      },
      methods: {
        [names.createReturns]: onRecords((env, ids) =>
          createReturns(env, rowOf(env, 'stock.return.picking', ids[0] ?? 0)),
        ),
      },
    }),
    defineModel({
      name: 'stock.return.picking.line',
      label: 'Return Picking Line',
      fields: {
        wizard_id: many2one('Wizard', 'stock.return.picking', { onDelete: 'cascade' }),
        product_id: many2one('Product', 'product.product', { required: true }),
        quantity: float('Quantity', { digits: quantityDigits }),
        move_quantity: float('Move Quantity'),
        move_id: many2one('Move', 'stock.move'),
        uom_id: many2one('Unit', 'uom.uom', { compute: returnUnit }),
        to_refund: boolean('Update quantities on SO/PO', { defaultsTo: () => true }),
      },
    }),
  ];
}

/** One line for everything that was moved. 17 proposes to return all of it, later releases nothing. */
function propose(env: Env, wizard: Row): void {
  const picking = rowOf(env, 'stock.picking', num(wizard, 'picking_id'));
  if (str(picking, 'state') !== 'done') throw userError('You may only return Done pickings.');
  for (const move of movesOf(env, picking)) {
    if (str(move, 'state') !== 'done') continue;
    create(env, 'stock.return.picking.line', [
      {
        wizard_id: wizard.id,
        product_id: num(move, 'product_id'),
        move_id: move.id,
        move_quantity: num(move, 'quantity'),
        quantity: env.major === 17 ? num(move, 'quantity') : 0,
      },
    ]);
  }
}

/**
 * The unit that a line of the wizard counts in: on 19 that of the move that is returned, recorded on Odoo 19.0, 2026-11-26;
 * before, that of the product, by the source of Odoo 17.0.
 */
function returnUnit(env: Env, id: number): number {
  const line = rowOf(env, 'stock.return.picking.line', id);
  const origin = env.db.row('stock.move', num(line, 'move_id'));
  const own = unitOf(env, num(line, 'product_id'));
  return (env.major === 19 && origin ? (link(origin, 'product_uom') ?? own) : own) ?? 1;
}

function createReturns(env: Env, wizard: Row): Result {
  const picking = rowOf(env, 'stock.picking', num(wizard, 'picking_id'));
  const lines = rowsWhere(env, 'stock.return.picking.line', 'wizard_id', wizard.id).filter(
    (line) => num(line, 'quantity') > 0,
  );
  if (lines.length === 0) throw userError('Please specify at least one non-zero quantity.');
  // A return that is still open lets go of what it had: there is one way back at a time. Recorded on Odoo 19.0, 2026-11-26.
  if (env.major === 19) for (const line of lines) letGoOfOpen(env, num(line, 'move_id'));
  const type = rowOf(env, 'stock.picking.type', num(picking, 'picking_type_id'));
  const warehouse = rowOf(env, 'stock.warehouse', link(type, 'warehouse_id') ?? 1);
  const back = str(type, 'code') === 'outgoing' ? num(warehouse, 'in_type_id') : num(warehouse, 'out_type_id');
  // The defaults of the call reach the transfer that is made: its name, for one. Recorded on Odoo 19.0, 2026-11-26.
  const [id = 0] = create(env, 'stock.picking', [
    {
      picking_type_id: back,
      ...(picking['note'] === undefined ? {} : { note: picking['note'] }),
      location_id: num(picking, 'location_dest_id'),
      location_dest_id: num(picking, 'location_id'),
      partner_id: picking['partner_id'] ?? false,
      origin: `Return of ${str(picking, 'name')}`,
      return_id: picking.id,
      sale_id: picking['sale_id'] ?? false,
      purchase_id: picking['purchase_id'] ?? false,
    },
  ]);
  const moves = lines.map((line) => returnMove(env, line, id));
  confirmMoves(env, moves);
  flush(env);
  return {
    value: {
      name: 'Returned Picking',
      view_mode: env.major === 17 ? 'form,tree,calendar' : 'form',
      res_model: 'stock.picking',
      res_id: id,
      type: 'ir.actions.act_window',
      context: {},
    },
  };
}

function letGoOfOpen(env: Env, origin: number): void {
  for (const move of rowsWhere(env, 'stock.move', 'origin_returned_move_id', origin)) unassignMove(env, move);
}

function returnMove(env: Env, line: Row, picking: number): Row {
  const origin = env.db.row('stock.move', num(line, 'move_id'));
  const [id = 0] = create({ ...env, context: {} }, 'stock.move', [
    {
      picking_id: picking,
      product_id: num(line, 'product_id'),
      product_uom_qty: num(line, 'quantity'),
      product_uom: returnUnit(env, line.id),
      to_refund: line['to_refund'] === true,
      sale_line_id: origin?.['sale_line_id'] ?? false,
      purchase_line_id: origin?.['purchase_line_id'] ?? false,
    },
  ]);
  const move = rowOf(env, 'stock.move', id);
  if (origin) {
    const kit = link(origin, 'bom_line_id');
    store(env, 'stock.move', move, {
      origin_returned_move_id: origin.id,
      ...(kit === undefined ? {} : { bom_line_id: kit }),
    });
  }
  return move;
}
