import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { learntLimit } from '../policies/learnt-limit.ts';
import { places } from '../policies/places.ts';
import type { Clock } from '../ports/clock.ts';
import { newAttempt, type Attempt, type AttemptedCall } from './attempt.ts';
import type { HttpPolicy, HttpReply, HttpSend } from './call.ts';
import type { LearntCalls } from './options.ts';
import { callError, troubleOf } from './outcome.ts';

/** Lets at most so many calls be away at one moment; the others wait in the order of their lanes. */
export function placesPolicy(system: string, calls: number | LearntCalls, clock: Pick<Clock, 'now'>): HttpPolicy {
  const { most, start = 2 } = typeof calls === 'number' ? { most: calls, start: calls } : calls;
  for (const number of [most, start]) {
    if (Number.isSafeInteger(number) && number >= 1) continue;
    throw new CommerceError({
      code: 'options.invalid',
      message: `The client of "${system}" was not made: simultaneousCalls wants a whole number above zero, got "${number}". Pass how many calls the system does at one moment, or leave it out.`,
      system,
    });
  }
  const limit = typeof calls === 'number' ? undefined : learntLimit({ start, most });
  const free = places(limit?.now() ?? most);
  return {
    name: 'places',
    async run<T>(call: AttemptedCall<T>, next: HttpSend): Promise<HttpReply<T>> {
      const leave = await free.take(call.lane ?? 'normal', call.signal).catch(() => {
        // Its caller's signal, whose reason may be anything, is all that refuses a place.
        throw callError(system, call, {
          code: 'call.aborted',
          message: `\`${call.operation}\` at "${system}" was stopped by its caller while other calls had all the places that there are (${limit?.now() ?? most}); it was not sent. Call it again when it is wanted.`,
        });
      });
      const attempt = call.attempt ?? newAttempt();
      const attempted: AttemptedCall<T> = { ...call, attempt };
      let trouble = false;
      try {
        return await next(attempted);
      } catch (error) {
        trouble = isTrouble(error);
        throw error;
      } finally {
        if (limit) learn(call, attempt, trouble);
        leave();
      }
    },
  };

  /** Before the place is given back, so that it is known whether all of them were taken. */
  function learn({ method, operation }: AttemptedCall<unknown>, { sentAt, tookMs }: Attempt, trouble: boolean): void {
    if (!limit || sentAt === undefined) return;
    if (trouble) limit.troubled({ sentAt, at: clock.now() });
    else if (tookMs !== undefined) {
      limit.answered({ kind: `${method} ${operation}`, sentAt, tookMs, isFull: free.isFull() });
    }
    free.resize(limit.now());
  }
}

/** What says that the system has more calls than it can do. */
function isTrouble(error: unknown): boolean {
  const trouble = isCommerceError(error) ? troubleOf(error) : undefined;
  return trouble !== undefined && overloaded.has(trouble.code);
}

const overloaded: ReadonlySet<string> = new Set(['platform.throttled', 'platform.unavailable', 'network.timeout']);
