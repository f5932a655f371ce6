import type { CommerceError, ItemOutcome } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { batchSize } from '../src/batch-size.ts';
import { shopWithGoods } from './world.ts';

type World = ReturnType<typeof shopWithGoods>;

const key = { idempotencyKey: 'push-1' };

function stocked(count: number, ...options: Parameters<typeof shopWithGoods>) {
  const world = shopWithGoods(...options);
  const updates = Array.from({ length: count }, (_, index) => ({ sku: `S${index}`, available: 9 }));
  for (const { sku } of updates) world.state.addProduct({ sku, stock: 1, price: '1.00' });
  return { ...world, updates };
}

/** How many items each batch had. */
function sizesOf({ fake }: World): readonly number[] {
  return fake.journal.all
    .filter(({ operation }) => operation === 'POST /products/batch')
    .map(({ requestBody }) => (JSON.parse(requestBody) as { update: unknown[] }).update.length);
}

function codesOf(outcomes: readonly ItemOutcome<unknown>[]): Record<string, number> {
  const codes: Record<string, number> = {};
  for (const one of outcomes) {
    const code = one.ok ? 'ok' : one.error.code;
    codes[code] = (codes[code] ?? 0) + 1;
  }
  return codes;
}

function errorOf(outcome: ItemOutcome<unknown> | undefined): CommerceError {
  if (!outcome || outcome.ok) throw new Error('The item was written.');
  return outcome.error;
}

describe('the size of a batch', () => {
  it('begins with 50, grows in steps, and never above what the route takes', () => {
    const size = batchSize();
    const seen = Array.from({ length: 8 }, () => {
      const now = size.now();
      size.answered(now, 2000);
      return now;
    });
    expect(seen).toEqual([50, 60, 70, 80, 90, 100, 100, 100]);
  });

  it('is halved down to one by failures, and grows no further than it failed for a while', () => {
    const size = batchSize();
    size.failed(50);
    expect(size.now()).toBe(25);
    for (let count = 0; count < 5; count += 1) size.answered(size.now(), 1000);
    expect(size.now()).toBe(49);
    for (let count = 0; count < 10; count += 1) size.answered(size.now(), 1000);
    expect(size.now()).toBeGreaterThan(50);
    for (let count = 0; count < 10; count += 1) size.failed(size.now());
    expect(size.now()).toBe(1);
  });

  it('is halved by an answer that was slow, and does not grow by batches that were not full', () => {
    const size = batchSize();
    for (let count = 0; count < 5; count += 1) size.answered(3, 100);
    expect(size.now()).toBe(50);
    size.answered(50, 20_000);
    expect(size.now()).toBe(25);
  });
});

