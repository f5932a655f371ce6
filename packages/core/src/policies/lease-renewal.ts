import type { Clock } from '../ports/clock.ts';
import { stopwatch, type Stopwatch } from './stopwatch.ts';

/** Signs of life for something that is ours until its lease runs out. */
export interface LeaseRenewal {
  /** Says that the lease was prolonged elsewhere. It counts from when the store was asked, as the answer may come late. */
  renewed(asked: Stopwatch): void;
  /** Whether nobody else can have it: less time has passed than it lasts since it was asked for. */
  holds(): boolean;
  /** Asks the store for more time where the lease has ended by our own clock: it may still be ours. */
  assure(): Promise<void>;
  /** Gives no further sign. */
  stop(): void;
}

/**
 * Renews a lease at a third of its length, until it is stopped or lost. `onLost` is told once: when `renew` answers
 * `lost`, or when the store could not be asked until the lease ended, after which somebody else may have it.
 */
export function renewLease({
  renew,
  onLost,
  clock,
  leaseMs,
  asked,
}: {
  readonly renew: () => Promise<'renewed' | 'lost'>;
  readonly onLost: () => void;
  readonly clock: Clock;
  readonly leaseMs: number;
  /** Started before the store was asked for the lease. */
  readonly asked: Stopwatch;
}): LeaseRenewal {
  let stopped = false;
  let sinceAsked = asked;
  let timer: ReturnType<Clock['deadline']> | undefined;

  // A deadline and not a sleep: waiting for a sign of life is nothing that a simulated clock should hurry towards.
  const arm = (ms: number) => {
    timer = clock.deadline(ms);
    timer.signal.addEventListener('abort', () => void sign(), { once: true });
  };
  const lose = () => {
    stopped = true;
    onLost();
  };
  const sign = async () => {
    if (stopped) return;
    const anew = stopwatch(clock);
    try {
      const answer = await renew();
      if (stopped) return;
      if (answer === 'lost') return lose();
      renewed(anew);
    } catch {
      // The store may be back before the lease ends; until then it is ours, after it we must assume that it is not.
      if (!stopped && !holds()) return lose();
    }
    if (!stopped) arm(leaseMs / 3);
  };
  const assure = async () => {
    if (stopped || holds()) return;
    const anew = stopwatch(clock);
    try {
      if ((await renew()) === 'renewed') return renewed(anew);
    } catch {
      // Unknown is not ours.
    }
    if (!stopped && !holds()) lose();
  };
  const holds = () => sinceAsked() < leaseMs;
  // Of two that are under way together the one that was asked later counts.
  const renewed = (anew: Stopwatch) => {
    if (anew() < sinceAsked()) sinceAsked = anew;
  };

  arm(Math.max(0, leaseMs / 3 - asked()));
  return {
    renewed,
    holds,
    assure,
    stop() {
      stopped = true;
      timer?.clear();
    },
  };
}
