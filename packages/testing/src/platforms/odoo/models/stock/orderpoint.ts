import type { Json } from '@crossdock/core';
import { link, num, rowsWhere, type Env } from '../../orm/env.ts';
import { char, float, many2one, selection } from '../../orm/field.ts';
import { activeField, defineModel, type Model } from '../../orm/model.ts';
import { validationError } from '../../orm/python-error.ts';
import { access } from '../groups.ts';

/** From which stock on goods are ordered anew; the fake keeps the rules and orders nothing. Recorded on Odoo 19.0, 2026-11-26. */
export function orderpointModel(): Model {
  return defineModel({
    name: 'stock.warehouse.orderpoint',
    label: 'Minimum Inventory Rule',
    order: 'location_id, company_id, id',
    fields: {
      name: char('Name', {
        required: true,
        readonly: true,
        defaultsTo: (env) => `OP/${String(env.db.next('stock.orderpoint.name')).padStart(5, '0')}`,
      }),
      trigger: selection('Trigger', { auto: 'Auto', manual: 'Manual' }, { required: true, defaultsTo: () => 'auto' }),
      warehouse_id: many2one('Warehouse', 'stock.warehouse', { required: true, onDelete: 'cascade' }),
      location_id: many2one('Location', 'stock.location', { required: true, onDelete: 'cascade' }),
      product_id: many2one('Product', 'product.product', { required: true, index: true, onDelete: 'cascade' }),
      product_tmpl_id: many2one('Product Template', 'product.template', { related: ['product_id', 'product_tmpl_id'] }),
      product_min_qty: float('Min Quantity', { required: true, defaultsTo: () => 0 }),
      product_max_qty: float('Max Quantity', { required: true, defaultsTo: () => 0 }),
      company_id: many2one('Company', 'res.company', { required: true, defaultsTo: (env) => env.company }),
      active: activeField,
    },
    access: access.replenishment,
    prepareCreate(env, vals) {
      const warehouse = warehouseOf(env, vals['warehouse_id'] ?? false);
      if (!warehouse) return vals;
      return { warehouse_id: warehouse.id, location_id: link(warehouse, 'lot_stock_id') ?? false, ...vals };
    },
    check(env, rows) {
      for (const row of rows) {
        const product = num(row, 'product_id');
        const same = rowsWhere(env, 'stock.warehouse.orderpoint', 'product_id', product).filter(
          (one) => link(one, 'location_id') === link(row, 'location_id'),
        );
        if (same.length > 1) {
          throw validationError(
            'The operation cannot be completed: A replenishment rule already exists for this product on this location.',
          );
        }
      }
    },
  });
}

function warehouseOf(env: Env, given: Json) {
  if (typeof given === 'number') return env.db.row('stock.warehouse', given);
  return [...env.db.rows('stock.warehouse').values()].find((one) => link(one, 'company_id') === env.company);
}
