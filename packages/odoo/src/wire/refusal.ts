import type { HttpAnswer } from '@crossdock/core';
import * as z from 'zod';

/** What an answer says when it is a refusal, the same for both wires. */
export interface Refusal {
  /** The Python class of the error; for what is no error of Odoo's, where it came from. */
  readonly name: string;
  readonly message: string;
  readonly field?: string | undefined;
  /** The model of which `load` found no record with the name or id that it was given. */
  readonly relation?: string | undefined;
  /** The places of the records that `load` refused, in the table that it was given. */
  readonly records?: readonly number[] | undefined;
}

/** Odoo's own word for a failure of `load`, which arrives as a good answer and names no class. */
export const loadRefusal = 'load()';
/** A page for people where data was expected, with its status: "page 404". */
export const pageRefusal = 'page';

/** The refusal in an answer; `undefined` for a good one, and for one of which only the status tells. */
export function refusalIn(answer: HttpAnswer): Refusal | undefined {
  const { status, json, body } = answer;
  if (json === undefined) return pageSaid(status, body);
  if (status >= 200 && status < 300) return hiddenIn(json);
  const parsed = errorBody.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

const errorBody = z.object({ name: z.string(), message: z.string() });
const rpcError = z.object({ error: z.object({ data: errorBody.optional() }) });
/** Where a person may look for the record that was not found: by its name, or by an id. Recorded on Odoo 19.0, 2026-11-26. */
const lookedFor = z.union([
  z
    .object({ domain: z.tuple([z.tuple([z.literal('model'), z.literal('='), z.string()])]) })
    .transform(({ domain: [[, , model]] }) => model),
  z.object({ res_model: z.string() }).transform(({ res_model: model }) => model),
]);
const loadResult = z.object({
  ids: z.literal(false),
  messages: z
    .array(
      z.object({
        type: z.string(),
        message: z.string(),
        field: z.string().optional(),
        record: z.number().optional(),
        moreinfo: lookedFor.optional().catch(undefined),
      }),
    )
    .min(1),
});
const loadAnswer = z.union([loadResult, z.object({ result: loadResult }).transform((envelope) => envelope.result)]);

/** JSON-RPC refuses with status 200, and so does `load` on either wire. */
function hiddenIn(json: unknown): Refusal | undefined {
  const rpc = rpcError.safeParse(json);
  // Without a class it is no error of Odoo's, and its words may be anybody's.
  if (rpc.success) return rpc.data.error.data ?? { name: 'JSON-RPC', message: 'an error without a class' };
  const load = loadAnswer.safeParse(json);
  if (!load.success) return undefined;
  const errors = load.data.messages.filter(({ type }) => type === 'error');
  const first = errors[0] ?? load.data.messages[0];
  const records = [...new Set(errors.flatMap(({ record }) => record ?? []))];
  return first && { name: loadRefusal, message: first.message, field: first.field, relation: first.moreinfo, records };
}

/** Odoo answers with a page before it knows a database, a proxy when Odoo does not answer. A 5xx says enough by itself. */
function pageSaid(status: number, body: string): Refusal | undefined {
  const name = `${pageRefusal} ${status}`;
  if (status === 404 && body.includes('X-Odoo-Database')) return { name, message: 'No database is selected' };
  if (status === 404) return { name, message: 'There is no such route' };
  if (status === 401 || status === 403) return { name, message: 'a proxy lets nobody in' };
  const isPage = /^\s*<(?:!doctype|html|head|body|\?xml)/i.test(body.slice(0, 200));
  return status >= 200 && status < 300 && isPage ? { name, message: 'a page for people' } : undefined;
}
