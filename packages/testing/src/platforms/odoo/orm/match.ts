import type { Json } from '@crossdock/core';
import type { Row } from './database.ts';
import type { Domain } from './domain.ts';
import { parseDomain } from './domain.ts';
import { idsOf, withContext, type Env } from './env.ts';
import { isNumeric, type Field } from './field.ts';
import { displayName, get, modelOf } from './get.ts';
import type { Model } from './model.ts';
import { momentTest } from './match-moment.ts';
import { patternTest } from './match-text.ts';
import { notAnInteger, repr, valueError } from './python-error.ts';
import { plain } from './plain.ts';

export type Test = (row: Row) => boolean;

/** Turns a domain into a test of records. What is wrong with the domain is said here, before any record is looked at. */
export function compile(env: Env, model: Model, domain: Domain): Test {
  switch (domain.kind) {
    case 'constant':
      return () => domain.value;
    case 'not': {
      const test = compile(env, model, domain.of);
      return (row) => !test(row);
    }
    case 'all': {
      const tests = domain.of.map((part) => compile(env, model, part));
      return (row) => tests.every((test) => test(row));
    }
    case 'any': {
      const tests = domain.of.map((part) => compile(env, model, part));
      return (row) => tests.some((test) => test(row));
    }
    case 'leaf':
      return compileLeaf(env, model, domain.field, domain.operator, domain.value);
  }
}

function compileLeaf(env: Env, model: Model, path: string, operator: string, value: Json): Test {
  const [name = '', ...rest] = path.split('.');
  const field = model.fields[name];
  if (!field) {
    throw valueError(
      `Invalid field ${model.name}.${name} in condition (${repr(path)}, ${repr(operator)}, ${repr(value)})`,
    );
  }
  if (rest.length > 0) return throughRelation(env, model, name, field, rest.join('.'), operator, value);
  if (operator === 'any' || operator === 'not any') {
    const inner = linkedTest(env, model, name, field, parseDomain(value));
    return operator === 'any' ? inner : (row) => !inner(row);
  }
  if (operator === '=?') {
    if (value === false || value === null) return () => true;
    return compileLeaf(env, model, path, '=', value);
  }
  if (operator === 'child_of' || operator === 'parent_of')
    return hierarchyTest(env, model, name, field, operator, value);
  const negative = negated(operator);
  const test = positiveTest(env, model, name, field, negative ?? operator, value);
  return negative === undefined ? test : (row) => !test(row);
}

function negated(operator: string): string | undefined {
  if (operator === '!=' || operator === '<>') return '=';
  return operator.startsWith('not ') ? operator.slice(4) : undefined;
}

function throughRelation(
  env: Env,
  model: Model,
  name: string,
  field: Field,
  rest: string,
  operator: string,
  value: Json,
) {
  if (field.relation === undefined) {
    throw valueError(
      `Invalid field ${model.name}.${name}.${rest} in condition (${repr(`${name}.${rest}`)}, ${repr(operator)}, ${repr(value)})`,
    );
  }
  // One linked record that fits is enough, whatever the operator; who is linked to none fits nothing. Recorded on Odoo 19.0, 2026-11-26.
  return linkedTest(env, model, name, field, { kind: 'leaf', field: rest, operator, value });
}

function linkedIds(env: Env, model: Model, row: Row, name: string): readonly number[] {
  const value = get(env, model, row, name);
  return typeof value === 'number' ? [value] : idsOf(value);
}

/** Whether some linked record meets a domain; archived ones count when the link leads to one of them by itself. */
function linkedTest(env: Env, model: Model, name: string, field: Field, domain: Domain): Test {
  const relation = modelOf(env, field.relation ?? '');
  const inner = compile(env, relation, domain);
  return (row) =>
    linkedIds(env, model, row, name).some((id) => {
      const other = env.db.row(relation.name, id);
      return other !== undefined && inner(other);
    });
}

