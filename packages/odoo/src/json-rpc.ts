import { CommerceError, type HttpSend } from '@crossdock/core';
import * as z from 'zod';
import { keyAdvice } from './api-key.ts';
import { described, type Encode } from './rpc.ts';
import { askedOnce } from './shared-answer.ts';
import { recordId } from './wire/value.ts';

export interface JsonRpcAccount {
  readonly system: string;
  readonly database: string;
  readonly login: string;
  readonly apiKey: string;
}

/** JSON-RPC, to Odoo 21: one address for all, always status 200. Recorded on Odoo 17.0 and 18.0, 2026-11-23. */
export function jsonRpc(account: JsonRpcAccount, send: HttpSend): Encode {
  const { database, apiKey } = account;
  const user = askedOnce(() => userId(account, send));
  return async (call) => {
    const { params = {}, context, ids } = call;
    const { positional, named } = argumentsOf(call.method, params);
    const args = [...(ids === undefined ? [] : [ids]), ...positional];
    const kwargs = { ...named, ...(context === undefined ? {} : { context }) };
    return {
      ...described(call),
      path: 'jsonrpc',
      json: envelope('object', 'execute_kw', [database, await user(), apiKey, call.model, call.method, args, kwargs]),
      answer: resultOf(call.answer),
    };
  };
}

/** `create` reads its values by position only; whether it answers an id or a list hangs on them. Odoo 17.0 to 19.0. */
function argumentsOf(method: string, params: Readonly<Record<string, unknown>>) {
  if (method !== 'create') return { positional: [], named: params };
  const { vals_list, ...named } = params;
  return { positional: [vals_list], named };
}

async function userId(account: JsonRpcAccount, send: HttpSend): Promise<number> {
  const { system, database, login, apiKey } = account;
  const reply = await send({
    operation: 'common/authenticate',
    method: 'POST',
    path: 'jsonrpc',
    json: envelope('common', 'authenticate', [database, login, apiKey, {}]),
    safety: 'read',
    answer: resultOf(z.union([recordId, z.literal(false)])),
  });
  if (reply.data !== false) return reply.data;
  throw new CommerceError({
    code: 'auth.rejected',
    message: `"${system}" did not let us in: database, login and API key do not belong together. ${keyAdvice(apiKey)}`,
    system,
    operation: 'common/authenticate',
  });
}

function envelope(service: string, method: string, args: readonly unknown[]) {
  return { jsonrpc: '2.0', method: 'call', id: 1, params: { service, method, args } };
}

/** A method that returns nothing has no `result` at all. */
export function resultOf<T>(answer: z.ZodType<T>): z.ZodType<T> {
  const result: z.ZodType = z.object({ result: z.unknown().optional() }).transform((reply) => reply.result ?? null);
  return result.pipe(answer);
}
