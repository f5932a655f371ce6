import type { Env } from './env.ts';
import type { Access, Model } from './model.ts';
import { accessError } from './python-error.ts';

const verbs: Readonly<Record<keyof Access, string>> = {
  read: 'access',
  write: 'modify',
  create: 'create',
  unlink: 'delete',
};

/** Refuses what the groups of the caller do not allow, in the platform's words. Recorded on Odoo 19.0, 2026-11-23. */
export function checkAccess(env: Env, model: Model, operation: keyof Access): void {
  const groups = model.access?.[operation];
  if (groups === undefined || groups.some((group) => env.user.groups.has(group))) return;
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
