import type { Row } from '../../orm/database.ts';
import { link, num, rowOf, rowsWhere, str, type Env } from '../../orm/env.ts';
import {
  boolean,
  char,
  float,
  integer,
  many2many,
  many2one,
  one2many,
  selection,
  type Field,
} from '../../orm/field.ts';
import { displayName } from '../../orm/get.ts';
import { activeField, defineModel, type Model } from '../../orm/model.ts';
import { accessError, validationError } from '../../orm/python-error.ts';
import { access } from '../groups.ts';
import { unitOf } from '../uom.ts';
import { kitOf } from './kit.ts';

/** Bills of material, which come with the module `mrp`. Recorded on Odoo 19.0 with `mrp`, 2026-11-26. */
export function bomModels(): Model[] {
  return [
    defineModel({
      name: 'mrp.bom',
      label: 'Bill of Material',
      order: 'sequence, id',
      fields: {
        code: char('Reference'),
        active: activeField,
        type: selection(
          'BoM Type',
          { normal: 'Manufacture this product', phantom: 'Kit' },
          { required: true, defaultsTo: () => 'normal' },
        ),
        product_tmpl_id: many2one('Product', 'product.template', { required: true, index: true }),
        product_id: many2one('Product Variant', 'product.product', { index: true }),
        bom_line_ids: one2many('BoM Lines', 'mrp.bom.line', 'bom_id'),
        product_qty: float('Quantity', { required: true, defaultsTo: () => 1 }),
        product_uom_id: many2one('Unit', 'uom.uom', { required: true, defaultsTo: () => 1 }),
        sequence: integer('Sequence'),
        ready_to_produce: selection(
          'Manufacturing Readiness',
          {
            all_available: 'When all components are available',
            asap: 'When components for 1st operation are available',
          },
          { defaultsTo: () => 'all_available' },
        ),
        picking_type_id: many2one('Operation Type', 'stock.picking.type'),
        company_id: many2one('Company', 'res.company', { defaultsTo: (env) => env.company }),
        consumption: selection(
          'Flexible Consumption',
          { flexible: 'Allowed', warning: 'Allowed with warning', strict: 'Blocked' },
          { defaultsTo: () => 'warning' },
        ),
      },
      access: access.boms,
      displayName: (env, row) => {
        const code = str(row, 'code');
        const name = displayName(env, 'product.template', num(row, 'product_tmpl_id'));
        return code === '' ? name : `${code}: ${name}`;
      },
      prepareCreate: (env, vals) => {
        const template = vals['product_tmpl_id'];
        const found = typeof template === 'number' ? env.db.row('product.template', template) : undefined;
        return found ? { product_uom_id: num(found, 'uom_id'), ...vals } : vals;
      },
      check(env, rows) {
        for (const row of rows) {
          if (num(row, 'product_qty') <= 0) {
            throw validationError('The operation cannot be completed: The quantity to produce must be positive!');
          }
          refuseCycle(env, row);
        }
      },
    }),
    defineModel({
      name: 'mrp.bom.line',
      label: 'Bill of Material Line',
      order: 'sequence, id',
      fields: {
        bom_id: many2one('Parent BoM', 'mrp.bom', { required: true, onDelete: 'cascade' }),
        product_id: many2one('Component', 'product.product', { required: true, index: true }),
        product_tmpl_id: many2one('Product Template', 'product.template', {
          related: ['product_id', 'product_tmpl_id'],
        }),
        parent_product_tmpl_id: many2one('Parent Product Template', 'product.template', {
          related: ['bom_id', 'product_tmpl_id'],
        }),
        product_qty: float('Quantity', { required: true, defaultsTo: () => 1 }),
        product_uom_id: many2one('Unit', 'uom.uom', { required: true, defaultsTo: () => 1 }),
        sequence: integer('Sequence', { defaultsTo: () => 1 }),
        company_id: many2one('Company', 'res.company', { related: ['bom_id', 'company_id'] }),
        bom_product_template_attribute_value_ids: many2many('Apply on Variants', 'product.template.attribute.value'),
        child_bom_id: many2one('Sub BoM', 'mrp.bom', {
          compute: (env, id) => kitOf(env, num(rowOf(env, 'mrp.bom.line', id), 'product_id'))?.id ?? false,
        }),
      },
      access: access.boms,
      displayName: (env, row) => displayName(env, 'product.product', num(row, 'product_id')),
      prepareCreate: (env, vals) => {
        const product = vals['product_id'];
        const unit = typeof product === 'number' ? unitOf(env, product) : undefined;
        return unit === undefined ? vals : { product_uom_id: unit, ...vals };
      },
      check(env, rows) {
        for (const row of rows) {
          if (num(row, 'product_qty') < 0) {
            throw validationError(
              'The operation cannot be completed: All product quantities must be greater or equal to 0.\nLines with 0 quantities can be used as optional lines. \nYou should install the mrp_byproduct module if you want to manage extra products on BoMs!',
            );
          }
          // A line made by itself is not checked by the server, which then never comes back from exploding it.
          refuseCycle(env, rowOf(env, 'mrp.bom', num(row, 'bom_id')));
        }
      },
    }),
  ];
}

