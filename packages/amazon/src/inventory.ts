import type { PortCatalogue } from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import { flights } from './inventory-flight.ts';
import { inventoryGet } from './inventory-get.ts';
import { inventoryPush } from './inventory-push.ts';
import type { ListingWrite } from './listing-change.ts';
import type { AmazonSettings } from './options.ts';

/** What the store offers of each SKU. */
export function inventoryPort(
  client: AmazonClient,
  write: ListingWrite,
  settings: AmazonSettings,
): Pick<PortCatalogue['inventory'], 'get' | 'push'> {
  const sent = flights(settings.clock);
  return { get: inventoryGet(client, sent, settings), push: inventoryPush(client, write, sent, settings) };
}
