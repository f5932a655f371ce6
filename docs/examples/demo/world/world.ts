import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeAmazon, fakeOdoo, fakeShipBob, fakeShopify, fakeWooCommerce, testClock } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import type { TillDocument } from '../till/document.ts';
import type { Checkouts } from './buyer.ts';
import { catalogueOf } from './catalogue.ts';
import { toAmazonOrder } from './checkout/amazon.ts';
import { toShopifyOrder } from './checkout/shopify.ts';
import { toWooCommerceOrder } from './checkout/woocommerce.ts';
import { worldTime } from './messages.ts';
import { viewsOf } from './views.ts';
import { workerProcess } from './worker-process.ts';

const hour = 3_600_000;
/** Amazon's marketplace of the United Kingdom. */
const marketplaceId = 'A1F83G8C2ARO7P';
const sellerId = 'A1WHOLESALER';
/** Where the platforms send webhooks. */
const address = 'https://hub.wholesaler.example/webhooks';
const minute = 60_000;
/** The way of the messages: a fifth of them comes twice, late or never. */
const weather = { lost: 0.06, repeated: 0.08, shuffled: 0.06, delayMs: 40 * minute };
const secrets = {
  accessToken: 'shpat_demo',
  shopifyWebhooks: 'shpss_demo',
  wooKey: 'ck_0123456789abcdef0123456789abcdef01234567',
  wooSecret: 'cs_89abcdef0123456789abcdef0123456789abcdef',
  wooWebhooks: 'wooDemoWebhookSecret',
  amazonClient: 'amzn1.application-oa2-client.demo',
  amazonSecret: 'amzn1.oa2-cs.v1.demo',
  amazonRefresh: 'Atzr|demo-refresh-token',
  odooKey: 'odoo-demo-key',
  shipbobToken: 'shipbob-demo-token',
  shipbobWebhooks: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3',
  till: 'till-demo-secret',
};

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Three channels, Odoo and a warehouse behind sockets, one clock, and a worker that is not started yet. */
export async function openWorld(documents: readonly TillDocument[]) {
  const clock = testClock({ startAt: '2010-12-01T06:30:00Z', auto: false, turns: 1 });
  const shopify = fakeShopify({
    clock,
    seed: 1,
    shop: 'wholesaler',
    currency: 'GBP',
    accessToken: secrets.accessToken,
    webhookSecret: secrets.shopifyWebhooks,
  });
  const woocommerce = fakeWooCommerce({
    clock,
    seed: 5,
    https: false,
    currency: 'GBP',
    fulfillments: true,
    keys: [{ key: secrets.wooKey, secret: secrets.wooSecret, permission: 'read_write', can: 'manage' }],
  });
  const amazon = fakeAmazon({
    clock,
    seed: 6,
    sellerId,
    marketplaceId,
    clientId: secrets.amazonClient,
    clientSecret: secrets.amazonSecret,
    refreshToken: secrets.amazonRefresh,
  });
  const odoo = fakeOdoo({ clock, seed: 2, database: 'wholesaler', apiKey: secrets.odooKey });
  const shipbob = fakeShipBob({
    clock,
    seed: 3,
    token: secrets.shipbobToken,
    webhookSecret: secrets.shipbobWebhooks,
    pickAfterMs: hour,
    shipAfterMs: 5 * hour,
    deliverAfterMs: false,
  });
  odoo.state.addProduct({ sku: 'CARRIAGE', name: 'Carriage', price: 0, type: 'service', taxes: [] });
  const pricelist = odoo.state.addPricelist({ name: 'Trade', currency: 'GBP' });
  const catalogue = catalogueOf(documents);
  for (const { sku, name, price, onHand } of catalogue) {
    odoo.state.addProduct({ sku, name, price: Number(price), onHand, taxes: [] });
    shipbob.state.addInventory(sku, onHand, { name });
    // The shelves are empty: the integration fills them.
    shopify.state.addProduct({ title: name, variants: [{ sku, price, stock: 0, tracked: true }] });
    woocommerce.state.addProduct({ sku, name, price, stock: 0 });
    amazon.state.addListing({ sku, price, quantity: 0 });
  }

  const doors = {
    shopify: await listen(shopify),
    woocommerce: await listen(woocommerce),
    amazon: await listen(amazon),
    odoo: await listen(odoo),
    shipbob: await listen(shipbob),
  };
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-demo-'));
  const file = join(folder, 'state.sqlite');
  const worker = workerProcess(clock, {
    file,
    shopify: {
      url: doors.shopify.url,
      shop: 'wholesaler',
      accessToken: secrets.accessToken,
      webhookSecret: secrets.shopifyWebhooks,
    },
    woocommerce: {
      url: doors.woocommerce.url,
      consumerKey: secrets.wooKey,
      consumerSecret: secrets.wooSecret,
      webhookSecret: secrets.wooWebhooks,
    },
    amazon: {
      url: doors.amazon.url,
      marketplaceId,
      sellerId,
      clientId: secrets.amazonClient,
      clientSecret: secrets.amazonSecret,
      refreshToken: secrets.amazonRefresh,
    },
    odoo: { url: doors.odoo.url, database: 'wholesaler', apiKey: secrets.odooKey, pricelist },
    shipbob: {
      url: doors.shipbob.url,
      token: secrets.shipbobToken,
      channelId: '100001',
      webhookSecret: secrets.shipbobWebhooks,
    },
    tillSecret: secrets.till,
  });

  for (const feed of [shopify.webhooks, woocommerce.webhooks, amazon.webhooks, shipbob.webhooks]) {
    feed.weather = weather;
    const send = feed === amazon.webhooks ? intoQueue : throughTunnel;
    feed.deliver = async (request) => {
      // Time stands still while a delivery is on its way.
      const release = clock.hold();
      try {
        return await send(request);
      } finally {
        release();
      }
    };
  }
  /** The wholesaler's address leads to the worker, wherever it listens. */
  async function throughTunnel(request: Request): Promise<Response> {
    const passed = new Request(worker.url + new URL(request.url).pathname, request);
    passed.headers.set(worldTime, String(clock.now()));
    return fetch(passed);
  }
  /** Amazon writes into a queue of the wholesaler's, whose trigger hands each message to the worker. */
  async function intoQueue(request: Request): Promise<Response> {
    return fetch(`${worker.url}/queue/amazon`, {
      method: 'POST',
      headers: { [worldTime]: String(clock.now()) },
      body: await request.text(),
    });
  }

  return {
    clock,
    catalogue,
    shopify,
    woocommerce,
    amazon,
    odoo,
    shipbob,
    views: viewsOf({ shopify, woocommerce, amazon }),
    checkouts: {
      shopify: (document) => void shopify.state.placeOrder(toShopifyOrder(document)),
      woocommerce: (document) => void woocommerce.state.placeOrder(toWooCommerceOrder(document)),
      amazon: (document) => void amazon.state.placeOrder(toAmazonOrder(document)),
    } satisfies Checkouts,
    worker,
    file,
    tillSecret: secrets.till,
    /** Subscribes the worker to what the platforms tell. */
    subscribe() {
      for (const topic of ['orders/create', 'orders/updated', 'orders/cancelled']) {
        shopify.state.subscribe(topic, `${address}/shopify`);
      }
      for (const topic of ['order.created', 'order.updated']) {
        woocommerce.state.addWebhook({
          topic,
          url: `${address}/woocommerce`,
          secret: secrets.wooWebhooks,
        });
      }
      amazon.state.subscribe('ORDER_CHANGE');
      shipbob.state.subscribe(`${address}/shipbob`);
    },
    /** What became of all messages of all platforms. */
    weather(): Readonly<Record<string, number>> {
      const sum: Record<string, number> = {};
      for (const { webhooks } of [shopify, woocommerce, amazon, shipbob]) {
        for (const [name, count] of Object.entries(webhooks.counts)) sum[name] = (sum[name] ?? 0) + count;
      }
      return sum;
    },
    async close() {
      await worker.stop();
      await Promise.all(Object.values(doors).map((door) => door.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
