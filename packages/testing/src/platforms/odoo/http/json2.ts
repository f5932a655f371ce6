import type { Json } from '@crossdock/core';
import { isVals, type Vals } from '../orm/env.ts';
import type { Method, Model, Result } from '../orm/model.ts';
import { PythonError } from '../orm/python-error.ts';
import type { Account, Server } from '../server.ts';
import { errorAnswer, jsonAnswer, noDatabase, wrongContentType } from './answers.ts';
import { execute, unknownMethod, type Rest, type Troubles } from './executor.ts';

/** `POST /json/2/<model>/<method>`: named parameters in, the bare result out, HTTP statuses that mean something. 19 and later. */
export async function json2(
  server: Server,
  databases: readonly string[],
  troubles: Troubles,
  request: Request,
  rest: Rest,
): Promise<Response> {
  const snapshot = server.db.commits;
  const [, , , modelName = '', methodName = '', ...more] = new URL(request.url).pathname.split('/');
  const database = request.headers.get('x-odoo-database') ?? (databases.length === 1 ? databases[0] : undefined);
  if (database === undefined || database !== databases[0]) return noDatabase();
  try {
    if (request.method !== 'POST' || modelName === '' || methodName === '' || more.length > 0) {
      throw werkzeug('NotFound', 'Did you mean POST /json/2/<model>/<method>?', 404);
    }
    if (!(request.headers.get('content-type') ?? '').startsWith('application/json')) {
      return wrongContentType('/json/2/<__model__>/<__method__>', 'json2');
    }
    const account = authenticate(server, request);
    const body = parse(await request.text());
    const model = server.registry.get(modelName);
    if (!model) throw werkzeug('NotFound', `the model '${modelName}' does not exist`, 404);
    const { ids, context, ...args } = body;
    const result = await execute(server, troubles, {
      account,
      model,
      name: methodName,
      context: isVals(context) ? context : {},
      snapshot,
      rest,
      bind: (method) => bind(model, methodName, method, ids, args),
    });
    return jsonAnswer(shown(result));
  } catch (error) {
    if (error instanceof PythonError) return errorAnswer(error);
    throw error;
  }
}

function werkzeug(name: string, message: string, status: number): PythonError {
  return new PythonError(`werkzeug.exceptions.${name}`, message, { status });
}

function authenticate(server: Server, request: Request): Account {
  const [scheme = '', key = ''] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || key === '') {
    throw werkzeug('Unauthorized', 'User not authenticated, use an API Key with a Bearer Authorization header.', 401);
  }
  const account = server.accounts.find(({ apiKey, expired }) => apiKey === key && !expired);
  if (!account) throw werkzeug('Unauthorized', 'Invalid apikey', 401);
  return account;
}

function parse(text: string): Vals {
  let body: Json;
  try {
    body = JSON.parse(text) as Json; // JSON.parse gives JSON.
  } catch {
    throw werkzeug(
      'BadRequest',
      `could not parse the body as json: ${text.slice(0, 1) === '{' ? 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)' : 'Expecting value: line 1 column 1 (char 0)'}`,
      400,
    );
  }
  // A list has no names, so every parameter is missing from it.
  return isVals(body) ? body : {};
}

function bind(model: Model, name: string, method: Method | undefined, ids: Json, args: Vals) {
  if (!method) throw unknownMethod(model.name, name, 'json2');
  if (method.on === 'model' && ids !== undefined) {
    // An onchange of a record that is not saved yet is called with an empty list.
    if (!(Array.isArray(ids) && ids.length === 0)) {
      throw werkzeug('UnprocessableEntity', `cannot call ${model.name}.${name} with ids`, 422);
    }
  }
  for (const { name: parameter, required } of method.params) {
    if (required === true && args[parameter] === undefined) {
      throw werkzeug('UnprocessableEntity', `missing a required argument: '${parameter}'`, 422);
    }
  }
  for (const given of Object.keys(args)) {
    if (!method.params.some(({ name: parameter }) => parameter === given)) {
      throw werkzeug('UnprocessableEntity', `got an unexpected keyword argument '${given}'`, 422);
    }
  }
  return { method, ids: Array.isArray(ids) ? ids : ids === undefined ? [] : [ids], args };
}

/** Records are always a list of ids here, even when one was created from one dict. */
function shown(result: Result): Json {
  return 'records' in result ? result.records : result.value;
}
