import { defineConnector, type Connector, type PortCatalogue } from '@crossdock/core';
import { amazonClient, encoded, type AmazonClient } from './client.ts';
import { inventoryPort } from './inventory.ts';
import { listingWrite } from './listing-write.ts';
import { notificationsPort } from './notifications.ts';
import { settingsOf, type AmazonOptions, type AmazonSettings } from './options.ts';
import { ordersPerPage } from './order-pull.ts';
import { ordersPort } from './orders.ts';
import { pricesPort } from './prices.ts';
import { shipmentsPort } from './shipments.ts';
import { listingPageSchema } from './wire/listing.ts';

/** The ports that a store at Amazon offers. */
export interface AmazonPorts {
  readonly orders: Pick<PortCatalogue['orders'], 'pull' | 'get'>;
  readonly inventory: Pick<PortCatalogue['inventory'], 'get' | 'push'>;
  readonly prices: Pick<PortCatalogue['prices'], 'push'>;
  readonly shipments: Pick<PortCatalogue['shipments'], 'confirm'>;
  readonly notifications: PortCatalogue['notifications'];
}

/**
 * Connects one seller in one store through Amazon's Selling Partner API.
 *
 * @example
 * ```ts
 * const uk = amazon({
 *   region: 'eu',
 *   marketplaceId: 'A1F83G8C2ARO7P',
 *   sellerId: 'A2EXAMPLE123',
 *   clientId: '…',
 *   clientSecret: '…',
 *   refreshToken: '…',
 *   application: { name: 'Acme Hub', version: '1.2' },
 * });
 * ```
 */
export function amazon(options: AmazonOptions): Connector<AmazonPorts> {
  const settings = settingsOf(options);
  const client = amazonClient(settings);
  const write = listingWrite(client, settings);
  const orders = ordersPort(client, settings);
  return defineConnector<AmazonPorts>({
    platform: 'amazon',
    // Each part of the API has a version of its own; orders are what this one is about.
    apiVersion: '2026-01-01',
    system: settings.system,
    ports: {
      orders,
      inventory: inventoryPort(client, write, settings),
      prices: pricesPort(client, write, settings),
      shipments: shipmentsPort(client, settings),
      notifications: notificationsPort(settings, orders.get),
    },
    traits: {
      'orders.pull': { cursor: 'updated-at', maxPage: ordersPerPage },
      'inventory.push': { compareAndSet: false, maxBatch: settings.itemsPerFeed },
      'prices.push': { maxBatch: settings.itemsPerFeed },
      // A package keeps the number that we gave it for as long as its order is there, and the same number changes that
      // package. Orders API v0, confirmShipment, read 2026-08-18.
      'shipments.confirm': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY },
    },
    check: () => check(client, settings),
    usage: () => client.usage(),
  });
}

/** The cheapest read that is about this very seller and store; of the account alone Amazon answers once a minute. */
async function check(client: AmazonClient, { sellerId, marketplaceId }: AmazonSettings): Promise<void> {
  await client.send({
    api: 'searchListingsItems',
    operation: 'check',
    method: 'GET',
    path: `listings/2021-08-01/items/${encoded(sellerId)}`,
    search: { marketplaceIds: marketplaceId, pageSize: 1 },
    safety: 'read',
    answer: listingPageSchema,
  });
}
