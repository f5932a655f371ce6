import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { openException } from '../exceptions/open-exception.ts';
import type { ClaimedJob } from '../ports/stores.ts';
import { defectOf } from './defect.ts';
import { keepLease, type JobLease } from './job-lease.ts';
import { moment, type Parts } from './parts.ts';
import { notePrefix } from './steps.ts';
import type { Task } from './task.ts';
import { taskOf } from './task-of.ts';
import { tell } from './tell.ts';
import { uncertainRetries, verdictOf } from './verdict.ts';

/** `lost`: another worker has the job, and whatever became of it is told there. */
export type JobEnd = 'done' | 'retried' | 'parked' | 'lost';

/** Claims beyond every allowed attempt, after which a job that never came to an end is taken for the cause of it. */
const crashesAllowed = 8;

/** Runs one claimed job to one of its ends, all of which are stored before this resolves. */
export async function runJob(parts: Parts, job: ClaimedJob, stop: AbortSignal | undefined): Promise<JobEnd> {
  const { stores, clock, leaseMs } = parts;
  const lease = keepLease(job, { jobs: stores.jobs, clock, leaseMs, stop });
  let task: Task = { flow: 'unknown', run: job.id, step: 'start', refs: [], perform: async () => {} };
  try {
    refuseTooOften(job, parts.maxAttempts);
    task = taskOf(parts, job, lease);
    await task.perform();
    return 'done';
  } catch (thrown) {
    if (lease.lost) return 'lost';
    const error = isCommerceError(thrown) ? thrown : defectOf(thrown, task);
    if (stop?.aborted === true) return await giveBack(parts, job, lease);
    return await settle(parts, job, lease, task, error);
  } finally {
    lease.stop();
  }
}

/** A worker that is told to stop leaves its jobs due, for whoever works next. */
async function giveBack({ stores, clock }: Parts, job: ClaimedJob, lease: JobLease): Promise<JobEnd> {
  if ((await stores.jobs.retry(job.id, job.lease, moment(clock))) === 'waiting') return 'retried';
  lease.lose();
  return 'lost';
}

async function settle(
  parts: Parts,
  job: ClaimedJob,
  lease: JobLease,
  task: Task,
  error: CommerceError,
): Promise<JobEnd> {
  try {
    const uncertainBefore = await uncertainEnds(parts, job, task);
    const verdict = verdictOf(error, { attempt: job.attempt, uncertainBefore }, parts);
    return verdict.do === 'retry'
      ? await waitAndRetry(parts, job, lease, task, error, verdict.inMs)
      : await park(parts, job, lease, task, error);
  } catch (thrown) {
    if (lease.lost) return 'lost';
    throw thrown;
  }
}

/** How often this step ended uncertain since somebody released the job last. */
async function uncertainEnds({ stores }: Parts, job: ClaimedJob, task: Task): Promise<number> {
  const notes = await stores.runs.steps(task.run);
  let ends = 0;
  for (let attempt = 1; attempt < job.attempt; attempt++) if (notes.has(uncertainNote(task, attempt))) ends++;
  return ends;
}

function uncertainNote(task: Task, attempt: number): string {
  return `${notePrefix}uncertain/${task.step}/${attempt}`;
}

async function waitAndRetry(
  { stores, clock, signals }: Parts,
  job: ClaimedJob,
  lease: JobLease,
  task: Task,
  error: CommerceError,
  inMs: number,
): Promise<JobEnd> {
  const dueAt = moment(clock, inMs);
  await stores.atomically(async (inside) => {
    if ((await inside.jobs.retry(job.id, job.lease, dueAt)) === 'lost') throw lease.lose();
    if (error.code === 'write.uncertain') {
      await inside.runs.writeStep(task.run, uncertainNote(task, job.attempt), undefined);
    }
  });
  tell(signals, 'run.retried', { run: task.run, flow: task.flow, attempt: job.attempt, dueAt, error });
  return 'retried';
}

async function park(
  { stores, clock, signals, redact }: Parts,
  job: ClaimedJob,
  lease: JobLease,
  task: Task,
  error: CommerceError,
): Promise<JobEnd> {
  const { flow, run, step, refs } = task;
  const at = moment(clock);
  const record = await stores.atomically(async (inside) => {
    if ((await inside.jobs.park(job.id, job.lease)) === 'lost') throw lease.lose();
    return openException(inside, { flow, run, job: job.id, step, refs, error, at }, redact);
  });
  tell(signals, 'exception.opened', record, error);
  return 'parked';
}

function refuseTooOften(job: ClaimedJob, maxAttempts: number): void {
  const most = maxAttempts + uncertainRetries + crashesAllowed;
  if (job.attempt <= most) return;
  throw new CommerceError({
    code: 'flow.defect',
    message: `Job "${job.id}" was not begun again: it was begun ${most} times and never came to an end, as when it takes its process down each time. Look for the crash, then replay.`,
  });
}
