import { defineConnector, type Connector, type PortCatalogue } from '@crossdock/core';
import { createClient, requests } from './client.ts';
import { fulfillmentsPort } from './fulfillments.ts';
import { inventoryPort } from './inventory.ts';
import { settingsOf, type ShipBobOptions } from './options.ts';
import { orderReader } from './order-read.ts';
import { ordersPerPage, shipmentsPort } from './shipments.ts';
import { webhooksPort } from './webhooks.ts';
import { orderListSchema } from './wire/order.ts';

/** What ShipBob can do here. */
export type ShipBobPorts = {
  readonly fulfillments: Pick<PortCatalogue['fulfillments'], 'request' | 'get' | 'cancel'>;
  readonly shipments: Pick<PortCatalogue['shipments'], 'pull'>;
  readonly inventory: Pick<PortCatalogue['inventory'], 'pull' | 'get'>;
  readonly webhooks: Pick<PortCatalogue['webhooks'], 'verify' | 'decode'>;
};
/** What `shipbob()` gives: a connector with exactly the operations of `ShipBobPorts`. */
export type ShipBobConnector = Connector<ShipBobPorts>;

/**
 * Connects one ShipBob account: asks it to ship, follows what it ships, reads its stock and its webhooks. Throws
 * `options.invalid` for options that cannot work.
 *
 * @example
 * const warehouse = shipbob({ token, channelId: 4711, webhookSecrets: [secret] });
 */
export function shipbob(options: ShipBobOptions): ShipBobConnector {
  const settings = settingsOf(options);
  const client = createClient(settings);
  const orders = orderReader(client);
  return defineConnector<ShipBobPorts>({
    platform: 'shipbob',
    apiVersion: settings.apiVersion,
    system: settings.system,
    ports: {
      fulfillments: fulfillmentsPort(client, orders, settings),
      shipments: shipmentsPort(client, settings),
      inventory: inventoryPort(client, settings),
      webhooks: webhooksPort(orders, settings),
    },
    traits: {
      'fulfillments.request': { duplicateGuard: 'unique-reference' },
      'fulfillments.cancel': { mode: 'immediate' },
      'shipments.pull': { cursor: 'opaque', maxPage: ordersPerPage },
      'inventory.pull': { cursor: 'full' },
      'webhooks.verify': { scheme: 'standard-webhooks', signsTime: true },
    },
    async check() {
      await client.send({
        operation: 'check',
        method: 'GET',
        path: 'order',
        search: { Limit: 1 },
        safety: 'read',
        bucket: requests,
        answer: orderListSchema,
      });
    },
    usage: client.usage,
  });
}
