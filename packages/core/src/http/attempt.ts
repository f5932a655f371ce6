import type { BucketReading } from './options.ts';
import type { HttpCall } from './call.ts';

/** What the wire tells the policies of one attempt, whether it ends well or badly. */
export interface Attempt {
  /** Whether anything can have reached the platform. */
  sent: boolean;
  /** What the answer said of the allowances. */
  readings: readonly BucketReading[];
}

/** A call with the attempt that is being made of it. The throttle adds it and the wire fills it in. */
export interface AttemptedCall<T> extends HttpCall<T> {
  readonly attempt?: Attempt;
}
