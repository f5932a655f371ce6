import type { Json } from '@crossdock/core';
import type { OdooModule, OdooVersion, VersionNames } from '../versions.ts';
import type { Database, Row } from './database.ts';

// What a model, its fields and a transaction consist of. They speak of each other, so they stand together.

export type Vals = { readonly [field: string]: Json };

export type FieldType =
  | 'char'
  | 'text'
  | 'html'
  | 'integer'
  | 'float'
  | 'monetary'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'selection'
  | 'many2one'
  | 'one2many'
  | 'many2many'
  | 'json'
  | 'binary';

/** One field of a model, as far as a client can tell. */
export interface Field {
  readonly type: FieldType;
  readonly label: string;
  readonly required?: boolean;
  /** Kept by value for fast `=` and `in`. Every many2one that is the other side of a one2many is kept anyway. */
  readonly index?: boolean;
  readonly relation?: string;
  /** Of a float: what is written is rounded to so many digits after the point. */
  readonly digits?: number;
  /** The many2one on the other model that a one2many mirrors. */
  readonly inverse?: string;
  /** Of a one2many: which rows of the other side belong to it, when not all do. */
  readonly where?: ((row: Row) => boolean) | undefined;
  readonly selection?: readonly (readonly [string, string])[];
  /** What becomes of this record when the one it points at is deleted. Default restrict when required, else empty. */
  readonly onDelete?: 'restrict' | 'cascade' | 'set null';
  readonly defaultsTo?: (env: Env) => Json;
  /** Worked out when read, never stored. */
  readonly compute?: (env: Env, id: number) => Json;
  /** Takes what is written to a computed field. */
  readonly assign?: (env: Env, id: number, value: Json) => void;
  /** Lives on the record that a many2one points at, and is read and written there. */
  readonly related?: readonly [link: string, field: string];
  readonly readonly?: boolean;
  /** Kept once for every language; what has no translation shows in English. */
  readonly translate?: boolean;
}

/** Groups that may do it; `undefined` is everybody who can log in. */
export interface Access {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly create?: readonly string[];
  readonly unlink?: readonly string[];
}

interface Parameter {
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

/** Who calls, and what the groups allow. */
export interface User {
  readonly id: number;
  readonly name: string;
  readonly login: string;
  readonly groups: ReadonlySet<string>;
}

/** Everything one transaction has at hand. Copies of it share the transaction and differ in context. */
export interface Env {
  readonly db: Database;
  readonly registry: Registry;
  readonly version: OdooVersion;
  readonly major: 17 | 18 | 19;
  readonly names: VersionNames;
  readonly modules: ReadonlySet<OdooModule>;
  readonly user: User;
  readonly context: Vals;
  /** The company of the call: the first of those that it may look at. */
  readonly company: number;
  /** The companies whose records the call may see. */
  readonly companies: readonly number[];
  /** When the transaction began, in microseconds since 1970: every write_date of it. */
  readonly startedAt: number;
  /** How many transactions had been committed when this one began. What others commit since is a conflict for it. */
  readonly snapshot: number;
  /** Commit that last touched a lockable thing, by name. */
  readonly touched: Map<string, number>;
  /** Models of external ids that a rollback took back and the server's cache did not. */
  readonly remembered: Map<string, string>;
  /** Stored values that must be worked out again before anybody reads them. */
  readonly work: Map<string, () => void>;
  /** Told of every create and write, for webhooks, with the record as it was before; a new one was not. */
  readonly changed: (model: string, id: number, before: Row | undefined) => void;
}
