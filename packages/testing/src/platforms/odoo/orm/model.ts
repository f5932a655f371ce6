import type { Json } from '@crossdock/core';
import type { Env, Field, Method, Model, ModelSpec, Result, Vals } from './anatomy.ts';
import { boolean, char, datetime, integer, isStored, many2one } from './field.ts';

export type { Access, Method, Model, ModelSpec, Registry, Result } from './anatomy.ts';

/** Completes a model with what every model has. */
export function defineModel(spec: ModelSpec): Model {
  const { displayName } = spec;
  const fields: Record<string, Field> = {
    id: integer('ID', { readonly: true }),
    ...spec.fields,
    display_name: char('Display Name', {
      readonly: true,
      compute: (env, id) => {
        const row = env.db.row(spec.name, id);
        if (!row) return false;
        const { name } = row;
        return displayName ? displayName(env, row) : typeof name === 'string' ? name : `${spec.name},${id}`;
      },
    }),
    create_date: datetime('Created on', { readonly: true }),
    create_uid: many2one('Created by', 'res.users', { readonly: true }),
    write_date: datetime('Last Updated on', { readonly: true }),
    write_uid: many2one('Last Updated by', 'res.users', { readonly: true }),
  };
  const entries = Object.entries(fields);
  return {
    ...spec,
    fields,
    order: spec.order ?? 'id',
    defaulted: entries.flatMap(([name, { defaultsTo }]) => (defaultsTo ? [[name, defaultsTo] as const] : [])),
    required: entries.filter(([, field]) => field.required === true && isStored(field)),
  };
}

export const activeField = boolean('Active', { defaultsTo: () => true });

export const none: Result = { value: undefined };
export const done: Result = { value: true };

export function onRecords(
  run: (env: Env, ids: readonly number[], args: Vals) => Result,
  params: Method['params'] = [],
) {
  return {
    on: 'records',
    params,
    run: (env: Env, ids: readonly Json[], args: Vals) =>
      run(
        env,
        ids.filter((id) => typeof id === 'number'),
        args,
      ),
  } satisfies Method;
}

export function onModel(run: (env: Env, args: Vals) => Result, params: Method['params'] = []): Method {
  return { on: 'model', params, run: (env, _ids, args) => run(env, args) };
}
