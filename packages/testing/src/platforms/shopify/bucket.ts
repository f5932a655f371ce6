import type { TestClock } from '../../fake/clock.ts';

/** The plans a shop can be on. */
export type ShopPlan = 'standard' | 'advanced' | 'plus' | 'enterprise';

// shopify.dev, API limits, read 2026-11-23. The bucket holds 20 seconds of it: recorded for standard, reported for plus.
/** Points that come back every second, by plan. */
const restoreRates: Readonly<Record<ShopPlan, number>> = {
  standard: 100,
  advanced: 200,
  plus: 1000,
  enterprise: 2000,
};
const secondsHeld = 20;

/** What an answer says of the allowance. */
export type ThrottleStatus = {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
};

/** The leaky bucket of one app in one shop. */
export interface Bucket {
  /** Takes points when they are there. */
  take(points: number): boolean;
  /** Gives back what a call did not cost after all. */
  giveBack(points: number): void;
  /** Leaves so many points: somebody else took the rest. */
  leave(points: number): void;
  /** The platform may lower a shop's rate for a while; the bucket shrinks with it. */
  setRate(pointsPerSecond: number): void;
  readonly status: ThrottleStatus;
}

export function leakyBucket(clock: TestClock, plan: ShopPlan): Bucket {
  let rate = restoreRates[plan];
  let level = rate * secondsHeld;
  let readAt = clock.now();
  const fill = () => {
    const now = clock.now();
    level = Math.min(rate * secondsHeld, level + ((now - readAt) * rate) / 1000);
    readAt = now;
  };
  return {
    take(points) {
      fill();
      if (level < points) return false;
      level -= points;
      return true;
    },
    giveBack(points) {
      fill();
      level = Math.min(rate * secondsHeld, level + points);
    },
    leave(points) {
      fill();
      level = points;
    },
    setRate(pointsPerSecond) {
      fill();
      rate = pointsPerSecond;
      fill();
    },
    get status() {
      fill();
      return {
        maximumAvailable: rate * secondsHeld,
        currentlyAvailable: Math.max(0, Math.floor(level)),
        restoreRate: rate,
      };
    },
  };
}
