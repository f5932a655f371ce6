import { realMs } from './clock.ts';

/** After the first time that units were in each other's way. The server needs up to a second to see it. */
const firstTurnsMs = 4_000;
/** Turns cost whoever was in nobody's way. */
const longestTurnsMs = 16_000;

/** Whether units of this process take turns from their first attempt on. */
export interface Turns {
  areTaken(): boolean;
  /** Some were in each other's way: for a while turns are taken, and twice as long when it soon happens again. */
  take(): void;
}

export function turnsOf(now: () => number = realMs): Turns {
  let lengthMs = firstTurnsMs;
  let untilMs = -Infinity;
  return {
    areTaken: () => now() < untilMs,
    take() {
      const sinceMs = now() - untilMs;
      if (sinceMs > 4 * lengthMs) lengthMs = firstTurnsMs;
      else if (sinceMs > 0) lengthMs = Math.min(2 * lengthMs, longestTurnsMs);
      untilMs = now() + lengthMs;
    },
  };
}
