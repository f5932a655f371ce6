import { describe, expect, it } from 'vitest';
import { placed } from '../flows/shop.ts';
import { startWorker } from './child.ts';
import { ledgerServer } from './ledger-server.ts';
import { openStores, type Place } from './place.ts';
import { receiveOrder } from './receive-order.ts';

const leaseMs = 300;
const run = `place-order/${placed('1').id}`;

/** Kills a worker between the key that it stored and the answer to its request, and lets another one go on. */
export function describeKilledWrite(name: string, { newPlace }: { readonly newPlace: () => Promise<Place> | Place }) {
  describe(`a write on ${name} whose process is killed`, () => {
    it.each([
      ['after its key was stored and before its request was sent', false, 1],
      ['after its request was sent and before it was answered', true, 2],
    ])(
      '%s happens once, under the same key',
      async (_, isSent, requests) => {
        const place = await newPlace();
        await receiveOrder(place);
        const ledger = await ledgerServer({ hold: isSent });
        const first = startWorker({ place, erp: ledger.url, leaseMs, ...(isSent ? {} : { dieAt: 'signing' }) });
        try {
          if (isSent) {
            await ledger.held;
            first.signal('SIGKILL');
          }
          // Killed, and not ended.
          expect(await first.ended).toBeNull();
          expect(ledger.requests).toHaveLength(isSent ? 1 : 0);
          const { key = '' } = await first.says('key');
          const left = await openStores(place);
          // Its lease may hold yet.
          expect(await left.idempotency.peek(String(key))).toMatchObject({
            state: expect.stringMatching('running|uncertain') as unknown,
          });
          expect((await left.runs.steps(run)).has('create')).toBe(false);
          await left.close();

          const second = startWorker({ place, erp: ledger.url, leaseMs });
          expect(await second.says('finished')).toEqual({ finished: 2 });
          expect(await second.ended).toBe(0);

          expect(ledger.requests).toEqual(Array.from({ length: requests }, () => key));
          expect([...ledger.orders.values()]).toEqual(['S-1']);
          const stores = await openStores(place);
          const made = { system: 'erp', kind: 'order', id: 'S-1' };
          expect(await stores.idempotency.peek(String(key))).toEqual({ state: 'done', result: made });
          expect((await stores.runs.steps(run)).get('create')).toEqual(made);
          expect(await stores.runs.get(run)).toMatchObject({ state: 'done' });
          await stores.close();
        } finally {
          first.signal('SIGKILL');
          await ledger.close();
        }
      },
      60_000,
    );
  });
}
