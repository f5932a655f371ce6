import type { Json } from '@crossdock/core';
import { checkAccess, mayDo, operationNamed } from './access.ts';
import { refuseForeign } from './companies.ts';
import { flush, isVals, rowsWhere, str, type Env, type Vals } from './env.ts';
import { displayName } from './get.ts';
import { formattedReadGroup, readGroup } from './group.ts';
import { load } from './load.ts';
import { accessError, PythonError, userError } from './python-error.ts';
import { done, onModel, type Method, type Model, type Result } from './model.ts';
import { readRecords, webRead } from './present.ts';
import { create, unlink, write } from './records.ts';
import { count, search } from './search.ts';
import { showDatetime } from './moments.ts';
import { plain } from './plain.ts';

const valsOf = (value: Json): Vals => (isVals(value) ? value : {});
const numberOf = (value: Json) => (typeof value === 'number' ? value : undefined);
const textOf = (value: Json) => (typeof value === 'string' && value !== '' ? value : undefined);
const namesOf = (value: Json) =>
  Array.isArray(value) ? value.filter((item: Json) => typeof item === 'string') : undefined;

const page = [{ name: 'offset' }, { name: 'limit' }, { name: 'order' }];
const pageOf = ({ offset, limit, order }: Vals) => ({
  offset: numberOf(offset),
  limit: numberOf(limit),
  order: textOf(order),
});

/** What can be called on every model. */
export function genericMethods(model: Model): Readonly<Record<string, Method>> {
  const allowed = (env: Env, operation: 'read' | 'write' | 'create' | 'unlink') => checkAccess(env, model, operation);

  return {
    search: onModel(
      (env, args) => {
        allowed(env, 'read');
        return { records: search(env, model, args['domain'], pageOf(args)).map(({ id }) => id) };
      },
      [{ name: 'domain', required: true }, ...page],
    ),
    search_count: onModel(
      (env, args) => {
        allowed(env, 'read');
        return { value: count(env, model, args['domain'], numberOf(args['limit'])) };
      },
      [{ name: 'domain', required: true }, { name: 'limit' }],
    ),
    search_read: onModel(
      (env, args) => {
        allowed(env, 'read');
        const ids = search(env, model, args['domain'], pageOf(args)).map(({ id }) => id);
        return { value: readRecords(env, model, ids, namesOf(args['fields']), args['load'] !== null) };
      },
      [{ name: 'domain' }, { name: 'fields' }, ...page, { name: 'load' }],
    ),
    read: {
      on: 'records',
      params: [{ name: 'fields' }, { name: 'load' }],
      run(env, ids, args) {
        allowed(env, 'read');
        return { value: readRecords(env, model, ids, namesOf(args['fields']), args['load'] !== null) };
      },
    },
    web_read: {
      on: 'records',
      params: [{ name: 'specification', required: true }],
      run(env, ids, args) {
        allowed(env, 'read');
        return { value: webRead(env, model, ids, valsOf(args['specification'])) };
      },
    },
    web_search_read: onModel(
      (env, args) => {
        allowed(env, 'read');
        const rows = search(env, model, args['domain'], pageOf(args));
        const records = webRead(
          env,
          model,
          rows.map(({ id }) => id),
          valsOf(args['specification']),
        );
        return { value: { length: count(env, model, args['domain'], numberOf(args['count_limit'])), records } };
      },
      [{ name: 'domain', required: true }, { name: 'specification', required: true }, ...page, { name: 'count_limit' }],
    ),
    create: onModel(
      (env, args) => {
        allowed(env, 'create');
        const given = args['vals_list'];
        const many: readonly Json[] = Array.isArray(given) ? given : [given];
        const records = create(env, model.name, many.map(valsOf));
        refuseForeign(env, model, records, 'create');
        return { records, single: !Array.isArray(given) };
      },
      [{ name: 'vals_list', required: true }],
    ),
    write: {
      on: 'records',
      params: [{ name: 'vals', required: true }],
      run(env, ids, args) {
        allowed(env, 'write');
        write(env, model.name, ids, valsOf(args['vals']));
        return done;
      },
    },
    web_save: {
      on: 'records',
      params: [
        { name: 'vals', required: true },
        { name: 'specification', required: true },
      ],
      run(env, ids, args) {
        allowed(env, ids.length === 0 ? 'create' : 'write');
        const vals = valsOf(args['vals']);
        const saved = ids.length === 0 ? create(env, model.name, [vals]) : ids;
        if (ids.length > 0) write(env, model.name, ids, vals);
        return { value: webRead(env, model, saved, valsOf(args['specification'])) };
      },
    },
    unlink: {
      on: 'records',
      params: [],
      run(env, ids) {
        allowed(env, 'unlink');
        flush(env);
        unlink(env, model.name, ids);
        return done;
      },
    },
    ...rights(model),
    ...grouping(model),
    export_data: {
      on: 'records',
      params: [{ name: 'fields_to_export', required: true }],
      run() {
        // A right of its own that an integration is not given. Recorded on Odoo 19.0, 2026-11-23.
        throw userError("You don't have the rights to export data. Please contact an Administrator.");
      },
    },
    load: onModel(
      (env, args) => ({ value: load(env, model, args['fields'], args['data']) }),
      [
        { name: 'fields', required: true },
        { name: 'data', required: true },
      ],
    ),
    fields_get: onModel(
      (_env, args) => ({ value: fieldsGet(model, namesOf(args['allfields'])) }),
      [{ name: 'allfields' }, { name: 'attributes' }],
    ),
    name_search: onModel(
      (env, args) => ({ value: nameSearch(env, model, args) }),
      [{ name: 'name' }, { name: 'domain' }, { name: 'operator' }, { name: 'limit' }],
    ),
    name_create: onModel(
      (env, args) => {
        allowed(env, 'create');
        const [id = 0] = create(env, model.name, [{ name: args['name'] }]);
        return { value: [id, displayName(env, model.name, id)] };
      },
      [{ name: 'name', required: true }],
    ),
    get_external_id: {
      on: 'records',
      params: [],
      run(env, ids): Result {
        const names = ids.map((id) => [plain(id), externalIds(env, model, id)[0] ?? ''] as const);
        return { value: Object.fromEntries(names) };
      },
    },
    get_metadata: {
      on: 'records',
      params: [],
      run: (env, ids) => ({ value: ids.flatMap((id) => metadata(env, model, id)) }),
    },
    ...(model.fields['active'] ? archiving(model) : {}),
  };
}

