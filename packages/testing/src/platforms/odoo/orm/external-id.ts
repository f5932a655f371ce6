import type { Row } from './database.ts';
import type { Env } from './env.ts';
import { link, str } from './env.ts';
import { serializationFailure, validationError } from './python-error.ts';

/** Refuses an external id that another transaction bound or used since this one began. */
export function lockExternalId(env: Env, externalId: string): void {
  if ((env.touched.get(complete(externalId)) ?? 0) > env.snapshot) throw serializationFailure();
}

/** Marks an external id as used by this transaction. */
export function touchExternalId(env: Env, externalId: string): void {
  const name = complete(externalId);
  const before = env.touched.get(name);
  env.touched.set(name, env.db.commits + 1);
  env.db.onRollback(() => {
    if (before === undefined) env.touched.delete(name);
    else env.touched.set(name, before);
  });
}

/** The record that an external id stands for; one of another model is refused. */
export function findExternalId(env: Env, externalId: string, model: string): number | undefined {
  const found = resolveExternalId(env, externalId);
  if (!found) return undefined;
  if (found.model !== model) {
    throw validationError(
      `For external id ${externalId} when trying to create/update a record of model ${model} found record of different model ${found.model} (${found.id})`,
    );
  }
  return found.id;
}

export function resolveExternalId(env: Env, externalId: string): { model: string; id: number } | undefined {
  const [dataId] = env.db.lookup('ir.model.data', 'complete_name', complete(externalId)) ?? [];
  const row = dataId === undefined ? undefined : env.db.row('ir.model.data', dataId);
  const id = row && link(row, 'res_id');
  return row && id !== undefined ? { model: str(row, 'model'), id } : undefined;
}

/**
 * Whether an import in the mode "update" leaves the record of this external id alone, its lines too: the mark is the one
 * of the import that made it. `_load_records` in odoo/orm/models.py, Odoo 19.0, read 2026-11-25.
 */
export function isKept(env: Env, externalId: string): boolean {
  if (env.context['mode'] !== 'update') return false;
  const [dataId] = env.db.lookup('ir.model.data', 'complete_name', complete(externalId)) ?? [];
  return dataId !== undefined && env.db.row('ir.model.data', dataId)?.['noupdate'] === true;
}

export function bindExternalId(env: Env, externalId: string, model: string, id: number): void {
  const name = complete(externalId);
  const dot = name.indexOf('.');
  touchExternalId(env, name);
  env.db.insert('ir.model.data', {
    create_date: env.startedAt,
    write_date: env.startedAt,
    create_uid: env.user.id,
    write_uid: env.user.id,
    module: name.slice(0, dot),
    name: name.slice(dot + 1),
    complete_name: name,
    model,
    res_id: id,
    target: `${model},${id}`,
    noupdate: env.context['noupdate'] === true,
  });
  env.db.onRollback(() => env.remembered.set(name, model));
}

/** Takes an external id away with its record, and with it what the server's cache holds of any. */
export function forgetExternalId(env: Env, data: Row): void {
  env.db.remove('ir.model.data', data);
  env.remembered.clear();
}

/**
 * The model of an external id that an import gave before it was rolled back: the server goes on answering from its cache
 * that there is one, until external ids are changed otherwise. Recorded on Odoo 19.0, 2026-11-26.
 */
export function rememberedModel(env: Env, externalId: string): string | undefined {
  return env.remembered.get(complete(externalId));
}

/** An id without a module lands in `__import__`. Recorded on Odoo 19.0, 2026-11-23. */
function complete(externalId: string): string {
  return externalId.includes('.') ? externalId : `__import__.${externalId}`;
}
