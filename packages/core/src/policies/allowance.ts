import * as z from 'zod';
import type { KeptBucket } from './bucket.ts';
import { refillBucket, refillStateSchema, type RefillBucketOptions } from './refill-bucket.ts';
import { windowBucket, windowStateSchema, type WindowBucketOptions } from './window-bucket.ts';

/**
 * A platform's allowance as it publishes it; answers may correct it. `refill`, the default, fills up at a steady rate to
 * its capacity (token, leaky and cost buckets). `sliding-window` allows its capacity in any stretch of `windowMs`.
 */
export type BucketOptions =
  | ({ readonly kind?: 'refill' | undefined } & RefillBucketOptions)
  | ({ readonly kind: 'sliding-window' } & WindowBucketOptions);

/** What is kept of an allowance of either kind. */
export const bucketStateSchema = z.discriminatedUnion('kind', [refillStateSchema, windowStateSchema]);
export type BucketState = z.infer<typeof bucketStateSchema>;

/** A full bucket, as a program that knows of no call before has to begin. */
export function fullBucket(options: BucketOptions): KeptBucket<BucketState> {
  return options.kind === 'sliding-window' ? windowBucket(options) : refillBucket(options);
}

/** The bucket that was kept at a moment. One of the other kind is no state of this allowance: `undefined`. */
export function keptBucket(
  options: BucketOptions,
  state: BucketState,
  at: number,
): KeptBucket<BucketState> | undefined {
  if (options.kind === 'sliding-window') {
    return state.kind === 'sliding-window' ? windowBucket(options, state, at) : undefined;
  }
  return state.kind === 'refill' ? refillBucket(options, state, at) : undefined;
}

/** A bucket in which nothing is left, where nothing is known of the calls before. */
export function emptyBucket(options: BucketOptions, at: number): KeptBucket<BucketState> {
  const bucket = fullBucket(options);
  bucket.empty(undefined, at);
  return bucket;
}
