import { checkCount } from '../exceptions/call-options.ts';
import { stopwatch } from '../policies/stopwatch.ts';
import type { Clock } from '../ports/clock.ts';
import type { WorkReport } from './integration.ts';
import { queue } from './job-payload.ts';
import type { Parts } from './parts.ts';
import { runJob, type JobEnd } from './run-job.ts';

/** How much `work` does in one call. */
export interface WorkOptions {
  /** Most jobs to begin. Default: no limit, until nothing is due. */
  readonly limit?: number | undefined;
  /** Jobs at work at the same time. Default 10. */
  readonly concurrency?: number | undefined;
  /** Aborted: begins nothing more, tells the steps at work to stop, and leaves what they did not finish due. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Longest wait before the queue is looked at again while jobs are at work: one that takes long must not keep what became
 * due meanwhile waiting.
 */
const lookAgainMs = 1_000;

/**
 * Runs what is due, including what becomes due by it, and returns. Throws when the stores cannot be used, and
 * `options.invalid` for a limit that is no whole number or a concurrency below 1.
 */
export async function work(
  parts: Parts,
  { limit = Number.POSITIVE_INFINITY, concurrency = 10, signal }: WorkOptions = {},
): Promise<WorkReport> {
  if (limit !== Number.POSITIVE_INFINITY) checkCount('work({ limit })', limit, 0);
  checkCount('work({ concurrency })', concurrency, 1);
  const { jobs } = parts.stores;
  const { clock } = parts;
  const ends: Record<JobEnd, number> = { done: 0, retried: 0, parked: 0, lost: 0, moved: 0 };
  const active = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let begun = 0;

  const begin = (ending: Promise<JobEnd>) => {
    const settled = ending.then(
      (end) => void ends[end]++,
      (error: unknown) => void failures.push(error),
    );
    const task = settled.then(() => void active.delete(task));
    active.add(task);
  };

  try {
    const goesOn = () => begun < limit && failures.length === 0 && signal?.aborted !== true;
    while (goesOn()) {
      const free = Math.min(concurrency - active.size, limit - begun);
      const asked = stopwatch(clock);
      const claimed = free > 0 ? await jobs.claim(queue, { leaseMs: parts.leaseMs, limit: free }) : [];
      for (const job of claimed) begin(runJob(parts, job, { asked, stop: signal }));
      begun += claimed.length;
      if (active.size === 0) break;
      // A job that ends may make another of its key due, so the queue is asked again after each.
      await oneOf(active, clock);
    }
  } finally {
    await Promise.all(active);
  }
  // The jobs are safe where they are: their leases run out, and somebody does them again.
  if (failures.length > 0) throw failures[0];
  const { done, retried, parked } = ends;
  return { done, retried, parked, nextInMs: await nextInMs(parts) };
}

/** A deadline and not a sleep: looking again is nothing that a simulated clock should hurry towards. */
async function oneOf(active: ReadonlySet<Promise<void>>, clock: Clock): Promise<void> {
  const pause = clock.deadline(lookAgainMs);
  const passed = new Promise<void>((resolve) => {
    pause.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await Promise.race([...active, passed]);
  } finally {
    pause.clear();
  }
}

/**
 * Other workers go on between two questions: a lease that ran out since is in a question before the counts, and a job that
 * somebody took since in one behind them.
 */
async function nextInMs({ stores: { jobs }, clock }: Parts): Promise<number | undefined> {
  const before = await jobs.nextDueAt(queue);
  const { ready, waiting, running } = await jobs.counts(queue);
  if (ready > 0) return 0;
  if (waiting + running === 0) return undefined;
  const behind = await jobs.nextDueAt(queue);
  const moments = [before, behind].flatMap((moment) => (moment === undefined ? [] : [Date.parse(moment)]));
  if (moments.length > 0) return Math.max(0, Math.min(...moments) - clock.now());
  // What ran has ended since, and what waited behind it may be due. Nothing else that waits comes by itself.
  return running > 0 ? 0 : undefined;
}
