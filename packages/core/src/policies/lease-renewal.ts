import type { Clock } from '../ports/clock.ts';

/** Signs of life for something that is ours until its lease runs out. */
export interface LeaseRenewal {
  /** Says that the lease was prolonged elsewhere just now. */
  renewed(): void;
  /** Whether nobody else can have it: by this process's clock the lease has not ended. */
  holds(): boolean;
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
}: {
  readonly renew: () => Promise<'renewed' | 'lost'>;
  readonly onLost: () => void;
  readonly clock: Clock;
  readonly leaseMs: number;
}): LeaseRenewal {
  let stopped = false;
  let heldUntil = clock.now() + leaseMs;
  let timer: ReturnType<Clock['deadline']> | undefined;

  // A deadline and not a sleep: waiting for a sign of life is nothing that a simulated clock should hurry towards.
  const arm = () => {
    timer = clock.deadline(leaseMs / 3);
    timer.signal.addEventListener('abort', () => void sign(), { once: true });
  };
  const lose = () => {
    stopped = true;
    onLost();
  };
  const sign = async () => {
    if (stopped) return;
    const askedAt = clock.now();
    // This process stood still for longer than the lease: somebody else may have it, whatever the store would say now.
    if (askedAt >= heldUntil) return lose();
    try {
      const answer = await renew();
      if (stopped) return;
      if (answer === 'lost') return lose();
      heldUntil = askedAt + leaseMs;
    } catch {
      // The store may be back before the lease ends; until then it is ours, after it we must assume that it is not.
      if (!stopped && clock.now() >= heldUntil) return lose();
    }
    if (!stopped) arm();
  };

  arm();
  return {
    renewed() {
      heldUntil = clock.now() + leaseMs;
    },
    holds: () => clock.now() < heldUntil,
    stop() {
      stopped = true;
      timer?.clear();
    },
  };
}
