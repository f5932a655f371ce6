import { shipbob } from '@crossdock/3pl/shipbob';
import { defineOwnership, type Clock } from '@crossdock/core';
import { compose } from '@crossdock/core/flows';
import { sqliteStores } from '@crossdock/core/sqlite';
import { odoo } from '@crossdock/odoo';
import { shopify } from '@crossdock/shopify';
import { till } from '../till/connector.ts';
import type { WorkerSettings } from '../world/messages.ts';
import { applyCancellation } from './flows/apply-cancellation.ts';
import { confirmShipment } from './flows/confirm-shipment.ts';
import { holdCorrection } from './flows/hold-correction.ts';
import { placeOrder } from './flows/place-order.ts';

/** The integration as the wholesaler's team would wire it. */
export function connect(settings: WorkerSettings, clock: Clock) {
  const systems = {
    shopify: shopify({
      shop: settings.shopify.shop,
      origin: settings.shopify.url,
      accessToken: settings.shopify.accessToken,
      webhookSecrets: [settings.shopify.webhookSecret],
      accountNumberAttribute: 'account',
      clock,
    }),
    odoo: odoo({
      url: settings.odoo.url,
      database: settings.odoo.database,
      apiKey: settings.odoo.apiKey,
      shippingProduct: 'CARRIAGE',
      pricelists: { GBP: settings.odoo.pricelist },
      clock,
    }),
    shipbob: shipbob({
      origin: settings.shipbob.url,
      token: settings.shipbob.token,
      channelId: settings.shipbob.channelId,
      webhookSecrets: [settings.shipbob.webhookSecret],
      clock,
    }),
    till: till({ secret: settings.tillSecret }),
  };
  const integration = compose({
    systems,
    flows: [placeOrder, confirmShipment, applyCancellation, holdCorrection],
    ownership: defineOwnership({
      'order.status': 'odoo',
      'order.lines': 'shopify',
      'stock.available': 'odoo',
      'product.price': 'odoo',
      'product.content': 'odoo',
      'shipment.tracking': 'shipbob',
    }),
    stores: sqliteStores({ file: settings.file, clock }),
    clock,
  });
  return { systems, integration };
}
