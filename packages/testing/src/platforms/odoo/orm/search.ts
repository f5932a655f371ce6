import type { Json } from '@crossdock/core';
import { isVisible } from './companies.ts';
import type { Row } from './database.ts';
import { mentions, parseDomain, type Domain } from './domain.ts';
import { flush, type Env } from './env.ts';
import { get } from './get.ts';
import { compile } from './match.ts';
import type { Model } from './model.ts';
import { notAnInteger, PythonError } from './python-error.ts';
import { sortRows } from './sort.ts';

export interface SearchOptions {
  readonly offset?: number | undefined;
  /** 0 is no limit. */
  readonly limit?: number | undefined;
  readonly order?: string | undefined;
}

/** The records that meet a domain, in order. */
export function search(env: Env, model: Model, domain: Json, options: SearchOptions = {}): Row[] {
  const { offset = 0, limit = 0, order } = options;
  if (limit < 0) throw new PythonError('psycopg2.errors.InvalidRowCountInLimitClause', 'LIMIT must not be negative\n');
  const found = sortRows(env, model, matching(env, model, domain), order ?? model.order);
  return limit === 0 ? found.slice(offset) : found.slice(offset, offset + limit);
}

export function count(env: Env, model: Model, domain: Json, limit = 0): number {
  const { length } = matching(env, model, domain);
  return limit > 0 ? Math.min(limit, length) : length;
}

function matching(env: Env, model: Model, items: Json): Row[] {
  flush(env);
  const parsed = parseDomain(items ?? []);
  const domain = withActiveTest(env, model, parsed);
  const test = compile(env, model, domain);
  const rows: Row[] = [];
  for (const row of candidates(env, model, domain) ?? env.db.rows(model.name).values())
    if (test(row) && isVisible(env, model, row)) rows.push(row);
  return rows;
}

/** Whether a search that names a record by its id finds it: an archived one only in a context that asks for those. */
export function isListed(env: Env, model: Model, row: Row): boolean {
  return !model.fields['active'] || env.context['active_test'] === false || get(env, model, row, 'active') !== false;
}

/** Archived records are left out unless the domain or the context speaks of them. */
function withActiveTest(env: Env, model: Model, domain: Domain): Domain {
  if (!model.fields['active'] || env.context['active_test'] === false || mentions(domain, 'active')) return domain;
  return { kind: 'all', of: [{ kind: 'leaf', field: 'active', operator: '=', value: true }, domain] };
}

/** Fewer rows to look at, found by an index; `undefined` when all must be. */
function candidates(env: Env, model: Model, domain: Domain): Iterable<Row> | undefined {
  if (domain.kind === 'all') {
    let best: Row[] | undefined;
    for (const part of domain.of) {
      const found = candidates(env, model, part);
      if (!found) continue;
      const rows = [...found];
      if (!best || rows.length < best.length) best = rows;
    }
    return best;
  }
  if (domain.kind !== 'leaf' || (domain.operator !== '=' && domain.operator !== 'in')) return undefined;
  const values: readonly Json[] = Array.isArray(domain.value) ? domain.value : [domain.value];
  if (domain.field === 'id') return byId(env, model, values);
  const field = model.fields[domain.field];
  // Only what is stored as it is asked for: a text for a relation means its name, a number may mean empty.
  const plain = values.every((value) => typeof value === (field?.type === 'many2one' ? 'number' : 'string'));
  if (!plain || (field?.type !== 'many2one' && field?.type !== 'char')) return undefined;
  const rows: Row[] = [];
  for (const value of new Set(values)) {
    const ids = env.db.lookup(model.name, domain.field, value);
    if (!ids) return undefined;
    for (const id of ids) {
      const row = env.db.row(model.name, id);
      if (row) rows.push(row);
    }
  }
  return rows;
}

function byId(env: Env, model: Model, values: readonly Json[]): Row[] {
  return [...new Set(values)].flatMap((value) => {
    if (typeof value === 'string' && !/^-?\d+$/.test(value)) throw notAnInteger(value);
    const row = env.db.row(model.name, Number(value));
    return row ? [row] : [];
  });
}
