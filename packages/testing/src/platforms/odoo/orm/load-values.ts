import type { Json } from '@crossdock/core';
import type { Env } from './env.ts';
import { resolveExternalId } from './external-id.ts';
import type { Field } from './field.ts';
import { displayName, modelOf } from './get.ts';
import type { Cell } from './load-rows.ts';
import type { Model } from './model.ts';
import { parseDate, parseDatetime } from './moments.ts';
import { PythonError, valueError } from './python-error.ts';
import { plain } from './plain.ts';

/** What is wrong with one cell, as the messages of an import say it. */
export class ImportProblem extends Error {
  readonly details: { readonly [key: string]: Json };

  constructor(details: { readonly [key: string]: Json }) {
    super(plain(details['message']));
    this.details = details;
  }

  /** The same of a cell of a line: the field is the lines', and the words name both. Recorded on Odoo 19.0, 2026-11-26. */
  within(field: string, label: string): ImportProblem {
    const { message, field_name: inner, ...details } = this.details;
    const tail = `field '${plain(inner)}'`;
    const words = plain(message).replace(tail, () => `field '${label}/${plain(inner)}'`);
    return new ImportProblem({ ...details, field, message: words, field_name: label });
  }
}

/** The value of a text in an import, as `create` and `write` take it. */
export function importedValue(env: Env, model: Model, cell: Cell): Json {
  const field = model.fields[cell.field];
  if (!field) throw valueError(`Invalid field '${cell.field}' on '${model.name}'`);
  const { text } = cell;
  if (field.type === 'many2many') {
    const parts = text.split(',').filter((part) => part !== '');
    return [[6, 0, parts.map((part) => linked(env, field, { ...cell, text: part.trim() }))]];
  }
  if (text === '') return false;
  switch (field.type) {
    case 'many2one':
      return linked(env, field, cell);
    case 'integer':
    case 'float':
    case 'monetary':
      if (Number.isNaN(Number(text)))
        throw problem(cell, field, `'${text}' does not seem to be a number for field '${field.label}'`);
      return Number(text);
    case 'boolean':
      return !['0', 'false', 'no'].includes(text.toLowerCase());
    case 'date':
      return moment(cell, field, () => parseDate(text));
    case 'datetime':
      return moment(cell, field, () => parseDatetime(text));
    case 'selection': {
      const choice = field.selection?.find(([key, label]) => key === text || label === text);
      if (!choice) throw problem(cell, field, `Value '${text}' not found in selection field '${field.label}'`);
      return choice[0];
    }
    case 'json':
      return parsed(cell, field);
    case 'char':
    case 'text':
    case 'html':
    case 'binary':
    case 'one2many':
      return text;
  }
}

function parsed(cell: Cell, field: Field): Json {
  try {
    return JSON.parse(cell.text) as Json; // JSON.parse gives JSON.
  } catch {
    throw problem(cell, field, `'${cell.text}' does not seem to be a valid JSON for field '${field.label}'`);
  }
}

function moment(cell: Cell, field: Field, parse: () => Json): Json {
  try {
    parse();
    return cell.text;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    throw problem(cell, field, `'${cell.text}' does not seem to be a valid ${field.type} for field '${field.label}'`);
  }
}

function problem({ field: name }: Cell, field: Field, message: string, more: { readonly [key: string]: Json } = {}) {
  return new ImportProblem({ field: name, message, ...more, field_name: field.label });
}

function linked(env: Env, field: Field, cell: Cell): number {
  const { relation = '' } = field;
  const found = find(env, relation, cell);
  if (found !== undefined) return found;
  const kind = cell.by === 'name' ? 'name' : cell.by === 'external' ? 'external id' : 'database id';
  throw problem(cell, field, `No matching record found for ${kind} '${cell.text}' in field '${field.label}'`, {
    moreinfo: {
      name: 'Possible Values',
      type: 'ir.actions.act_window',
      target: 'new',
      view_mode: 'list,form',
      views: [
        [false, 'list'],
        [false, 'form'],
      ],
      context: { create: false },
      help: 'See all possible values',
      ...(cell.by === 'name'
        ? { res_model: relation }
        : { res_model: 'ir.model.data', domain: [['model', '=', relation]] }),
    },
  });
}

function find(env: Env, relation: string, { text, by }: Cell): number | undefined {
  if (by === 'database') return env.db.row(relation, Number(text))?.id;
  if (by === 'external') {
    const found = resolveExternalId(env, text);
    return found?.model === relation ? found.id : undefined;
  }
  return findByName(env, relation, text);
}

/** By its code, its name or what it is shown as: what a search for the exact name would find first. */
function findByName(env: Env, relation: string, text: string): number | undefined {
  const model = modelOf(env, relation);
  for (const name of ['default_code', 'name']) {
    const [first] = env.db.lookup(relation, name, text) ?? [];
    if (first !== undefined) return first;
  }
  for (const row of env.db.rows(relation).values()) {
    if (row['active'] === false && model.fields['active']) continue;
    if (row['name'] === text || displayName(env, relation, row.id) === text) return row.id;
  }
  return undefined;
}
