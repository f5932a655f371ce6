import type { Json } from '@crossdock/core';
import type { Row } from '../../orm/database.ts';
import { flag, link, num, rowOf, rowsWhere, store, str, type Env, type Vals } from '../../orm/env.ts';
import { boolean, datetime, float, many2one, selection, date } from '../../orm/field.ts';
import { done, defineModel, none, onModel, onRecords, type Model } from '../../orm/model.ts';
import { create } from '../../orm/records.ts';
import { displayName } from '../../orm/get.ts';
import { PythonError, missingError, repr, userError, validationError, valueError } from '../../orm/python-error.ts';
import type { VersionNames } from '../../versions.ts';
import { kitOf } from '../mrp/kit.ts';
import { isStorable, templateOf } from '../product-kind.ts';
import { doMove } from './move-work.ts';
import { linesOf } from './move-state.ts';
import { isToRemove } from './expiry.ts';
import { ensureQuant, freeOf, sweepEmptyQuants } from './quant-work.ts';

/** Rows of what lies where. A row appears with the first movement and is deleted some time after it came to zero. */
export function quantModel(names: VersionNames): Model {
  return defineModel({
    name: 'stock.quant',
    label: 'Quants',
    order: 'id',
    fields: {
      product_id: many2one('Product', 'product.product', { required: true, index: true, onDelete: 'restrict' }),
      product_tmpl_id: many2one('Product Template', 'product.template', { related: ['product_id', 'product_tmpl_id'] }),
      location_id: many2one('Location', 'stock.location', { required: true, index: true }),
      warehouse_id: many2one('Warehouse', 'stock.warehouse', { related: ['location_id', 'warehouse_id'] }),
      lot_id: many2one('Lot/Serial Number', 'stock.lot', { index: true, onDelete: 'restrict' }),
      expiration_date: datetime('Expiration Date', { related: ['lot_id', 'expiration_date'] }),
      removal_date: datetime('Removal Date', { related: ['lot_id', 'removal_date'] }),
      package_id: many2one('Package', names.packageModel),
      owner_id: many2one('Owner', 'res.partner'),
      company_id: many2one('Company', 'res.company'),
      quantity: float('Quantity'),
      reserved_quantity: float('Reserved Quantity', { defaultsTo: () => 0 }),
      available_quantity: float('Available Quantity', {
        compute(env, id) {
          const quant = rowOf(env, 'stock.quant', id);
          return isToRemove(env, link(quant, 'lot_id')) ? 0 : freeOf(quant);
        },
      }),
      in_date: datetime('Incoming Date'),
      tracking: selection(
        'Tracking',
        { serial: 'By Unique Serial Number', lot: 'By Lots', none: 'By Quantity' },
        {
          compute: (env, id) => templateOf(env, num(rowOf(env, 'stock.quant', id), 'product_id'))['tracking'] ?? false,
        },
      ),
      inventory_quantity: float('Counted'),
      inventory_diff_quantity: float('Difference'),
      inventory_quantity_set: boolean('Inventory Quantity Set'),
      inventory_date: date('Scheduled'),
      user_id: many2one('Assigned To', 'res.users'),
    },
    createInstead(env, vals) {
      if (env.context['inventory_mode'] !== true || !('inventory_quantity' in vals)) return undefined;
      refusePlace(env, vals);
      refuseUncounted(env, num({ id: 0, ...vals }, 'product_id'));
      const lot = vals['lot_id'];
      const quant = ensureQuant(env, {
        product: num({ id: 0, ...vals }, 'product_id'),
        location: num({ id: 0, ...vals }, 'location_id'),
        lot: typeof lot === 'number' ? lot : undefined,
      });
      count(env, quant, vals);
      return quant.id;
    },
    prepareCreate: (env, vals) => ({
      company_id: companyOf(env, vals['location_id']),
      in_date: new Date(env.startedAt / 1000).toISOString().slice(0, 19).replace('T', ' '),
      ...vals,
    }),
    prepareWrite(env, rows, vals) {
      // Recorded on Odoo 19.0, 2026-11-26.
      if (['product_id', 'location_id', 'lot_id', 'package_id', 'owner_id'].some((field) => field in vals)) {
        throw userError("Quant's editing is restricted, you can't do this operation.");
      }
      if (!('inventory_quantity' in vals)) return vals;
      for (const row of rows) count(env, row, vals);
      const { inventory_quantity: _counted, ...rest } = vals;
      return rest;
    },
    methods: {
      // Answers nothing at all, which XML-RPC could not even say. Recorded on Odoo 19.0, 2026-11-23.
      action_apply_inventory: onRecords((env, ids) => {
        for (const id of ids) applyCount(env, rowOf(env, 'stock.quant', id));
        return none;
      }),
      action_view_inventory: onModel((env) => {
        sweepEmptyQuants(env);
        return {
          value: {
            name: 'Physical Inventory',
            view_mode: 'list',
            res_model: 'stock.quant',
            type: 'ir.actions.act_window',
            context: { inventory_mode: true, no_at_date: true },
            domain: [['location_id.usage', 'in', ['internal', 'transit']]],
          },
        };
      }),
      // Takes a count back before it is applied. Recorded on Odoo 19.0, 2026-11-26.
      action_clear_inventory_quantity: onRecords((env, ids) => {
        for (const id of ids) {
          store(env, 'stock.quant', rowOf(env, 'stock.quant', id), {
            inventory_quantity: 0,
            inventory_quantity_set: false,
            inventory_diff_quantity: 0,
          });
        }
        return none;
      }),
      action_set_inventory_quantity_to_zero: onRecords((env, ids) => {
        for (const id of ids) count(env, rowOf(env, 'stock.quant', id), { inventory_quantity: 0 });
        return done;
      }),
    },
  });
}