/** A kit that would need itself, however deep. */
function refuseCycle(env: Env, bom: Row): void {
  const own = new Set(productsOf(env, bom));
  const seen = new Set<number>();
  const open = componentsOf(env, bom);
  for (let product = open.pop(); product !== undefined; product = open.pop()) {
    if (own.has(product)) {
      throw validationError(
        `The current configuration is incorrect because it would create a cycle between these products: ${displayName(env, 'product.product', product)}.`,
      );
    }
    if (seen.has(product)) continue;
    seen.add(product);
    const kit = kitOf(env, product);
    if (kit) open.push(...componentsOf(env, kit));
  }
}

function componentsOf(env: Env, bom: Row): number[] {
  return rowsWhere(env, 'mrp.bom.line', 'bom_id', bom.id).map((line) => num(line, 'product_id'));
}

function productsOf(env: Env, bom: Row): readonly number[] {
  const variant = link(bom, 'product_id');
  if (variant !== undefined) return [variant];
  return rowsWhere(env, 'product.product', 'product_tmpl_id', num(bom, 'product_tmpl_id')).map(({ id }) => id);
}

/** What `mrp` adds to a template. Counting its bills takes a right that an integration does not have. Recorded on Odoo 19.0, 2026-11-26. */
export function kitFieldsOfTemplate(): Readonly<Record<string, Field>> {
  return {
    bom_ids: one2many('Bill of Materials', 'mrp.bom', 'product_tmpl_id'),
    bom_count: integer('# Bill of Material', {
      readonly: true,
      compute(env, id) {
        refuseByproducts(env);
        return rowsWhere(env, 'mrp.bom', 'product_tmpl_id', id).filter((bom) => bom['active'] !== false).length;
      },
    }),
    is_kits: boolean('Is Kits', {
      readonly: true,
      compute: (env, id) =>
        rowsWhere(env, 'mrp.bom', 'product_tmpl_id', id).some(
          (bom) => bom['active'] !== false && str(bom, 'type') === 'phantom',
        ),
    }),
  };
}

/** What `mrp` adds to a variant besides. */
export function kitFieldsOfVariant(): Readonly<Record<string, Field>> {
  return {
    bom_ids: one2many('Bill of Materials', 'mrp.bom', 'product_tmpl_id', { related: ['product_tmpl_id', 'bom_ids'] }),
    variant_bom_ids: one2many('BOM Product Variants', 'mrp.bom', 'product_id'),
    bom_line_ids: one2many('BoM Components', 'mrp.bom.line', 'product_id'),
    bom_count: integer('# Bill of Material', { related: ['product_tmpl_id', 'bom_count'] }),
    is_kits: boolean('Is Kits', { readonly: true, compute: (env, id) => kitOf(env, id) !== undefined }),
  };
}

function refuseByproducts(env: Env): void {
  const groups = ['Manufacturing/Administrator', 'Manufacturing/User'];
  if (groups.some((group) => env.user.groups.has(group))) return;
  throw accessError(
    `You are not allowed to access 'Byproduct' (mrp.bom.byproduct) records.\n\nThis operation is allowed for the following groups:\n${groups.map((group) => `\t- ${group}`).join('\n')}\n\nContact your administrator to request access if necessary.`,
  );
}
