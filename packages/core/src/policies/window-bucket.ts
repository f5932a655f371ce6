import * as z from 'zod';
import type { KeptBucket } from './bucket.ts';

/** An allowance for any stretch of time, in the unit in which the platform counts. */
export interface WindowBucketOptions {
  /** How much fits in any stretch of `windowMs`. */
  readonly capacity: number;
  readonly windowMs: number;
}

/** What is known of such an allowance at one moment. The published capacity is not in it, only what answers said instead. */
export const windowStateSchema = z.object({
  kind: z.literal('sliding-window'),
  /** Moment and amount of what was counted, oldest first. */
  entries: z.array(z.tuple([z.number(), z.number().positive()])),
  closedUntil: z.number(),
  capacity: z.number().positive().optional(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

/** Into so many parts of its window is divided what is kept: the state stays small, and a call counts up to 1 % longer. */
const keptParts = 100;

/**
 * An allowance for any stretch of time: the platform looks back over `windowMs` and counts. A call is remembered from
 * its answer on, the latest moment at which it can have been counted, and forgotten when that moment is out of sight.
 */
export function windowBucket(
  { capacity, windowMs }: WindowBucketOptions,
  kept?: WindowState,
  keptAt = 0,
): KeptBucket<WindowState> {
  let learnedSize = kept?.capacity;
  let size = learnedSize ?? capacity;
  let closedUntil = kept?.closedUntil ?? 0;
  let seenAt = keptAt;
  let entries = (kept?.entries ?? []).map(([at, amount]) => ({ at, amount }));
  let counted = entries.reduce((sum, { amount }) => sum + amount, 0);

  function forget(now: number): void {
    // A clock that was set back: everything stays as long ago as it was.
    if (now < seenAt) {
      const back = seenAt - now;
      closedUntil -= back;
      for (const entry of entries) entry.at -= back;
    }
    seenAt = now;
    const first = entries.findIndex(({ at }) => at > now - windowMs);
    const gone = first === -1 ? entries.length : first;
    for (const { amount } of entries.slice(0, gone)) counted -= amount;
    if (gone > 0) entries = entries.slice(gone);
  }

  function count(at: number, amount: number): void {
    if (amount <= 0) return;
    entries.push({ at, amount });
    counted += amount;
  }

  function uncount(amount: number): void {
    let rest = Math.max(0, amount);
    for (const entry of entries) {
      const part = Math.min(rest, entry.amount);
      entry.amount -= part;
      counted -= part;
      rest -= part;
    }
  }

  return {
    waitMs(cost, outstanding, now) {
      forget(now);
      const closedMs = Math.max(0, closedUntil - now);
      let missing = Math.min(cost, size) + outstanding + counted - size;
      if (missing <= 0) return closedMs;
      for (const { at, amount } of entries) {
        missing -= amount;
        if (missing <= 0) return Math.max(closedMs, at + windowMs - now);
      }
      return Number.POSITIVE_INFINITY;
    },
    settle(spent, reading, settledSince, now, outstanding) {
      forget(now);
      learnedSize = reading.capacity ?? learnedSize;
      size = learnedSize ?? size;
      count(now, spent);
      if (reading.available === undefined) return;
      // The number is from the moment this call was counted. Calls answered since, or still away, may be in it or not:
      // only what is left over either way is somebody else's use, or ours that the platform has forgotten already.
      const seen = size - reading.available;
      uncount(counted - seen - settledSince);
      count(now, seen - counted - outstanding);
    },
    empty(retryAfterMs, now) {
      forget(now);
      if (retryAfterMs === undefined) count(now, size - counted);
      else closedUntil = Math.max(closedUntil, now + retryAfterMs);
    },
    fillMs: () => windowMs,
    state: () => ({
      kind: 'sliding-window',
      entries: inParts(entries, Math.max(1, Math.floor(windowMs / keptParts))),
      closedUntil,
      capacity: learnedSize,
    }),
  };
}

/** What was counted in one part of the window together, at the end of the part: later than it was, never earlier. */
function inParts(entries: readonly { at: number; amount: number }[], partMs: number): [number, number][] {
  const parts = new Map<number, number>();
  for (const { at, amount } of entries) {
    const end = Math.ceil(at / partMs) * partMs;
    if (amount > 0) parts.set(end, (parts.get(end) ?? 0) + amount);
  }
  return [...parts];
}
