import type { Clock } from '../ports/clock.ts';
import type { InboxEntry, StoreSet, Stores } from '../ports/stores.ts';
import { defaultClockToleranceMs, refuseClockBehind } from '../rules/clock-behind.ts';
import { memoryAudit, type AuditRow } from './audit.ts';
import { systemNow } from './clock.ts';
import { memoryCursors } from './cursors.ts';
import { memoryExceptions, type ExceptionRow } from './exceptions.ts';
import { memoryIdempotency, type KeyRow } from './idempotency.ts';
import { memoryInbox } from './inbox.ts';
import { memoryJobs, type JobRow } from './jobs.ts';
import { memoryLinks, type LinkRow } from './links.ts';
import { memoryRuns, type RunRow, type StepRows } from './runs.ts';
import { memorySequences, type SequenceRow } from './sequences.ts';
import { memoryShared } from './shared-store.ts';
import { table, undoLog } from './table.ts';
import { units, type Run } from './units.ts';

/** The clock and the patience of `memoryStores`. */
export interface MemoryStoresOptions {
  /** Default: the machine's time. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /**
   * Longest wait for a unit of work that is under way, in real milliseconds. Default 5 000; above it
   * `store.unavailable`, which is also what a unit gets that uses these stores in place of those handed to it.
   */
  readonly busyTimeoutMs?: number | undefined;
  /**
   * How far the clock may be behind the latest moment at which something was handed out, in milliseconds. Default 300 000;
   * beyond it `jobs.claim` is refused as `store.unavailable`.
   */
  readonly clockToleranceMs?: number | undefined;
}

/**
 * Stores that keep everything in this process and lose it with it: for tests, for trying things out, and as the
 * reference that the other stores are compared with. Units of work wait for each other, and so does everybody else
 * while one is under way.
 */
export function memoryStores({
  clock = systemNow,
  busyTimeoutMs = 5_000,
  clockToleranceMs = defaultClockToleranceMs,
}: MemoryStoresOptions = {}): Stores {
  const log = undoLog();
  const keys = table<KeyRow>(log);
  const links = table<LinkRow>(log);
  const cursors = table<string>(log);
  const inbox = table<InboxEntry>(log);
  const jobs = table<JobRow>(log);
  const endedJobs = table<true>(log);
  const runs = table<RunRow>(log);
  const steps = table<StepRows>(log);
  const exceptions = table<ExceptionRow>(log);
  const audit = table<AuditRow>(log);
  const sequences = table<SequenceRow>(log);
  const shared = table<string>(log);
  const owner = table<string>(log);
  let latest: number | undefined;
  const refuseOldMoment = (what: string, now: number) => {
    refuseClockBehind(what, { now, latest, toleranceMs: clockToleranceMs });
    latest = Math.max(now, latest ?? now);
  };
  const queue = units(log, busyTimeoutMs);
  const through = (run: Run): StoreSet => ({
    idempotency: memoryIdempotency(keys, run, clock),
    links: memoryLinks(links, run),
    sequences: memorySequences(sequences, run),
    cursors: memoryCursors(cursors, run),
    inbox: memoryInbox(inbox, run),
    jobs: memoryJobs(jobs, endedJobs, run, clock, refuseOldMoment),
    runs: memoryRuns(runs, steps, jobs, run, clock),
    exceptions: memoryExceptions(exceptions, run, clock),
    audit: memoryAudit(audit, run),
  });
  return {
    ...through(queue.outside),
    atomically: (work) => queue.alone((inside) => work(through(inside))),
    shared: memoryShared(shared, queue.outside, clock),
    belongTo: (integration) =>
      queue.outside(() => {
        const first = owner.get('integration');
        if (first === undefined) owner.set('integration', integration);
        return first ?? integration;
      }),
    close: async () => queue.close(),
  };
}
