import { isCommerceError, type CommerceError } from '../errors/commerce-error.ts';
import { retry } from '../policies/retry.ts';
import type { Clock, Random } from '../ports/clock.ts';
import { newAttempt, type AttemptedCall } from './attempt.ts';
import type { HttpCall, HttpPolicy, HttpReply, HttpSend } from './call.ts';
import type { RetryOptions } from './options.ts';
import { afterDoubt, callError, troubleOf } from './outcome.ts';

/** Repeats what may be repeated, and keeps in mind that an earlier attempt may have been carried out. */
export function retryPolicy(system: string, options: RetryOptions, clock: Clock, random: Random): HttpPolicy {
  const { retries = 4, minDelayMs = 500, maxDelayMs = 60_000 } = options;
  return {
    name: 'retry',
    async run<T>(call: HttpCall<T>, next: HttpSend): Promise<HttpReply<T>> {
      let doubt: CommerceError | undefined;
      let attempt = newAttempt();
      const send = (): Promise<HttpReply<T>> => {
        attempt = newAttempt();
        const attempted: AttemptedCall<T> = { ...call, attempt };
        return next(attempted);
      };
      try {
        return await retry(send, {
          clock,
          random,
          retries,
          minDelayMs,
          maxDelayMs,
          signal: call.signal,
          worthwhile(error) {
            if (!isCommerceError(error)) return false;
            // It has waited for its allowance as long as it may; whoever asked waits better.
            if (error.code === 'platform.throttled' && !attempt.tried) return false;
            if (error.code !== 'write.uncertain') return error.retryable;
            doubt = error;
            return call.safety === 'repeatable';
          },
          askedMs: (error) => (isCommerceError(error) ? (troubleOf(error)?.retryAfterMs ?? undefined) : undefined),
        });
      } catch (error) {
        const last = lastOf(error, system, call);
        throw doubt && isCommerceError(last) ? afterDoubt(last, doubt, attempt.refusal, system, call) : last;
      }
    },
  };
}

/** An abort during a wait arrives as the signal's own reason. */
function lastOf(error: unknown, system: string, call: HttpCall<unknown>): unknown {
  if (isCommerceError(error) || !call.signal?.aborted) return error;
  return callError(system, call, {
    code: 'call.aborted',
    message: `\`${call.operation}\` at "${system}" was stopped by its caller while it waited for another attempt. Call it again when it is wanted.`,
  });
}
