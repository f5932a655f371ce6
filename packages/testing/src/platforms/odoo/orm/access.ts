import type { Json } from '@crossdock/core';
import type { Env } from './env.ts';
import type { Access, Model } from './model.ts';
import { accessError, PythonError } from './python-error.ts';

const verbs: Readonly<Record<keyof Access, string>> = {
  read: 'access',
  write: 'modify',
  create: 'create',
  unlink: 'delete',
};

/** Whether the groups of the caller allow something on a model. */
export function mayDo(env: Env, model: Model, operation: keyof Access): boolean {
  const groups = model.access?.[operation];
  return groups === undefined || groups.some((group) => env.user.groups.has(group));
}

/** Reads what somebody asks for a right; anything else is the caller's mistake. Recorded on Odoo 19.0, 2026-11-26. */
export function operationNamed(value: Json): keyof Access {
  if (value === 'read' || value === 'write' || value === 'create' || value === 'unlink') return value;
  throw new PythonError('builtins.AssertionError', 'Invalid access mode');
}

/** Refuses what the groups of the caller do not allow, in the platform's words. Recorded on Odoo 19.0, 2026-11-23. */
export function checkAccess(env: Env, model: Model, operation: keyof Access): void {
  const groups = model.access?.[operation] ?? [];
  if (mayDo(env, model, operation)) return;
  const list = groups.length === 0 ? '' : groups.map((group) => `\t- ${group}`).join('\n');
  // Who may not even read a model is told that first, whatever was asked.
  const readable = operation === 'write' && model.access?.read?.every((group) => !env.user.groups.has(group));
  const verb = readable === true ? verbs.read : verbs[operation];
  throw accessError(
    `You are not allowed to ${verb} '${model.label}' (${model.name}) records.\n\n${
      groups.length === 0
        ? 'No group currently allows this operation.'
        : `This operation is allowed for the following groups:\n${list}`
    }\n\nContact your administrator to request access if necessary.`,
  );
}
