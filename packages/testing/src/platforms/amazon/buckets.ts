import type { Clock } from '@crossdock/core';
import type { AmazonPlan } from './rates.ts';

/** Token buckets, one a key. A bucket is full at first, and a refused request takes nothing. */
export interface AmazonBuckets {
  /** Takes one request out of the bucket of every key, or out of none of them. */
  take(wanted: readonly { readonly key: string; readonly plan: AmazonPlan }[]): boolean;
  /** How many requests are left under a key. */
  left(key: string, plan: AmazonPlan): number;
  /** Takes all but so many: another program of the same application used them. */
  leave(key: string, plan: AmazonPlan, requests: number): void;
}

type Bucket = { requests: number; at: number };

/** Makes the buckets of one region. */
export function amazonBuckets(clock: Pick<Clock, 'now'>): AmazonBuckets {
  const buckets = new Map<string, Bucket>();

  function filled(key: string, { rate, burst }: AmazonPlan): Bucket {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { requests: burst, at: now };
    bucket.requests = Math.min(burst, bucket.requests + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    buckets.set(key, bucket);
    return bucket;
  }

  return {
    take(wanted) {
      const found = wanted.map(({ key, plan }) => filled(key, plan));
      // A little less than one is one: the clock counts whole milliseconds.
      if (found.some(({ requests }) => requests < 1 - 1e-9)) return false;
      for (const bucket of found) bucket.requests = Math.max(0, bucket.requests - 1);
      return true;
    },
    left: (key, plan) => filled(key, plan).requests,
    leave(key, plan, requests) {
      const bucket = filled(key, plan);
      bucket.requests = Math.min(bucket.requests, requests);
    },
  };
}
