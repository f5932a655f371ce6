import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeOdoo, fakeShipBob, fakeShopify, seededRandom, testClock } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import type { TillDocument } from '../till/document.ts';
import { catalogueOf } from './catalogue.ts';
import { workerProcess } from './worker-process.ts';

const hour = 3_600_000;
const minute = 60_000;
/** The way of the webhooks: a fifth of them comes twice, late or never. */
const weather = { lost: 0.06, repeated: 0.08, shuffled: 0.06, delayMs: 40 * minute };
const secrets = {
  accessToken: 'shpat_demo',
  shopifyWebhooks: 'shpss_demo',
  odooKey: 'odoo-demo-key',
  shipbobToken: 'shipbob-demo-token',
  shipbobWebhooks: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3',
  till: 'till-demo-secret',
};

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Three platforms behind sockets, one clock, and a worker that is not started yet. */
export async function openWorld(documents: readonly TillDocument[]) {
  const clock = testClock({ startAt: '2010-12-01T08:00:00Z', auto: false });
  const shopify = fakeShopify({
    clock,
    seed: 1,
    shop: 'wholesaler',
    currency: 'GBP',
    accessToken: secrets.accessToken,
    webhookSecret: secrets.shopifyWebhooks,
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
  for (const { sku, name, price, onHand } of catalogueOf(documents)) {
    odoo.state.addProduct({ sku, name, price: Number(price), onHand, taxes: [] });
    shipbob.state.addInventory(sku, onHand, { name });
  }

  const doors = { shopify: await listen(shopify), odoo: await listen(odoo), shipbob: await listen(shipbob) };
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
    odoo: { url: doors.odoo.url, database: 'wholesaler', apiKey: secrets.odooKey, pricelist },
    shipbob: {
      url: doors.shipbob.url,
      token: secrets.shipbobToken,
      channelId: '100001',
      webhookSecret: secrets.shipbobWebhooks,
    },
    tillSecret: secrets.till,
  });

  for (const feed of [shopify.webhooks, shipbob.webhooks]) {
    feed.weather = weather;
    feed.deliver = async (request) => {
      // Time stands still while a delivery is on its way.
      const release = clock.hold();
      try {
        return await fetch(request);
      } finally {
        release();
      }
    };
  }

  return {
    clock,
    shopify,
    odoo,
    shipbob,
    worker,
    file,
    tillSecret: secrets.till,
    chance: seededRandom(4),
    /** Subscribes the worker to what the platforms tell. */
    subscribe() {
      for (const topic of ['orders/create', 'orders/updated', 'orders/cancelled']) {
        shopify.state.subscribe(topic, `${worker.url}/webhooks/shopify`);
      }
      shipbob.state.subscribe(`${worker.url}/webhooks/shipbob`);
    },
    async close() {
      await worker.stop();
      await Promise.all(Object.values(doors).map((door) => door.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
