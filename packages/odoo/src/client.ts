import type { ReadOptions, Safety, Usage } from '@crossdock/core';
import type * as z from 'zod';
import type { FieldOf, RecordOf, ValuesOf } from './models.ts';
import type { OdooVersion } from './version.ts';
import type { Row } from './wire/value.ts';

/**
 * Odoo's models, by either wire. What is asked for is a row of zod schemas, or fields by name: these are typed where the
 * model is declared in `OdooModels`. Odoo's `false` for empty is `null` in both.
 */
export interface OdooClient {
  /** The system's name in references and errors. */
  readonly system: string;
  /** The release, asked for once. */
  version(options?: ReadOptions): Promise<OdooVersion>;
  searchRead<T>(model: string, row: Row<T>, query: Query, options?: CallOptions): Promise<T[]>;
  searchRead<M extends string, F extends FieldOf<M>>(
    model: M,
    fields: readonly F[],
    query: Query,
    options?: CallOptions,
  ): Promise<RecordOf<M, F>[]>;
  /** Records that are gone are left out, as Odoo does. */
  read<T>(model: string, ids: readonly number[], row: Row<T>, options?: CallOptions): Promise<T[]>;
  read<M extends string, F extends FieldOf<M>>(
    model: M,
    ids: readonly number[],
    fields: readonly F[],
    options?: CallOptions,
  ): Promise<RecordOf<M, F>[]>;
  /** Not idempotent: a lost answer ends as `write.uncertain`. */
  create<M extends string>(model: M, values: readonly ValuesOf<M>[], options?: CallOptions): Promise<readonly number[]>;
  write<M extends string>(
    model: M,
    ids: readonly number[],
    values: ValuesOf<M>,
    options?: WriteCallOptions,
  ): Promise<void>;
  call<T>(model: string, method: string, call: MethodCall<T>, options?: CallOptions): Promise<T>;
  fieldsGet(model: string, options?: CallOptions): Promise<Readonly<Record<string, FieldInfo>>>;
  usage(): readonly Usage[];
}

/** A condition of a search, as Odoo writes it: `[["state","=","sale"]]`, with "&", "|" and "!" before their operands. */
export type Domain = readonly (readonly [string, string, unknown] | '&' | '|' | '!')[];

/** How Odoo is to understand a call. Keys that modules read of their own accord may stand beside these. */
export interface Context {
  /** The language of names, descriptions and messages: "fr_FR". One that is not installed is `options.invalid`. */
  readonly lang?: string | undefined;
  /** In which time zone Odoo decides what day it is: "Europe/Paris". Moments are UTC all the same. */
  readonly tz?: string | undefined;
  /** The companies whose records are seen, the first of which new records belong to. A foreign one is `access.denied`. */
  readonly allowed_company_ids?: readonly number[] | undefined;
  /** Read by some modules only: Odoo itself goes by `allowed_company_ids`. Recorded on Odoo 19.0, 2026-11-26. */
  readonly company_id?: number | undefined;
  /** False shows archived records too. */
  readonly active_test?: boolean | undefined;
  readonly [key: string]: unknown;
}

/** What every call takes beside its arguments. */
export interface CallOptions extends ReadOptions {
  /** Beside the connector's own context, which the options `company` and `timeZone` make; what is said here wins. */
  readonly context?: Context | undefined;
}
/** What a write takes beside its arguments. */
export interface WriteCallOptions extends CallOptions {
  /** The same write again changes nothing more, so that a lost answer may be followed by a repeat. Default false. */
  readonly repeatable?: boolean | undefined;
}
/** Which records to read, in which order and how many. */
export interface Query {
  readonly domain: Domain;
  /** Field names only: "write_date, id". */
  readonly order?: string | undefined;
  /** Default: all. */
  readonly limit?: number | undefined;
}
/** A method of a model: what it is called on and with, what its answer looks like, and whether it may be repeated. */
export interface MethodCall<T> {
  /** The records that the method is called on; left out for methods of the model. */
  readonly ids?: readonly number[] | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly answer: z.ZodType<T>;
  readonly safety: Safety;
}
/** A field of a model as Odoo describes it. */
export type FieldInfo = {
  readonly type: string;
  readonly relation?: string | undefined;
  /** Of a number that is rounded: how many digits it has, and how many of them after the point. */
  readonly digits?: unknown;
};
