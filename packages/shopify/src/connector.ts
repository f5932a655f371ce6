import {
  CommerceError,
  defineConnector,
  systemClock,
  type Connector,
  type Order,
  type PortCatalogue,
  type ReadOptions,
  type Ref,
} from '@crossdock/core';
import { orderCanceling } from './order-cancel.ts';
import { shopifyClient, type ShopifyClient } from './client.ts';
import { shopCheck } from './documents/orders.ts';
import { settingsOf, type ShopifyOptions, type ShopifySettings } from './options.ts';
import { orderPull } from './order-pull.ts';
import { orderReader, type OrderReader } from './order-read.ts';
import { shipmentConfirm } from './shipment-confirm.ts';
import { webhookDecode, webhookVerify } from './webhooks.ts';
import { shopCheckSchema } from './wire/order.ts';

/** The ports that a Shopify shop offers. */
export interface ShopifyPorts {
  readonly orders: Pick<PortCatalogue['orders'], 'pull' | 'get' | 'cancel'>;
  readonly shipments: Pick<PortCatalogue['shipments'], 'confirm'>;
  readonly webhooks: PortCatalogue['webhooks'];
}

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
  const clock = settings.clock ?? systemClock;
  const client = shopifyClient(settings);
  const reader = orderReader(client, settings);
  const get = orderGet(reader, system);
  return defineConnector<ShopifyPorts>({
    platform: 'shopify',
    apiVersion,
    system,
    ports: {
      orders: {
        pull: orderPull(client, reader, { system, overlapMs: settings.overlapMs, clock }),
        get,
        cancel: orderCanceling(client, settings),
      },
      shipments: { confirm: shipmentConfirm(client, settings) },
      webhooks: { verify: webhookVerify(settings), decode: webhookDecode(system, get) },
    },
    traits: {
      'orders.pull': { cursor: 'updated-at', maxPage: 250 },
      'orders.cancel': { mode: 'requested' },
      'shipments.confirm': { duplicateGuard: 'natural-key' },
      'webhooks.verify': { scheme: 'hmac-sha256-base64', signsTime: false },
    },
    check: () => check(client, settings),
    usage: () => client.usage(),
  });
}

function orderGet(reader: OrderReader, system: string) {
  return async (ref: Ref<'order'>, options?: ReadOptions): Promise<Order | undefined> => {
    // Another system's order, or no order: Shopify would call the id wrong, and the answer is that it has none.
    if (ref.system !== system || !/^gid:\/\/shopify\/Order\/\d+$/.test(ref.id)) return undefined;
    const { orders, problems } = await reader.read([ref.id], 'orders.get', options);
    const [problem] = problems;
    if (problem) throw problem.error;
    return orders[0];
  };
}

async function check(client: ShopifyClient, { system, apiVersion }: ShopifySettings): Promise<void> {
  await client.run(shopCheck, { operation: 'check', safety: 'read', variables: {}, answer: shopCheckSchema });
  const other = client.otherVersion;
  if (other === undefined) return;
  throw new CommerceError({
    code: 'options.invalid',
    system,
    operation: 'check',
    message: `shopify({ apiVersion: "${apiVersion}" }) is not what "${system}" serves any more: it answered with "${other}". Pass a supported version.`,
  });
}
