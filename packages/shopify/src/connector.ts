import { CommerceError, defineConnector, type Connector, type PortCatalogue } from '@crossdock/core';
import { documentClient, type ShopifyClient } from './client.ts';
import { shopCheck } from './documents/orders.ts';
import { inventoryPort } from './inventory.ts';
import { rowsPerPush } from './inventory-push.ts';
import { settingsOf, type ShopifyOptions, type ShopifySettings } from './options.ts';
import { ordersPort } from './orders.ts';
import { variantsPerPush } from './price-push.ts';
import { pricesPort } from './prices.ts';
import { productsPort } from './products.ts';
import { shipmentsPort } from './shipments.ts';
import { webhooksPort } from './webhooks.ts';

/** The ports that a Shopify shop offers. */
export interface ShopifyPorts {
  readonly orders: Pick<PortCatalogue['orders'], 'pull' | 'get' | 'cancel' | 'update'>;
  readonly inventory: Pick<PortCatalogue['inventory'], 'pull' | 'get' | 'push'>;
  readonly prices: Pick<PortCatalogue['prices'], 'pull' | 'get' | 'push'>;
  readonly products: Pick<PortCatalogue['products'], 'pull' | 'get'>;
  readonly shipments: Pick<PortCatalogue['shipments'], 'confirm'>;
  readonly webhooks: Pick<PortCatalogue['webhooks'], 'verify' | 'decode'>;
}

/**
 * How long `@idempotent` honours a key; then it is a new operation. Shopify has it for stock levels and not for orders,
 * prices, fulfillments or cancelations. shopify.dev, idempotent requests, read 2026-11-23.
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
  return defineConnector<ShopifyPorts>({
    platform: 'shopify',
    apiVersion,
    system,
    ports: {
      orders,
      inventory: inventoryPort(client, settings),
      prices: pricesPort(client, settings),
      products: productsPort(client, settings),
      shipments: shipmentsPort(client, settings),
      webhooks: webhooksPort(settings, orders.get),
    },
    traits: {
      'orders.pull': { cursor: 'updated-at', maxPage: 250 },
      'orders.cancel': { mode: 'requested' },
      'orders.update': {},
      'inventory.pull': { cursor: 'updated-at' },
      'inventory.push': { compareAndSet: true, maxBatch: rowsPerPush, keyValidMs },
      'prices.pull': { cursor: 'updated-at', maxPage: 250 },
      'prices.push': { maxBatch: variantsPerPush },
      'products.pull': { cursor: 'updated-at', maxPage: 250 },
      'shipments.confirm': { duplicateGuard: 'natural-key' },
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
