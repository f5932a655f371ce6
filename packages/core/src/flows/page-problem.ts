import * as z from 'zod';
import { openException } from '../exceptions/open-exception.ts';
import type { Json } from '../model/json.ts';
import type { Ref } from '../model/ref.ts';
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
 * `undefined`: the same problem of the same state of the record is before somebody, or a person closed it. It is opened again
 * where it closed by itself and is still there, and where a record without a version may have changed since.
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
  const isClosedForGood = version !== undefined || !reopens;
  const id = ref === undefined ? first : await nextId(inside, { first, ref, isClosedForGood });
  if (id === undefined) return undefined;
  const payload = { kind: 'reread', system, operation, ref, version, error: { code: error.code, message } };
  // Its own key: what cannot be read has no place in the order of any other work.
  const added = await inside.jobs.add({ id, queue, key: id, lane: 'normal', dueAt: at, payload, parked: true });
  if (added === 'already') return undefined;
  const refs = ref === undefined ? [] : [ref];
  const flow = `${system}/${operation}`;
  return openException(inside, { flow, run: id, job: id, step: operation, refs, error, at }, redact);
}

/** The id under which the problem is opened; `undefined` while somebody has it before them, and after a person closed it for good. */
async function nextId(
  inside: StoreSet,
  { first, ref, isClosedForGood }: { readonly first: string; readonly ref: Ref; readonly isClosedForGood: boolean },
): Promise<string | undefined> {
  let id = first;
  let last: ExceptionRecord | undefined;
  for (let time = 2; ; time++) {
    const before = await inside.exceptions.ofRun(id);
    if (before === undefined) break;
    last = before;
    id = `${first} (${time})`;
  }
  if (last === undefined) return id;
  if (last.state === 'open' || last.state === 'replaying') return undefined;
  return isClosedForGood && (await isDecided(inside, last, ref)) ? undefined : id;
}

/** How much of what happened to a record is looked through for who closed it: it has not changed since. */
const most = 100;

/** Whether a person closed it, and neither a page in which the record could be read again nor a replay that found it so. */
async function isDecided({ audit }: StoreSet, { id, state }: ExceptionRecord, ref: Ref): Promise<boolean> {
  if (state === 'dismissed') return true;
  const entries = await audit.list(ref, most);
  return entries.some(({ action, details }) => action === 'exception.resolved' && namesException(details, id));
}

function namesException(details: Json, id: string): boolean {
  return z.object({ exception: z.literal(id) }).safeParse(details).success;
}
