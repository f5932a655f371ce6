import type { Json } from '@crossdock/core';
import type { Row } from '../orm/database.ts';
import { list, link, num, rowOf, rowsWhere, str, withContext, type Env, type Vals } from '../orm/env.ts';
import {
  boolean,
  char,
  float,
  html,
  integer,
  many2many,
  many2one,
  monetary,
  one2many,
  selection,
  text,
  type Field,
} from '../orm/field.ts';
import { activeField, defineModel, type Model } from '../orm/model.ts';
import { create, unlink, write } from '../orm/records.ts';
import { validationError } from '../orm/python-error.ts';
import type { OdooModule, OdooVersion } from '../versions.ts';
import { kitFieldsOfTemplate, kitFieldsOfVariant } from './mrp/bom.ts';
import { variantName } from './product-attributes.ts';
import { combinationOf, extraPrice, makesVariantsOneByOne, makeVariants, variantPrice } from './product-variants.ts';
import { templateOf } from './product-kind.ts';
import { quantityFields } from './stock/quantities.ts';

export { isService, templateOf } from './product-kind.ts';

/** What stands on the template and is shared by all variants: their price among it. */
function templateFields(version: OdooVersion): Readonly<Record<string, Field>> {
  return {
    name: char('Name', { required: true, index: true, translate: true }),
    list_price: float('Sales Price', { defaultsTo: () => 1 }),
    ...(version === '17.0'
      ? {
          detailed_type: selection(
            'Product Type',
            { consu: 'Consumable', service: 'Service', product: 'Storable Product' },
            { required: true },
          ),
          type: selection('Type', { consu: 'Consumable', service: 'Service', product: 'Storable Product' }),
        }
      : {
          type: selection(
            'Product Type',
            { consu: 'Goods', service: 'Service', combo: 'Combo' },
            { required: true, defaultsTo: () => 'consu' },
          ),
          is_storable: boolean('Track Inventory'),
        }),
    tracking: selection(
      'Tracking',
      { serial: 'By Unique Serial Number', lot: 'By Lots', none: 'By Quantity' },
      { defaultsTo: () => 'none' },
    ),
    use_expiration_date: boolean('Use Expiration Date'),
    expiration_time: integer('Expiration Date'),
    use_time: integer('Best Before Date'),
    removal_time: integer('Removal Date'),
    alert_time: integer('Alert Date'),
    uom_id: many2one('Unit', 'uom.uom', { required: true, defaultsTo: () => 1 }),
    // What is bought, where nothing else is said. Gone in 19: fields of 17.0, 18.0 and 19.0, recorded 2026-11-23.
    ...(version === '19.0' ? {} : { uom_po_id: many2one('Purchase Unit', 'uom.uom') }),
    categ_id: many2one('Product Category', 'product.category'),
    taxes_id: many2many('Sales Taxes', 'account.tax', { defaultsTo: defaultTaxes }),
    supplier_taxes_id: many2many('Purchase Taxes', 'account.tax', { defaultsTo: () => [2] }),
    sale_ok: boolean('Sales', { defaultsTo: () => true }),
    purchase_ok: boolean('Purchase', { defaultsTo: () => true }),
    invoice_policy: selection(
      'Invoicing Policy',
      { order: 'Ordered quantities', delivery: 'Delivered quantities' },
      { defaultsTo: () => 'order' },
    ),
    description_sale: text('Sales Description'),
    description: html('Description'),
    currency_id: many2one('Currency', 'res.currency', { defaultsTo: () => 1, readonly: true }),
    company_id: many2one('Company', 'res.company'),
  };
}

const variantOwn: Readonly<Record<string, Field>> = {
  default_code: char('Internal Reference', { index: true }),
  barcode: char('Barcode', { index: true }),
  standard_price: float('Cost'),
  weight: float('Weight'),
  weight_uom_name: char('Weight unit of measure label', { compute: () => 'kg' }),
  volume: float('Volume'),
};

