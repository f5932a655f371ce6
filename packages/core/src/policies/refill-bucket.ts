import * as z from 'zod';
import type { KeptBucket } from './bucket.ts';

/** An allowance that fills up steadily, in the unit in which the platform counts. */
export interface RefillBucketOptions {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

const learned = z.number().positive().optional();
/** What is known of such an allowance at one moment. The published numbers are not in it, only what answers said instead. */
export const refillStateSchema = z.object({
  kind: z.literal('refill'),
  level: z.number(),
  closedUntil: z.number(),
  capacity: learned,
  refillPerSecond: learned,
});
export type RefillState = z.infer<typeof refillStateSchema>;

/**
 * An allowance that fills up at a steady rate to a limit: token, leaky and cost buckets are this one model with another
 * unit. An answered call is deducted when its answer arrives, the latest moment at which the platform can have done so:
 * a platform that deducts later stays full longer, and what would have flowed in then is lost.
 */
export function refillBucket(published: RefillBucketOptions, kept?: RefillState, keptAt = 0): KeptBucket<RefillState> {
  let learnedSize = kept?.capacity;
  let learnedRate = kept?.refillPerSecond;
  let size = learnedSize ?? published.capacity;
  let rate = learnedRate ?? published.refillPerSecond;
  let level = Math.min(size, kept?.level ?? size);
  let at = keptAt;
  let closedUntil = kept?.closedUntil ?? 0;

  function refill(now: number): void {
    // A clock that was set back: the wait that is left stays as long as it was.
    if (now < at) {
      closedUntil -= at - now;
      at = now;
    }
    const from = Math.max(at, closedUntil);
    if (now > from) level = Math.min(size, level + ((now - from) / 1000) * rate);
    at = now;
  }

  return {
    waitMs(cost, outstanding, now) {
      refill(now);
      // A call larger than the whole allowance goes when the allowance is full: the platform's word on it is final.
      const wanted = Math.min(cost, size) + outstanding;
      if (wanted > size && outstanding > 0) return Number.POSITIVE_INFINITY;
      const refillMs =
        level >= wanted ? 0 : rate > 0 ? Math.ceil(((wanted - level) / rate) * 1000) : Number.POSITIVE_INFINITY;
      const closedMs = Math.max(0, closedUntil - now);
      return refillMs + closedMs;
    },
    settle(spent, reading, settledSince, now) {
      refill(now);
      learnedSize = reading.capacity ?? learnedSize;
      learnedRate = reading.refillPerSecond ?? learnedRate;
      size = learnedSize ?? size;
      rate = learnedRate ?? rate;
      const reckoned = level - spent;
      // The number is from the moment this call was counted. Calls answered since may be in it or not, so it bounds what
      // we reckoned from both sides; a call that was alone gets exactly what the platform said.
      const { available } = reading;
      level = available === undefined ? reckoned : Math.min(Math.max(reckoned, available - settledSince), available);
      level = Math.min(size, level);
    },
    empty(retryAfterMs, now) {
      refill(now);
      level = Math.min(level, 0);
      closedUntil = Math.max(closedUntil, now + (retryAfterMs ?? 0));
    },
    fillMs: () => (rate > 0 ? (size / rate) * 1000 : Number.POSITIVE_INFINITY),
    state: () => ({ kind: 'refill', level, closedUntil, capacity: learnedSize, refillPerSecond: learnedRate }),
  };
}
