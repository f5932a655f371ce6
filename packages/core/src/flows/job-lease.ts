import { CommerceError } from '../errors/commerce-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClaimedJob, JobStore, StoreSet } from '../ports/stores.ts';

/** A job that is ours for as long as we show signs of life. */
export interface JobLease {
  /** Aborted when the lease is lost, or when the worker is told to stop. */
  readonly signal: AbortSignal;
  readonly lost: boolean;
  /** Throws inside a unit of work when the job is no longer ours, so that nothing of the unit lands. */
  fence(inside: StoreSet): Promise<void>;
  /** Says that a store answered `lost`: aborts, and gives the error to throw. */
  lose(): CommerceError;
  stop(): void;
}

/** Renews the lease of a claimed job at a third of its length, until it is stopped or lost. */
export function keepLease(
  job: ClaimedJob,
  { jobs, clock, leaseMs, stop }: { jobs: JobStore; clock: Clock; leaseMs: number; stop?: AbortSignal | undefined },
): JobLease {
  const controller = new AbortController();
  const signal = stop ? AbortSignal.any([controller.signal, stop]) : controller.signal;
  let lost = false;
  let stopped = false;
  let heldUntil = clock.now() + leaseMs;
  let timer: ReturnType<Clock['deadline']> | undefined;

  const lose = () => {
    lost = true;
    const error = leaseLost(job.id);
    controller.abort(error);
    return error;
  };
  // A deadline and not a sleep: waiting for a sign of life is nothing that a simulated clock should hurry towards.
  const arm = () => {
    timer = clock.deadline(leaseMs / 3);
    timer.signal.addEventListener('abort', () => void renew(), { once: true });
  };
  const renew = async () => {
    if (stopped || lost) return;
    try {
      const answer = await jobs.renew(job.id, job.lease, leaseMs);
      if (stopped) return;
      if (answer === 'lost') {
        lose();
        return;
      }
      heldUntil = clock.now() + leaseMs;
    } catch {
      // The store may be back before the lease ends; until then the job is ours, after it we must assume that it is not.
      if (clock.now() >= heldUntil) {
        lose();
        return;
      }
    }
    if (!stopped) arm();
  };

  arm();
  return {
    signal,
    get lost() {
      return lost;
    },
    async fence(inside) {
      if ((await inside.jobs.renew(job.id, job.lease, leaseMs)) === 'lost') throw lose();
      heldUntil = clock.now() + leaseMs;
    },
    lose,
    stop() {
      stopped = true;
      timer?.clear();
    },
  };
}

function leaseLost(job: string): CommerceError {
  return new CommerceError({
    code: 'lease.lost',
    message: `Job "${job}" was not finished here: its lease ran out and another worker has it. Nothing of this attempt is stored.`,
  });
}
