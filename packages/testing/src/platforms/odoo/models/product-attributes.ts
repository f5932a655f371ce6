import type { Row } from '../orm/database.ts';
import { link, list, num, rowOf, rowsWhere, str, withContext, type Env } from '../orm/env.ts';
import { char, integer, many2many, many2one, one2many, selection } from '../orm/field.ts';
import { defineModel, type Model } from '../orm/model.ts';
import { get, modelOf } from '../orm/get.ts';
import { plain } from '../orm/plain.ts';
import { create } from '../orm/records.ts';
import { access } from './groups.ts';

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
      access: access.products,
    }),
    defineModel({
      name: 'product.attribute.value',
      label: 'Attribute Value',
      order: 'attribute_id, sequence, id',
      fields: {
        name: char('Value', { required: true }),
        sequence: integer('Sequence'),
        attribute_id: many2one('Attribute', 'product.attribute', { required: true, onDelete: 'cascade' }),
      },
      access: access.products,
    }),
    defineModel({
      name: 'product.template.attribute.line',
      label: 'Product Template Attribute Line',
      fields: {
        product_tmpl_id: many2one('Product Template', 'product.template', { required: true, onDelete: 'cascade' }),
        attribute_id: many2one('Attribute', 'product.attribute', { required: true }),
        value_ids: many2many('Values', 'product.attribute.value'),
      },
      access: access.products,
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
        product_tmpl_id: many2one('Product Template', 'product.template', { onDelete: 'cascade' }),
      },
      access: access.products,
      displayName: (env, row) => valueName(env, row.id),
    }),
  ];
}

/** One variant for every combination of the template's attribute values. */
export function makeVariants(env: Env, template: Row): void {
  const lines = rowsWhere(env, 'product.template.attribute.line', 'product_tmpl_id', template.id);
  let combinations: (readonly number[])[] = [[]];
  for (const line of lines) {
    const values = list(line, 'value_ids').map(
      (value) =>
        create(env, 'product.template.attribute.value', [
          { product_attribute_value_id: value, product_tmpl_id: template.id },
        ])[0] ?? 0,
    );
    combinations = combinations.flatMap((combination) => values.map((value) => [...combination, value]));
  }
  create(
    withContext(env, { create_product_product: false }),
    'product.product',
    combinations.map((values) => ({
      product_tmpl_id: template.id,
      product_template_attribute_value_ids: [[6, 0, values]],
      active: template['active'] !== false,
    })),
  );
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
