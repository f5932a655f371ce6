import type { CommerceError } from '../errors/commerce-error.ts';
import type { BucketReading } from './options.ts';
import type { HttpCall } from './call.ts';

/** What the wire tells the policies of one attempt, whether it ends well or badly. */
export interface Attempt {
  /** Whether the request was handed to `fetch`. */
  tried: boolean;
  /** Whether anything can have reached the platform. */
  sent: boolean;
  /** When it was handed to `fetch`, by the client's clock, and how long its answer took to be there. */
  sentAt: number | undefined;
  tookMs: number | undefined;
  /** The refusal that `explain` read in the answer. What only a status means is none: a proxy answers with it too. */
  refusal: CommerceError | undefined;
  /** What the answer said of the allowances. */
  readings: readonly BucketReading[];
}

/** A call with the attempt that is being made of it. Policies add it and the wire fills it in. */
export interface AttemptedCall<T> extends HttpCall<T> {
  readonly attempt?: Attempt;
}

/** An attempt of which nothing has happened yet. */
export function newAttempt(): Attempt {
  return { tried: false, sent: false, sentAt: undefined, tookMs: undefined, refusal: undefined, readings: [] };
}