export function productModels(version: OdooVersion, modules: ReadonlySet<OdooModule>): Model[] {
  const shared = templateFields(version);
  return [
    defineModel({
      name: 'product.template',
      label: 'Product',
      order: 'name',
      fields: {
        ...shared,
        ...Object.fromEntries(Object.keys(variantOwn).map((name) => [name, ofOnlyVariant(name)])),
        product_variant_ids: one2many('Products', 'product.product', 'product_tmpl_id'),
        product_variant_id: many2one('Product', 'product.product', {
          compute: (env, id) => variantsOf(env, id)[0]?.id ?? false,
        }),
        product_variant_count: {
          type: 'integer',
          label: '# Product Variants',
          compute: (env, id) => variantsOf(env, id).length,
        },
        attribute_line_ids: one2many('Product Attributes', 'product.template.attribute.line', 'product_tmpl_id'),
        ...quantityFields((env, id) => variantsOf(env, id).map((row) => row.id)),
        ...(modules.has('mrp') ? kitFieldsOfTemplate() : {}),
        active: activeField,
      },
      displayName: (env, row) => withCode(str(onlyVariant(env, row.id) ?? { id: 0 }, 'default_code'), str(row, 'name')),
      prepareCreate: (_env, vals) => withType(version, withPurchaseUnit(version, vals)),
      created(env, row, vals) {
        if (env.context['create_product_product'] === false) return;
        makeVariants(env, row);
        const variants = variantsOf(env, row.id);
        const own = Object.fromEntries(Object.entries(vals).filter(([name]) => variantOwn[name]));
        if (variants.length === 1 && Object.keys(own).length > 0)
          write(env, 'product.product', [variants[0]?.id ?? 0], own);
      },
      prepareWrite: (_env, _rows, vals) => (version === '17.0' ? withType(version, vals, true) : vals),
      written(env, rows, vals) {
        // A product leaves and comes back as a whole.
        if (!('active' in vals)) return;
        for (const row of rows)
          for (const variant of rowsWhere(env, 'product.product', 'product_tmpl_id', row.id)) {
            env.db.set('product.product', variant, 'active', Boolean(vals['active']));
          }
      },
    }),
    defineModel({
      name: 'product.product',
      label: 'Product Variant',
      order: 'default_code, id',
      fields: {
        product_tmpl_id: many2one('Product Template', 'product.template', { required: true, onDelete: 'cascade' }),
        ...Object.fromEntries(Object.entries(shared).map(([name, field]) => [name, onTemplate(name, field)])),
        ...variantOwn,
        // Written on one variant, it changes the template and with it every sibling. Recorded on Odoo 19.0, 2026-11-23.
        lst_price: monetary('Sales Price', {
          compute: variantPrice,
          assign(env, id, value) {
            const row = rowOf(env, 'product.product', id);
            const price = Number(value) - extraPrice(env, row);
            write(env, 'product.template', [num(row, 'product_tmpl_id')], { list_price: price });
          },
        }),
        price_extra: float('Variant Price Extra', {
          compute: (env, id) => extraPrice(env, rowOf(env, 'product.product', id)),
        }),
        combination_indices: char('Combination Indices', {
          compute: (env, id) => combinationOf(rowOf(env, 'product.product', id)) || false,
        }),
        code: char('Reference', { compute: (env, id) => rowOf(env, 'product.product', id)['default_code'] ?? false }),
        product_template_attribute_value_ids: many2many('Attribute Values', 'product.template.attribute.value'),
        ...quantityFields((_env, id) => [id]),
        ...(modules.has('mrp') ? kitFieldsOfVariant() : {}),
        image_128: { type: 'binary', label: 'Image 128' },
        image_1920: { type: 'binary', label: 'Image' },
        active: activeField,
      },
      displayName: (env, row) => withCode(str(row, 'default_code'), variantName(env, row)),
      prepareCreate: (env, vals) => withTemplate(env, shared, vals),
      check: (env, rows, vals) =>
        rows.forEach((row) => {
          checkCombination(env, row);
          checkBarcode(env, row, vals);
        }),
      unlinked(env, rows) {
        for (const row of rows) {
          const template = env.db.row('product.template', link(row, 'product_tmpl_id') ?? 0);
          if (!template || env.db.count('product.product', 'product_tmpl_id', template.id) > 0) continue;
          // A product whose variants are made one by one may have none.
          if (!makesVariantsOneByOne(env, template.id)) unlink(env, 'product.template', [template.id]);
        }
      },
    }),
  ];
}

