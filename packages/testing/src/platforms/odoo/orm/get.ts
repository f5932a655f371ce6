import type { Json } from '@crossdock/core';
import type { Row } from './database.ts';
import type { Env } from './env.ts';
import { isNumeric, type Field } from './field.ts';
import type { Model } from './model.ts';
import { PythonError } from './python-error.ts';
import { sortRows } from './sort.ts';

export function modelOf(env: Env, name: string): Model {
  const model = env.registry.get(name);
  if (!model) throw new PythonError('builtins.KeyError', `'${name}'`);
  return model;
}

/** The value of one field as the fake keeps it: `false` when empty, ids for relations, microseconds for datetimes. */
export function get(env: Env, model: Model, row: Row, name: string): Json {
  const field = model.fields[name];
  if (!field) throw new PythonError('builtins.KeyError', `'${name}'`);
  return valueOf(env, model, row, name, field);
}

function valueOf(env: Env, model: Model, row: Row, name: string, field: Field): Json {
  if (field.compute) return field.compute(env, row.id);
  if (field.related) return throughLink(env, model, row, field.related, field);
  if (field.type === 'one2many') return mirrored(env, row, field);
  const value = row[columnOf(env, name, field)] ?? row[name];
  if (value !== undefined) return value;
  if (field.type === 'many2many') return [];
  return isNumeric(field) ? 0 : false;
}

/** Where a field is kept for the language of the caller. Recorded on Odoo 19.0, 2026-11-26. */
export function columnOf(env: Env, name: string, field: Field): string {
  const { lang } = env.context;
  return field.translate === true && typeof lang === 'string' && lang !== 'en_US' ? `${name}@${lang}` : name;
}

function throughLink(env: Env, model: Model, row: Row, [via, name]: readonly [string, string], field: Field): Json {
  const linkField = model.fields[via];
  const target = row[via];
  const relation = linkField?.relation;
  const other = relation !== undefined && typeof target === 'number' ? env.db.row(relation, target) : undefined;
  if (relation === undefined || !other) {
    if (field.type === 'many2many' || field.type === 'one2many') return [];
    return isNumeric(field) ? 0 : false;
  }
  return get(env, modelOf(env, relation), other, name);
}

function mirrored(env: Env, row: Row, { relation = '', inverse = '', where = () => true }: Field): Json {
  const ids = env.db.lookup(relation, inverse, row.id);
  if (!ids) return [];
  const other = modelOf(env, relation);
  const rows: Row[] = [];
  for (const id of ids) {
    const found = env.db.row(relation, id);
    // Archived records are left out of a relation like out of a search.
    if (
      found &&
      where(found) &&
      (found['active'] !== false || env.context['active_test'] === false || !other.fields['active'])
    ) {
      rows.push(found);
    }
  }
  return sortRows(env, other, rows, other.order).map(({ id }) => id);
}

/** What a record is called wherever only its name is shown. */
export function displayName(env: Env, relation: string, id: number): string {
  const model = modelOf(env, relation);
  const row = env.db.row(relation, id);
  if (!row) return '';
  const name = get(env, model, row, 'display_name');
  return typeof name === 'string' ? name : '';
}
