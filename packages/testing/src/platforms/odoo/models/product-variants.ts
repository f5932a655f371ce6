import type { Row } from '../orm/database.ts';
import { link, list, num, rowOf, rowsWhere, store, str, withContext, type Env } from '../orm/env.ts';
import { PythonError } from '../orm/python-error.ts';
import { create, unlink } from '../orm/records.ts';
import { roundTo } from './decimal.ts';

/**
 * Gives a product the values of one of its attributes, and the variants that they make. Recorded on Odoo 19.0, 2026-11-26:
 * a value that goes is only put aside while a variant has it.
 */
export function settleLine(env: Env, line: Row): void {
  const wanted = new Set(line['active'] === false ? [] : list(line, 'value_ids'));
  const present = rowsWhere(env, 'product.template.attribute.value', 'attribute_line_id', line.id);
  for (const row of present) {
    store(env, 'product.template.attribute.value', row, {
      ptav_active: wanted.delete(num(row, 'product_attribute_value_id')),
    });
  }
  for (const value of wanted) {
    const extra = num(rowOf(env, 'product.attribute.value', value), 'default_extra_price');
    create(env, 'product.template.attribute.value', [
      { product_attribute_value_id: value, attribute_line_id: line.id, price_extra: extra },
    ]);
  }
  makeMissingVariants(env, num(line, 'product_tmpl_id'));
}

/** Does it for a product that is complete: one without any variant is still being made, or gets its variants one by one. */
export function makeMissingVariants(env: Env, template: number): void {
  const row = env.db.row('product.template', template);
  if (row && env.db.count('product.product', 'product_tmpl_id', template) > 0) makeVariants(env, row);
}

/**
 * One variant for every combination of the product's values, unless one of its attributes makes them one by one. What is no
 * combination any more goes, or is archived where something speaks of it.
 */
export function makeVariants(env: Env, template: Row): void {
  const lines = linesOf(env, template);
  const variants = rowsWhere(env, 'product.product', 'product_tmpl_id', template.id);
  addOnlyValues(env, lines, variants);
  const valid = (row: Row) => {
    const values = list(row, 'product_template_attribute_value_ids');
    return values.length === lines.length && lines.every((line) => line.values.some((value) => values.includes(value)));
  };
  const kept = new Map(variants.filter(valid).map((row) => [combinationOf(row), row]));
  if (!lines.some((line) => line.dynamic)) {
    const missing = combinations(lines).filter((values) => !kept.has(keyOf(values)));
    create(
      withContext(env, { create_product_product: false }),
      'product.product',
      missing.map((values) => ({
        product_tmpl_id: template.id,
        product_template_attribute_value_ids: [[6, 0, values]],
        active: template['active'] !== false,
      })),
    );
  }
  for (const row of variants) {
    if (kept.get(combinationOf(row)) === row) store(env, 'product.product', row, { active: true });
    else removeOrArchive(env, row);
  }
}

export function makesVariantsOneByOne(env: Env, template: number): boolean {
  return linesOf(env, rowOf(env, 'product.template', template)).some((line) => line.dynamic);
}

interface Line {
  readonly dynamic: boolean;
  readonly values: readonly number[];
}

function linesOf(env: Env, template: Row): Line[] {
  return rowsWhere(env, 'product.template.attribute.line', 'product_tmpl_id', template.id)
    .filter((row) => row['active'] !== false)
    .toSorted((a, b) => num(a, 'sequence') - num(b, 'sequence') || num(a, 'attribute_id') - num(b, 'attribute_id'))
    .flatMap((row) => {
      const creation = str(rowOf(env, 'product.attribute', num(row, 'attribute_id')), 'create_variant');
      const values = rowsWhere(env, 'product.template.attribute.value', 'attribute_line_id', row.id)
        .filter((value) => value['ptav_active'] === true)
        .map(({ id }) => id);
      return creation === 'no_variant' || values.length === 0 ? [] : [{ dynamic: creation === 'dynamic', values }];
    });
}

/** An attribute with one value makes no new variants: those that are there get the value. */
function addOnlyValues(env: Env, lines: readonly Line[], variants: readonly Row[]): void {
  const only = lines.flatMap(({ values }) => (values.length === 1 ? values : []));
  for (const row of variants) {
    const before = list(row, 'product_template_attribute_value_ids');
    const values = [...new Set([...before, ...only])];
    if (values.length !== lines.length || values.length === before.length) continue;
    store(env, 'product.product', row, { product_template_attribute_value_ids: values });
  }
}

function combinations(lines: readonly Line[]): (readonly number[])[] {
  return lines.reduce<(readonly number[])[]>(
    (made, { values }) => made.flatMap((combination) => values.map((value) => [...combination, value])),
    [[]],
  );
}

const keyOf = (values: readonly number[]) => values.toSorted((a, b) => a - b).join(',');

/** What tells a variant from its siblings, as the database keeps it. */
export function combinationOf(variant: Row): string {
  return keyOf(list(variant, 'product_template_attribute_value_ids'));
}

function removeOrArchive(env: Env, row: Row): void {
  const before = env.db.savepoint();
  try {
    unlink(env, 'product.product', [row.id]);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    env.db.rollbackTo(before);
    store(env, 'product.product', row, { active: false });
  }
}

/** What the values of a variant add to the price of its product. */
export function extraPrice(env: Env, variant: Row): number {
  return list(variant, 'product_template_attribute_value_ids').reduce((sum, id) => {
    const value = env.db.row('product.template.attribute.value', id);
    return sum + (value && link(value, 'attribute_line_id') !== undefined ? num(value, 'price_extra') : 0);
  }, 0);
}

/** What one piece of a variant costs without a price list. */
export function variantPrice(env: Env, product: number): number {
  const variant = rowOf(env, 'product.product', product);
  const price = num(rowOf(env, 'product.template', num(variant, 'product_tmpl_id')), 'list_price');
  return roundTo(price + extraPrice(env, variant), 6);
}
