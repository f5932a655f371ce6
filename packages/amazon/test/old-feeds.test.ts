import type { ItemOutcome, StockUpdate } from '@crossdock/core';
import { expect, it } from 'vitest';
import { storeWithGoods } from './store.ts';

const hourMs = 3_600_000;
const goods = (available: number): readonly StockUpdate[] => ['TEE', 'MUG'].map((sku) => ({ sku, available }));
const codes = (outcomes: readonly ItemOutcome<StockUpdate>[]) =>
  outcomes.map((each) => (each.ok ? 'ok' : each.error.code));
let keys = 0;
const options = (signal?: AbortSignal) => ({ idempotencyKey: `push-${++keys}`, signal });

/** A store whose feed of fifty each is made and not waited for any longer, because its process has died. */
async function withFeedOfTheDead(feedDelayMs: number) {
  const made = storeWithGoods({ feedFrom: 2 }, { feedDelayMs });
  const stop = made.fake.faults.always('cancelFeed', { kind: 'drop', when: 'before' });
  const death = new AbortController();
  const pushed = made.store.inventory.push(goods(50), options(death.signal));
  await made.clock.advance(1000);
  death.abort();
  expect(codes(await pushed)).toEqual(['write.uncertain', 'write.uncertain']);
  stop();
  expect(made.state.feeds).toMatchObject([{ status: 'IN_QUEUE' }]);
  return made;
}

it('takes a feed back that did not begin in time, so that it goes over nothing newer', async () => {
  const { store, state, clock } = storeWithGoods({ feedFrom: 2, feedWaitMs: 60_000 }, { feedDelayMs: hourMs });
  expect(codes(await store.inventory.push(goods(50), options()))).toEqual(['platform.conflict', 'platform.conflict']);
  expect(state.feeds).toMatchObject([{ status: 'CANCELLED' }]);
  expect(codes(await store.inventory.push([{ sku: 'TEE', available: 0 }], options()))).toEqual(['ok']);
  await clock.advance(2 * hourMs);
  expect([state.listing('TEE').quantity, state.listing('MUG').quantity]).toEqual([0, 100]);
});

it('takes a feed back whose caller waits no longer', async () => {
  const { store, state, clock } = storeWithGoods({ feedFrom: 2 }, { feedDelayMs: hourMs });
  const caller = new AbortController();
  const pushed = store.inventory.push(goods(50), options(caller.signal));
  await clock.advance(1000);
  caller.abort();
  expect(codes(await pushed)).toEqual(['call.aborted', 'call.aborted']);
  await clock.advance(2 * hourMs);
  expect([state.listing('TEE').quantity, state.listing('MUG').quantity]).toEqual([100, 100]);
});

it('reads the report of a feed that got done while it was to be taken back', async () => {
  const { store, state, fake } = storeWithGoods({ feedFrom: 2, feedWaitMs: 60_000 }, { feedDelayMs: 62_000 });
  fake.faults.next('cancelFeed', { kind: 'slow', ms: 5000 });
  expect(codes(await store.inventory.push(goods(50), options()))).toEqual(['ok', 'ok']);
  expect(state.feeds).toMatchObject([{ status: 'DONE' }]);
});

it.each(['the same process', 'another process'])(
  'calls nothing certain in %s while a feed of a dead one may go over it',
  async (process) => {
    const { store, connect, state, clock } = await withFeedOfTheDead(hourMs);
    const next = process === 'another process' ? connect() : store;
    const push = async () => codes(await next.inventory.push([{ sku: 'TEE', available: 0, expected: 100 }], options()));
    expect(await push()).toEqual(['write.in-flight']);
    await clock.advance(60_000);
    expect(state.listing('TEE').quantity).toBe(0);
    expect(await push()).toEqual(['write.in-flight']);
    await clock.advance(hourMs);
    expect(state.feeds).toMatchObject([{ status: 'DONE' }]);
    // What the feed did is not hidden, and whoever knows of it puts it right.
    expect(await push()).toEqual(['stock.stale']);
    const [level] = await next.inventory.get(['TEE']);
    const correction = { sku: 'TEE', available: 0, expected: level?.available };
    expect(codes(await next.inventory.push([correction], options()))).toEqual(['ok']);
    await clock.advance(60_000);
    expect(state.listing('TEE').quantity).toBe(0);
  },
);

it('is certain of what the feed of the same process does not name', async () => {
  const { store, state } = await withFeedOfTheDead(hourMs);
  state.addListing({ sku: 'HAT', price: '1.00', quantity: 1 });
  const outcomes = await store.inventory.push([{ sku: 'HAT', available: 2 }], options());
  expect(codes(outcomes)).toEqual(['ok']);
  const price = { sku: 'TEE', amount: { amount: '9.00', currency: 'GBP' } };
  expect((await store.prices.push([price], options())).map(({ ok }) => ok)).toEqual([true]);
});

