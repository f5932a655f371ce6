import { CommerceError, idempotentWrite, type Clock, type IdempotencyStore } from '@crossdock/core';
import * as z from 'zod';

/** A stock level that is set by a platform which honours a key for a day. */
export function stockWrite(store: IdempotencyStore) {
  const sent: string[] = [];
  const write = (clock: Clock, answer: 'set' | 'no answer') =>
    idempotentWrite({
      store,
      clock,
      key: 'stock-1',
      request: { sku: 'TEE' },
      leaseMs: 60_000,
      result: z.string(),
      afterDoubt: 'send',
      validForMs: 86_400_000,
      async send() {
        sent.push('TEE');
        if (answer === 'no answer') throw new CommerceError({ code: 'write.uncertain', message: 'No answer.' });
        return answer;
      },
    });
  return { write, sent };
}
