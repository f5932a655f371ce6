import { CommerceError } from '../errors/commerce-error.ts';
import { renewLease } from '../policies/lease-renewal.ts';
import { withFence } from '../policies/signal-fence.ts';
import { stopwatch, type Stopwatch } from '../policies/stopwatch.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClaimedJob, JobStore, StoreSet } from '../ports/stores.ts';

/** How long a write that was sent may go on after its attempt was told to end: below the 10 s that container runtimes give. */
const graceMs = 8_000;

/** A job that is ours for as long as we show signs of life. */
export interface JobLease {
  /** Aborted when the lease is lost, the attempt came to its end, or the worker is told to stop. Nothing begins after it. */
  readonly signal: AbortSignal;
  /**
   * For writes that were sent: aborted at once when the lease is lost, and some time after `signal` otherwise. Cutting a
   * write off leaves nobody knowing whether it happened, so it may come to its end first.
   */
  readonly writeSignal: AbortSignal;
  readonly lost: boolean;
  /** What was said when it was lost. */
  readonly loss: CommerceError | undefined;
  /** How long it lasts from each sign of life. */
  readonly leaseMs: number;
  /**
   * Throws inside a unit of work when the job is no longer ours, so that nothing of the unit lands. Prolongs the lease, of
   * which nothing may be said before the unit has landed.
   */
  fence(inside: StoreSet): Promise<void>;
  /** Starts to count before a store is asked for something that prolongs the lease. */
  asking(): Stopwatch;
  /** Says that what was asked then has landed and prolonged the lease. */
  renewed(asked: Stopwatch): void;
  /** Says that a store answered `lost`: aborts, and gives the error to throw. `cause`: what was under way ended with it. */
  lose(cause?: unknown): CommerceError;
  /** The attempt failed or came through: nothing more of it may begin. The lease is still ours. */
  end(): void;
  /** Gives no further sign of life. */
  stop(): void;
}

/** Keeps a claimed job alive until it is stopped or lost. `asked` was started before the store was asked for it. */
export function keepLease(
  job: ClaimedJob,
  {
    jobs,
    clock,
    leaseMs,
    asked,
    stop,
  }: { jobs: JobStore; clock: Clock; leaseMs: number; asked: Stopwatch; stop?: AbortSignal | undefined },
): JobLease {
  const gone = new AbortController();
  const ended = new AbortController();
  const cut = new AbortController();
  const signal = AbortSignal.any([gone.signal, ended.signal, ...(stop ? [stop] : [])]);
  let loss: CommerceError | undefined;
  let grace: ReturnType<Clock['deadline']> | undefined;

  const lose = (cause?: unknown) => {
    loss = leaseLost(job.id, cause);
    gone.abort(loss);
    return loss;
  };
  const renewal = renewLease({
    renew: () => jobs.renew(job.id, job.lease, leaseMs),
    onLost: () => void lose(),
    clock,
    leaseMs,
    asked,
  });
  // After a pause a timer may be late, so that a signal alone would let one more request go out.
  const check = () => {
    if (loss === undefined && !renewal.holds()) lose();
  };
  const writeSignal = withFence(AbortSignal.any([gone.signal, cut.signal]), check, () => renewal.assure());
  const startGrace = () => {
    grace ??= clock.deadline(graceMs);
    grace.signal.addEventListener('abort', () => cut.abort(signal.reason), { once: true });
  };
  if (signal.aborted) startGrace();
  else signal.addEventListener('abort', startGrace, { once: true });

  return {
    signal,
    writeSignal,
    get lost() {
      return loss !== undefined;
    },
    get loss() {
      return loss;
    },
    async fence(inside) {
      if ((await inside.jobs.renew(job.id, job.lease, leaseMs)) === 'lost') throw lose();
    },
    leaseMs,
    asking: () => stopwatch(clock),
    renewed: (since) => renewal.renewed(since),
    lose,
    end: () => ended.abort(attemptEnded(job)),
    stop() {
      renewal.stop();
      signal.removeEventListener('abort', startGrace);
      grace?.clear();
    },
  };
}

function leaseLost(job: string, cause: unknown): CommerceError {
  return new CommerceError({
    code: 'lease.lost',
    cause,
    message: `Job "${job}" was not finished here: its lease ran out and another worker has it. Nothing of this attempt is stored.`,
  });
}

function attemptEnded({ id, attempt }: ClaimedJob): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    message: `Nothing more of attempt ${attempt} of job "${id}" was begun: the attempt has come to its end, as when another of its steps failed. What is left is done by the next attempt.`,
  });
}