describe('a push of many', () => {
  it('sends larger and larger batches to a shop that is quick', async () => {
    const world = stocked(500);
    expect(codesOf(await world.shop.inventory.push(world.updates, key))).toEqual({ ok: 500 });
    const sizes = sizesOf(world);
    expect(sizes[0]).toBe(50);
    expect(Math.max(...sizes)).toBeGreaterThan(60);
  });

  it('sends smaller ones to a shop whose host gives up, and knows of each item how it ended', async () => {
    const world = stocked(300, {}, { speed: { slowness: 20, gatewayTimeoutMs: 10_000 } });
    const outcomes = await world.shop.inventory.push(world.updates, key);
    expect(codesOf(outcomes)).toEqual({ ok: 300 });
    expect(sizesOf(world).at(-1)).toBeLessThan(40);
    expect(world.updates.filter(({ sku }) => world.state.stockOf(sku) !== 9)).toEqual([]);
  });

  it('has parts of it read and written beside each other', async () => {
    const one = stocked(600, { concurrency: 1 }, { speed: {} });
    const several = stocked(600, {}, { speed: {} });
    const took = async ({ clock, shop, updates }: typeof one) => {
      const begunAt = clock.now();
      await shop.inventory.push(updates, key);
      return clock.now() - begunAt;
    };
    expect(await took(several)).toBeLessThan((await took(one)) * 0.7);
  });

  it('does again what PHP did not come to before it ended, and no more', async () => {
    const world = stocked(50);
    world.state.stopBatchAfter(20, 'fatal');
    expect(codesOf(await world.shop.inventory.push(world.updates, key))).toEqual({ ok: 50 });
    expect(sizesOf(world).toSorted((one, other) => other - one)).toEqual([50, 25, 5]);
  });

  it('leaves in doubt what a gateway gave up, unless it is there', async () => {
    const world = stocked(50);
    world.state.stopBatchAfter(20, 'gateway');
    const outcomes = await world.shop.inventory.push(world.updates, key);
    expect(codesOf(outcomes)).toEqual({ ok: 20, 'write.uncertain': 30 });
    expect(sizesOf(world)).toEqual([50]);
    expect(codesOf(await world.shop.inventory.push(world.updates, key))).toEqual({ ok: 50 });
  });

  it('finds the one item on which PHP breaks, and writes the others', async () => {
    const world = stocked(40);
    const broken = world.state.product('S7')?.id;
    const fatal = { code: 'internal_server_error', message: '<p>x</p>', data: { status: 500 } };
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const body = request.method === 'POST' ? await request.clone().text() : '';
      const items = body === '' ? [] : (JSON.parse(body) as { update: { id: number }[] }).update;
      const at = items.findIndex(({ id }) => id === broken);
      if (at < 0) return world.fake.fetch(request);
      // What stands before it is written, and then PHP ends.
      const before = JSON.stringify({ update: items.slice(0, at) });
      if (at > 0)
        await world.fake.fetch(new Request(request.url, { method: 'POST', headers: request.headers, body: before }));
      return Response.json(fatal, { status: 500 });
    };
    const outcomes = await world.connect({ fetch }).inventory.push(world.updates, key);
    expect(outcomes.filter(({ ok }) => !ok).map(({ item }) => item.sku)).toEqual(['S7']);
    expect(world.updates.filter(({ sku }) => world.state.stockOf(sku) !== 9).map(({ sku }) => sku)).toEqual(['S7']);
  });

  it('of prices does the same', async () => {
    const world = stocked(50);
    world.state.stopBatchAfter(20, 'fatal');
    const prices = world.updates.map(({ sku }) => ({ sku, amount: { amount: '7.00', currency: 'EUR' } }));
    expect(codesOf(await world.shop.prices.push(prices, key))).toEqual({ ok: 50 });
    expect(prices.filter(({ sku }) => world.state.product(sku)?.regularPrice !== '7.00')).toEqual([]);
  });
});

const sell = ({ place }: World, quantity = 5) => place({ lines: [{ sku: 'TEE', quantity }] });

describe('a sale between the reading and the writing of a number', () => {
  it('is found where the caller said what it expects', async () => {
    const world = shopWithGoods();
    world.state.during('POST /products/batch', () => sell(world));
    const [outcome] = await world.shop.inventory.push([{ sku: 'TEE', available: 990, expected: 1000 }], key);
    // The number was written over the sale of five.
    expect(world.state.stockOf('TEE')).toBe(990);
    expect(errorOf(outcome)).toMatchObject({ code: 'write.uncertain' });
    expect(errorOf(outcome).message).toContain('5 of product');
    expect(errorOf(outcome).message).toContain('push "985"');
  });

  it('is not taken for one where it came before, or behind', async () => {
    const world = shopWithGoods();
    sell(world);
    const push = (available: number, expected: number) =>
      world.shop.inventory.push([{ sku: 'TEE', available, expected }], key);
    expect(codesOf(await push(990, 995))).toEqual({ ok: 1 });
    const watched = world.connect({
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const answer = await world.fake.fetch(request);
        if (request.method === 'POST') sell(world, 2);
        return answer;
      },
    });
    expect(codesOf(await watched.inventory.push([{ sku: 'TEE', available: 980, expected: 990 }], key))).toEqual({
      ok: 1,
    });
    expect(world.state.stockOf('TEE')).toBe(978);
  });

  it('costs no call where nothing is expected', async () => {
    const { shop, asked } = shopWithGoods();
    await shop.inventory.push([{ sku: 'TEE', available: 990 }], key);
    expect(asked()).toEqual(['GET /products', 'POST /products/batch']);
  });
});
