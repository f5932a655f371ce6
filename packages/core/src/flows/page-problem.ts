import { openException } from '../exceptions/open-exception.ts';
import type { PageProblem } from '../ports/page.ts';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';
import { queue } from './job-payload.ts';
import type { Parts } from './parts.ts';
import type { PullOperation } from './pulls.ts';

/**
 * Puts one unreadable record of a page before a person, with a parked job that reads it again when it is replayed.
 * `undefined`: the same problem of the same state of the record was put before somebody already.
 */
export async function openProblem(
  { redact }: Pick<Parts, 'redact'>,
  inside: StoreSet,
  { system, operation }: { readonly system: string; readonly operation: PullOperation },
  { ref, error, version }: PageProblem,
  at: string,
): Promise<ExceptionRecord | undefined> {
  const message = redact(error.message);
  const record = ref === undefined ? 'unknown' : `${ref.kind}/${ref.id}`;
  const id = `reread/${system}/${operation}/${record}@${version ?? `${error.code}: ${message}`}`;
  const payload = { kind: 'reread', system, operation, ref, error: { code: error.code, message } };
  // Its own key: what cannot be read has no place in the order of any other work.
  const added = await inside.jobs.add({ id, queue, key: id, lane: 'normal', dueAt: at, payload, parked: true });
  if (added === 'already') return undefined;
  const refs = ref === undefined ? [] : [ref];
  const flow = `${system}/${operation}`;
  return openException(inside, { flow, run: id, job: id, step: operation, refs, error, at }, redact);
}
