import { isCommerceError } from '../errors/commerce-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Begun, IdempotencyStore } from '../ports/stores.ts';
import { stopwatch, type Stopwatch } from './stopwatch.ts';
import { stoppedWaiting, type Told } from './write-errors.ts';

/** How soon, and how often at least, somebody who waits for another's write looks again. */
const firstLookMs = 50;
const longestLookMs = 1_000;

/** What to do while another process makes the same write. */
export interface BeginOptions extends Told {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly whileRunning?: 'refuse' | 'wait' | undefined;
  readonly longestWaitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the store answered, and the time since it was asked: from then on its lease and its ages count. */
export interface Asked {
  readonly begun: Begun;
  readonly asked: Stopwatch;
}

/**
 * Begins a write. With `wait`, one that another process is making is waited for until it ends, at most `longestWaitMs`;
 * then, and without it at once, the answer is that it runs.
 */
export async function beginWrite(options: BeginOptions, fingerprint: string): Promise<Asked> {
  const { store, clock, key, leaseMs, whileRunning = 'refuse', longestWaitMs = 60_000, signal } = options;
  const waitUntil = clock.now() + longestWaitMs;
  let lookMs = firstLookMs;
  for (;;) {
    if (signal?.aborted) throw stopped(signal, options);
    const asked = stopwatch(clock);
    const begun = await store.begin(key, fingerprint, leaseMs);
    if (begun.state !== 'running' || whileRunning === 'refuse') return { begun, asked };
    // Only looked at, because many may wait for one.
    do {
      const restMs = waitUntil - clock.now();
      if (restMs <= 0) return { begun, asked };
      await pass(Math.min(lookMs, restMs), options);
      lookMs = Math.min(lookMs * 2, longestLookMs);
    } while ((await store.peek(key))?.state === 'running');
  }
}

/** A deadline and not a sleep: waiting for somebody else is nothing that a simulated clock should hurry towards. */
async function pass(ms: number, options: BeginOptions): Promise<void> {
  const { clock, signal } = options;
  const pause = clock.deadline(ms);
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  pause.signal.addEventListener('abort', end, { once: true });
  signal?.addEventListener('abort', end, { once: true });
  await promise;
  pause.clear();
  signal?.removeEventListener('abort', end);
  if (signal?.aborted) throw stopped(signal, options);
}

/** A reason of ours says more than that somebody stopped. */
function stopped(signal: AbortSignal, told: Told): Error {
  return isCommerceError(signal.reason) ? signal.reason : stoppedWaiting(told);
}
