import type { Runtime } from '@crossdock/core';
import * as z from 'zod';
import type { CallOptions, Context, FieldInfo, OdooClient, Query } from './client.ts';
import { rowOfFields, type FieldOf, type RecordOf } from './models.ts';
import type { OdooSettings } from './options.ts';
import { odooSender } from './sender.ts';
import { sharedAnswer } from './shared-answer.ts';
import { recordId, type Row } from './wire/value.ts';

/** Makes the client of one Odoo: each of its verbs as the call that Odoo understands. */
export function odooClient(settings: OdooSettings, runtime: Runtime): OdooClient {
  const { name: system, company, timeZone } = settings;
  const { send, version, usage } = odooSender(settings, runtime);
  const descriptions = new Map<string, Promise<Readonly<Record<string, FieldInfo>>>>();

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
    const row = isFields(wanted) ? rowOfFields(system, model, await client.fieldsGet(model, options), wanted) : wanted;
    // Odoo takes no field for every field, which not everybody may read. Recorded on Odoo 19.0, 2026-11-26.
    return row.fields.length === 0 ? { ...row, fields: ['id'] } : row;
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
    version,
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
    fieldsGet: (model, options) => sharedAnswer(system, `${model}/fields_get`, () => describe(model, options), options),
    usage,
  };
  return client;

  /** What a model's fields are does not change while we run: it is asked for once, by whoever comes first. */
  function describe(model: string, options: CallOptions | undefined): Promise<Readonly<Record<string, FieldInfo>>> {
    const known = descriptions.get(model);
    if (known) return known;
    const asked = send({
      model,
      method: 'fields_get',
      params: { attributes: ['type', 'relation', 'digits'] },
      context: contextOf(options?.context),
      safety: 'read',
      answer: z.record(z.string(), fieldInfo),
      // Without the caller's signal: the others wait for this answer too.
      options: { lane: options?.lane },
    });
    descriptions.set(model, asked);
    asked.catch(() => descriptions.delete(model));
    return asked;
  }
}

const fieldInfo = z.object({ type: z.string(), relation: z.string().optional(), digits: z.unknown().optional() });

function isFields(wanted: Row<unknown> | readonly string[]): wanted is readonly string[] {
  return Array.isArray(wanted);
}
