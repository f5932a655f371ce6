import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flush, link, nowOf, num, rowOf, store, str, type Env, type Vals } from '../../orm/env.ts';
import { char, datetime, float, html, many2one, one2many, selection } from '../../orm/field.ts';
import { done, defineModel, none, onRecords, type Model } from '../../orm/model.ts';
import { create, existing, unlink } from '../../orm/records.ts';
import { modelOf } from '../../orm/get.ts';
import { missingError, userError, validationError } from '../../orm/python-error.ts';
import { linesOf, movesOf, refreshMove, refreshPickingLater } from './move-state.ts';
import { assignMove, cancelMove, confirmMoves, unassignMove } from './move-work.ts';
import { validate } from './validate.ts';

/** A transfer: a delivery, a receipt or a move inside. */
export function pickingModel(): Model {
  return defineModel({
    name: 'stock.picking',
    label: 'Transfer',
    order: 'priority desc, scheduled_date asc, id desc',
    fields: {
      name: char('Reference', { index: true }),
      origin: char('Source Document', { index: true }),
      note: html('Notes'),
      state: selection(
        'Status',
        {
          draft: 'Draft',
          waiting: 'Waiting Another Operation',
          confirmed: 'Waiting',
          assigned: 'Ready',
          done: 'Done',
          cancel: 'Cancelled',
        },
        { defaultsTo: () => 'draft' },
      ),
      move_type: selection(
        'Shipping Policy',
        { direct: 'As soon as possible', one: 'When all products are ready' },
        { defaultsTo: () => 'direct' },
      ),
      priority: selection('Priority', { 0: 'Normal', 1: 'Urgent' }, { defaultsTo: () => '0' }),
      scheduled_date: datetime('Scheduled Date', { defaultsTo: nowOf }),
      date_deadline: datetime('Deadline'),
      date_done: datetime('Date of Transfer'),
      location_id: many2one('Source Location', 'stock.location', { required: true }),
      location_dest_id: many2one('Destination Location', 'stock.location', { required: true }),
      picking_type_id: many2one('Operation Type', 'stock.picking.type', { required: true }),
      picking_type_code: selection(
        'Type of Operation',
        {},
        {
          compute: (env, id) =>
            rowOf(env, 'stock.picking.type', num(rowOf(env, 'stock.picking', id), 'picking_type_id'))['code'] ?? false,
        },
      ),
      partner_id: many2one('Contact', 'res.partner'),
      company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
      user_id: many2one('Responsible', 'res.users', { defaultsTo: (env) => env.user.id }),
      move_ids: one2many('Stock Moves', 'stock.move', 'picking_id'),
      move_line_ids: one2many('Operations', 'stock.move.line', 'picking_id'),
      backorder_id: many2one('Back Order of', 'stock.picking'),
      backorder_ids: one2many('Back Orders', 'stock.picking', 'backorder_id'),
      return_id: many2one('Return of', 'stock.picking'),
      return_ids: one2many('Returns', 'stock.picking', 'return_id'),
      sale_id: many2one('Sales Order', 'sale.order', { index: true }),
      purchase_id: many2one('Purchase Orders', 'purchase.order', { index: true }),
      carrier_id: many2one('Carrier', 'delivery.carrier'),
      carrier_price: float('Shipping Cost'),
      carrier_tracking_ref: char('Tracking Reference', { index: true }),
      carrier_tracking_url: char('Tracking URL', { compute: trackingUrl }),
      weight: float('Weight', { compute: weight }),
      products_availability: char('Product Availability', { compute: (env, id) => availability(env, id)[0] }),
      products_availability_state: selection(
        'Products Availability State',
        {},
        { compute: (env, id) => availability(env, id)[1] },
      ),
    },
    prepareCreate: preparePicking,
    created: (env, row) => refreshPickingLater(env, row.id),
    prepareWrite(_env, rows, vals) {
      // Recorded on Odoo 19.0, 2026-11-26.
      if ('picking_type_id' in vals && rows.some((row) => ['done', 'cancel'].includes(str(row, 'state')))) {
        throw userError('Changing the operation type of this record is forbidden at this point.');
      }
      return vals;
    },
    check(env, rows) {
      // Recorded on Odoo 19.0, 2026-11-26: a name that is taken refuses the second of two writers.
      for (const row of rows) {
        if (row['name'] === undefined || env.db.count('stock.picking', 'name', row['name']) < 2) continue;
        throw validationError('The operation cannot be completed: Reference must be unique per company!');
      }
    },
    beforeUnlink(env, rows) {
      for (const row of rows)
        for (const move of movesOf(env, row)) {
          cancelMove(env, move);
          unlink(env, 'stock.move', [move.id]);
        }
    },
    methods: {
      button_validate: onRecords((env, ids) => validate(env, existing(env, modelOf(env, 'stock.picking'), ids))),
      action_confirm: onRecords((env, ids) => {
        for (const id of ids) confirmMoves(env, movesOf(env, rowOf(env, 'stock.picking', id)));
        return done;
      }),
      action_assign: onRecords((env, ids) => {
        for (const id of ids) assign(env, rowOf(env, 'stock.picking', id));
        return done;
      }),
      do_unreserve: onRecords((env, ids) => {
        for (const id of ids) for (const move of movesOf(env, rowOf(env, 'stock.picking', id))) unassignMove(env, move);
        return none;
      }),
      action_cancel: onRecords((env, ids) => {
        for (const id of ids) for (const move of movesOf(env, rowOf(env, 'stock.picking', id))) cancelMove(env, move);
        return done;
      }),
      action_put_in_pack: onRecords((env, ids) => ({
        records: ids.flatMap((id) => pack(env, rowOf(env, 'stock.picking', id))),
      })),
    },
  });
}

