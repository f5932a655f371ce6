import pRetry from 'p-retry';
import type { Clock, Random } from '../ports/clock.ts';
import { assureRight, isGone } from './signal-fence.ts';

export interface RetrySettings {
  readonly clock: Clock;
  readonly random: Random;
  /** Further attempts after the first. */
  readonly retries: number;
  /** Upper end of the first delay; it doubles with every attempt. */
  readonly minDelayMs: number;
  /** Longest delay. A failure that asks for a longer one is not waited for: it goes to the caller. */
  readonly maxDelayMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether another attempt may help, and may be made. */
  readonly worthwhile: (error: unknown) => boolean;
  /** Asked last, when all else speaks for another attempt: whether there may be one. Default: yes. */
  readonly mayRepeat?: (() => boolean) | undefined;
  /** What a failure itself asks to wait, if it says so. */
  readonly askedMs: (error: unknown) => number | undefined;
}

/**
 * Runs `work` until it succeeds, fails for good, or the attempts run out; then throws the last failure. Waits are spread
 * by chance over their whole length, so that callers that failed together do not come back together. Aborting during a
 * wait throws the signal's reason.
 */
export function retry<T>(work: () => Promise<T>, settings: RetrySettings): Promise<T> {
  return pRetry(work, {
    retries: settings.retries,
    // No delay of its own: p-retry would wait on the machine's timers, and cannot be told one wait. Ours is below.
    minTimeout: 0,
    async shouldRetry({ error, attemptNumber }) {
      await assureRight(settings.signal);
      if (isGone(settings.signal) || !settings.worthwhile(error)) return false;
      const delayMs = retryDelayMs(attemptNumber, settings.askedMs(error), settings);
      if (delayMs === undefined || settings.mayRepeat?.() === false) return false;
      await settings.clock.sleep(delayMs, settings.signal);
      return true;
    },
  });
}

/** How long to wait after failure number `attempt`, counting from 1, or `undefined` when the wait asked for is too long. */
function retryDelayMs(
  attempt: number,
  askedMs: number | undefined,
  { random, minDelayMs, maxDelayMs }: Pick<RetrySettings, 'random' | 'minDelayMs' | 'maxDelayMs'>,
): number | undefined {
  const backoffMs = Math.round(random() * Math.min(maxDelayMs, minDelayMs * 2 ** (attempt - 1)));
  if (askedMs === undefined) return backoffMs;
  // Never earlier than asked, and not all at that one moment; later where a short wait was asked for again and again.
  return askedMs > maxDelayMs ? undefined : Math.max(backoffMs, askedMs + Math.round(random() * minDelayMs));
}
