import type { PortCatalogue } from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import type { AmazonSettings } from './options.ts';
import { orderGet } from './order-get.ts';
import { orderPull } from './order-pull.ts';

/** What buyers ordered in the store. */
export function ordersPort(
  client: AmazonClient,
  settings: AmazonSettings,
): Pick<PortCatalogue['orders'], 'pull' | 'get'> {
  return { pull: orderPull(client, settings), get: orderGet(client, settings) };
}