function defaultTaxes(env: Env): Json {
  const tax = link(rowOf(env, 'res.company', 1), 'account_sale_tax_id');
  return tax === undefined ? [] : [tax];
}

function onTemplate(
  name: string,
  { required: _required, defaultsTo: _defaultsTo, index: _index, ...field }: Field,
): Field {
  return { ...field, related: ['product_tmpl_id', name] };
}

/** Fields of a variant show on its template as long as it is the only one. */
function ofOnlyVariant(name: string): Field {
  const { index: _index, ...field } = variantOwn[name] ?? char(name);
  const empty: Json = field.type === 'char' ? false : 0;
  return {
    ...field,
    compute: (env, id) => onlyVariant(env, id)?.[name] ?? empty,
    assign(env, id, value) {
      const variant = onlyVariant(env, id);
      if (variant) write(env, 'product.product', [variant.id], { [name]: value });
    },
  };
}

function variantsOf(env: Env, template: number): Row[] {
  return rowsWhere(env, 'product.product', 'product_tmpl_id', template).filter((row) => row['active'] !== false);
}

function onlyVariant(env: Env, template: number): Row | undefined {
  const variants = variantsOf(env, template);
  return variants.length === 1 ? variants[0] : undefined;
}

const withCode = (code: string, name: string) => (code === '' ? name : `[${code}] ${name}`);

function withPurchaseUnit(version: OdooVersion, vals: Vals): Vals {
  return version === '19.0' ? vals : { uom_po_id: vals['uom_id'] ?? 1, ...vals };
}

function withType(version: OdooVersion, vals: Vals, partial = false): Vals {
  if (version !== '17.0') return vals;
  const type = vals['detailed_type'] ?? vals['type'] ?? (partial ? undefined : 'consu');
  return type === undefined ? vals : { ...vals, detailed_type: type, type };
}

/** A variant that is made by itself gets a template of its own. */
function withTemplate(env: Env, shared: Readonly<Record<string, Field>>, vals: Vals): Vals {
  if (typeof vals['product_tmpl_id'] === 'number') return vals;
  const { lst_price: price, ...rest } = vals;
  const template: { [field: string]: Json } = price === undefined ? {} : { list_price: price };
  const own: { [field: string]: Json } = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name in shared) template[name] = value;
    else own[name] = value;
  }
  if ('active' in own) template['active'] = own['active'];
  const [id = 0] = create(withContext(env, { create_product_product: false }), 'product.template', [template]);
  return { ...own, product_tmpl_id: id };
}

/** The words are those of the database, also where a call is refused. Recorded on Odoo 19.0, 2026-11-26. */
function checkCombination(env: Env, row: Row): void {
  if (row['active'] === false) return;
  const template = num(row, 'product_tmpl_id');
  const combination = combinationOf(row);
  const same = variantsOf(env, template).filter((other) => combinationOf(other) === combination);
  if (same.length < 2) return;
  const fact = `duplicate key value violates unique constraint "product_product_combination_unique"\nDETAIL:  Key (product_tmpl_id, combination_indices)=(${template}, ${combination}) already exists.\n`;
  throw validationError(`The operation cannot be completed: ${fact}`);
}

function checkBarcode(env: Env, row: Row, vals: Vals): void {
  const barcode = str(row, 'barcode');
  if (barcode === '' || (Object.keys(vals).length > 0 && !('barcode' in vals))) return;
  const same = rowsWhere(env, 'product.product', 'barcode', barcode);
  if (same.length < 2) return;
  const names = same.map((other) => withCode(str(other, 'default_code'), variantName(env, other)));
  throw validationError(
    `Barcode(s) already assigned:\n\n- Barcode "${barcode}" already assigned to product(s): ${names.join(' and ')}\n\nNote: products that you don't have access to will not be shown above.`,
  );
}

export function productTaxes(env: Env, product: number): readonly number[] {
  return list(templateOf(env, product), 'taxes_id');
}
