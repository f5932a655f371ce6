import type { Json } from '@crossdock/core';
import { isVals, type Vals } from '../orm/env.ts';
import type { Method, Model, Result } from '../orm/model.ts';
import { PythonError, userError } from '../orm/python-error.ts';
import type { Account, Server } from '../server.ts';
import { majorOf } from '../versions.ts';
import { jsonAnswer, rpcFailure, wrongContentType } from './answers.ts';
import { execute, unknownMethod, type Rest, type Troubles } from './executor.ts';
import { versionInfo } from './version.ts';
import { plain } from '../orm/plain.ts';

/** `POST /jsonrpc`: positional parameters in, always status 200 out. */
export async function jsonRpc(
  server: Server,
  database: string,
  troubles: Troubles,
  request: Request,
  rest: Rest,
): Promise<Response> {
  const snapshot = server.db.commits;
  if (!(request.headers.get('content-type') ?? '').startsWith('application/json')) {
    return wrongContentType('/jsonrpc', 'jsonrpc');
  }
  let body: Json;
  try {
    body = JSON.parse(await request.text()) as Json; // JSON.parse gives JSON.
  } catch {
    return new Response('Invalid JSON data', { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' } });
  }
  const envelope = isVals(body) ? body : {};
  const head = { jsonrpc: '2.0', id: envelope['id'] ?? null };
  try {
    const params = isVals(envelope['params']) ? envelope['params'] : {};
    const result = await call(server, database, troubles, params, snapshot, rest);
    // None has no "result" at all. Recorded on Odoo 19.0, 2026-11-23.
    return jsonAnswer(result === undefined ? head : { ...head, result });
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return rpcFailure(head.id, error);
  }
}

async function call(
  server: Server,
  database: string,
  troubles: Troubles,
  params: Vals,
  snapshot: number,
  rest: Rest,
): Promise<Json> {
  const { service, method, args } = params;
  const list: readonly Json[] = Array.isArray(args) ? args : [];
  if (service === 'common') return common(server, database, plain(method), list);
  if (service !== 'object' || (method !== 'execute_kw' && method !== 'execute')) {
    throw new PythonError('builtins.NameError', `Method not available ${plain(method)}`);
  }
  const [db, userId, password, modelName, name] = list;
  checkDatabase(database, db);
  const account = server.accounts.find((candidate) => candidate.userId === userId && candidate.apiKey === password);
  if (!account || account.expired) throw new PythonError('odoo.exceptions.AccessDenied', 'Access Denied');
  const model = server.registry.get(plain(modelName));
  if (!model) throw userError(`Object ${plain(modelName)} doesn't exist`);
  const positional: readonly Json[] = method === 'execute' ? list.slice(5) : Array.isArray(list[5]) ? list[5] : [];
  const named = method === 'execute_kw' && isVals(list[6]) ? list[6] : {};
  const { context, ...keywords } = named;
  const result = await execute(server, troubles, {
    account,
    model,
    name: plain(name),
    context: isVals(context) ? context : {},
    snapshot,
    rest,
    bind: (found) => bind(server, model, plain(name), found, positional, keywords),
  });
  return shown(result);
}

function common(server: Server, database: string, method: string, args: readonly Json[]): Json {
  switch (method) {
    case 'version': {
      const { version, version_info: info } = versionInfo(server.version);
      return { server_version: version, server_version_info: info, server_serie: server.version, protocol_version: 1 };
    }
    case 'login':
    case 'authenticate': {
      const [db, login, password] = args;
      checkDatabase(database, db);
      // A wrong password is not an error but false.
      return findAccount(server, login, password)?.userId ?? false;
    }
    default:
      throw new PythonError('builtins.NameError', `Method not available ${method}`);
  }
}

function findAccount(server: Server, login: Json, password: Json): Account | undefined {
  return server.accounts.find((account) => account.login === login && account.apiKey === password && !account.expired);
}

function checkDatabase(database: string, given: Json): void {
  if (given === database) return;
  throw new PythonError(
    'psycopg2.OperationalError',
    `connection to server at "127.0.0.1", port 5432 failed: FATAL:  database "${plain(given)}" does not exist\n`,
  );
}

function bind(
  server: Server,
  model: Model,
  name: string,
  method: Method | undefined,
  positional: readonly Json[],
  keywords: Vals,
) {
  if (!method) throw unknownMethod(model.name, name, majorOf(server.version) === 17 ? 'old' : 'new');
  const [first, ...others] = positional;
  // An onchange takes the ids of a record that may not be there yet, although it is called on the model.
  const takesIds = method.on === 'records' || name === 'onchange';
  const given = takesIds ? others : positional;
  const args: { [name: string]: Json } = { ...keywords };
  method.params.forEach((parameter, index) => {
    if (index < given.length) args[parameter.name] = given[index];
  });
  const python = `${model.name}.${name}`;
  const extra = Object.keys(args).find((key) => !method.params.some((parameter) => parameter.name === key));
  if (extra !== undefined || given.length > method.params.length) {
    throw new PythonError('builtins.TypeError', `${python}() got an unexpected keyword argument '${extra ?? ''}'`);
  }
  const missing = method.params.find((parameter) => parameter.required === true && args[parameter.name] === undefined);
  if (missing) {
    throw new PythonError(
      'builtins.TypeError',
      `${python}() missing 1 required positional argument: '${missing.name}'`,
    );
  }
  const ids: readonly Json[] = !takesIds ? [] : Array.isArray(first) ? first : first === undefined ? [] : [first];
  return { method, ids, args };
}

/** One dict created is one id, several are a list. */
function shown(result: Result): Json {
  if (!('records' in result)) return result.value;
  return result.single === true ? result.records[0] : result.records;
}
