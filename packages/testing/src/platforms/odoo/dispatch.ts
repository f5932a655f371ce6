import type { Json } from '@crossdock/core';
import { describeModels } from './models/automation.ts';
import { refuseForeign } from './orm/companies.ts';
import { flush, type Env, type Vals } from './orm/env.ts';
import { genericMethods } from './orm/methods.ts';
import type { Method, Model, Result } from './orm/model.ts';
import { checkContext } from './orm/present.ts';
import { existing } from './orm/records.ts';
import { accessError } from './orm/python-error.ts';

/** Finds what can be called on a model; names that begin with an underscore are never called from outside. */
export function findMethod(env: Env, model: Model, name: string): Method | undefined {
  if (name.startsWith('_')) {
    const shown = env.major === 17 ? name : `'${model.name}.${name}'`;
    throw accessError(`Private methods (such as ${shown}) cannot be called remotely.`);
  }
  const own = model.methods?.[name];
  if (own) return own;
  const generic = genericMethods(model);
  return Object.hasOwn(generic, name) ? generic[name] : undefined;
}

/** Runs one method to its end, with everything that follows from it. */
export function run(env: Env, model: Model, method: Method, ids: readonly Json[], args: Vals): Result {
  checkContext(env);
  describeModels(env, model.name);
  // Reading what is not there is no error; doing something with it is.
  const own = Object.values(model.methods ?? {}).includes(method);
  if (own && method.on === 'records') existing(env, model, ids);
  if (method.on === 'records') refuseForeign(env, model, ids);
  const result = method.run(env, ids, args);
  flush(env);
  return result;
}
