/**
 * What an answer says of an allowance, in the allowance's own unit. Whatever it says replaces what we reckoned, unless it
 * cannot be: what is no finite number, is negative, or leaves no capacity or no refill at all is passed over.
 */
export interface Reading {
  readonly available?: number | undefined;
  readonly capacity?: number | undefined;
  readonly refillPerSecond?: number | undefined;
  /** What the call really cost, when the platform charges less than was reserved. */
  readonly spent?: number | undefined;
}

/**
 * What we know of a platform's allowance without asking it. All of it is a lower bound: a platform counts a call at some
 * moment between our send and its answer, and we take the worst of these moments, so a call that is let through fits.
 */
export interface Bucket {
  /** Milliseconds until `cost` fits beside `outstanding`; `Infinity` while only an answer can make room. */
  waitMs(cost: number, outstanding: number, now: number): number;
  /**
   * An answered call of `spent`. `settledSince` was spent by calls that were answered while this one was away,
   * `outstanding` is of those that are still away.
   */
  settle(spent: number, reading: Reading, settledSince: number, now: number, outstanding: number): void;
  /** The platform said "too many": nothing is left for as long as it said. */
  empty(retryAfterMs: number | undefined, now: number): void;
}

/** A bucket whose state can be kept elsewhere, between one process's look at it and the next. */
export interface KeptBucket<S> extends Bucket {
  /** What is known of it now; a bucket made of it and of the moment goes on from there. */
  state(): S;
  /** Milliseconds in which it fills up when nobody draws from it. */
  fillMs(): number;
}
