import type { Clock } from '@crossdock/core';

/** A sliding window: so many requests in any 60 seconds. A refused request does not count. */
export interface RequestLimit {
  /** Requests left after this one, or the seconds to wait when there is none. */
  take(): { readonly remaining: number } | { readonly retryAfterSeconds: number };
}

const windowMs = 60_000;

export function requestLimit(clock: Pick<Clock, 'now'>, perMinute: number): RequestLimit {
  let taken: number[] = [];
  return {
    take() {
      const now = clock.now();
      taken = taken.filter((at) => at > now - windowMs);
      const [oldest] = taken;
      if (taken.length >= perMinute && oldest !== undefined) {
        return { retryAfterSeconds: Math.max(1, Math.ceil((oldest + windowMs - now) / 1000)) };
      }
      taken.push(now);
      return { remaining: perMinute - taken.length };
    },
  };
}
