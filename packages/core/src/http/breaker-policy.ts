import type { ErrorCode } from '../errors/codes.ts';
import { isCommerceError } from '../errors/commerce-error.ts';
import { breaker, type Health } from '../policies/breaker.ts';
import type { Clock } from '../ports/clock.ts';
import { newAttempt, type AttemptedCall } from './attempt.ts';
import type { HttpPolicy, HttpReply, HttpSend } from './call.ts';
import type { BreakerOptions } from './options.ts';
import { callError, troubleOf } from './outcome.ts';

/** Refuses calls to a platform that does not work, until a probe went well. */
export function breakerPolicy(system: string, options: BreakerOptions, clock: Clock): HttpPolicy {
  const circuit = breaker({ clock, failures: options.failures ?? 10, coolDownMs: options.coolDownMs ?? 30_000 });
  return {
    name: 'breaker',
    async run<T>(call: AttemptedCall<T>, next: HttpSend): Promise<HttpReply<T>> {
      const entry = circuit.enter();
      if (entry.open) {
        throw callError(system, call, {
          code: 'circuit.open',
          message: `"${system}" was not asked for \`${call.operation}\`: it did not work for the calls before. It is tried again in ${entry.retryAfterMs} ms; see whether it is up.`,
          retryAfterMs: entry.retryAfterMs,
        });
      }
      let health: Health = 'unknown';
      const attempt = call.attempt ?? newAttempt();
      const attempted: AttemptedCall<T> = { ...call, attempt };
      try {
        const reply = await next(attempted);
        health = 'well';
        return reply;
      } catch (error) {
        // What was not signed, or had to wait for its allowance, says nothing of the platform.
        if (attempt.tried) health = healthOf(error);
        throw error;
      } finally {
        entry.report(health);
      }
    },
  };
}

const unwell: ReadonlySet<ErrorCode> = new Set(['network.unreachable', 'network.timeout', 'platform.unavailable']);
const neverThere: ReadonlySet<ErrorCode> = new Set(['call.aborted', 'options.invalid']);

/** A refusal is the word of a platform that works; only silence and its own "I am down" are not. */
function healthOf(error: unknown): Health {
  if (!isCommerceError(error)) return 'unknown';
  const { code } = troubleOf(error) ?? error;
  if (unwell.has(code)) return 'unwell';
  return neverThere.has(code) ? 'unknown' : 'well';
}
