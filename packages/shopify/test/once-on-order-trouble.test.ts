import { isCommerceError, money, type ReturnReceipt } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { refOf, shopWithGoods } from './shop.ts';
import { seeded, troubled } from './troubled-line.ts';

const odds = { busy: 0.14, never: 0.2, unanswered: 0.26, late: 0.32 };

describe('several processes with wrong clocks, over a line on which everything happens', () => {
  it.each(Array.from({ length: 12 }, (_, index) => index + 1))('write once for every key (seed %d)', async (seed) => {
    const world = shopWithGoods();
    const { state, clock, connect } = world;
    const chance = seeded(seed);
    const placed = world.place({ payments: [{ kind: 'authorization', multiCapturable: true }] });
    state.shipOrder(placed.id);
    const [authorization] = state.transactionsOf(placed.id);
    const opened = state.openReturn(placed.id, { lines: [{ sku: 'TEE', quantity: 2 }] });
    const capture = { order: refOf(placed.id), authorization: authorization?.id ?? '', amount: money('10.00', 'USD') };
    const back = { number: 'RMA', order: refOf(placed.id), lines: [{ id: '1', sku: 'MUG', quantity: 1 }] };
    const receipt: ReturnReceipt = {
      return: { system: 'shopify', kind: 'return', id: opened.id },
      lines: [{ sku: 'TEE', received: 1, condition: 'sellable', disposition: 'restock' }],
      receivedAt: '2026-11-02T10:00:00Z',
    };
    let tries = 0;
    const results = new Map<string, Set<string>>();
    /** As a job that is repeated until it is done. */
    const made = async (name: string, write: () => Promise<{ readonly id: string }>): Promise<void> => {
      for (;;) {
        tries += 1;
        try {
          const { id } = await write();
          results.set(name, (results.get(name) ?? new Set()).add(id));
          return;
        } catch (error) {
          if (!isCommerceError(error)) throw error;
          await clock.sleep(5000 + chance() * 60_000);
        }
      }
    };
    await Promise.all(
      [0, 61_000, -7_200_000].map(async (wrongMs) => {
        const wrong = { ...clock, now: () => clock.now() + wrongMs, elapsed: () => clock.now() };
        const fetch = troubled(world, chance, () => tries > 150, odds);
        const shop = connect({ fetch, clock: wrong, random: chance });
        await made('capture', () => shop.payments.capture(capture, { idempotencyKey: 'one' }));
        await made('create', () => shop.returns.create(back, { idempotencyKey: `create of ${wrongMs}` }));
        await made('confirm', () => shop.returns.confirm(receipt, { idempotencyKey: 'one' }));
        await made('same again', () => shop.payments.capture(capture, { idempotencyKey: 'two' }));
      }),
    );
    // What is on its way still arrives.
    await clock.advance(120_000);
    const captured = state.transactionsOf(placed.id).filter(({ kind }) => kind === 'CAPTURE');
    expect(captured.map(({ amount }) => amount)).toEqual(['10.00', '10.00']);
    expect([...results].map(([name, ids]) => [name, ids.size])).toEqual([
      ['capture', 1],
      ['create', 1],
      ['confirm', 1],
      ['same again', 1],
    ]);
    expect(new Set([...(results.get('capture') ?? []), ...(results.get('same again') ?? [])]).size).toBe(2);
    const returns = state.returnsOf(placed.id);
    expect(returns).toHaveLength(2);
    expect(returns.find(({ id }) => id === opened.id)?.lines[0]?.processed).toBe(1);
  });
});
