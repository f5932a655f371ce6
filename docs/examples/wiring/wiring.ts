import { shipbob } from '@crossdock/3pl/shipbob';
import { defineOwnership } from '@crossdock/core';
import { compose } from '@crossdock/core/flows';
import { sqliteStores } from '@crossdock/core/sqlite';
import { odoo } from '@crossdock/odoo';
import { shopify } from '@crossdock/shopify';
import { confirmShipment, placeOrder } from './flows.ts';
import type { Settings } from './settings.ts';

export const connect = (settings: Settings) =>
  // #region wiring
  compose({
    systems: {
      shopify: shopify({ shop: 'acme', accessToken: settings.shopToken, webhookSecrets: [settings.shopSecret] }),
      odoo: odoo({ url: settings.odooUrl, database: 'acme', apiKey: settings.odooKey }),
      shipbob: shipbob({ token: settings.shipbobToken, channelId: '101', webhookSecrets: [settings.shipbobSecret] }),
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
    stores: sqliteStores({ file: settings.file }),
  });
// #endregion wiring

type Hub = ReturnType<typeof connect>;
// #region running
export const onWebhook = (hub: Hub, request: Request) => hub.receive('shopify', request); // your HTTP framework
export const everyFiveMinutes = (hub: Hub) => hub.poll('shipbob', 'shipments.pull'); // your scheduler
export const worker = (hub: Hub) => hub.work({ limit: 50 }); // your loop, cron or queue
// #endregion running