it('is certain of a feed that was done behind an older one', async () => {
  const { connect, state, clock } = await withFeedOfTheDead(120_000);
  expect(codes(await connect().inventory.push(goods(7), options()))).toEqual(['ok', 'ok']);
  await clock.advance(60_000);
  expect([state.listing('TEE').quantity, state.listing('MUG').quantity]).toEqual([7, 7]);
});

it('finds the feed whose making was never answered', async () => {
  const { store, state, fake, clock } = storeWithGoods({ feedFrom: 2 }, { feedDelayMs: hourMs });
  await store.inventory.push([{ sku: 'TEE', available: 90 }], options());
  const stop = fake.faults.always('createFeed', { kind: 'drop', when: 'after' });
  await store.inventory.push(goods(50), options());
  stop();
  expect(state.feeds.length).toBeGreaterThan(0);
  expect(codes(await store.inventory.push([{ sku: 'TEE', available: 0 }], options()))).toEqual(['write.in-flight']);
  await clock.advance(10 * hourMs);
  expect(codes(await store.inventory.push([{ sku: 'TEE', available: 0 }], options()))).toEqual(['ok']);
});

it.each([403, 400, 429, 503])('writes and answers without delay where feeds are not shown (%d)', async (status) => {
  const { store, state, fake, clock } = storeWithGoods();
  fake.faults.always('getFeeds', { kind: 'answer', status, body: '{"errors":[]}' });
  for (let round = 0; round < 20; round += 1) {
    const began = clock.now();
    expect(codes(await store.inventory.push([{ sku: 'TEE', available: round }], options()))).toEqual(['ok']);
    expect(clock.now() - began).toBeLessThanOrEqual(round === 0 ? 11_000 : 3000);
    await clock.advance(20_000);
  }
  await clock.advance(60_000);
  expect(state.listing('TEE').quantity).toBe(19);
});

it.each([403, 429])('knows of its own feed where the feeds of others are not shown (%d)', async (status) => {
  const { store, state, fake, clock } = await withFeedOfTheDead(hourMs);
  fake.faults.always('getFeeds', { kind: 'answer', status, body: '{"errors":[]}' });
  state.addListing({ sku: 'HAT', price: '1.00', quantity: 1 });
  expect(codes(await store.inventory.push([{ sku: 'TEE', available: 0 }], options()))).toEqual(['write.in-flight']);
  expect(codes(await store.inventory.push([{ sku: 'HAT', available: 0 }], options()))).toEqual(['ok']);
  await clock.advance(2 * hourMs);
  expect(codes(await store.inventory.push([{ sku: 'TEE', available: 0 }], options()))).toEqual(['ok']);
});

it('is uncertain of what a feed of unknown making may set while nobody can look, and of nothing else', async () => {
  const { store, state, fake } = storeWithGoods({ feedFrom: 2 }, { feedDelayMs: hourMs });
  state.addListing({ sku: 'HAT', price: '1.00', quantity: 1 });
  const stop = fake.faults.always('createFeed', { kind: 'drop', when: 'after' });
  await store.inventory.push(goods(50), options());
  stop();
  fake.faults.always('getFeeds', { kind: 'answer', status: 503, body: '{"errors":[]}' });
  expect(codes(await store.inventory.push([{ sku: 'HAT', available: 0 }], options()))).toEqual(['ok']);
  expect(codes(await store.inventory.push([{ sku: 'TEE', available: 0 }], options()))).toEqual(['write.in-flight']);
});

it.each([1, 4, 8])('shares a look among %d pushes at once, which wait for nothing', async (together) => {
  const { store, state, clock, fake } = storeWithGoods();
  const skus = Array.from({ length: together }, (_, index) => `S${index}`);
  for (const sku of skus) state.addListing({ sku, price: '1.00', quantity: 1 });
  for (let minute = 0; minute < 30; minute += 1) {
    const began = clock.now();
    const pushed = await Promise.all(
      skus.map((sku) => store.inventory.push([{ sku, available: minute + 2 }], options())),
    );
    expect(new Set(pushed.flatMap(codes))).toEqual(new Set(['ok']));
    expect(clock.now() - began).toBeLessThan(5000);
    await clock.advance(60_000);
  }
  expect(fake.journal.of('getFeeds').length).toBeLessThanOrEqual(30);
});

it('looks at the feeds of others no more often than Amazon lets it for long', async () => {
  const { store, fake, clock } = storeWithGoods();
  for (let second = 0; second < 90; second += 1) {
    await store.inventory.push([{ sku: 'TEE', available: second }], options());
    await clock.advance(1000);
  }
  expect(fake.journal.of('getFeeds').length).toBeLessThanOrEqual(3);
});
