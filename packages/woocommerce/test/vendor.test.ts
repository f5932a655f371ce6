import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { fakeWooCommerce, testClock, wooKey, type FakeWooCommerceOptions } from '@crossdock/testing';
import { listen, type Listening } from '@crossdock/testing/listen';
import type vendorModule from '@woocommerce/woocommerce-rest-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { woocommerce } from '../src/index.ts';
import { aDraft } from './drafts.ts';

// @woocommerce/woocommerce-rest-api 1.0.2, unchanged, beside ours, at the same shop. Over http it signs by OAuth with the
// time of the machine, which is that of the shop here; over https it is let through to the shop's own address.

// It is CommonJS, whose exports `require` gives as they are.
const { default: Vendor } = createRequire(import.meta.url)('@woocommerce/woocommerce-rest-api') as typeof vendorModule;

type Way = 'by OAuth over http' | 'by Basic over https';

const startAt = '2026-11-01T00:00:00Z';
const open: Listening[] = [];
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(startAt) }));
afterEach(async () => {
  vi.useRealTimers();
  for (const door of open.splice(0)) await door.close();
});

async function opened(way: Way = 'by Basic over https', options: FakeWooCommerceOptions = {}) {
  const isPlain = way === 'by OAuth over http';
  const fake = fakeWooCommerce({ ...options, https: !isPlain, clock: testClock({ startAt }) });
  const { state, clock } = fake;
  state.addTaxRate({ country: 'DE', rate: '19', name: 'MwSt' });
  const tee = state.addProduct({ sku: 'TEE', price: '10.00', stock: 100 }).id;
  const door = await listen(fake);
  open.push(door);
  const createConnection = () => connect(door.port, '127.0.0.1');
  const httpsAgent = Object.assign(new Agent(), { protocol: 'https:', createConnection });
  const access = { consumerKey: wooKey.key, consumerSecret: wooKey.secret } as const;
  const vendor = isPlain
    ? new Vendor({ url: door.url, ...access })
    : new Vendor({ url: 'https://shop.example', ...access, axiosConfig: { httpsAgent, maxRedirects: 0 } });
  const ours = woocommerce({ url: 'https://shop.example', ...access, fetch: fake.fetch, clock, random: () => 0.5 });
  const calls = () => fake.journal.all.length;
  return { fake, state, clock, vendor, ours, tee, calls };
}

const refusalSchema = z.object({ response: z.object({ status: z.number(), data: z.unknown() }) });

/** With which status, and what in it, a call of the vendor's client ended badly. */
async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return refusalSchema.parse(error).response;
}

describe.each(['by OAuth over http', 'by Basic over https'] as const)(
  'the vendor’s client at the fake shop, %s',
  (way) => {
    it('lists, makes, changes and deletes', async () => {
      const { vendor, state, tee } = await opened(way);
      const made = await vendor.post('products', { name: 'Mug', sku: 'MUG', regular_price: '5.00' });
      expect(made).toMatchObject({ status: 201, data: { sku: 'MUG', regular_price: '5.00' } });
      const list = await vendor.get('products', { per_page: '1', orderby: 'id', order: 'asc' });
      expect(list.headers).toMatchObject({ 'x-wp-total': '2', 'x-wp-totalpages': '2' });
      expect(list.data).toMatchObject([{ sku: 'TEE' }]);
      await vendor.put(`products/${tee}`, { stock_quantity: 7 });
      expect(state.stockOf('TEE')).toBe(7);
      const mug = state.product('MUG')?.id;
      await vendor.delete(`products/${mug}`, { force: 'true' });
      expect(state.product('MUG')).toBeUndefined();
    });

    it('sells, and looks for an order by what is no plain word', async () => {
      const { vendor, state, tee } = await opened(way);
      const line_items = [{ product_id: tee, quantity: 2 }];
      await vendor.post('orders', { status: 'processing', transaction_id: "a (b) * ' !", line_items });
      expect(state.stockOf('TEE')).toBe(98);
      const { data } = await vendor.get('orders', { search: "a (b) * ' !" });
      expect(data).toMatchObject([{ transaction_id: "a (b) * ' !" }]);
    });

    it('writes batches, and hears of refusals', async () => {
      const { vendor, state, tee } = await opened(way);
      const { status, data } = await vendor.post('products/batch', {
        update: [
          { id: tee, stock_quantity: 5 },
          { id: 404_404, stock_quantity: 5 },
        ],
      });
      expect(status).toBe(200);
      expect(data).toMatchObject({ update: [{ id: tee }, { error: { code: 'woocommerce_rest_product_invalid_id' } }] });
      expect(state.stockOf('TEE')).toBe(5);
      expect(await refusalOf(vendor.get('orders/404404'))).toMatchObject({
        status: 404,
        data: { code: 'woocommerce_rest_shop_order_invalid_id' },
      });
    });
  },
);