function preparePicking(env: Env, vals: Vals): Vals {
  const type =
    typeof vals['picking_type_id'] === 'number' ? env.db.row('stock.picking.type', vals['picking_type_id']) : undefined;
  if (!type) {
    const wrong = vals['picking_type_id'];
    // Recorded on Odoo 19.0, 2026-11-26.
    if (typeof wrong === 'number' && wrong !== 0) throw missingError('stock.picking.type', [wrong], env.user.id);
    return vals;
  }
  const defaults: { [field: string]: Json } = { company_id: num(type, 'company_id') };
  for (const [field, from] of [
    ['location_id', 'default_location_src_id'],
    ['location_dest_id', 'default_location_dest_id'],
  ] as const) {
    const location = link(type, from);
    if (location !== undefined) defaults[field] = location;
  }
  return { ...('name' in vals ? {} : { name: nextName(env, type) }), ...defaults, ...vals };
}

/** `WH/OUT/00001`, counted for each kind of operation. */
function nextName(env: Env, type: Row): string {
  const warehouse = env.db.row('stock.warehouse', num(type, 'warehouse_id'));
  const prefix = `${warehouse ? `${str(warehouse, 'code')}/` : ''}${str(type, 'sequence_code')}/`;
  return `${prefix}${String(env.db.next(`stock.picking.type:${type.id}`)).padStart(5, '0')}`;
}

function assign(env: Env, picking: Row): void {
  const moves = movesOf(env, picking);
  confirmMoves(env, moves);
  const open = moves.filter((move) => !['done', 'cancel'].includes(str(move, 'state')));
  if (open.length === 0) throw userError('Nothing to check the availability for.');
  for (const move of open) assignMove(env, move);
  flush(env);
}

function pack(env: Env, picking: Row): number[] {
  const [box = 0] = create(env, env.names.packageModel, [{}]);
  for (const move of movesOf(env, picking)) {
    for (const line of linesOf(env, move)) {
      if (link(line, 'result_package_id') === undefined)
        store(env, 'stock.move.line', line, { result_package_id: box });
    }
    refreshMove(env, move);
  }
  return [box];
}

function trackingUrl(env: Env, id: number): Json {
  const picking = rowOf(env, 'stock.picking', id);
  const carrier = env.db.row('delivery.carrier', num(picking, 'carrier_id'));
  const reference = str(picking, 'carrier_tracking_ref');
  const url = carrier ? str(carrier, 'tracking_url') : '';
  return reference === '' || url === '' ? false : url.replace('<shipmenttrackingnumber>', reference);
}

function weight(env: Env, id: number): number {
  return movesOf(env, rowOf(env, 'stock.picking', id))
    .filter((move) => str(move, 'state') !== 'cancel')
    .reduce(
      (sum, move) =>
        sum + num(rowOf(env, 'product.product', num(move, 'product_id')), 'weight') * num(move, 'product_uom_qty'),
      0,
    );
}

function availability(env: Env, id: number): [string | false, string | false] {
  const moves = movesOf(env, rowOf(env, 'stock.picking', id)).filter(
    (move) => !['done', 'cancel'].includes(str(move, 'state')),
  );
  if (moves.length === 0) return [false, false];
  return moves.every((move) => str(move, 'state') === 'assigned')
    ? ['Available', 'available']
    : ['Not Available', 'late'];
}
