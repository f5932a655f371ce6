import type { Clock } from '../ports/clock.ts';

/** How many milliseconds have passed since it was started, at least. */
export type Stopwatch = () => number;

/** Starts one. Start it before you ask whoever counts from the asking, as a store that hands out a lease. */
export function stopwatch(clock: Pick<Clock, 'now'>): Stopwatch {
  const startedAt = clock.now();
  return () => clock.now() - startedAt;
}
