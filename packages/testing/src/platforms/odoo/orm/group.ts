import type { Json } from '@crossdock/core';
import type { Row } from './database.ts';
import type { Env } from './env.ts';
import { displayName, get, modelOf } from './get.ts';
import type { Model } from './model.ts';
import { valueError } from './python-error.ts';
import { search } from './search.ts';
import { sortRows } from './sort.ts';

interface Group {
  readonly values: readonly Json[];
  readonly rows: Row[];
}

export interface GroupQuery {
  readonly domain: Json;
  readonly groupby: readonly string[];
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly order: string | undefined;
}

/** Records in groups of equal values, in the order of what they are grouped by. */
function groupsOf(
  env: Env,
  model: Model,
  { domain, groupby, limit = 0, offset = 0, order: given }: GroupQuery,
): Group[] {
  const groups = new Map<string, Group>();
  for (const row of search(env, model, domain)) {
    const values = groupby.map((path) => valueAt(env, model, row, path));
    const key = JSON.stringify(values);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { values, rows: [row] });
  }
  const firsts = [...groups.values()];
  const order = given ?? groupby.filter((path) => !path.includes('.')).join(', ');
  const sorted =
    order === ''
      ? firsts
      : sortRows(
          env,
          model,
          firsts.flatMap(({ rows }) => rows.slice(0, 1)),
          order,
        ).flatMap((row) => firsts.filter(({ rows }) => rows[0] === row));
  return limit === 0 ? sorted.slice(offset) : sorted.slice(offset, offset + limit);
}

function valueAt(env: Env, model: Model, row: Row, path: string): Json {
  const [name = '', ...rest] = path.split('.');
  const field = model.fields[name];
  if (!field) throw valueError(`Invalid field '${name}' on model '${model.name}'`);
  const value = get(env, model, row, name);
  if (rest.length === 0) return value;
  const other = typeof value === 'number' ? env.db.row(field.relation ?? '', value) : undefined;
  return other ? valueAt(env, modelOf(env, field.relation ?? ''), other, rest.join('.')) : false;
}

function relationAt(env: Env, model: Model, path: string): string | undefined {
  const [name = '', ...rest] = path.split('.');
  const relation = model.fields[name]?.relation;
  return rest.length === 0 || relation === undefined
    ? relation
    : relationAt(env, modelOf(env, relation), rest.join('.'));
}

function shown(env: Env, model: Model, path: string, value: Json): Json {
  const relation = relationAt(env, model, path);
  return relation !== undefined && typeof value === 'number' ? [value, displayName(env, relation, value)] : value;
}

function condition(path: string, value: Json): Json {
  const [name = '', ...rest] = path.split('.');
  return rest.length === 0 ? [name, '=', value] : [name, 'any', [condition(rest.join('.'), value)]];
}

function conditions(groupby: readonly string[], values: readonly Json[]): Json[] {
  const leaves = groupby.map((path, index) => condition(path, values[index]));
  return [...leaves.slice(1).map(() => '&'), ...leaves];
}

function aggregate(env: Env, model: Model, rows: readonly Row[], wanted: string): Json {
  if (wanted === '__count') return rows.length;
  const [name = '', how = 'sum'] = wanted.split(':');
  const values = rows.map((row) => valueAt(env, model, row, name));
  const numbers = values.filter((value) => typeof value === 'number');
  switch (how) {
    case 'sum':
      return numbers.reduce((sum, value) => sum + value, 0);
    case 'max':
      return numbers.length === 0 ? false : Math.max(...numbers);
    case 'min':
      return numbers.length === 0 ? false : Math.min(...numbers);
    case 'avg':
      return numbers.length === 0 ? false : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    case 'count':
      return values.filter((value) => value !== false).length;
    case 'array_agg':
      return values;
    default:
      throw valueError(`Invalid aggregate method '${how}' for '${wanted}'`);
  }
}

/** `formatted_read_group`, since 19. */
export function formattedReadGroup(env: Env, model: Model, query: GroupQuery, aggregates: readonly string[]): Json {
  return groupsOf(env, model, query).map(({ values, rows }) => ({
    ...Object.fromEntries(query.groupby.map((path, index) => [path, shown(env, model, path, values[index])])),
    __extra_domain: conditions(query.groupby, values),
    ...Object.fromEntries(aggregates.map((wanted) => [wanted, aggregate(env, model, rows, wanted)])),
  }));
}

/** `read_group`, deprecated since 19 and the only one before. */
export function readGroup(env: Env, model: Model, query: GroupQuery, fields: readonly string[], lazy: boolean): Json {
  const groupby = lazy ? query.groupby.slice(0, 1) : query.groupby;
  const [first = ''] = groupby;
  const base: readonly Json[] = Array.isArray(query.domain) ? query.domain : [];
  return groupsOf(env, model, { ...query, groupby }).map(({ values, rows }) => ({
    ...Object.fromEntries(groupby.map((path, index) => [path, shown(env, model, path, values[index])])),
    [lazy ? `${first}_count` : '__count']: rows.length,
    ...Object.fromEntries(
      fields
        .filter((wanted) => wanted.includes(':'))
        .map((wanted) => [wanted.split(':')[0] ?? '', aggregate(env, model, rows, wanted)]),
    ),
    __domain: [...(base.length > 0 ? ['&'] : []), ...base, ...conditions(groupby, values)],
  }));
}
