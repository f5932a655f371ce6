import { isCommerceError } from '../errors/commerce-error.ts';
import type { HttpCall, HttpPolicy, HttpReply, HttpSend } from './call.ts';

/** Renews expired credentials once and sends the call once more. Calls that expire together share one renewal. */
export function renewPolicy(renew: () => Promise<void>): HttpPolicy {
  let running: Promise<void> | undefined;
  let renewals = 0;

  function renewed(): Promise<void> {
    running ??= renewOnce();
    return running;
  }

  async function renewOnce(): Promise<void> {
    try {
      await renew();
      renewals++;
    } finally {
      running = undefined;
    }
  }

  return {
    name: 'renew',
    async run<T>(call: HttpCall<T>, next: HttpSend): Promise<HttpReply<T>> {
      const renewalsBefore = renewals;
      try {
        return await next(call);
      } catch (error) {
        if (!isCommerceError(error, 'auth.expired')) throw error;
        // Somebody renewed while this call was away: it was signed with what had been there before.
        if (renewals === renewalsBefore) await renewed();
        return next(call);
      }
    },
  };
}
