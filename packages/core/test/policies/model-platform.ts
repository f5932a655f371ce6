/** A platform's own bookkeeping of an allowance, as a second opinion on ours. Costs in whole units, time in milliseconds. */
export interface ModelPlatform {
  /** Counts a call that arrives now, or refuses it. */
  arrive(cost: number, now: number): boolean;
  available(now: number): number;
}

/** Fills up steadily. Counts in thousandths, so that it never rounds. */
export function refillingPlatform(capacity: number, refillPerSecond: number): ModelPlatform {
  let level = capacity * 1000;
  let at = 0;
  const refill = (now: number) => {
    level = Math.min(capacity * 1000, level + (now - at) * refillPerSecond);
    at = now;
  };
  return {
    arrive(cost, now) {
      refill(now);
      if (level < cost * 1000) return false;
      level -= cost * 1000;
      return true;
    },
    available(now) {
      refill(now);
      return Math.floor(level / 1000);
    },
  };
}

/** Looks back over a window. */
export function windowPlatform(capacity: number, windowMs: number): ModelPlatform {
  let seen: { at: number; cost: number }[] = [];
  const used = (now: number) => {
    seen = seen.filter(({ at }) => at > now - windowMs);
    return seen.reduce((sum, { cost }) => sum + cost, 0);
  };
  return {
    arrive(cost, now) {
      if (used(now) + cost > capacity) return false;
      seen.push({ at: now, cost });
      return true;
    },
    available: (now) => capacity - used(now),
  };
}
