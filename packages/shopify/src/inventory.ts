import { systemClock, type PortCatalogue } from '@crossdock/core';
import { bulkJobs } from './bulk-jobs.ts';
import { bulkPull } from './bulk-pull.ts';
import type { ShopifyClient } from './client.ts';
import { levelsInBulk } from './inventory-bulk.ts';
import { inventoryGet } from './inventory-get.ts';
import { inventoryItems } from './inventory-items.ts';
import { locations } from './inventory-location.ts';
import { levelPages } from './inventory-pages.ts';
import { inventoryPush } from './inventory-push.ts';
import { stockWrite } from './inventory-write.ts';
import type { ShopifySettings } from './options.ts';
import { sweepPull } from './sweep.ts';
import { variantCounting } from './variant-count.ts';

/** What the shop has to sell, at the location that the connector was made for. */
export function inventoryPort(
  client: ShopifyClient,
  settings: ShopifySettings,
): Pick<PortCatalogue['inventory'], 'pull' | 'get' | 'push'> {
  const { system, location, clock = systemClock } = settings;
  const items = inventoryItems(client);
  const places = locations(client, settings);
  const operation = 'inventory.pull';
  const sweep = { ...settings, clock, operation, what: 'Stock levels' };
  const countOf = variantCounting(client, operation);
  return {
    pull: sweepPull(
      {
        pages: levelPages(client, places, sweep),
        bulk: bulkPull(bulkJobs(client, sweep), levelsInBulk(system, location), sweep),
        // Shopify counts no levels: where all are wanted, there are about as many as variants.
        count: async (filter, options) => (filter === null ? countOf(filter, options) : 0),
      },
      sweep,
    ),
    get: inventoryGet(items, places, { system, clock }),
    push: inventoryPush(places, stockWrite(client, items, { system, clock }), system),
  };
}
