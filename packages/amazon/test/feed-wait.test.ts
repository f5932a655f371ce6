import type { ItemOutcome, StockUpdate } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { storeWithGoods } from './store.ts';

const updates: readonly StockUpdate[] = [
  { sku: 'TEE', available: 3 },
  { sku: 'MUG', available: 4 },
];
const key = { idempotencyKey: 'push-1' };
const codes = (outcomes: readonly ItemOutcome<StockUpdate>[]) =>
  outcomes.map((each) => (each.ok ? 'ok' : each.error.code));

describe.each(['getFeed', 'getFeedDocument', 'downloadDocument'])(
  'an answer of %s that cannot be read',
  (operation) => {
    it.each([{ kind: 'malformed' }, { kind: 'answer', status: 200, body: '{}' }] as const)(
      'ends no wait for a feed ($kind)',
      async (fault) => {
        const { store, fake } = storeWithGoods({ feedFrom: 1 });
        for (let time = 0; time < 3; time += 1) fake.faults.next(operation, fault);
        expect(codes(await store.inventory.push(updates, key))).toEqual(['ok', 'ok']);
        expect(fake.journal.of(operation).length).toBeGreaterThan(3);
      },
    );

    it('is not asked for longer than may be waited', async () => {
      const { store, fake, clock } = storeWithGoods({ feedFrom: 1, feedWaitMs: 300_000 });
      const begun = clock.now();
      fake.faults.always(operation, { kind: 'malformed' });
      expect(codes(await store.inventory.push(updates, key))).toEqual(['write.uncertain', 'write.uncertain']);
      expect(clock.now() - begun).toBeLessThan(600_000);
    });
  },
);

it('reads a report that is never readable a few times only', async () => {
  const { store, fake } = storeWithGoods({ feedFrom: 1 });
  fake.faults.always('downloadDocument', { kind: 'malformed' });
  expect(codes(await store.inventory.push(updates, key))).toEqual(['write.uncertain', 'write.uncertain']);
  expect(fake.journal.of('getFeedDocument').length).toBeLessThanOrEqual(10);
});

it('ends a wait for a report when its caller stops it', async () => {
  const { store, fake, clock } = storeWithGoods({ feedFrom: 1 });
  fake.faults.always('downloadDocument', { kind: 'malformed' });
  const caller = new AbortController();
  const pushed = store.inventory.push(updates, { ...key, signal: caller.signal });
  await clock.advance(200_000);
  expect(fake.journal.of('downloadDocument').length).toBeGreaterThan(0);
  caller.abort();
  expect(codes(await pushed)).toEqual(['write.uncertain', 'write.uncertain']);
});
