import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';
import { retry } from '../policies/retry.ts';
import { retryBudget, type RetryBudget } from '../policies/retry-budget.ts';
import type { Clock, Random } from '../ports/clock.ts';
import { newAttempt, type AttemptedCall } from './attempt.ts';
import type { HttpCall, HttpPolicy, HttpReply, HttpSend } from './call.ts';
import type { RetryOptions } from './options.ts';
import { afterDoubt, callError, troubleOf } from './outcome.ts';

/** Repeats what may be repeated, and keeps in mind that an earlier attempt may have been carried out. */
export function retryPolicy(system: string, options: RetryOptions, clock: Clock, random: Random): HttpPolicy {
  const { retries = 4, minDelayMs = 500, maxDelayMs = 60_000 } = options;
  const budget = budgetOf(options, clock);
  return {
    name: 'retry',
    async run<T>(call: HttpCall<T>, next: HttpSend): Promise<HttpReply<T>> {
      let doubt: CommerceError | undefined;
      let attempt = newAttempt();
      let isRepeat = false;
      let isTaken = false;
      let isSpent = false;
      let isStopped = false;
      /** Whoever asked looks whether a repeat is still wanted, and says why not. */
      const lookFirst = async () => {
        isStopped = true;
        await call.beforeRepeat?.();
        isStopped = false;
      };
      const send = async (): Promise<HttpReply<T>> => {
        attempt = newAttempt();
        const attempted: AttemptedCall<T> = { ...call, attempt };
        try {
          if (doubt) await lookFirst();
          return await next(attempted);
        } finally {
          if (!isRepeat && attempt.tried) budget?.sent();
          if (attempt.tried) isTaken = false;
          giveBack();
        }
      };
      /** What was taken for a repeat that did not go out. */
      const giveBack = () => {
        if (isTaken) budget?.giveBack();
        isTaken = false;
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
            if (isStopped || !isCommerceError(error)) return false;
            // It has waited for its allowance as long as it may; whoever asked waits better.
            if (error.code === 'platform.throttled' && !attempt.tried) return false;
            // Nor is an outage waited for here: a worker does what is for other systems meanwhile.
            if (error.code === 'circuit.open') return false;
            if (error.code !== 'write.uncertain') return error.retryable;
            doubt = error;
            return call.safety === 'repeatable';
          },
          mayRepeat() {
            isRepeat = true;
            isTaken = budget?.take() ?? false;
            isSpent = budget !== undefined && !isTaken;
            return !isSpent;
          },
          askedMs: (error) => (isCommerceError(error) ? (troubleOf(error)?.retryAfterMs ?? undefined) : undefined),
        });
      } catch (error) {
        giveBack();
        const last = lastOf(error, system, call);
        const end =
          doubt && isCommerceError(last)
            ? afterDoubt(last, doubt, isStopped ? undefined : attempt.refusal, system, call)
            : last;
        throw isSpent && isCommerceError(end) ? withoutRepeat(end) : end;
      }
    },
  };
}

function budgetOf({ budget = {} }: RetryOptions, clock: Clock): RetryBudget | undefined {
  if (budget === false) return undefined;
  const { share = 0.2, perMinute = 30 } = budget;
  return retryBudget({ clock, share, perMinute });
}

/** The same error, with the word that it would have been repeated had there been less trouble before it. */
function withoutRepeat(error: CommerceError): CommerceError {
  const { code, message, system, operation, refs, retryAfterMs, details, cause } = error;
  return new CommerceError({
    code,
    message,
    system,
    operation,
    refs,
    retryAfterMs,
    details: { ...objectIn(details), retryBudget: 'spent' },
    cause,
  });
}

/** Errors of calls have an object there, or nothing. */
function objectIn(details: Json): Readonly<Record<string, Json>> {
  const isObject = typeof details === 'object' && details !== null && !Array.isArray(details);
  return isObject ? (details as Readonly<Record<string, Json>>) : {};
}

/** An abort during a wait arrives as the signal's own reason. */
function lastOf(error: unknown, system: string, call: HttpCall<unknown>): unknown {
  if (isCommerceError(error) || !call.signal?.aborted) return error;
  return callError(system, call, {
    code: 'call.aborted',
    message: `\`${call.operation}\` at "${system}" was stopped by its caller while it waited for another attempt. Call it again when it is wanted.`,
  });
}
