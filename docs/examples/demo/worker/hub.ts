import { shipbob } from '@crossdock/3pl/shipbob';
import { amazon } from '@crossdock/amazon';
import { defineOwnership, type Clock } from '@crossdock/core';
import { compose } from '@crossdock/core/flows';
import { sqliteStores } from '@crossdock/core/sqlite';
import { odoo } from '@crossdock/odoo';
import { shopify } from '@crossdock/shopify';
import { woocommerce } from '@crossdock/woocommerce';
import { channels } from '../channels.ts';
import { till } from '../till/connector.ts';
import type { WorkerSettings } from '../world/messages.ts';
import { applyCancellation } from './flows/apply-cancellation.ts';
import { awaitPayment } from './flows/await-payment.ts';
import { confirmShipment } from './flows/confirm-shipment.ts';
import { holdCorrection } from './flows/hold-correction.ts';
import { placeOrder } from './flows/place-order.ts';
import { stockPublication } from './flows/publish-stock.ts';

/** Two minutes, and the clocks of two machines. developer-docs.amazon.com, read 2026-08-18. */
const amazonListsAfterMs = 125_000;

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
    woocommerce: woocommerce({
      url: settings.woocommerce.url,
      allowHttp: true,
      consumerKey: settings.woocommerce.consumerKey,
      consumerSecret: settings.woocommerce.consumerSecret,
      webhookSecrets: [settings.woocommerce.webhookSecret],
      accountNumberMeta: 'account',
      clock,
    }),
    amazon: amazon({
      region: 'eu',
      origin: settings.amazon.url,
      tokenOrigin: settings.amazon.url,
      marketplaceId: settings.amazon.marketplaceId,
      sellerId: settings.amazon.sellerId,
      clientId: settings.amazon.clientId,
      clientSecret: settings.amazon.clientSecret,
      refreshToken: settings.amazon.refreshToken,
      application: { name: 'Wholesaler', version: '1.0' },
      feedFrom: 12,
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
  const stores = sqliteStores({ file: settings.file, clock });
  /** Amazon lists an order two minutes after its last change; asked later than that, every channel tells of all before. */
  async function salesUntilNow(): Promise<void> {
    await clock.sleep(amazonListsAfterMs);
    for (const channel of channels) await integration.poll(channel, 'orders.pull');
  }
  const integration = compose({
    systems,
    flows: [
      placeOrder,
      confirmShipment,
      applyCancellation,
      holdCorrection,
      awaitPayment(stores),
      ...stockPublication({ stores, salesUntilNow }),
    ],
    ownership: defineOwnership({
      'order.status': 'odoo',
      'order.lines': channels,
      'stock.available': 'odoo',
      'product.price': 'odoo',
      'product.content': 'odoo',
      'shipment.tracking': 'shipbob',
    }),
    stores,
    clock,
  });
  return { systems, integration };
}
