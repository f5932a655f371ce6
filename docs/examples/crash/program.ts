import { shipbob } from '@crossdock/3pl/shipbob';
import { defineOwnership } from '@crossdock/core';
import { compose } from '@crossdock/core/flows';
import { odoo } from '@crossdock/odoo';
import { shopify } from '@crossdock/shopify';
import type { CrashRuntime } from '@crossdock/testing/crash';
import { confirmShipment, placeOrder } from '../wiring/flows.ts';

/** Signs what the warehouse posts. */
export const shipbobSecret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';

/** The order flow of the README, on whatever it is given to run on. */
export function connect({ stores, fetch, clock, random }: CrashRuntime) {
  return compose({
    systems: {
      shopify: shopify({
        shop: 'acme',
        accessToken: 'shpat_fake',
        webhookSecrets: ['shpss_fake'],
        fetch,
        clock,
        random,
      }),
      odoo: odoo({ url: 'https://odoo.example', database: 'acme', apiKey: 'odoo-api-key', fetch, clock, random }),
      shipbob: shipbob({
        token: 'shipbob-token',
        channelId: '101',
        webhookSecrets: [shipbobSecret],
        fetch,
        clock,
        random,
      }),
    },
    flows: [placeOrder, confirmShipment],
    ownership: defineOwnership({
      'order.status': 'odoo',
      'order.lines': { owner: 'shopify', others: 'raise' },
      'stock.available': 'odoo',
      'product.price': 'odoo',
      'product.content': 'odoo',
      'shipment.tracking': 'shipbob',
    }),
    stores,
    clock,
    random,
  });
}
