import { isCommerceError } from '../errors/commerce-error.ts';
import { fullBucket, type BucketOptions } from '../policies/allowance.ts';
import { sharedThrottle } from '../policies/shared-throttle.ts';
import { throttle, type Reservation, type Throttle } from '../policies/throttle.ts';
import type { Clock } from '../ports/clock.ts';
import type { SharedStore } from '../ports/stores.ts';
import type { Usage } from '../ports/usage.ts';
import { newAttempt, type Attempt, type AttemptedCall } from './attempt.ts';
import type { HttpCall, HttpPolicy, HttpReply, HttpSend } from './call.ts';
import { callError } from './outcome.ts';

/**
 * Makes calls wait for their share of the platform's allowances, and learns from its answers how much is left. With
 * `shared`, all processes that name the system alike draw from the same ones.
 */
export function throttlePolicy(
  system: string,
  buckets: Readonly<Record<string, BucketOptions>>,
  longestWaitMs: number,
  { clock, shared }: { readonly clock: Clock; readonly shared: SharedStore | undefined },
): HttpPolicy & { readonly usage: () => readonly Usage[] } {
  const throttleOf = (name: string, bucket: BucketOptions): Throttle =>
    shared
      ? sharedThrottle({ shared, name: `${system}/bucket/${name}`, bucket, clock, longestWaitMs })
      : throttle(fullBucket(bucket), clock, longestWaitMs);
  const throttles = new Map(Object.entries(buckets).map(([name, bucket]) => [name, throttleOf(name, bucket)]));

  async function reserve(call: HttpCall<unknown>): Promise<Reservation | undefined> {
    if (!call.bucket) return undefined;
    const { name, cost } = call.bucket;
    const own = throttles.get(name);
    if (!own || !(cost >= 0)) {
      throw callError(system, call, {
        code: 'options.invalid',
        message: `"${system}" was not asked for \`${call.operation}\`: it draws ${cost} from the allowance "${name}", and the client has ${named(throttles)}. Name one of them, and a cost of 0 or more.`,
      });
    }
    try {
      return await own.reserve(cost, call.lane ?? 'normal', call.signal);
    } catch (error) {
      if (!call.signal?.aborted && isCommerceError(error, 'allowance.unknown')) {
        throw callError(system, call, {
          code: 'allowance.unknown',
          message: `"${system}" was not asked for \`${call.operation}\`: how much is left of its allowance "${name}" is not known. ${error.message}`,
          cause: error.cause,
        });
      }
      if (!call.signal?.aborted && isCommerceError(error, 'platform.throttled')) {
        throw callError(system, call, {
          code: 'platform.throttled',
          message: `"${system}" was not asked for \`${call.operation}\`: its allowance "${name}" is shut for more than ${longestWaitMs} ms. Try again when it is open; until then every call ends so.`,
          retryAfterMs: error.retryAfterMs,
        });
      }
      // Else it is refused by its caller's signal, whose reason may be anything.
      throw callError(system, call, {
        code: 'call.aborted',
        message: `\`${call.operation}\` at "${system}" was stopped by its caller while it waited for the allowance "${name}"; it was not sent. Call it again when it is wanted.`,
      });
    }
  }

  function learn({ readings }: Attempt, call: HttpCall<unknown>): void {
    for (const reading of readings) if (reading.name !== call.bucket?.name) throttles.get(reading.name)?.learn(reading);
  }

  return {
    name: 'throttle',
    usage: () => [...throttles].map(([bucket, own]) => ({ bucket, ...own.usage() })),
    async run<T>(call: AttemptedCall<T>, next: HttpSend): Promise<HttpReply<T>> {
      const reservation = await reserve(call);
      // Its own, because a renewal sends one attempt of the caller's twice.
      const attempt = newAttempt();
      let retryAfterMs: number | undefined;
      let wasRefused = false;
      try {
        const attempted: AttemptedCall<T> = { ...call, attempt };
        return await next(attempted);
      } catch (error) {
        wasRefused = isCommerceError(error, 'platform.throttled');
        if (wasRefused && isCommerceError(error)) ({ retryAfterMs } = error);
        throw error;
      } finally {
        if (call.attempt) tell(call.attempt, attempt);
        learn(attempt, call);
        if (!attempt.sent) reservation?.giveBack();
        else if (wasRefused) reservation?.refused(retryAfterMs);
        else reservation?.settle(attempt.readings.find(({ name }) => name === call.bucket?.name));
      }
    },
  };
}

/** Lets whoever counts attempts further out know of this one. */
function tell(outer: Attempt, { tried, sent, sentAt, tookMs, refusal }: Attempt): void {
  outer.tried ||= tried;
  outer.sent ||= sent;
  outer.sentAt = sentAt;
  outer.tookMs = tookMs;
  outer.refusal = refusal;
}

function named(throttles: ReadonlyMap<string, Throttle>): string {
  return throttles.size === 0 ? 'none' : [...throttles.keys()].map((name) => `"${name}"`).join(', ');
}