function hierarchyTest(env: Env, model: Model, name: string, field: Field, operator: string, value: Json): Test {
  const target = name === 'id' ? model : modelOf(env, field.relation ?? '');
  const parent = target.fields['parent_id'] ? 'parent_id' : 'location_id';
  const roots = new Set(
    typeof value === 'string'
      ? [...env.db.rows(target.name).values()]
          .filter((row) => patternTest('ilike', value)(displayName(env, target.name, row.id)))
          .map(({ id }) => id)
      : typeof value === 'number'
        ? [value]
        : idsOf(value),
  );
  const ancestors = (id: number): number[] => {
    const chain: number[] = [];
    for (let at = env.db.row(target.name, id); at && !chain.includes(at.id);) {
      chain.push(at.id);
      const up = at[parent];
      at = typeof up === 'number' ? env.db.row(target.name, up) : undefined;
    }
    return chain;
  };
  const parents = new Set([...roots].flatMap((id) => ancestors(id)));
  const meets = (id: number) =>
    operator === 'parent_of' ? parents.has(id) : ancestors(id).some((ancestor) => roots.has(ancestor));
  return (row) => (name === 'id' ? [row.id] : linkedIds(env, model, row, name)).some((id) => meets(id));
}

const isEmpty = (value: Json) => value === false || value === null || value === undefined;

function positiveTest(env: Env, model: Model, name: string, field: Field, operator: string, value: Json): Test {
  const read = (row: Row) => get(env, model, row, name);
  if (field.relation !== undefined) return relationTest(env, model, name, field, operator, value);
  if (field.type === 'datetime' || field.type === 'date') {
    const test = momentTest(env, field.type, operator, value);
    return (row) => test(read(row));
  }
  if (operator.endsWith('like')) {
    const test = patternTest(operator, value);
    return (row) => test(read(row));
  }
  if (operator === 'in') {
    const wanted = new Set(listOf(value).map((item) => comparable(field, name, item)));
    return (row) => wanted.has(comparableOwn(field, read(row)));
  }
  if (operator === '=' || operator === '==') {
    if (Array.isArray(value)) return positiveTest(env, model, name, field, 'in', value);
    const wanted = comparable(field, name, value);
    return (row) => comparableOwn(field, read(row)) === wanted;
  }
  const wanted = comparable(field, name, value);
  return (row) => {
    const own = comparableOwn(field, read(row));
    if (own === false || wanted === false) return false;
    return compareBy(operator, own, wanted);
  };
}

function compareBy(operator: string, own: string | number | boolean, wanted: string | number | boolean): boolean {
  switch (operator) {
    case '>':
      return own > wanted;
    case '>=':
      return own >= wanted;
    case '<':
      return own < wanted;
    default:
      return own <= wanted;
  }
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function comparable(field: Field, name: string, value: Json): string | number | boolean {
  if (isNumeric(field)) {
    if (isEmpty(value)) return 0;
    if (typeof value === 'string' && field.type === 'integer' && !/^-?\d+$/.test(value)) throw notAnInteger(value);
    const number = Number(value);
    if (Number.isNaN(number)) throw valueError(`could not convert string to float: ${repr(value)}`);
    return number;
  }
  if (isEmpty(value)) return false;
  if (field.type === 'boolean') return value === true || value === 1;
  return name === 'id' ? Number(value) : plain(value);
}

function comparableOwn(field: Field, value: Json): string | number | boolean {
  if (isEmpty(value)) return isNumeric(field) ? 0 : false;
  return typeof value === 'number' || typeof value === 'boolean' ? value : plain(value);
}

function relationTest(env: Env, model: Model, name: string, field: Field, operator: string, value: Json): Test {
  const relation = field.relation ?? '';
  if (operator.endsWith('like') || (typeof value === 'string' && operator === '=')) {
    // A text is looked for in the names of the linked records.
    const test = patternTest(operator === '=' ? '=ilike' : operator, value);
    return (row) => linkedIds(env, model, row, name).some((id) => test(displayName(env, relation, id)));
  }
  if (operator !== '=' && operator !== 'in' && operator !== '==') {
    return (row) => linkedIds(env, model, row, name).some((id) => compareBy(operator, id, Number(value)));
  }
  const values = listOf(value);
  const texts = values.filter((item) => typeof item === 'string');
  const ids = new Set(values.filter((item) => typeof item === 'number'));
  const empty = values.some((item) => isEmpty(item)) || (operator === '=' && values.length === 0);
  // The archived children of a record are still its children for a condition.
  const inner = withContext(env, { active_test: false });
  return (row) => {
    const linked = linkedIds(inner, model, row, name);
    if (linked.length === 0) return empty;
    return linked.some((id) => ids.has(id) || texts.includes(displayName(env, relation, id)));
  };
}
