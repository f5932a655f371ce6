import { CommerceError } from '../errors/commerce-error.ts';
import type { Ref } from '../model/ref.ts';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';
import type { Redact } from './redaction.ts';

/** What stopped, where, and what has to be released for it to go on. */
export interface Stopped {
  readonly flow: string;
  readonly run: string;
  readonly job: string;
  readonly step: string;
  readonly refs: readonly Ref[];
  readonly error: CommerceError;
  readonly at: string;
}

/**
 * Puts what stopped before a person, with an audit entry, inside the unit of work that parks its job. A run has one
 * exception: a further failure reopens it and counts an occurrence.
 */
export async function openException(
  inside: StoreSet,
  { flow, run, job, step, refs, error, at }: Stopped,
  redact: Redact,
): Promise<ExceptionRecord> {
  const all = distinct([...error.refs, ...refs]);
  await inside.exceptions.open({
    id: run,
    flow,
    run,
    job,
    step,
    code: error.code,
    kind: error.kind,
    category: error.category,
    message: redact(error.message),
    refs: all,
    details: redact(error.details),
    openedAt: at,
  });
  const record = await inside.exceptions.ofRun(run);
  if (record === undefined) {
    throw new CommerceError({
      code: 'store.corrupt',
      message: `The exception of run "${run}" was not opened: the store does not give back what it took. Look at the store.`,
    });
  }
  await inside.audit.append({
    at,
    actor: flow,
    action: 'exception.opened',
    refs: all,
    details: { exception: record.id, code: error.code, step, occurrences: record.occurrences },
  });
  return record;
}

/** Closes the exception of a run that came to its end after all. */
export async function settleException(inside: StoreSet, run: string): Promise<void> {
  const record = await inside.exceptions.ofRun(run);
  if (record?.state === 'replaying') {
    await inside.exceptions.move(record.id, 'replaying', 'resolved', 'The replay came to its end.');
  }
}

function distinct(refs: readonly Ref[]): readonly Ref[] {
  return [...new Map(refs.map((ref) => [JSON.stringify([ref.system, ref.kind, ref.id]), ref])).values()];
}
