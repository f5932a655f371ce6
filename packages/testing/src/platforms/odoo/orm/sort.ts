import type { Json } from '@crossdock/core';
import type { Row } from './database.ts';
import type { Env } from './env.ts';
import type { Model } from './model.ts';
import { userError, valueError } from './python-error.ts';

interface Term {
  readonly name: string;
  readonly sign: 1 | -1;
}

const collator = new Intl.Collator('en');
const orderPattern = /^(\s*\w+(\s+(asc|desc))?(\s+nulls\s+(first|last))?\s*(,|$))+$/i;

/** Puts records in order: `name desc, id`. Empty values come last upwards and first downwards, as on PostgreSQL. */
export function sortRows(env: Env, model: Model, rows: readonly Row[], order: string): Row[] {
  const compare = comparator(env, model, order, 0);
  return rows.toSorted((a, b) => compare(a, b) || a.id - b.id);
}

function comparator(env: Env, model: Model, order: string, depth: number): (a: Row, b: Row) => number {
  const terms = parseOrder(model, order).map((term) => ({
    ...term,
    compare: fieldComparator(env, model, term, depth),
  }));
  return (a, b) => {
    for (const { sign, compare } of terms) {
      const result = compare(a, b);
      if (result !== 0) return sign * result;
    }
    return 0;
  };
}

function parseOrder(model: Model, order: string): readonly Term[] {
  if (!orderPattern.test(order)) {
    throw userError(
      `Invalid "order" specified (${order}). A valid "order" specification is a comma-separated list of valid field names (optionally followed by asc/desc for the direction)`,
    );
  }
  return order.split(',').map((part) => {
    const [name = '', direction = 'asc'] = part.trim().split(/\s+/);
    if (!model.fields[name]) throw valueError(`Invalid field '${name}' on model '${model.name}'`);
    return { name, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
}

function fieldComparator(env: Env, model: Model, { name }: Term, depth: number): (a: Row, b: Row) => number {
  if (name === 'id') return (a, b) => a.id - b.id;
  const field = model.fields[name];
  const relation = field?.type === 'many2one' ? env.registry.get(field.relation ?? '') : undefined;
  if (field && relation && depth < 2) {
    // Records are ordered by what they point at in that model's own order.
    const compareLinked = comparator(env, relation, relation.order, depth + 1);
    return (a, b) => {
      const left = sortable(env, model, a, name);
      const right = sortable(env, model, b, name);
      if (left === right) return 0;
      const leftRow = typeof left === 'number' ? env.db.row(relation.name, left) : undefined;
      const rightRow = typeof right === 'number' ? env.db.row(relation.name, right) : undefined;
      if (!leftRow || !rightRow) return leftRow ? -1 : 1;
      return compareLinked(leftRow, rightRow) || leftRow.id - rightRow.id;
    };
  }
  return (a, b) => compareValues(sortable(env, model, a, name), sortable(env, model, b, name));
}

function sortable(env: Env, model: Model, row: Row, name: string): Json {
  const field = model.fields[name];
  if (field?.compute) return field.compute(env, row.id);
  if (field?.related) {
    const relation = model.fields[field.related[0]]?.relation ?? '';
    const other = env.db.row(relation, Number(row[field.related[0]]));
    const owner = env.registry.get(relation);
    return other && owner ? sortable(env, owner, other, field.related[1]) : undefined;
  }
  // A boolean that was never set is false, and false comes before true.
  if (field?.type === 'boolean') return row[name] === true ? 1 : 0;
  return row[name];
}

function compareValues(a: Json, b: Json): number {
  const left = a === false || a === null ? undefined : a;
  const right = b === false || b === null ? undefined : b;
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  if (typeof left === 'string' && typeof right === 'string') return collator.compare(left, right);
  return left < right ? -1 : 1;
}