describe('an order whose answer is lost', () => {
  it('is an error like any other to the vendor’s client, and who tries again has two', async () => {
    const { fake, vendor, state, tee } = await opened();
    fake.faults.next('POST /orders', { kind: 'drop', when: 'after' });
    const place = () => vendor.post('orders', { status: 'processing', line_items: [{ product_id: tee, quantity: 1 }] });
    await expect(place()).rejects.toMatchObject({ message: expect.any(String) });
    await place();
    expect(state.orders).toHaveLength(2);
    expect(state.stockOf('TEE')).toBe(98);
  });

  it('is looked for by ours, and there is one however often it is tried', async () => {
    const { fake, ours, state } = await opened();
    fake.faults.next('POST /orders', { kind: 'drop', when: 'after' });
    const create = () => ours.orders.create(aDraft(1), { idempotencyKey: 'order-1' });
    const first = await create();
    expect(await create()).toEqual(first);
    expect(state.orders).toHaveLength(1);
    expect(state.stockOf('TEE')).toBe(99);
  });
});

describe('a host that says "in thirty seconds"', () => {
  const tooMany = { kind: 'answer', status: 429, headers: { 'retry-after': '30' }, body: 'Too many' } as const;

  it('is an error to the vendor’s client, which asks once', async () => {
    const { fake, vendor, calls } = await opened();
    fake.faults.next('GET /orders', tooMany);
    expect(await refusalOf(vendor.get('orders'))).toMatchObject({ status: 429 });
    expect(calls()).toBe(1);
  });

  it('is asked again then by ours', async () => {
    const { fake, ours, clock } = await opened();
    fake.faults.next('GET /orders', tooMany);
    const before = clock.now();
    expect(await ours.check()).toEqual({ ok: true });
    expect(clock.now() - before).toBeGreaterThanOrEqual(30_000);
  });
});

describe('a shop that does not answer', () => {
  it('is waited for without end by the vendor’s client, unless it is told how long', async () => {
    const seen: unknown[] = [];
    const vendor = new Vendor({
      url: 'https://shop.example',
      consumerKey: wooKey.key,
      consumerSecret: wooKey.secret,
      axiosConfig: {
        adapter: async (config: { readonly timeout?: number }) => {
          seen.push(config.timeout);
          return { status: 200, statusText: 'OK', headers: {}, data: [], config };
        },
      },
    });
    await vendor.get('orders');
    // axios takes these for "no limit".
    expect([undefined, 0]).toContain(seen[0]);
  });

  it('is given up after a minute by ours, and asked again', async () => {
    const { fake, ours, clock, calls } = await opened();
    fake.faults.next('GET /orders', { kind: 'slow', ms: 600_000 });
    const before = clock.now();
    expect(await ours.check()).toEqual({ ok: true });
    expect(clock.now() - before).toBeLessThan(90_000);
    expect(calls()).toBe(2);
  });
});

describe('a page in the place of an answer', () => {
  it('is a good answer to the vendor’s client', async () => {
    const { vendor, state } = await opened();
    state.maintenance('login');
    const { status, data } = await vendor.get('orders');
    expect(status).toBe(200);
    expect(String(data)).toContain('loginform');
  });

  it('is named by ours', async () => {
    const { ours, state } = await opened();
    state.maintenance('login');
    expect(await ours.check()).toMatchObject({ ok: false, error: { code: 'access.denied' } });
  });
});

describe('an answer behind a notice of PHP', () => {
  it('is a text to the vendor’s client', async () => {
    const { vendor, state } = await opened();
    state.settings.phpNotices = 'buffered';
    expect((await vendor.get('products')).data).toBeTypeOf('string');
  });

  it('is read by ours', async () => {
    const { ours, state } = await opened();
    state.settings.phpNotices = 'buffered';
    expect(await ours.inventory.get(['TEE'])).toMatchObject([{ available: 100 }]);
  });
});

describe('an amount with a comma', () => {
  it('is a hundred times as much to the vendor’s client, and nobody says so', async () => {
    const { vendor, state, tee } = await opened();
    await vendor.put(`products/${tee}`, { regular_price: '12,50' });
    expect(state.product('TEE')?.regularPrice).toBe('1250');
  });

  it('is refused by ours before anything is sent', async () => {
    const { ours, state } = await opened();
    const prices = [{ sku: 'TEE', amount: { amount: '12,50', currency: 'EUR' } }];
    expect(await ours.prices.push(prices, { idempotencyKey: 'p' })).toMatchObject([
      { ok: false, error: { code: 'record.invalid' } },
    ]);
    expect(state.product('TEE')?.regularPrice).toBe('10.00');
  });
});