/** Asking what one may do, before doing it. `has_access` came with 18; 19 still has the older one. Recorded on Odoo 19.0, 2026-11-26. */
function rights(model: Model): Readonly<Record<string, Method>> {
  return {
    has_access: {
      on: 'records',
      params: [{ name: 'operation', required: true }],
      run(env, _ids, args) {
        if (env.major === 17) {
          throw new PythonError('builtins.AttributeError', `The method '${model.name}.has_access' does not exist`);
        }
        return { value: mayDo(env, model, operationNamed(args['operation'])) };
      },
    },
    check_access: {
      on: 'records',
      params: [{ name: 'operation' }],
      run() {
        throw accessError(`Private methods (such as '${model.name}.check_access') cannot be called remotely.`);
      },
    },
    check_access_rights: onModel(
      (env, args) => {
        const operation = operationNamed(args['operation']);
        if (mayDo(env, model, operation)) return done;
        if (args['raise_exception'] === false) return { value: false };
        checkAccess(env, model, operation);
        return done;
      },
      [{ name: 'operation', required: true }, { name: 'raise_exception' }],
    ),
  };
}

const queryOf = (args: Vals) => ({
  domain: args['domain'],
  groupby: namesOf(args['groupby']) ?? [],
  limit: numberOf(args['limit']),
  offset: numberOf(args['offset']),
  order: textOf(args['order']) ?? textOf(args['orderby']),
});

function grouping(model: Model): Readonly<Record<string, Method>> {
  const params = ['domain', 'groupby', 'aggregates', 'having', 'offset', 'limit', 'order'].map((name) => ({ name }));
  return {
    formatted_read_group: onModel((env, args) => {
      if (env.major < 19)
        throw new PythonError(
          'builtins.AttributeError',
          `The method '${model.name}.formatted_read_group' does not exist`,
        );
      checkAccess(env, model, 'read');
      return { value: formattedReadGroup(env, model, queryOf(args), namesOf(args['aggregates']) ?? []) };
    }, params),
    read_group: onModel(
      (env, args) => {
        checkAccess(env, model, 'read');
        return { value: readGroup(env, model, queryOf(args), namesOf(args['fields']) ?? [], args['lazy'] !== false) };
      },
      ['domain', 'fields', 'groupby', 'offset', 'limit', 'orderby', 'lazy'].map((name) => ({ name })),
    ),
  };
}

function archiving(model: Model): Readonly<Record<string, Method>> {
  const set = (active: boolean): Method => ({
    on: 'records',
    params: [],
    run(env, ids) {
      checkAccess(env, model, 'write');
      write(env, model.name, ids, { active });
      return { value: undefined };
    },
  });
  return { action_archive: set(false), action_unarchive: set(true) };
}

function externalIds(env: Env, model: Model, id: Json): string[] {
  return rowsWhere(env, 'ir.model.data', 'target', `${model.name},${plain(id)}`).map((row) =>
    str(row, 'complete_name'),
  );
}

function metadata(env: Env, model: Model, id: Json): Json[] {
  const row = typeof id === 'number' ? env.db.row(model.name, id) : undefined;
  if (!row) return [];
  const user = (field: string): Json => [row[field], displayName(env, 'res.users', Number(row[field]))];
  const names = rowsWhere(env, 'ir.model.data', 'target', `${model.name},${row.id}`).map((data) => ({
    xmlid: str(data, 'complete_name'),
    noupdate: data['noupdate'] === true,
  }));
  return [
    {
      id: row.id,
      create_uid: user('create_uid'),
      create_date: showDatetime(Number(row['create_date'])),
      write_uid: user('write_uid'),
      write_date: showDatetime(Number(row['write_date'])),
      xmlid: names[0]?.xmlid ?? false,
      noupdate: names[0]?.noupdate ?? false,
      xmlids: names,
    },
  ];
}

function nameSearch(env: Env, model: Model, args: Vals): Json {
  checkAccess(env, model, 'read');
  const given = args['domain'];
  const domain: Json = Array.isArray(given) ? given : [];
  const operator = textOf(args['operator']) ?? 'ilike';
  const name = textOf(args['name']) ?? '';
  const found = search(env, model, [...domain, ['display_name', operator, name]], {
    limit: numberOf(args['limit']) ?? 100,
  });
  return found.map(({ id }) => [id, displayName(env, model.name, id)]);
}

function fieldsGet(model: Model, wanted: readonly string[] | undefined): Json {
  const entries = Object.entries(model.fields).filter(([name]) => wanted === undefined || wanted.includes(name));
  return Object.fromEntries(
    entries.map(([name, field]) => [
      name,
      {
        type: field.type,
        string: field.label,
        required: field.required ?? false,
        readonly: field.readonly ?? false,
        store: field.compute === undefined && field.related === undefined,
        ...(field.relation === undefined ? {} : { relation: field.relation }),
        ...(field.selection === undefined ? {} : { selection: field.selection }),
        ...(field.digits === undefined ? {} : { digits: [16, field.digits] }),
      },
    ]),
  );
}
