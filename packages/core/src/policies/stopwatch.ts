import type { Clock } from '../ports/clock.ts';

/** How many milliseconds have passed since it was started, at least. */
export type Stopwatch = () => number;

/**
 * Starts one. Start it before you ask whoever counts from the asking, as a store that hands out a lease. Of the wall clock
 * and of what has elapsed it takes what says more: the one may be set back, the other stands still while a machine sleeps.
 */
export function stopwatch(clock: Pick<Clock, 'now' | 'elapsed'>): Stopwatch {
  const [startedAt, elapsedThen] = [clock.now(), elapsed(clock)];
  return () => Math.max(clock.now() - startedAt, elapsed(clock) - elapsedThen);
}

function elapsed(clock: Pick<Clock, 'now' | 'elapsed'>): number {
  return clock.elapsed?.() ?? clock.now();
}
