import { CommerceError } from '../errors/commerce-error.ts';
import { places } from '../policies/places.ts';
import type { HttpCall, HttpPolicy, HttpReply, HttpSend } from './call.ts';
import { callError } from './outcome.ts';

/** Lets at most so many calls be away at one moment; the others wait in the order of their lanes. */
export function placesPolicy(system: string, most: number): HttpPolicy {
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new CommerceError({
      code: 'options.invalid',
      message: `The client of "${system}" was not made: simultaneousCalls wants a whole number above zero, got "${most}". Pass how many calls the system does at one moment, or leave it out.`,
      system,
    });
  }
  const free = places(most);
  return {
    name: 'places',
    async run<T>(call: HttpCall<T>, next: HttpSend): Promise<HttpReply<T>> {
      const leave = await free.take(call.lane ?? 'normal', call.signal).catch(() => {
        // Its caller's signal, whose reason may be anything, is all that refuses a place.
        throw callError(system, call, {
          code: 'call.aborted',
          message: `\`${call.operation}\` at "${system}" was stopped by its caller while ${most} other calls were under way; it was not sent. Call it again when it is wanted.`,
        });
      });
      try {
        return await next(call);
      } finally {
        leave();
      }
    },
  };
}
