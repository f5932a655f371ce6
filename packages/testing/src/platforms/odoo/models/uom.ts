import { link, num, rowOf, store, type Env, type Vals } from '../orm/env.ts';
import { char, float, many2one, one2many, selection, type Field } from '../orm/field.ts';
import { activeField, defineModel, type Model } from '../orm/model.ts';
import type { OdooVersion } from '../versions.ts';
import { roundTo } from './decimal.ts';
import { access } from './groups.ts';

/**
 * Units of measure. From 19 on a unit is so many of another one and `factor` is how many of the smallest it holds; before,
 * units belong to a category and `factor` is how many of them its reference holds. Recorded on Odoo 19.0, 2026-11-26;
 * names of 17 and 18 from the fields recorded on them, 2026-11-23.
 */
export function uomModels(version: OdooVersion): Model[] {
  const modern = version === '19.0';
  return [
    defineModel({
      name: 'uom.uom',
      label: 'Product Unit of Measure',
      fields: {
        name: char('Unit Name', { required: true, index: true }),
        rounding: float('Rounding Precision', { defaultsTo: () => 0.01 }),
        ...(modern ? relativeFields : categoryFields),
        active: activeField,
      },
      prepareCreate: modern
        ? (env, vals) => ({ ...vals, factor: absoluteFactor(env, vals) })
        : (_env, vals) => ({ ...vals, factor: inverseFactor(vals) }),
      written(env, rows, vals) {
        if (!modern || !('relative_factor' in vals || 'relative_uom_id' in vals)) return;
        for (const row of rows) store(env, 'uom.uom', row, { factor: absoluteFactor(env, row) });
      },
    }),
    ...(modern
      ? []
      : [
          defineModel({
            name: 'uom.category',
            label: 'Product UoM Categories',
            fields: {
              name: char('Unit of Measure Category', { required: true }),
              uom_ids: one2many('Uom', 'uom.uom', 'category_id'),
            },
            access: access.products,
          }),
        ]),
  ];
}

const relativeFields: Readonly<Record<string, Field>> = {
  factor: float('Absolute Quantity'),
  relative_factor: float('Contains', { required: true, defaultsTo: () => 1 }),
  relative_uom_id: many2one('Reference Unit', 'uom.uom'),
};

const categoryFields: Readonly<Record<string, Field>> = {
  category_id: many2one('Category', 'uom.category', { required: true, defaultsTo: () => 1 }),
  uom_type: selection(
    'Type',
    {
      bigger: 'Bigger than the reference Unit of Measure',
      reference: 'Reference Unit of Measure for this category',
      smaller: 'Smaller than the reference Unit of Measure',
    },
    { required: true, defaultsTo: () => 'reference' },
  ),
  factor: float('Ratio', { defaultsTo: () => 1 }),
  factor_inv: float('Bigger Ratio', { compute: (env, id) => 1 / (num(rowOf(env, 'uom.uom', id), 'factor') || 1) }),
};

function absoluteFactor(env: Env, vals: Vals): number {
  const own = typeof vals['relative_factor'] === 'number' ? vals['relative_factor'] : 1;
  const base = vals['relative_uom_id'];
  return own * (typeof base === 'number' ? num(rowOf(env, 'uom.uom', base), 'factor') : 1);
}

function inverseFactor(vals: Vals): number {
  if (typeof vals['factor_inv'] === 'number') return 1 / vals['factor_inv'];
  return typeof vals['factor'] === 'number' ? vals['factor'] : 1;
}

/**
 * How many digits after the point a quantity is stored with, unless an administrator says otherwise, and halves are
 * rounded up: of 1.234 pieces 1.23 are kept, of 1.235 1.24. Recorded on Odoo 19.0, 2026-11-26.
 */
export const quantityDigits = 2;

/** How many pieces of the smallest unit one of a unit holds. */
function sizeOf(env: Env, uom: number): number {
  const factor = num(env.db.row('uom.uom', uom) ?? { id: 0 }, 'factor') || 1;
  return env.major === 19 ? factor : 1 / factor;
}

/** A quantity of one unit in another: 2 packs of 6 are 12, and 1 piece of such a pack is 0.17 of it. */
export function inUnit(env: Env, quantity: number, from: number | undefined, to: number | undefined): number {
  if (from === undefined || to === undefined || from === to) return quantity;
  const exact = exactlyInUnit(env, quantity, from, to);
  const digits = Math.round(-Math.log10(num(rowOf(env, 'uom.uom', to), 'rounding') || 0.01));
  return roundTo(exact, Math.max(0, digits));
}

/** The same, not rounded: parts that are added up make the whole. */
export function exactlyInUnit(env: Env, quantity: number, from: number | undefined, to: number | undefined): number {
  if (from === undefined || to === undefined || from === to) return quantity;
  return (quantity * sizeOf(env, from)) / sizeOf(env, to);
}

/** What one of a unit costs when one of another costs so much. */
export function priceInUnit(env: Env, price: number, from: number | undefined, to: number | undefined): number {
  if (from === undefined || to === undefined || from === to) return price;
  return (price * sizeOf(env, to)) / sizeOf(env, from);
}

/** The unit that a product is counted in. */
export function unitOf(env: Env, product: number): number | undefined {
  const variant = env.db.row('product.product', product);
  const template = variant && env.db.row('product.template', num(variant, 'product_tmpl_id'));
  return template && link(template, 'uom_id');
}

/** The units that a fresh database has. */
export function seedUnits(env: Env, insert: (model: string, values: Vals) => number): void {
  if (env.major === 19) {
    insert('uom.uom', { name: 'Units', factor: 1, relative_factor: 1, rounding: 0.01, active: true });
    insert('uom.uom', {
      name: 'Pack of 6',
      factor: 6,
      relative_factor: 6,
      relative_uom_id: 1,
      rounding: 0.01,
      active: true,
    });
    return;
  }
  const category = insert('uom.category', { name: 'Unit' });
  const unit = { category_id: category, rounding: 0.01, active: true };
  insert('uom.uom', { ...unit, name: 'Units', uom_type: 'reference', factor: 1 });
  insert('uom.uom', { ...unit, name: 'Dozens', uom_type: 'bigger', factor: 1 / 12 });
}
