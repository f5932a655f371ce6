import type { Json } from '@crossdock/core';
import { fakeWooCommerce, testClock, type WooSpeed } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { basic } from './shop.ts';

/** A shop on a machine, with a clock that goes on by itself. */
function shopOn(speed: WooSpeed) {
  const shop = fakeWooCommerce({ clock: testClock({ startAt: '2026-11-23T12:00:00Z' }), speed });
  shop.state.seedProducts(200);
  const ids = shop.state.products.map(({ id }) => id);
  const call = async (method: string, path: string, body?: Json) => {
    const response = await shop.fetch(`${shop.origin}/wp-json/wc/v3/${path}`, {
      method,
      headers: { authorization: basic(), accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  /** So many stock writes by so many connections; how many a second that is. */
  const perSecond = async (connections: number, count: number, write: (index: number) => Promise<unknown>) => {
    const start = shop.clock.now();
    let next = 0;
    const work = async () => {
      while (next < count) await write(next++);
    };
    await Promise.all(Array.from({ length: connections }, work));
    return (count * 1000) / (shop.clock.now() - start);
  };
  const setStock = (index: number) => call('PUT', `products/${ids[index]}`, { stock_quantity: 7 });
  const setMany = (from: number, count: number) =>
    call('POST', 'products/batch', { update: ids.slice(from, from + count).map((id) => ({ id, stock_quantity: 7 })) });
  const written = () => shop.state.products.filter(({ stock }) => stock === 7).length;
  return { ...shop, ids, call, perSecond, setStock, setMany, written };
}

describe('the machine of a shop', () => {
  it('writes stock about as fast as was measured, one by one and many at once', async () => {
    const { perSecond, setStock } = shopOn({});
    const [one, two, four, eight] = [
      await perSecond(1, 20, setStock),
      await perSecond(2, 40, setStock),
      await perSecond(4, 40, setStock),
      await perSecond(8, 40, setStock),
    ];
    expect(one).toBeGreaterThan(14);
    expect(one).toBeLessThan(18);
    expect(two / one).toBeCloseTo(2, 0);
    expect(four / two).toBeLessThan(1.3);
    expect(eight / four).toBeLessThan(1.2);
  });

  it('writes stock in batches about as fast as was measured', async () => {
    const { perSecond, setMany } = shopOn({});
    const batches = await perSecond(1, 2, (index) => setMany(index * 100, 100));
    expect(batches * 100).toBeGreaterThan(49);
    expect(batches * 100).toBeLessThan(60);
  });

  it('lets requests wait for a worker, and turns away who finds too many waiting', async () => {
    const { call, journal } = shopOn({ workers: 1, backlog: 1 });
    const answers = await Promise.all([call('GET', 'orders'), call('GET', 'orders'), call('GET', 'orders')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 503]);
    expect(journal.all).toHaveLength(3);
    expect((await call('GET', 'orders')).status).toBe(200);
  });

  it('goes on writing when the server in front has stopped to wait', async () => {
    const { clock, setMany, written } = shopOn({ gatewayTimeoutMs: 1000 });
    const { status, text } = await setMany(0, 100);
    expect([status, text.includes('Gateway')]).toEqual([504, true]);
    expect(written()).toBeGreaterThan(50);
    expect(written()).toBeLessThan(70);
    await clock.sleep(2000);
    expect(written()).toBe(100);
  });

  it('is stopped by a time limit and keeps what it wrote before', async () => {
    const { setMany, setStock, written } = shopOn({ timeLimitMs: 1000 });
    const { status, text } = await setMany(0, 100);
    expect([status, JSON.parse(text).code]).toEqual([500, 'internal_server_error']);
    expect(written()).toBe(56);
    expect((await setStock(150)).status).toBe(200);
  });

  it('races where two requests work on one order at once', async () => {
    const { call, state } = shopOn({});
    const { id } = state.placeOrder({ lines: [{ sku: 'P-0', quantity: 2 }], status: 'pending' });
    const both = [1, 2].map(() => call('PUT', `orders/${id}`, { status: 'processing' }));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect(state.stockOf('P-0')).toBe(6);
  });
});

describe('PHP that ends in the middle of a batch', () => {
  it.each([
    ['fatal', 500],
    ['gateway', 504],
  ] as const)('keeps the first items and never sees the others: %s', async (how, status) => {
    const { state, setMany, written } = shopOn({});
    state.stopBatchAfter(3, how);
    expect((await setMany(0, 10)).status).toBe(status);
    expect(written()).toBe(3);
    expect((await setMany(0, 10)).status).toBe(200);
    expect(written()).toBe(10);
  });

  it('may have written all of them, or nothing', async () => {
    const { state, setMany, written } = shopOn({});
    state.stopBatchAfter(0);
    expect((await setMany(0, 10)).status).toBe(500);
    expect(written()).toBe(0);
    state.stopBatchAfter(10);
    expect((await setMany(0, 10)).status).toBe(500);
    expect(written()).toBe(10);
  });
});
