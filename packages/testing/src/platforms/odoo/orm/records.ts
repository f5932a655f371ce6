import type { Json } from '@crossdock/core';
import { checkAccess } from './access.ts';
import { refuseCrossover } from './companies.ts';
import { brokenLink, missingValue, toStored } from './convert.ts';
import type { Row } from './database.ts';
import { idsOf, isVals, link, rowsWhere, stamp, store, watched, withoutDefaults, type Env, type Vals } from './env.ts';
import { forgetExternalId } from './external-id.ts';
import { isStored, type Field } from './field.ts';
import { columnOf, modelOf } from './get.ts';
import type { Model } from './model.ts';
import { missingError, notAnInteger, validationError, valueError } from './python-error.ts';
import { plain } from './plain.ts';

/**
 * Makes records with everything that belongs to it: defaults, computed values, relations, constraints. `nest` adds to a new
 * record what is to be there before the record is complete.
 */
export function create(
  env: Env,
  name: string,
  valsList: readonly Vals[],
  nest: (id: number) => void = () => undefined,
): number[] {
  const model = modelOf(env, name);
  const rows: Row[] = [];
  const ids = valsList.map((vals) => {
    const instead = model.createInstead?.(env, vals);
    if (instead !== undefined) return instead;
    const row = createOne(env, model, vals, nest);
    rows.push(row);
    return row.id;
  });
  model.check?.(env, rows, {});
  refuseCrossover(env, model, rows);
  return ids;
}

function createOne(env: Env, model: Model, given: Vals, nest: (id: number) => void): Row {
  refuseUnknown(env, model, given);
  const complete = withContextDefaults(env, model, given);
  const vals = model.prepareCreate?.(env, complete) ?? complete;
  const row = env.db.insert(model.name, {
    create_date: env.startedAt,
    create_uid: env.user.id,
    write_date: env.startedAt,
    write_uid: env.user.id,
    ...storedValues(env, model, vals),
  });
  for (const [name, field] of model.required) {
    if (row[name] === undefined) throw requiredError(env, model, name, field);
  }
  const inner = withoutDefaults(env);
  for (const [name, value] of Object.entries(vals)) {
    const field = model.fields[name];
    if (field && !(isStored(field) && field.type !== 'many2many')) assignRelation(inner, model, row, name, value);
  }
  nest(row.id);
  env.changed(model.name, row.id, undefined);
  model.created?.(inner, row, vals);
  return row;
}

function storedValues(env: Env, model: Model, vals: Vals): { [field: string]: Json } {
  const values: { [field: string]: Json } = {};
  for (const [name, value] of Object.entries(vals)) {
    const field = model.fields[name];
    if (field && isStored(field) && field.type !== 'many2many' && name !== 'id') {
      const stored = toStored(env, model, name, field, value);
      if (stored !== undefined) values[name] = stored;
    }
  }
  for (const [name, defaultsTo] of model.defaulted) {
    if (!(name in vals)) values[name] = defaultsTo(env);
  }
  return values;
}

function withContextDefaults(env: Env, model: Model, vals: Vals): Vals {
  const context = Object.entries(env.context);
  if (context.length === 0) return vals;
  const defaults: { [field: string]: Json } = {};
  for (const [key, value] of context) {
    const name = key.startsWith('default_') ? key.slice('default_'.length) : '';
    if (model.fields[name] && !(name in vals)) defaults[name] = value;
  }
  return { ...defaults, ...vals };
}

function requiredError(env: Env, model: Model, name: string, field: Field) {
  const { full } = missingValue(env, model, name, field);
  return validationError(full, name);
}

function refuseUnknown(env: Env, model: Model, vals: Vals): void {
  for (const name of Object.keys(vals)) {
    if (!model.fields[name]) {
      throw valueError(`Invalid field '${name}' ${env.major === 19 ? 'in' : 'on model'} '${model.name}'`);
    }
  }
}

/** Changes records. Ids that are not there fail the whole call. */
export function write(env: Env, name: string, ids: readonly Json[], given: Vals): void {
  const model = modelOf(env, name);
  refuseUnknown(env, model, given);
  const rows = existing(env, model, ids);
  const vals = model.prepareWrite?.(env, rows, given) ?? given;
  for (const row of rows) {
    const before = watched(env) ? { ...row } : row;
    for (const [field, value] of Object.entries(vals)) writeField(env, model, row, field, value);
    for (const [field, definition] of model.required) {
      if (field in vals && row[field] === undefined) throw requiredError(env, model, field, definition);
    }
    stamp(env, name, row, before);
  }
  model.written?.(env, rows, vals);
  model.check?.(env, rows, vals);
  refuseCrossover(env, model, rows);
}

function writeField(env: Env, model: Model, row: Row, name: string, value: Json): void {
  const field = model.fields[name];
  if (!field || name === 'id') return;
  if (isStored(field) && field.type !== 'many2many') {
    const stored = toStored(env, model, name, field, value);
    env.db.set(model.name, row, columnOf(env, name, field), stored);
    return;
  }
  assignRelation(env, model, row, name, value);
}

/** Everything that is not a column: relations to many, values that live elsewhere, computed values that take input. */
function assignRelation(env: Env, model: Model, row: Row, name: string, value: Json): void {
  const field = model.fields[name];
  if (!field) return;
  if (field.type === 'one2many' && !field.compute) {
    applyToMirror(env, row, field, commandsOf(value));
  } else if (field.type === 'many2many' && isStored(field)) {
    store(env, model.name, row, { [name]: applyToList(env, field, idsOf(row[name]), commandsOf(value)) });
  } else if (field.assign) {
    field.assign(env, row.id, value);
  } else if (field.related && !field.readonly) {
    const [via, target] = field.related;
    const other = link(row, via);
    const relation = model.fields[via]?.relation;
    if (other !== undefined && relation !== undefined) write(env, relation, [other], { [target]: value });
  }
}

