import type { ErrorCode } from '../errors/codes.ts';
import { isCommerceError } from '../errors/commerce-error.ts';
import { breaker } from '../policies/breaker.ts';
import type { Health } from '../policies/circuit.ts';
import { sharedBreaker } from '../policies/shared-breaker.ts';
import type { Clock } from '../ports/clock.ts';
import type { SharedStore } from '../ports/stores.ts';
import { newAttempt, type AttemptedCall } from './attempt.ts';
import type { HttpPolicy, HttpReply, HttpSend } from './call.ts';
import type { BreakerOptions } from './options.ts';
import { callError, troubleOf } from './outcome.ts';

/**
 * Refuses calls to a platform that does not work, until its probes went well. With `shared`, for all processes together,
 * or only for the one that does not get there while the others do.
 */
export function breakerPolicy(
  system: string,
  options: BreakerOptions,
  { clock, shared }: { readonly clock: Clock; readonly shared: SharedStore | undefined },
): HttpPolicy {
  const { failures = 10, coolDownMs = 30_000, probes = 1 } = options;
  const settings = { clock, failures, coolDownMs, probes };
  const circuit = shared ? sharedBreaker({ ...settings, shared, name: `${system}/breaker` }) : breaker(settings);
  return {
    name: 'breaker',
    async run<T>(call: AttemptedCall<T>, next: HttpSend): Promise<HttpReply<T>> {
      const entering = circuit.enter();
      const entry = entering instanceof Promise ? await entering : entering;
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
        const told = entry.report(health);
        if (told) await told;
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
