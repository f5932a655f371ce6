import type { Json } from '@crossdock/core';
import type { Row } from './database.ts';
import { flush, idsOf, isVals, link, list, withContext, type Env, type Vals } from './env.ts';
import { displayName, get, modelOf } from './get.ts';
import type { Model } from './model.ts';
import { showDatetime } from './moments.ts';
import { accessError, userError, valueError } from './python-error.ts';

/** Records as `read` answers them. Ids that are unknown, or are texts, are left out without a word. */
export function readRecords(
  env: Env,
  model: Model,
  ids: readonly Json[],
  fields: readonly string[] | undefined,
  pairs: boolean,
): Json[] {
  flush(env);
  const names = fields === undefined || fields.length === 0 ? Object.keys(model.fields) : fields;
  for (const name of names) refuseUnknown(env, model, name);
  if (fields === undefined || fields.length === 0) refuseEverything(env, model);
  return ids.flatMap((id) => {
    const row = typeof id === 'number' ? env.db.row(model.name, id) : undefined;
    if (!row) return [];
    const record: { [field: string]: Json } = { id: row.id };
    for (const name of names) record[name] = shown(env, model, row, name, pairs);
    return [record];
  });
}

/** No field named is every field, and of contacts one of them is closed. Recorded on Odoo 19.0, 2026-11-26. */
function refuseEverything(env: Env, model: Model): void {
  if (env.major < 19 || model.name !== 'res.partner' || env.user.groups.has('Role / Administrator')) return;
  throw accessError(
    "Failed to read field res.partner.rtc_session_ids\nYou are not allowed to access 'Mail RTC session' (discuss.channel.rtc.session) records.\n\nThis operation is allowed for the following groups:\n\t- Role / Administrator\n\nContact your administrator to request access if necessary.",
  );
}

function refuseUnknown(env: Env, model: Model, name: string): void {
  if (model.fields[name]) return;
  throw valueError(`Invalid field '${name}' ${env.major === 19 ? 'on' : 'on model'} '${model.name}'`);
}

function shown(env: Env, model: Model, row: Row, name: string, pairs: boolean): Json {
  const field = model.fields[name];
  const value = get(env, model, row, name);
  if (field?.type === 'datetime') return typeof value === 'number' ? showDatetime(value) : false;
  if (field?.type === 'many2one' && pairs) {
    return typeof value === 'number' ? [value, displayName(env, field.relation ?? '', value)] : false;
  }
  return value ?? false;
}

/** Records as `web_read` answers them: only what the specification names, relations as deep as it goes. */
export function webRead(env: Env, model: Model, ids: readonly Json[], specification: Vals): Json[] {
  flush(env);
  for (const name of Object.keys(specification)) refuseUnknown(env, model, name);
  return ids.flatMap((id) => {
    const row = typeof id === 'number' ? env.db.row(model.name, id) : undefined;
    if (!row) return [];
    const record: { [field: string]: Json } = { id: row.id };
    for (const [name, wanted] of Object.entries(specification)) record[name] = nested(env, model, row, name, wanted);
    return [record];
  });
}

function nested(env: Env, model: Model, row: Row, name: string, wanted: Json): Json {
  const field = model.fields[name];
  const fields = property(wanted, 'fields');
  if (!field || fields === undefined || field.relation === undefined) return shown(env, model, row, name, false);
  const other = modelOf(env, field.relation);
  const context = property(wanted, 'context');
  const inner = context === undefined ? env : withContext(env, context);
  const value = get(env, model, row, name);
  if (field.type === 'many2one')
    return typeof value === 'number' ? (webRead(inner, other, [value], fields)[0] ?? false) : false;
  return webRead(inner, other, idsOf(value), fields);
}

function property(value: Json, name: string): Vals | undefined {
  if (!isVals(value)) return undefined;
  const inner = value[name];
  return isVals(inner) ? inner : undefined;
}

/** Refuses a language or a company that is not there. */
export function checkContext(env: Env): void {
  const { lang, allowed_company_ids: companies } = env.context;
  const known = typeof lang !== 'string' || lang === 'en_US' || env.db.count('res.lang', 'code', lang) > 0;
  if (!known) throw userError(`Invalid language code: ${lang}`);
  const user = env.db.row('res.users', env.user.id) ?? { id: env.user.id };
  const own = [link(user, 'company_id') ?? 1, ...list(user, 'company_ids')];
  for (const id of idsOf(companies)) {
    // A company that is not the caller's, or is not there. Recorded on Odoo 19.0, 2026-11-23.
    if (!own.includes(id)) throw accessError('Access to unauthorized or invalid companies.');
  }
}
