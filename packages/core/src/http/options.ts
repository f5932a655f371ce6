import type { BucketOptions } from '../policies/allowance.ts';
import type { Reading } from '../policies/bucket.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { Usage } from '../ports/usage.ts';
import type { Explain, HttpAnswer, HttpCall, HttpSend } from './call.ts';

export type { BucketOptions } from '../policies/allowance.ts';

/** What an answer says of an allowance; whatever it says and can be replaces what we reckoned. */
export interface BucketReading extends Reading {
  readonly name: string;
}

/** How often, and how fast, a call that may be repeated is repeated. */
export interface RetryOptions {
  /** Further attempts after the first. Default 4. */
  readonly retries?: number | undefined;
  /** First delay, doubled each time and spread by chance. Default 500. */
  readonly minDelayMs?: number | undefined;
  /** Longest delay; a longer `Retry-After` ends the attempts instead. Default 60 000. */
  readonly maxDelayMs?: number | undefined;
  /**
   * How many repeats all calls of the client together may make, so that a platform in trouble does not get a multiple of
   * its load. A call that finds the budget spent ends with its error, which says so in its details. `false`: no limit.
   */
  readonly budget?: RetryBudgetOptions | false | undefined;
}

/** How many requests may be repeats. Counted is what went out: what an open circuit or an allowance held back is free. */
export interface RetryBudgetOptions {
  /** Repeats for each first attempt of the last minute. Default 0.2. */
  readonly share?: number | undefined;
  /** Repeats in a minute besides. Default 30. */
  readonly perMinute?: number | undefined;
}

/** When calls to a system that only fails are no longer made, and for how long. */
export interface BreakerOptions {
  /**
   * Failures in a row that open the circuit. Default 10. Where processes share it, a process that only fails itself stops
   * by itself; all stop when so many calls failed in a row over all of them, unless those of another process went well
   * within the last cool down.
   */
  readonly failures?: number | undefined;
  /** How long it stays open before a call is let through to try. Default 30 000. */
  readonly coolDownMs?: number | undefined;
  /**
   * So many calls may try at a time then, over all processes that share the circuit, and so many have to go well before it
   * closes; one that does not opens it again, and another process has the next turn. Default 1.
   */
  readonly probes?: number | undefined;
}

/**
 * A limit that is learnt, for a system that does not say how many calls it does at one moment: one more where calls are
 * answered as fast as ever though all places are taken, one less where they are not, and half as many where it refuses
 * them (429), is not there (5xx) or does not answer in time.
 */
export interface LearntCalls {
  readonly most: number;
  /** With how many it begins. Default 2. */
  readonly start?: number | undefined;
}

/**
 * What a platform is like, for the client that speaks to it. With `shared`, all clients of the same `system` draw from the
 * same allowances and stop at the same circuit, in whatever process they are.
 */
export interface HttpClientOptions extends Runtime {
  /** The system's name in errors. */
  readonly system: string;
  /** Ends in a slash or not; paths are appended to it. One that no request can go to is refused as `options.invalid`. */
  readonly baseUrl: string;
  /** Runs for every attempt, last before the wire, so a token that was renewed is used. */
  readonly sign?: ((request: Request, call: HttpCall<unknown>) => Promise<Request> | Request) | undefined;
  readonly explain: Explain;
  /**
   * Finds the JSON in a body that is none as it stands, for a system that writes other things round it; `undefined` where
   * there is none. What it gives is what `explain` sees and what the answer is read from.
   */
  readonly jsonIn?: ((body: string) => unknown) | undefined;
  /** What an answer says of the allowances. */
  readonly learn?: ((answer: HttpAnswer, call: HttpCall<unknown>) => readonly BucketReading[]) | undefined;
  /**
   * Called once when an answer means `auth.expired`; after it resolves the call is signed and sent once more. Left out,
   * the error goes to the caller.
   */
  readonly renew?: (() => Promise<void>) | undefined;
  /** Longest wait for one attempt, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  readonly retry?: RetryOptions | false | undefined;
  readonly breaker?: BreakerOptions | false | undefined;
  /** Allowances by name. A call that names a bucket which is not here is refused as `options.invalid`. */
  readonly buckets?: Readonly<Record<string, BucketOptions>> | undefined;
  /**
   * Longest time for which an allowance may be shut, by a `Retry-After` or because it fills up so slowly, before calls no
   * longer wait for it, in milliseconds. They end as `platform.throttled` with `retryAfterMs`, at once, so that whoever
   * made them does something else meanwhile. A queue that moves is waited in for as long as it takes. Default 60 000.
   */
  readonly allowanceWaitMs?: number | undefined;
  /**
   * At most so many calls of this client are away at one moment, for a system that does so many at a time and refuses or
   * queues the rest; further ones wait, urgent before normal before bulk, for as long as it takes. A call that waits before
   * a repeat has no place meanwhile; one that waits for an allowance keeps it. What `sign` and `renew` send goes through
   * another client, or it would wait for the place of its own call. Nothing that a platform publishes is used up by it, so
   * it does not stand in `usage()`. Default: no limit.
   */
  readonly simultaneousCalls?: number | LearntCalls | undefined;
  /** Largest answer that is read, in bytes. Default 32 MiB. */
  readonly maxAnswerBytes?: number | undefined;
}

/** Speaks to one platform, under all of its policies. */
export interface HttpClient {
  readonly send: HttpSend;
  readonly usage: () => readonly Usage[];
}
