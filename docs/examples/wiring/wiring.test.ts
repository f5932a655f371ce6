import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeOdoo, fakeShipBob, fakeShopify, testClock } from '@crossdock/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { connect, everyFiveMinutes, onWebhook, worker } from './wiring.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossdock-wiring-'));
const shipbobSecret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';

afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true, force: true });
});

it('takes an order from the shop through Odoo and the warehouse and back, as the README says', async () => {
  // The wiring of the README takes no clock, so the fakes have to live in the present.
  const clock = testClock({ startAt: new Date().toISOString() });
  const shop = fakeShopify({ clock });
  const erp = fakeOdoo({ clock, database: 'acme' });
  const warehouse = fakeShipBob({ clock, channelId: 101, pickAfterMs: false, shipAfterMs: false });
  const hosts = new Map<string, { readonly fetch: typeof fetch }>([
    ['acme.myshopify.com', shop],
    ['odoo.example', erp],
    ['api.shipbob.com', warehouse],
  ]);
  vi.stubGlobal('fetch', (input: string | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    const platform = hosts.get(new URL(request.url).host);
    if (!platform) throw new TypeError(`Nobody listens at ${request.url}.`);
    return platform.fetch(request);
  });

  const hub = connect({
    shopToken: 'shpat_fake',
    shopSecret: 'shpss_fake',
    odooUrl: 'https://odoo.example',
    odooKey: 'odoo-api-key',
    shipbobToken: 'shipbob-token',
    shipbobSecret,
    file: join(folder, 'state.sqlite'),
  });
  shop.webhooks.deliver = (request) => onWebhook(hub, request);
  shop.state.subscribe('orders/create', 'https://hub.example/shopify');
  erp.state.addProduct({ sku: 'TEE-RED-M', price: 19.5, onHand: 10, taxes: [] });
  warehouse.state.addInventory('TEE-RED-M', 10);

  const order = shop.state.placeOrder({
    number: 1042,
    email: 'jane@example.com',
    customer: { firstName: 'Jane', lastName: 'Roe', email: 'jane@example.com' },
    lines: [{ sku: 'TEE-RED-M', title: 'T-shirt', quantity: 2, unitPrice: '19.50' }],
    shippingAddress: {
      firstName: 'Jane',
      lastName: 'Roe',
      address1: '12 Elm Street',
      city: 'Dublin',
      zip: 'D02 X285',
      countryCode: 'IE',
    },
  });
  await vi.waitFor(() => expect(shop.webhooks.counts.acknowledged).toBe(1));
  // One call takes the delivery in, the next one runs the flow that it started.
  await worker(hub);
  await worker(hub);
  expect(erp.state.saleOrders).toMatchObject([{ state: 'sale', amountTotal: 39, clientOrderRef: '#1042' }]);
  expect(await hub.exceptions.list({ state: 'open', limit: 10 })).toEqual([]);
  expect(warehouse.state.orders).toMatchObject([{ reference: '#1042' }]);

  warehouse.state.ship('#1042');
  await everyFiveMinutes(hub);
  await worker(hub);
  expect(shop.state.order(order.id).fulfillmentStatus).toBe('FULFILLED');
  expect(erp.state.pickings).toMatchObject([{ state: 'done' }]);
  expect(await hub.exceptions.list({ state: 'open', limit: 10 })).toEqual([]);
});
