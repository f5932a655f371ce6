import { CommerceError, defineConnector, systemClock, type Connector, type PortCatalogue } from '@crossdock/core';
import { documentClient, type ShopifyClient } from './client.ts';
import { shopCheck } from './documents/orders.ts';
import { customerReader } from './customer-read.ts';
import { categoriesPort } from './categories.ts';
import { customersPort } from './customers.ts';
import { fulfillmentReader } from './fulfillment-read.ts';
import { fulfillmentsPort } from './fulfillments.ts';
import { inventoryPort } from './inventory.ts';
import { rowsPerPush } from './inventory-push.ts';
import { settingsOf, type ShopifyOptions, type ShopifySettings } from './options.ts';
import { recordsPerPage } from './order-changes.ts';
import { ordersPort } from './orders.ts';
import { paymentRead } from './payment-read.ts';
import { paymentsPort } from './payments.ts';
import { variantsPerPush } from './price-push.ts';
import { pricesPort } from './prices.ts';
import { productsPerPush } from './product-push.ts';
import { productReader } from './product-read.ts';
import { productsPort } from './products.ts';
import { refundReader } from './refund-read.ts';
import { refundsPort } from './refunds.ts';
import { returnReader } from './return-read.ts';
import { returnsPort } from './returns.ts';
import { shipmentsPerPage } from './shipment-pull.ts';
import { shipmentReader } from './shipment-read.ts';
import { shipmentsPort } from './shipments.ts';
import { customerTopics, productTopics, stockTopics } from './webhook-catalogue.ts';
import { fulfillmentTopics, shipmentTopics } from './webhook-goods.ts';
import { refundTopics, returnTopics, transactionTopics } from './webhook-money.ts';
import { orderTopics } from './webhook-orders.ts';
import { shopCurrency } from './shop-currency.ts';
import { webhooksPort } from './webhooks.ts';

/** The ports that a Shopify shop offers. */
export interface ShopifyPorts {
  readonly orders: Pick<PortCatalogue['orders'], 'pull' | 'get' | 'cancel' | 'update'>;
  readonly inventory: Pick<PortCatalogue['inventory'], 'pull' | 'get' | 'push'>;
  readonly prices: Pick<PortCatalogue['prices'], 'pull' | 'get' | 'push'>;
  readonly customers: Pick<PortCatalogue['customers'], 'pull' | 'get' | 'create'>;
  readonly categories: Pick<PortCatalogue['categories'], 'pull'>;
  readonly products: Pick<PortCatalogue['products'], 'pull' | 'get' | 'push'>;
  readonly fulfillments: Pick<PortCatalogue['fulfillments'], 'pull' | 'get' | 'hold' | 'release' | 'answer'>;
  readonly shipments: Pick<PortCatalogue['shipments'], 'pull' | 'confirm' | 'update' | 'report'>;
  readonly refunds: Pick<PortCatalogue['refunds'], 'pull' | 'create'>;
  readonly returns: Pick<PortCatalogue['returns'], 'pull' | 'get' | 'create' | 'confirm'>;
  readonly payments: Pick<PortCatalogue['payments'], 'pull' | 'capture'>;
  readonly webhooks: Pick<PortCatalogue['webhooks'], 'verify' | 'decode' | 'subscribe' | 'subscriptions'>;
}

/**
 * How long `@idempotent` honours a key; then it is a new operation. Shopify has it for stock levels and refunds,
 * and not for orders, prices, fulfillments, returns, captures or cancelations. shopify.dev, idempotent requests, read 2026-11-23.
 */
const keyValidMs = 86_400_000;

/**
 * Connects one Shopify shop through its Admin GraphQL API.
 *
 * @example
 * ```ts
 * const shop = shopify({ shop: 'acme', accessToken: { clientId: '…', clientSecret: '…' } });
 * ```
 */
