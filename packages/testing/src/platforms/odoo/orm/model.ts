import type { Json } from '@crossdock/core';
import type { Row } from './database.ts';
import type { Env, Vals } from './env.ts';
import { boolean, char, datetime, integer, isStored, many2one, type Field } from './field.ts';

/** Groups that may do it; `undefined` is everybody who can log in. */
export interface Access {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly create?: readonly string[];
  readonly unlink?: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly required?: boolean;
}

/** What a client can call. A result that is a set of records is marked, because the transports show it differently. */
export interface Method {
  /** `model` methods take no ids. */
  readonly on: 'model' | 'records';
  readonly params: readonly Parameter[];
  readonly run: (env: Env, ids: readonly Json[], args: Vals) => Result;
}

export type Result = { readonly value: Json } | { readonly records: readonly number[]; readonly single?: boolean };

export interface ModelSpec {
  readonly name: string;
  readonly label: string;
  readonly order?: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly access?: Access;
  readonly displayName?: (env: Env, row: Row) => string;
  /** What `create` works out from what it is given, before anything is stored. */
  readonly prepareCreate?: (env: Env, vals: Vals) => Vals;
  readonly created?: (env: Env, row: Row, vals: Vals) => void;
  /** An existing record that a create of this model answers instead. */
  readonly createInstead?: (env: Env, vals: Vals) => number | undefined;
  readonly prepareWrite?: (env: Env, rows: readonly Row[], vals: Vals) => Vals;
  readonly written?: (env: Env, rows: readonly Row[], vals: Vals) => void;
  readonly beforeUnlink?: (env: Env, rows: readonly Row[]) => void;
  readonly unlinked?: (env: Env, rows: readonly Row[]) => void;
  /** Constraints, after a create or a write. */
  readonly check?: (env: Env, rows: readonly Row[], vals: Vals) => void;
  readonly methods?: Readonly<Record<string, Method>>;
}

export interface Model extends ModelSpec {
  readonly order: string;
  /** Fields with a default, and fields that must not be empty: found once, used for every record. */
  readonly defaulted: readonly (readonly [string, (env: Env) => Json])[];
  readonly required: readonly (readonly [string, Field])[];
}

export type Registry = ReadonlyMap<string, Model>;

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
