import { systemClock, type PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { inventoryGet } from './inventory-get.ts';
import { inventoryItems } from './inventory-items.ts';
import { locations } from './inventory-location.ts';
import { inventoryPull } from './inventory-pull.ts';
import { inventoryPush } from './inventory-push.ts';
import { stockWrite } from './inventory-write.ts';
import type { ShopifySettings } from './options.ts';

/** What the shop has to sell, at the location that the connector was made for. */
export function inventoryPort(
  client: ShopifyClient,
  settings: ShopifySettings,
): Pick<PortCatalogue['inventory'], 'pull' | 'get' | 'push'> {
  const { system, overlapMs, location, clock = systemClock } = settings;
  const items = inventoryItems(client);
  const places = locations(client, settings);
  return {
    pull: inventoryPull(client, places, {
      system,
      overlapMs,
      location,
      clock,
      operation: 'inventory.pull',
      what: 'Stock levels',
    }),
    get: inventoryGet(items, places, { system, clock }),
    push: inventoryPush(places, stockWrite(client, items, { system, clock }), system),
  };
}
