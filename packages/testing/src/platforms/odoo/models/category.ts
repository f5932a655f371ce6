import type { Row } from '../orm/database.ts';
import { link, rowOf, rowsWhere, store, str, type Env } from '../orm/env.ts';
import { char, integer, many2one, one2many } from '../orm/field.ts';
import { defineModel, type Model } from '../orm/model.ts';
import { userError } from '../orm/python-error.ts';

/** The tree of product categories, each named with its whole path. Recorded on Odoo 19.0, 2026-11-26. */
export function categoryModel(): Model {
  return defineModel({
    name: 'product.category',
    label: 'Product Category',
    order: 'complete_name',
    fields: {
      name: char('Name', { required: true, index: true }),
      complete_name: char('Complete Name', { index: true }),
      parent_id: many2one('Parent Category', 'product.category', { index: true, onDelete: 'cascade' }),
      parent_path: char('Parent Path', { compute: path }),
      child_id: one2many('Child Categories', 'product.category', 'parent_id'),
      product_count: integer('# Products', {
        compute: (env, id) =>
          [...env.db.rows('product.template').values()].filter((row) => row['categ_id'] === id).length,
      }),
    },
    displayName: (_env, row) => str(row, 'complete_name'),
    created: nameWithPath,
    written(env, rows) {
      for (const row of rows) {
        refuseLoop(env, row);
        nameWithPath(env, row);
      }
    },
  });
}

function ancestors(env: Env, id: number): Row[] {
  const found: Row[] = [];
  for (let at: number | undefined = id; at !== undefined; at = link(rowOf(env, 'product.category', at), 'parent_id')) {
    found.unshift(rowOf(env, 'product.category', at));
    if (found.length > 100) throw userError('Recursion Detected.');
  }
  return found;
}

function path(env: Env, id: number): string {
  return ancestors(env, id)
    .map((row) => `${row.id}/`)
    .join('');
}

function refuseLoop(env: Env, row: Row): void {
  ancestors(env, row.id);
}

/** A new name is a new path for everything below, which is written with it. */
function nameWithPath(env: Env, row: Row): void {
  const names = ancestors(env, row.id).map((above) => str(above, 'name'));
  store(env, 'product.category', row, { complete_name: names.join(' / ') });
  for (const child of rowsWhere(env, 'product.category', 'parent_id', row.id)) nameWithPath(env, child);
}
