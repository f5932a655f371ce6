import type { Connector, ItemOutcome, StockUpdate } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import type { AmazonPorts } from '../src/connector.ts';
import { verdictOn } from '../src/inventory-figure.ts';
import { storeWithGoods } from './store.ts';

const appliedMs = 60_000;

async function push(store: Connector<AmazonPorts>, update: StockUpdate): Promise<string> {
  const [outcome] = await store.inventory.push([update], { idempotencyKey: JSON.stringify(update) });
  return codeOf(outcome);
}

function codeOf(outcome: ItemOutcome<StockUpdate> | undefined): string {
  return outcome === undefined ? 'none' : outcome.ok ? 'ok' : outcome.error.code;
}

async function available(store: Connector<AmazonPorts>): Promise<number | undefined> {
  return (await store.inventory.get(['TEE']))[0]?.available;
}

/** A tee that nobody may buy, and a raise to ten that buyers do not see yet. */
async function withRaiseOnItsWay() {
  const made = storeWithGoods({}, { listingDelayMs: 10_000 });
  expect(await push(made.store, { sku: 'TEE', available: 0 })).toBe('ok');
  await made.clock.advance(appliedMs);
  expect(await push(made.store, { sku: 'TEE', available: 10, expected: 0 })).toBe('ok');
  expect(made.state.listing('TEE').quantity).toBe(0);
  return made;
}

describe('a number that is on its way', () => {
  it.each([0, 5])('is replaced by %d for a caller who expects it, in the end too', async (left) => {
    const { store, state, clock } = await withRaiseOnItsWay();
    expect(await push(store, { sku: 'TEE', available: left, expected: 10 })).toBe('ok');
    await clock.advance(appliedMs);
    expect(state.listing('TEE').quantity).toBe(left);
  });

  it('goes up further once it was seen, and not before', async () => {
    const { store, state, clock } = await withRaiseOnItsWay();
    expect(await push(store, { sku: 'TEE', available: 20, expected: 10 })).toBe('stock.stale');
    await clock.advance(appliedMs);
    expect(await push(store, { sku: 'TEE', available: 20, expected: 10 })).toBe('ok');
    await clock.advance(appliedMs);
    expect(state.listing('TEE').quantity).toBe(20);
  });

  it.each([10, 11])(
    'is not raised to %d where it arrived unseen and was sold down to what was shown before',
    async (more) => {
      const { store, state, place, clock } = await withRaiseOnItsWay();
      await clock.advance(appliedMs);
      place({ lines: [{ sku: 'TEE', title: 'Tee', quantity: 10, unitPrice: '10.00' }] });
      expect(await push(store, { sku: 'TEE', available: more, expected: 10 })).toBe('stock.stale');
      await clock.advance(appliedMs);
      expect(state.listing('TEE').quantity).toBe(0);
    },
  );

  it('is lowered by another process too, down to what is shown', async () => {
    const { connect, state, clock } = await withRaiseOnItsWay();
    expect(await push(connect(), { sku: 'TEE', available: 0, expected: 10 })).toBe('ok');
    await clock.advance(appliedMs);
    expect(state.listing('TEE').quantity).toBe(0);
  });

  it('is what a caller is told who looks before they push, so that it comes down', async () => {
    const { store, state, clock } = await withRaiseOnItsWay();
    const expected = await available(store);
    expect(expected).toBe(10);
    expect(await push(store, { sku: 'TEE', available: 0, expected })).toBe('ok');
    await clock.advance(appliedMs);
    expect(state.listing('TEE').quantity).toBe(0);
  });

  it('is told while a second one follows it', async () => {
    const { store, state, clock } = await withRaiseOnItsWay();
    await clock.advance(5000);
    await push(store, { sku: 'TEE', available: 20, expected: 0 });
    expect(await available(store)).toBe(20);
    await clock.advance(6000);
    expect([state.listing('TEE').quantity, await available(store)]).toEqual([10, 20]);
    await clock.advance(appliedMs);
    expect([state.listing('TEE').quantity, await available(store)]).toEqual([20, 20]);
  });

  it('is seen where it is lower, by every process, and no old number goes over it', async () => {
    const { store, connect, state, clock } = storeWithGoods();
    await push(store, { sku: 'TEE', available: 0 });
    const other = connect();
    expect(await available(other)).toBe(0);
    expect(await push(other, { sku: 'TEE', available: 120, expected: 100 })).toBe('stock.stale');
    expect(await push(other, { sku: 'TEE', available: 100, expected: 90 })).toBe('stock.stale');
    await clock.advance(appliedMs);
    expect(state.listing('TEE').quantity).toBe(0);
  });
});

async function afterSale() {
  const made = storeWithGoods();
  await push(made.store, { sku: 'TEE', available: 10 });
  await made.clock.advance(appliedMs);
  made.place({ lines: [{ sku: 'TEE', title: 'Tee', quantity: 3, unitPrice: '10.00' }] });
  return made;
}

describe('a sale', () => {
  it('is what buyers see, whatever was submitted before', async () => {
    const { store, connect } = await afterSale();
    expect([await available(store), await available(connect())]).toEqual([7, 7]);
  });

  it('is not undone by who does not know of it', async () => {
    const { store, connect, state, clock } = await afterSale();
    for (const process of [store, connect()]) {
      expect(await push(process, { sku: 'TEE', available: 12, expected: 10 })).toBe('stock.stale');
      expect(await push(process, { sku: 'TEE', available: 10, expected: 100 })).toBe('stock.stale');
    }
    await clock.advance(appliedMs);
    expect(state.listing('TEE').quantity).toBe(7);
  });

  it('is made good by who knows of it', async () => {
    const { store, state, clock } = await afterSale();
    expect(await push(store, { sku: 'TEE', available: 10, expected: 7 })).toBe('ok');
    await clock.advance(appliedMs);
    expect(state.listing('TEE').quantity).toBe(10);
  });
});

it('lets nobody raise a figure in doubt who does not know the lower number', () => {
  const numbers = [0, 1, 2, 3];
  const cases = numbers.flatMap((shown) =>
    numbers.flatMap((submitted) =>
      numbers.flatMap((expected) =>
        numbers.map((wanted) => ({ shown, submitted, expected, wanted, lower: Math.min(shown, submitted) })),
      ),
    ),
  );
  const saying = (word: string) =>
    cases.filter(
      ({ wanted, expected, ...figure }) => verdictOn(figure, { available: wanted, expected, isComing: false }) === word,
    );
  const raising = saying('write').filter(({ wanted, lower }) => wanted > lower);
  expect(raising.filter(({ expected, lower }) => expected !== lower)).toEqual([]);
  const there = saying('ok');
  expect(there.filter(({ shown, submitted, wanted }) => shown !== wanted || submitted !== wanted)).toEqual([]);
  expect([raising.length, there.length].every((count) => count > 0)).toBe(true);
});