/** Goods belong to the company of the place where they lie. */
function companyOf(env: Env, location: Json): Json {
  const row = typeof location === 'number' ? env.db.row('stock.location', location) : undefined;
  return row?.['company_id'] ?? false;
}

/** What a count may be of. Recorded on Odoo 19.0, 2026-11-26. */
function refusePlace(env: Env, vals: Vals): void {
  const { product_id: product, location_id: location, lot_id: lot } = vals;
  if (typeof location !== 'number') throw new PythonError('builtins.KeyError', 'location_id');
  for (const [model, id] of [
    ['product.product', product],
    ['stock.location', location],
    ['stock.lot', lot],
  ] as const) {
    if (typeof id === 'number' && id !== 0 && !env.db.row(model, id)) throw missingError(model, [id], env.user.id);
  }
  const place = rowOf(env, 'stock.location', location);
  if (str(place, 'usage') === 'view') {
    throw validationError(
      `You cannot take products from or deliver products to a location of type "view" (${str(place, 'name')}).`,
    );
  }
  const number = typeof lot === 'number' ? env.db.row('stock.lot', lot) : undefined;
  if (!number || num(number, 'product_id') === product) return;
  throw validationError(`The Lot/Serial number (${str(number, 'name')}) is linked to another product.`);
}

function refuseUncounted(env: Env, product: number): void {
  if (kitOf(env, product)) {
    throw userError(
      'You should update the components quantity instead of directly updating the quantity of the kit product.',
    );
  }
  if (!env.db.row('product.product', product) || isStorable(env, product)) return;
  throw validationError('Quants cannot be created for consumables or services.');
}

function count(env: Env, quant: Row, vals: Vals): void {
  const given = vals['inventory_quantity'];
  const counted = Number(given ?? 0);
  if (Number.isNaN(counted)) throw valueError(`could not convert string to float: ${repr(given)}`);
  store(env, 'stock.quant', quant, {
    inventory_quantity: counted,
    inventory_quantity_set: true,
    inventory_diff_quantity: counted - num(quant, 'quantity'),
  });
}

/** Books the difference between what was counted and what should be there, as a movement. */
function applyCount(env: Env, quant: Row): void {
  const difference = num(quant, 'inventory_quantity') - num(quant, 'quantity');
  const counted = flag(quant, 'inventory_quantity_set');
  store(env, 'stock.quant', quant, {
    inventory_quantity: 0,
    inventory_quantity_set: false,
    inventory_diff_quantity: 0,
  });
  if (!counted || difference === 0) return;
  const [loss] = rowsWhere(env, 'stock.location', 'usage', 'inventory');
  const location = num(quant, 'location_id');
  const outside = loss?.id ?? 0;
  const product = num(quant, 'product_id');
  const lot = link(quant, 'lot_id');
  const [from, to] = difference > 0 ? [outside, location] : [location, outside];
  const reference = `Product Quantity Updated (${displayName(env, 'res.users', env.user.id)})`;
  const [moveId = 0] = create(env, 'stock.move', [
    {
      product_id: product,
      product_uom_qty: Math.abs(difference),
      location_id: from,
      location_dest_id: to,
      is_inventory: true,
    },
  ]);
  const move = rowOf(env, 'stock.move', moveId);
  store(env, 'stock.move', move, { reference, state: 'confirmed' });
  create(env, 'stock.move.line', [
    {
      move_id: moveId,
      quantity: Math.abs(difference),
      location_id: from,
      location_dest_id: to,
      ...(lot === undefined ? {} : { lot_id: lot }),
    },
  ]);
  doMove(env, move, linesOf(env, move));
}
