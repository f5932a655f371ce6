import { openException } from '../exceptions/open-exception.ts';
import type { PageProblem } from '../ports/page.ts';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';
import { queue } from './job-payload.ts';
import type { Parts } from './parts.ts';
import type { PullOperation } from './pulls.ts';

/** Where a problem stands: in which page of which pull, and at which place of the page. */
export interface ProblemPlace {
  readonly system: string;
  readonly operation: PullOperation;
  /** The cursor that stands after the page. */
  readonly cursor: string;
  readonly index: number;
  /** Whether a problem that somebody closed is put before a person again, where its record names no version. */
  readonly reopens: boolean;
}

/**
 * Puts one unreadable record of a page before a person, with a parked job that reads it again when it is replayed.
 * `undefined`: the same problem of the same state of the record was put before somebody already. A record without a
 * version may have changed since somebody closed it, and is opened again.
 */
export async function openProblem(
  { redact }: Pick<Parts, 'redact'>,
  inside: StoreSet,
  { system, operation, cursor, index, reopens }: ProblemPlace,
  { ref, error, version }: PageProblem,
  at: string,
): Promise<ExceptionRecord | undefined> {
  const message = redact(error.message);
  // Without a reference only its place tells one record from another.
  const record = ref === undefined ? `unknown/${cursor}/${index}` : `${ref.kind}/${ref.id}`;
  const first = `reread/${system}/${operation}/${record}@${version ?? `${error.code}: ${message}`}`;
  const isOnce = ref === undefined || version !== undefined || !reopens;
  const id = isOnce ? first : await nextId(inside, first);
  if (id === undefined) return undefined;
  const payload = { kind: 'reread', system, operation, ref, error: { code: error.code, message } };
  // Its own key: what cannot be read has no place in the order of any other work.
  const added = await inside.jobs.add({ id, queue, key: id, lane: 'normal', dueAt: at, payload, parked: true });
  if (added === 'already') return undefined;
  const refs = ref === undefined ? [] : [ref];
  const flow = `${system}/${operation}`;
  return openException(inside, { flow, run: id, job: id, step: operation, refs, error, at }, redact);
}

/** The id under which the problem is opened again; `undefined` while somebody has it before them. */
async function nextId(inside: StoreSet, first: string): Promise<string | undefined> {
  for (let time = 1; ; time++) {
    const id = time === 1 ? first : `${first} (${time})`;
    const before = await inside.exceptions.ofRun(id);
    if (before === undefined) return id;
    if (before.state === 'open' || before.state === 'replaying') return undefined;
  }
}
