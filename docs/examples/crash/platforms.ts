import { fakeOdoo, fakeShipBob, fakeShopify, shopSchemas, type TestClock } from '@crossdock/testing';
import { shipbobSecret } from './program.ts';

// A world is opened for every crash.
const schemas = shopSchemas();

/** A shop, an ERP and a warehouse with two articles in stock, as they are before anybody buys. */
export function openPlatforms(clock: TestClock) {
  const shopify = fakeShopify({ clock, seed: 1, schemas });
  const odoo = fakeOdoo({ clock, seed: 2, database: 'acme' });
  const shipbob = fakeShipBob({
    clock,
    seed: 3,
    channelId: 101,
    webhookSecret: shipbobSecret,
    pickAfterMs: false,
    shipAfterMs: false,
    deliverAfterMs: false,
  });
  for (const [sku, price] of [
    ['TEE-RED-M', 19.5],
    ['CAP-BLUE', 12],
  ] as const) {
    odoo.state.addProduct({ sku, price, onHand: 10, taxes: [] });
    shipbob.state.addInventory(sku, 10);
  }
  shopify.state.subscribe('orders/create', 'https://hub.example/shopify');
  shipbob.state.subscribe('https://hub.example/shipbob');
  return { shopify, odoo, shipbob: { ...shipbob, otherOrigins: ['https://api.shipbob.com'] } };
}
/** The systems of the example. */
export type Platforms = ReturnType<typeof openPlatforms>;
