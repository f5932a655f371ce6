import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { openException } from '../exceptions/open-exception.ts';
import type { Stopwatch } from '../policies/stopwatch.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClaimedJob } from '../ports/stores.ts';
import { attemptHistory, type AttemptHistory } from './attempt-notes.ts';
import { defectOf } from './defect.ts';
import { isInDoubt, noteDoubts } from './doubts.ts';
import { handBack, parkJob } from './held-run.ts';
import { keepLease, type JobLease } from './job-lease.ts';
import { runOfJob } from './job-payload.ts';
import { moment, type Parts } from './parts.ts';
import { plain, type Task } from './task.ts';
import { taskOf } from './task-of.ts';
import { tell } from './tell.ts';
import { uncertainRetries, verdictOf, type Verdict } from './verdict.ts';

/**
 * `lost`: another worker has the job, and whatever became of it is told there. `moved`: another job has its work now, and
 * its end counts.
 */
export type JobEnd = 'done' | 'retried' | 'parked' | 'lost' | 'moved';

/** Claims beyond every allowed attempt, after which a job that never came to an end is taken for the cause of it. */
const crashesAllowed = 8;

/**
 * Runs one claimed job to one of its ends, all of which are stored before this resolves. `asked` was started before the
 * store was asked for it.
 */
export async function runJob(
  parts: Parts,
  job: ClaimedJob,
  { asked, stop }: { readonly asked: Stopwatch; readonly stop: AbortSignal | undefined },
): Promise<JobEnd> {
  const { stores, clock, leaseMs } = parts;
  const lease = keepLease(job, { jobs: stores.jobs, clock, leaseMs, asked, stop });
  let task: Task = { flow: 'unknown', run: runOfJob(job), step: 'start', refs: [], ...plain, perform: async () => {} };
  try {
    task = taskOf(parts, job, lease);
    await task.load();
    await refuseTooOften(parts, job);
    const moved = await handBack(parts, job);
    if (moved !== undefined) return moved;
    await within(parts, job, task);
    return 'done';
  } catch (thrown) {
    if (lease.lost) return lostJob(parts, job, task, lease);
    // Steps that ran beside the one that failed are told, and waited for: what is parked must not go on sending.
    lease.end();
    await restOf(task, clock);
    if (lease.lost) return lostJob(parts, job, task, lease);
    const error = isCommerceError(thrown) ? thrown : defectOf(thrown, task);
    return await settle(parts, job, lease, task, error, stop?.aborted === true);
  } finally {
    lease.stop();
    lease.end();
  }
}

async function settle(
  parts: Parts,
  job: ClaimedJob,
  lease: JobLease,
  task: Task,
  error: CommerceError,
  isStopped: boolean,
): Promise<JobEnd> {
  try {
    const history = await attemptHistory(parts.stores, job);
    const { step, doubted } = task;
    const verdict = isStopped
      ? stopVerdict(parts, error, doubted)
      : verdictOf(error, { now: parts.clock.now(), attempt: job.attempt, step, doubted, ends: history.ends }, parts);
    if (verdict.do === 'park') return await park(parts, job, lease, task, history, error);
    await giveBack(parts, job, lease, task, history, verdict);
    const { run, flow } = task;
    const dueAt = moment(parts.clock, verdict.inMs);
    if (!isStopped) tell(parts.signals, 'run.retried', { run, flow, attempt: job.attempt, dueAt, error });
    return 'retried';
  } catch (thrown) {
    if (lease.lost) return lostJob(parts, job, task, lease);
    throw thrown;
  }
}

/** Whoever has the job now brings it to its end; here it is only said that this worker does not. */
function lostJob({ signals }: Parts, job: ClaimedJob, { run, flow }: Task, { loss }: JobLease): JobEnd {
  if (loss) tell(signals, 'run.lost', { run, flow, attempt: job.attempt, error: loss });
  return 'lost';
}

/** An attempt that never ends would keep its place in this worker from all others, and its key from everybody. */
async function within({ clock, attemptMs }: Parts, job: ClaimedJob, task: Task): Promise<void> {
  const limit = clock.deadline(attemptMs);
  const overrun = new Promise<never>((_resolve, reject) => {
    limit.signal.addEventListener('abort', () => reject(tooLong(job, task, attemptMs)), { once: true });
  });
  try {
    await Promise.race([task.perform(), overrun]);
  } finally {
    limit.clear();
  }
}

function tooLong({ attempt }: ClaimedJob, { run, flow, step }: Task, attemptMs: number): CommerceError {
  return new CommerceError({
    code: 'flow.defect',
    message: `Run "${run}" of "${flow}" was ended at "${step}": attempt ${attempt} did not come to its end within ${attemptMs} ms, as when it waits for something that never comes. Look for what it waits for, then replay.`,
  });
}

/** Longer than a write that was sent may go on after it was told to stop. */
const restMs = 10_000;

/** A step that takes no notice of its signal must not keep the run from its end for ever: it cannot land any more. */
async function restOf(task: Task, clock: Clock): Promise<void> {
  const limit = clock.deadline(restMs);
  const passed = new Promise<void>((resolve) => {
    limit.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([task.rest(), passed]);
  limit.clear();
}

type Retry = Extract<Verdict, { do: 'retry' }>;

/**
 * A worker that is told to stop leaves its jobs due, for whoever works next. Where a write was cut off, that one has to
 * wait until the platform has come to an end with it.
 */
function stopVerdict({ settleMs }: Parts, error: CommerceError, doubted: boolean): Retry {
  return doubted || error.code === 'write.uncertain'
    ? { do: 'retry', inMs: settleMs, end: 'uncertain' }
    : { do: 'retry', inMs: 0, end: 'stopped' };
}

async function giveBack(
  { stores, clock }: Parts,
  job: ClaimedJob,
  lease: JobLease,
  { run, step, writes }: Task,
  history: AttemptHistory,
  { inMs, end }: Retry,
): Promise<void> {
  const dueAt = moment(clock, inMs);
  await stores.atomically(async (inside) => {
    if ((await inside.jobs.retry(job.id, job.lease, dueAt)) === 'lost') throw lease.lose();
    await history.note(inside, { end, step, at: moment(clock) });
    await noteDoubts(inside, run, { writes, unended: false });
  });
}

async function park(
  { stores, clock, signals, redact }: Parts,
  job: ClaimedJob,
  lease: JobLease,
  task: Task,
  { hasUnended }: AttemptHistory,
  error: CommerceError,
): Promise<JobEnd> {
  const { flow, run, step, refs, writes } = task;
  const at = moment(clock);
  const record = await stores.atomically(async (inside) => {
    await noteDoubts(inside, run, { writes, unended: hasUnended });
    const inDoubt = error.category === 'uncertain' || (await isInDoubt(inside, run));
    const parked = await parkJob(inside, job, task, { at, inDoubt });
    if (parked === 'lost') throw lease.lose();
    return openException(inside, { flow, run, job: parked, step, refs, error, at }, redact);
  });
  tell(signals, 'exception.opened', record, error);
  return 'parked';
}

/** Attempts that came to an end have a note of it; those that have none took their process with them. */
async function refuseTooOften({ stores, maxAttempts }: Parts, job: ClaimedJob): Promise<void> {
  const most = maxAttempts + uncertainRetries + crashesAllowed;
  if (job.attempt <= most) return;
  const { ends } = await attemptHistory(stores, job);
  if (job.attempt - ends.length <= most) return;
  throw new CommerceError({
    code: 'flow.defect',
    message: `Job "${job.id}" was not begun again: it was begun ${most} times and never came to an end, as when it takes its process down each time. Look for the crash, then replay.`,
  });
}