export function shopify(options: ShopifyOptions): Connector<ShopifyPorts> {
  const settings = settingsOf(options);
  const { system, apiVersion } = settings;
  const client = documentClient(settings);
  const orders = ordersPort(client, settings);
  const refunds = refundReader(client, system);
  const returns = returnReader(client, system);
  const payments = paymentRead(client, system);
  const fulfillments = fulfillmentReader(client, system);
  const shipments = shipmentReader(client, system);
  return defineConnector<ShopifyPorts>({
    platform: 'shopify',
    apiVersion,
    system,
    ports: {
      orders,
      inventory: inventoryPort(client, settings),
      prices: pricesPort(client, settings),
      customers: customersPort(client, settings),
      categories: categoriesPort(client, settings),
      products: productsPort(client, settings),
      fulfillments: fulfillmentsPort(client, fulfillments, settings),
      shipments: shipmentsPort(client, shipments, settings),
      refunds: refundsPort(client, refunds, settings),
      returns: returnsPort(client, returns, settings),
      payments: paymentsPort(client, payments, settings),
      webhooks: webhooksPort(client, settings, [
        orderTopics(system, orders.get),
        refundTopics(system, refunds),
        returnTopics(system, returns),
        transactionTopics(system, client, payments),
        fulfillmentTopics(system, fulfillments),
        shipmentTopics(system, shipments),
        productTopics(system, productReader(client, system, shopCurrency(client))),
        customerTopics(system, customerReader(client, settings)),
        stockTopics(client, { ...settings, clock: settings.clock ?? systemClock }),
      ]),
    },
    traits: {
      'orders.pull': { cursor: 'updated-at', maxPage: 250 },
      'orders.cancel': { mode: 'requested' },
      'orders.update': {},
      'inventory.pull': { cursor: 'updated-at' },
      'inventory.push': { compareAndSet: true, maxBatch: rowsPerPush, keyValidMs },
      'prices.pull': { cursor: 'updated-at', maxPage: 250 },
      'prices.push': { maxBatch: variantsPerPush },
      'customers.pull': { cursor: 'updated-at', maxPage: 250 },
      'customers.create': { duplicateGuard: 'unique-reference' },
      'products.push': { maxBatch: productsPerPush },
      'categories.pull': { cursor: 'updated-at', maxPage: 250 },
      'products.pull': { cursor: 'updated-at', maxPage: 250 },
      'fulfillments.pull': { cursor: 'updated-at', maxPage: 250 },
      'fulfillments.hold': {},
      'fulfillments.release': {},
      'fulfillments.answer': {},
      'shipments.pull': { cursor: 'updated-at', maxPage: shipmentsPerPage },
      'shipments.confirm': { duplicateGuard: 'natural-key' },
      'shipments.update': {},
      'shipments.report': {},
      'webhooks.subscribe': {},
      'refunds.pull': { cursor: 'updated-at', maxPage: recordsPerPage },
      'refunds.create': { duplicateGuard: 'native-key', keyValidMs },
      'returns.pull': { cursor: 'updated-at', maxPage: recordsPerPage },
      'returns.create': { duplicateGuard: 'natural-key' },
      'returns.confirm': { duplicateGuard: 'natural-key' },
      'payments.pull': { cursor: 'updated-at', maxPage: recordsPerPage },
      'payments.capture': { duplicateGuard: 'natural-key' },
      'webhooks.verify': { scheme: 'hmac-sha256-base64', signsTime: false },
    },
    check: () => check(client, settings),
    usage: () => client.usage(),
  });
}

async function check(client: ShopifyClient, { system, apiVersion }: ShopifySettings): Promise<void> {
  await client.run(shopCheck, { operation: 'check', safety: 'read', variables: {} });
  const other = client.otherVersion;
  if (other === undefined) return;
  throw new CommerceError({
    code: 'options.invalid',
    system,
    operation: 'check',
    message: `shopify({ apiVersion: "${apiVersion}" }) is not what "${system}" serves any more: it answered with "${other}". Pass a supported version.`,
  });
}
