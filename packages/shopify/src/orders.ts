import { systemClock, type PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import { orderCanceling } from './order-cancel.ts';
import { orderGet } from './order-get.ts';
import { orderPull } from './order-pull.ts';
import { orderReader } from './order-read.ts';
import { orderUpdating } from './order-update.ts';

/** What buyers ordered in the shop. */
export function ordersPort(
  client: ShopifyClient,
  settings: ShopifySettings,
): Pick<PortCatalogue['orders'], 'pull' | 'get' | 'cancel' | 'update'> {
  const { system, overlapMs, clock = systemClock } = settings;
  const reader = orderReader(client, settings);
  return {
    pull: orderPull(client, reader, { system, overlapMs, clock }),
    get: orderGet(reader, system),
    cancel: orderCanceling(client, settings),
    update: orderUpdating(client, settings),
  };
}
