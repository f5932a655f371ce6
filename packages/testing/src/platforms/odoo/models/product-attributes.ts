import type { Row } from '../orm/database.ts';
import { link, list, num, rowOf, rowsWhere, str, type Env, type Vals } from '../orm/env.ts';
import { boolean, char, float, integer, many2many, many2one, one2many, selection } from '../orm/field.ts';
import { activeField, defineModel, type Model } from '../orm/model.ts';
import { displayName, get, modelOf } from '../orm/get.ts';
import { plain } from '../orm/plain.ts';
import { userError, validationError } from '../orm/python-error.ts';
import { makeMissingVariants, settleLine } from './product-variants.ts';

/** Sizes and colours, and the variants they make. */
export function attributeModels(): Model[] {
  return [
    defineModel({
      name: 'product.attribute',
      label: 'Product Attribute',
      order: 'sequence, id',
      fields: {
        name: char('Attribute', { required: true }),
        sequence: integer('Sequence'),
        create_variant: selection(
          'Variant Creation',
          { always: 'Instantly', dynamic: 'Dynamically', no_variant: 'Never' },
          { defaultsTo: () => 'always' },
        ),
        value_ids: one2many('Values', 'product.attribute.value', 'attribute_id'),
      },
      prepareWrite(env, rows, vals) {
        for (const row of rows) refuseOtherCreation(env, row, vals);
        return vals;
      },
    }),
    defineModel({
      name: 'product.attribute.value',
      label: 'Attribute Value',
      order: 'attribute_id, sequence, id',
      fields: {
        name: char('Value', { required: true }),
        sequence: integer('Sequence'),
        default_extra_price: float('Default Extra Price'),
        attribute_id: many2one('Attribute', 'product.attribute', { required: true, onDelete: 'cascade' }),
      },
      displayName: (env, row) => `${attributeName(env, row)}: ${str(row, 'name')}`,
      check: refuseSameName,
    }),
    defineModel({
      name: 'product.template.attribute.line',
      label: 'Product Template Attribute Line',
      fields: {
        product_tmpl_id: many2one('Product Template', 'product.template', { required: true, onDelete: 'cascade' }),
        sequence: integer('Sequence', { defaultsTo: () => 10 }),
        attribute_id: many2one('Attribute', 'product.attribute', { required: true, index: true }),
        value_ids: many2many('Values', 'product.attribute.value'),
        product_template_value_ids: one2many(
          'Product Attribute Values',
          'product.template.attribute.value',
          'attribute_line_id',
        ),
        value_count: integer('Value Count', {
          compute: (env, id) => list(rowOf(env, 'product.template.attribute.line', id), 'value_ids').length,
        }),
        active: activeField,
      },
      displayName: attributeName,
      prepareWrite(env, rows, vals) {
        for (const row of rows) refuseOtherAttribute(env, row, vals);
        return vals;
      },
      created: (env, row) => settleLine(env, row),
      written: (env, rows) => rows.forEach((row) => settleLine(env, row)),
      check: (env, rows) => rows.forEach((row) => checkLine(env, row)),
      unlinked: (env, rows) => rows.forEach((row) => makeMissingVariants(env, num(row, 'product_tmpl_id'))),
    }),
    defineModel({
      name: 'product.template.attribute.value',
      label: 'Product Template Attribute Value',
      fields: {
        name: char('Value', { related: ['product_attribute_value_id', 'name'] }),
        attribute_id: many2one('Attribute', 'product.attribute', {
          related: ['product_attribute_value_id', 'attribute_id'],
        }),
        product_attribute_value_id: many2one('Attribute Value', 'product.attribute.value', { required: true }),
        attribute_line_id: many2one('Attribute Line', 'product.template.attribute.line', {
          required: true,
          onDelete: 'cascade',
        }),
        product_tmpl_id: many2one('Product Template', 'product.template', {
          related: ['attribute_line_id', 'product_tmpl_id'],
          readonly: true,
        }),
        price_extra: float('Extra Price'),
        ptav_active: boolean('Active', { defaultsTo: () => true }),
      },
      displayName: (env, row) => displayName(env, 'product.attribute.value', num(row, 'product_attribute_value_id')),
    }),
  ];
}

/** The template's name with what tells this variant from its siblings: `Tee (S)`. */
export function variantName(env: Env, variant: Row): string {
  const name = plain(
    get(env, modelOf(env, 'product.template'), rowOf(env, 'product.template', num(variant, 'product_tmpl_id')), 'name'),
  );
  const values = list(variant, 'product_template_attribute_value_ids').map((id) => valueName(env, id));
  return values.length === 0 ? name : `${name} (${values.join(', ')})`;
}

function valueName(env: Env, id: number): string {
  const value = link(rowOf(env, 'product.template.attribute.value', id), 'product_attribute_value_id');
  return value === undefined ? '' : str(rowOf(env, 'product.attribute.value', value), 'name');
}

function attributeName(env: Env, row: Row): string {
  return str(rowOf(env, 'product.attribute', num(row, 'attribute_id')), 'name');
}

/** Up to 18 an attribute has one value of one name; 19.0 makes a second one, recorded 2026-11-26. */
function refuseSameName(env: Env, rows: readonly Row[]): void {
  if (env.major === 19) return;
  for (const row of rows) {
    const same = rowsWhere(env, 'product.attribute.value', 'attribute_id', num(row, 'attribute_id')).filter(
      (other) => str(other, 'name') === str(row, 'name'),
    );
    if (same.length > 1) throw validationError(sameNameMessage);
  }
}

const sameNameMessage =
  'The operation cannot be completed: You cannot create two values with the same name for the same attribute.';

/** Source of Odoo 19.0, read 2026-11-26: how variants come about is fixed as soon as a product has the attribute. */
function refuseOtherCreation(env: Env, row: Row, vals: Vals): void {
  if (!('create_variant' in vals) || vals['create_variant'] === row['create_variant']) return;
  const products = rowsWhere(env, 'product.template.attribute.line', 'attribute_id', row.id).map((line) =>
    displayName(env, 'product.template', num(line, 'product_tmpl_id')),
  );
  if (products.length === 0) return;
  throw userError(
    `You cannot change the Variants Creation Mode of the attribute ${str(row, 'name')} because it is used on the following products:\n${products.join(', ')}`,
  );
}

function refuseOtherAttribute(env: Env, row: Row, vals: Vals): void {
  const { attribute_id: attribute } = vals;
  if (typeof attribute !== 'number' || attribute === num(row, 'attribute_id')) return;
  throw userError(
    `On the product ${displayName(env, 'product.template', num(row, 'product_tmpl_id'))} you cannot transform the attribute ${attributeName(env, row)} into the attribute ${attribute}.`,
  );
}

function checkLine(env: Env, row: Row): void {
  if (row['active'] === false) return;
  const product = () => displayName(env, 'product.template', num(row, 'product_tmpl_id'));
  const values = list(row, 'value_ids').map((id) => rowOf(env, 'product.attribute.value', id));
  if (values.length === 0) {
    throw validationError(
      `The attribute ${attributeName(env, row)} must have at least one value for the product ${product()}.`,
    );
  }
  const foreign = values.find((value) => num(value, 'attribute_id') !== num(row, 'attribute_id'));
  if (!foreign) return;
  throw validationError(
    `On the product ${product()} you cannot associate the value ${displayName(env, 'product.attribute.value', foreign.id)} with the attribute ${attributeName(env, row)} because they do not match.`,
  );
}
