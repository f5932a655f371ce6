import { CommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';

/** The error for an exception that is not there. */
export function noException(id: string, action: string): CommerceError {
  return new CommerceError({
    code: 'record.missing',
    message: `Exception "${id}" was not ${action}: there is none with this id. List the exceptions and take an id from there.`,
  });
}

/** The error for an exception that is not open, with who decided on it. */
export async function notOpen(
  inside: Pick<StoreSet, 'audit'>,
  record: ExceptionRecord,
  action: string,
): Promise<CommerceError> {
  const who = await lastActor(inside, record);
  const by = who === undefined ? '' : ` by "${who}"`;
  const next =
    record.state === 'replaying' ? 'Wait for what becomes of it.' : 'Nothing is left to do, unless it opens again.';
  return new CommerceError({
    code: 'record.rejected',
    message: `Exception "${record.id}" was not ${action}: it is "${record.state}" since ${record.changedAt}${by}. ${next}`,
    refs: record.refs,
  });
}

/** Who decided last on this exception; only records with a reference have an audit to look into. */
async function lastActor(inside: Pick<StoreSet, 'audit'>, record: ExceptionRecord): Promise<string | undefined> {
  const ref = record.refs[0];
  if (ref === undefined) return undefined;
  const entries = await inside.audit.list(ref, 50);
  return entries.find(({ action, details }) => action.startsWith('exception.') && isOf(details, record.id))?.actor;
}

function isOf(details: Json, id: string): boolean {
  return typeof details === 'object' && details !== null && 'exception' in details && details['exception'] === id;
}

/** The error for an exception whose job does not wait for a person. */
export function notParked(record: ExceptionRecord, action: string): CommerceError {
  return new CommerceError({
    code: 'record.rejected',
    message: `Exception "${record.id}" was not ${action}: its job "${record.job}" is not parked, so something else has it. Look at the job before anything else.`,
    refs: record.refs,
  });
}