type Command = readonly [kind: number, id: Json, value: Json];

function commandsOf(value: Json): readonly Command[] {
  if (!Array.isArray(value)) return value === false || value === null ? [[5, 0, 0]] : [];
  // A plain list of ids replaces, like command 6.
  if (value.every((item: Json) => typeof item === 'number')) return [[6, 0, value]];
  return value.map((item: Json): Command => {
    if (!Array.isArray(item) || typeof item[0] !== 'number')
      throw valueError(`Wrong value for a relation: ${plain(item)}`);
    return [item[0], item[1], item[2]];
  });
}

function applyToMirror(env: Env, row: Row, field: Field, commands: readonly Command[]): void {
  const { relation = '', inverse = '', where = () => true } = field;
  const model = modelOf(env, relation);
  const current = () =>
    rowsWhere(env, relation, inverse, row.id)
      .filter(where)
      .map(({ id }) => id);
  for (const [kind, id, value] of commands) {
    switch (kind) {
      case 0:
        checkAccess(env, model, 'create');
        create(env, relation, [{ ...(isVals(value) ? value : {}), [inverse]: row.id }]);
        break;
      case 1:
        checkAccess(env, model, 'write');
        write(env, relation, [id], isVals(value) ? value : {});
        break;
      case 2:
        checkAccess(env, model, 'unlink');
        unlink(env, relation, [id]);
        break;
      case 3:
        detach(env, model, inverse, [id]);
        break;
      case 4:
        write(env, relation, [id], { [inverse]: row.id });
        break;
      case 5:
        detach(env, model, inverse, current());
        break;
      case 6: {
        const wanted = idsOf(value);
        detach(
          env,
          model,
          inverse,
          current().filter((other) => !wanted.includes(other)),
        );
        for (const other of wanted)
          if (!current().includes(other)) write(env, relation, [other], { [inverse]: row.id });
        break;
      }
      default:
        throw valueError(`Unknown command ${kind} for a relation`);
    }
  }
}

/** Takes records off a relation: they are deleted when they cannot be without it. */
function detach(env: Env, model: Model, inverse: string, ids: readonly Json[]): void {
  const field = model.fields[inverse];
  if (field?.required === true || field?.onDelete === 'cascade') unlink(env, model.name, ids);
  else write(env, model.name, ids, { [inverse]: false });
}

function applyToList(env: Env, field: Field, before: readonly number[], commands: readonly Command[]): number[] {
  const ids = new Set(before);
  const { relation = '' } = field;
  for (const [kind, id, value] of commands) {
    if (kind === 0) for (const made of create(env, relation, [isVals(value) ? value : {}])) ids.add(made);
    else if (kind === 1) write(env, relation, [id], isVals(value) ? value : {});
    else if (kind === 5) ids.clear();
    else if (kind === 6) {
      ids.clear();
      for (const other of idsOf(value)) ids.add(known(env, relation, other));
    } else if (typeof id === 'number') {
      if (kind === 4) ids.add(known(env, relation, id));
      else ids.delete(id);
      if (kind === 2) unlink(env, relation, [id]);
    } else throw notAnInteger(id);
  }
  return [...ids];
}

function known(env: Env, relation: string, id: number): number {
  if (!env.db.row(relation, id)) throw missingError(relation, [id], env.user.id);
  return id;
}

/** The rows of ids, all of them or an error. */
export function existing(env: Env, model: Model, ids: readonly Json[]): Row[] {
  const rows = ids.map((id) => (typeof id === 'number' ? env.db.row(model.name, id) : undefined));
  const missing = ids.filter((_id, index) => rows[index] === undefined);
  if (missing.length > 0) throw missingError(model.name, missing, env.user.id);
  return rows.filter((row) => row !== undefined);
}

/** Deletes records, what belongs to them and their external ids. */
export function unlink(env: Env, name: string, ids: readonly Json[]): void {
  const model = modelOf(env, name);
  const rows = existing(env, model, ids);
  model.beforeUnlink?.(env, rows);
  for (const row of rows) {
    for (const other of env.registry.values()) {
      for (const [fieldName, field] of Object.entries(other.fields)) {
        if (field.relation === name && field.type === 'many2one' && isStored(field))
          release(env, other, fieldName, field, row);
      }
    }
    env.db.remove(name, row);
    for (const data of rowsWhere(env, 'ir.model.data', 'target', `${name},${row.id}`)) forgetExternalId(env, data);
  }
  model.unlinked?.(env, rows);
}

function release(env: Env, other: Model, fieldName: string, field: Field, row: Row): void {
  if (fieldName === 'create_uid' || fieldName === 'write_uid') return;
  const indexed = env.db.lookup(other.name, fieldName, row.id);
  const pointing = indexed
    ? rowsWhere(env, other.name, fieldName, row.id)
    : [...env.db.rows(other.name).values()].filter((candidate) => candidate[fieldName] === row.id);
  if (pointing.length === 0) return;
  const rule = field.onDelete ?? (field.required === true ? 'restrict' : 'set null');
  if (rule === 'restrict') throw brokenLink(env, other, fieldName, field);
  if (rule === 'cascade') {
    unlink(
      env,
      other.name,
      pointing.map(({ id }) => id),
    );
  } else for (const candidate of pointing) env.db.set(other.name, candidate, fieldName, undefined);
}
