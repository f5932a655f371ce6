import { amazon } from '@crossdock/amazon';
import { CommerceError, defineOwnership } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { odoo } from '@crossdock/odoo';
import { shopify } from '@crossdock/shopify';
import {
  amazonDefaults,
  fakeAmazon,
  fakeOdoo,
  fakeShopify,
  fakeWooCommerce,
  testClock,
  wooKey,
} from '@crossdock/testing';
import { woocommerce } from '@crossdock/woocommerce';
import { describe, expect, it } from 'vitest';
import { channels, type Channel } from '../../channels.ts';
import { awaitPayment } from './await-payment.ts';
import { stockPublication } from './publish-stock.ts';

const hour = 3_600_000;
const line = (quantity: number) => ({ sku: 'TEE', title: 'Tee', name: 'Tee', quantity, unitPrice: '1.00' });

/** Three channels on one Odoo with thirty tees, and an import that a person holds up: what is sold is never booked. */
function world({ pendingMs = 0, twins = false } = {}) {
  const clock = testClock();
  const shop = fakeShopify({ clock, currency: 'GBP' });
  const woo = fakeWooCommerce({ clock, currency: 'GBP' });
  const market = fakeAmazon({ clock, pendingMs });
  const erp = fakeOdoo({ clock });
  const list = (sku: string, onHand: number) => {
    erp.state.addProduct({ sku, price: 1, onHand, taxes: [] });
    shop.state.addProduct({ title: sku, variants: [{ sku, price: '1.00', stock: 0, tracked: true }] });
    woo.state.addProduct({ sku, price: '1.00', stock: 0 });
    market.state.addListing({ sku, price: '1.00', quantity: 0 });
  };
  list('TEE', 30);
  if (twins) {
    list('TWIN', 9);
    shop.state.addProduct({ title: 'Twin', variants: [{ sku: 'TWIN', price: '1.00', stock: 0, tracked: true }] });
  }
  const systems = {
    shopify: shopify({
      shop: 'fake-shop',
      origin: shop.origin,
      accessToken: shop.state.accessToken,
      clock,
      fetch: shop.fetch,
    }),
    woocommerce: woocommerce({
      url: woo.origin,
      consumerKey: wooKey.key,
      consumerSecret: wooKey.secret,
      clock,
      fetch: woo.fetch,
    }),
    amazon: amazon({
      region: 'eu',
      ...amazonDefaults,
      application: { name: 'Wholesaler', version: '1.0' },
      clock,
      fetch: market.fetch,
    }),
    odoo: odoo({ url: erp.origin, database: 'odoo', apiKey: 'odoo-api-key', clock, fetch: erp.fetch }),
  };
  const stores = memoryStores({ clock });
  const placeOrder = defineFlow({
    name: 'place-order',
    version: 1,
    on: 'order.placed',
    needs: {},
    key: ({ data }) => data.number,
    async run({ raise }) {
      raise(new CommerceError({ code: 'customer.missing', message: 'Nobody knows who bought.' }));
    },
  });
  /** Happens while a publication waits for what was sold until its reading. */
  let meanwhile: (() => void) | undefined;
  async function salesUntilNow(): Promise<void> {
    await clock.sleep(60_000);
    meanwhile?.();
    meanwhile = undefined;
    await clock.sleep(65_000);
    for (const channel of channels) await hub.poll(channel, 'orders.pull');
  }
  const hub = compose({
    systems,
    flows: [placeOrder, awaitPayment(stores), ...stockPublication({ stores, salesUntilNow })],
    ownership: defineOwnership({
      'order.status': 'odoo',
      'order.lines': channels,
      'stock.available': 'odoo',
      'product.price': 'odoo',
      'product.content': 'odoo',
      'shipment.tracking': 'odoo',
    }),
    stores,
    clock,
  });
  const shown: Readonly<Record<Channel, (sku?: string) => number>> = {
    shopify: (sku = 'TEE') => shop.state.stock(sku).available,
    woocommerce: (sku = 'TEE') => woo.state.stockOf(sku) ?? 0,
    amazon: (sku = 'TEE') => market.state.listing(sku).quantity ?? 0,
  };
  const shelves = (sku?: string) => channels.map((channel) => shown[channel](sku));
  const buy: Readonly<Record<Channel, (quantity: number) => void>> = {
    shopify: (quantity) => void shop.state.placeOrder({ currency: 'GBP', lines: [line(quantity)] }),
    woocommerce: (quantity) => void woo.state.placeOrder({ lines: [line(quantity)] }),
    amazon: (quantity) => void market.state.placeOrder({ lines: [line(quantity)] }),
  };
  async function work(): Promise<void> {
    const until = clock.now() + hour / 2;
    while (clock.now() < until) {
      const { done, retried, parked, nextInMs } = await hub.work({ limit: 20, concurrency: 4 });
      if (done + retried + parked > 0) continue;
      await clock.advance(Math.max(1, Math.min(nextInMs ?? Infinity, until - clock.now())));
    }
  }
  return {
    shelves,
    buy,
    hub,
    work,
    /** A sweep: orders first, then stock, whatever happens in between. */
    sweep: async (between?: () => void, during?: () => void) => {
      for (const channel of channels) await hub.poll(channel, 'orders.pull');
      between?.();
      meanwhile = during;
      await hub.poll('odoo', 'inventory.pull');
      await work();
    },
    /** Somebody counts one more or fewer, so that Odoo tells of the article again. */
    count: async (onHand: number, sku = 'TEE') => {
      await clock.advance(hour);
      erp.state.setStock(sku, onHand);
    },
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('the stock of three channels', () => {
  it('fills empty shelves with what is there, in equal parts', async () => {
    const { sweep, shelves } = world();
    await sweep();
    expect(shelves()).toEqual([10, 10, 10]);
  });

  it.each(channels)('is not offered again when %s sells after it was asked for its orders', async (channel) => {
    const { sweep, shelves, buy, count } = world();
    await sweep();
    await count(31);
    await sweep(() => buy[channel](8));
    expect(sum(shelves()) + 8).toBeLessThanOrEqual(31);
    await count(32);
    await sweep();
    expect(sum(shelves()) + 8).toBe(32);
  });

  it.each(channels)('is not offered again when %s sells while a publication is under way', async (channel) => {
    const { sweep, shelves, buy, count } = world();
    await sweep();
    await count(31);
    await sweep(undefined, () => buy[channel](8));
    expect(sum(shelves()) + 8).toBeLessThanOrEqual(31);
    await count(32);
    await sweep();
    expect(sum(shelves()) + 8).toBe(32);
  });

  it('is held for an order that waits for its payment', async () => {
    const { sweep, shelves, buy, count } = world({ pendingMs: 5 * hour });
    await sweep();
    await count(31);
    buy.amazon(8);
    await sweep();
    expect(sum(shelves()) + 8).toBeLessThanOrEqual(31);
  });

  it('is held for it also when it was paid and the channel does not list it yet', async () => {
    const { sweep, shelves, buy, count, work } = world({ pendingMs: hour / 2 });
    await sweep();
    await count(31);
    buy.amazon(8);
    await sweep();
    // The payment comes in within this time, and the next orders are asked for only then.
    await work();
    await count(32);
    await sweep();
    expect(sum(shelves()) + 8).toBeLessThanOrEqual(32);
  });

  it('goes out although one article is listed twice, which a person hears of', async () => {
    const { sweep, shelves, hub } = world({ twins: true });
    await sweep();
    expect(shelves()).toEqual([10, 10, 10]);
    expect(await hub.exceptions.list({ state: 'open', limit: 10 })).toMatchObject([
      { flow: 'publish-count', code: 'record.rejected', message: expect.stringContaining('"TWIN"') },
    ]);
  });
});
