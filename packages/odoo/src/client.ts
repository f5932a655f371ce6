import {
  CommerceError,
  createHttpClient,
  type HttpCall,
  type ReadOptions,
  type Runtime,
  type Safety,
  type Usage,
} from '@crossdock/core';
import * as z from 'zod';
import { explainOdoo } from './errors.ts';
import { json2 } from './json2.ts';
import { jsonRpc } from './json-rpc.ts';
import type { OdooSettings } from './options.ts';
import type { Encode, RpcCall } from './rpc.ts';
import { sharedAnswer } from './shared-answer.ts';
import { detectVersion, type OdooVersion } from './version.ts';
import { recordId, type Row } from './wire/value.ts';
import { rowOfFields, type FieldOf, type RecordOf, type ValuesOf } from './models.ts';

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
export type FieldInfo = { readonly type: string; readonly relation?: string | undefined };

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

/** The longest wait for a read, which Odoo does not repeat behind our back. */
const readTimeoutMs = 60_000;
const name = /^[a-z][\w.]*$/;

/** Makes the client of one Odoo. Which wire it speaks is decided by the release, at the first call. */
export function odooClient(settings: OdooSettings, runtime: Runtime): OdooClient {
  const { name: system, database, apiKey, company, timeZone } = settings;
  const http = createHttpClient({
    system,
    baseUrl: settings.url,
    explain: explainOdoo(system, settings),
    timeoutMs: settings.timeoutMs,
    simultaneousCalls: settings.simultaneousCalls,
    fetch: runtime.fetch,
    clock: runtime.clock,
    random: runtime.random,
    shared: runtime.shared,
  });
  let release: Promise<OdooVersion> | undefined;
  let wire: Promise<Encode> | undefined;
  const descriptions = new Map<string, Promise<Readonly<Record<string, FieldInfo>>>>();

  async function version(): Promise<OdooVersion> {
    if (settings.version !== 'detect') return Number(settings.version);
    release ??= detectVersion(system, http.send).catch((error: unknown) => {
      release = undefined;
      throw error;
    });
    return release;
  }

  async function chooseWire(): Promise<Encode> {
    if ((await version()) >= 19) return json2(database, apiKey);
    if (settings.login !== undefined) return jsonRpc({ system, database, login: settings.login, apiKey }, http.send);
    throw new CommerceError({
      code: 'options.invalid',
      message: `odoo({ login }) is missing: the server is older than 19 and wants the login beside the key. Pass the login of the key's user.`,
      system,
    });
  }

  async function encoded<T>(call: RpcCall<T>): Promise<HttpCall<T>> {
    wire ??= chooseWire().catch((error: unknown) => {
      wire = undefined;
      throw error;
    });
    const encode = await wire;
    return encode(call);
  }

  async function send<T>(call: RpcCall<T>): Promise<T> {
    checkCall(system, call);
    const operation = `${call.model}/${call.method}`;
    // Which release it is and who we are is asked once for all callers.
    const ready = await sharedAnswer(system, operation, () => encoded(call), call.options);
    const timeoutMs = call.safety === 'read' ? readTimeoutMs : settings.timeoutMs;
    return (await http.send({ ...ready, timeoutMs })).data;
  }

  /** The connector's company and time zone always; the caller's own words beside them. */
  function contextOf(extra: Context | undefined): Context | undefined {
    if (company === undefined && timeZone === undefined) return extra;
    return {
      ...(company === undefined ? {} : { allowed_company_ids: [company] }),
      ...(timeZone === undefined ? {} : { tz: timeZone }),
      ...extra,
    };
  }

  /** What to ask for and how to read it. Fields by name are looked up first, once a model. */
  async function rowFor(
    model: string,
    wanted: Row<unknown> | readonly string[],
    options: CallOptions | undefined,
  ): Promise<Row<unknown>> {
    if (!isFields(wanted)) return wanted;
    return rowOfFields(system, model, await client.fieldsGet(model, options), wanted);
  }

  function searchRead<T>(model: string, row: Row<T>, query: Query, options?: CallOptions): Promise<T[]>;
  function searchRead<M extends string, F extends FieldOf<M>>(
    model: M,
    fields: readonly F[],
    query: Query,
    options?: CallOptions,
  ): Promise<RecordOf<M, F>[]>;
  async function searchRead(
    model: string,
    wanted: Row<unknown> | readonly string[],
    { domain, order, limit }: Query,
    options?: CallOptions,
  ): Promise<unknown[]> {
    const { fields, schema } = await rowFor(model, wanted, options);
    return send({
      model,
      method: 'search_read',
      params: { domain, fields, ...(order === undefined ? {} : { order }), ...(limit === undefined ? {} : { limit }) },
      context: contextOf(options?.context),
      safety: 'read',
      answer: z.array(schema),
      options,
    });
  }

  function read<T>(model: string, ids: readonly number[], row: Row<T>, options?: CallOptions): Promise<T[]>;
  function read<M extends string, F extends FieldOf<M>>(
    model: M,
    ids: readonly number[],
    fields: readonly F[],
    options?: CallOptions,
  ): Promise<RecordOf<M, F>[]>;
  async function read(
    model: string,
    ids: readonly number[],
    wanted: Row<unknown> | readonly string[],
    options?: CallOptions,
  ): Promise<unknown[]> {
    if (ids.length === 0) return [];
    const { fields, schema } = await rowFor(model, wanted, options);
    const context = contextOf(options?.context);
    return send({
      model,
      method: 'read',
      ids,
      params: { fields },
      context,
      safety: 'read',
      answer: z.array(schema),
      options,
    });
  }

  const client: OdooClient = {
    system,
    version: (options) => sharedAnswer(system, 'web/version_info', version, options),
    searchRead,
    read,
    create: (model, values, options) =>
      send({
        model,
        method: 'create',
        params: { vals_list: values },
        context: contextOf(options?.context),
        safety: 'once',
        answer: z.array(recordId).readonly(),
        options,
      }),
    async write(model, ids, values, options) {
      const context = contextOf(options?.context);
      await send({
        model,
        method: 'write',
        ids,
        params: { vals: values },
        context,
        safety: options?.repeatable ? 'repeatable' : 'once',
        answer: z.unknown(),
        options,
      });
    },
    call: (model, method, call, options) =>
      send({ model, method, ...call, context: contextOf(options?.context), options }),
    fieldsGet(model, options) {
      const operation = `${model}/fields_get`;
      return sharedAnswer(system, operation, () => describe(model, options), options);
    },
    usage: http.usage,
  };
  return client;

  function describe(model: string, options: CallOptions | undefined): Promise<Readonly<Record<string, FieldInfo>>> {
    const known = descriptions.get(model);
    if (known) return known;
    const asked = send({
      model,
      method: 'fields_get',
      params: { attributes: ['type', 'relation'] },
      context: contextOf(options?.context),
      safety: 'read',
      answer: z.record(z.string(), z.object({ type: z.string(), relation: z.string().optional() })),
      // Without the caller's signal: the others wait for this answer too.
      options: { lane: options?.lane },
    });
    descriptions.set(model, asked);
    asked.catch(() => descriptions.delete(model));
    return asked;
  }
}

function isFields(wanted: Row<unknown> | readonly string[]): wanted is readonly string[] {
  return Array.isArray(wanted);
}

/** Names go into the address and ids into the body: neither may come from a stranger unseen. */
function checkCall(system: string, call: RpcCall<unknown>): void {
  const badId = call.ids?.find((id) => !Number.isSafeInteger(id) || id <= 0);
  if (name.test(call.model) && name.test(call.method) && badId === undefined) return;
  throw new CommerceError({
    code: 'request.rejected',
    message: `"${system}" was not asked: ${badId === undefined ? 'the names of model and method are letters, digits, "_" and "."' : `"${badId}" is no record id`}. Correct the call.`,
    system,
  });
}
