import type { PortCatalogue } from '@crossdock/core';
import { batchSize } from './batch-size.ts';
import type { WooClient } from './client.ts';
import { inventoryGet } from './inventory-get.ts';
import { inventoryPull } from './inventory-pull.ts';
import { inventoryPush } from './inventory-push.ts';
import type { WooCommerceSettings } from './options.ts';
import { productBatch } from './product-batch.ts';
import { turns } from './turns.ts';

/** The port of stock. */
export function inventoryPort(client: WooClient, settings: WooCommerceSettings): PortCatalogue['inventory'] {
  const { system } = settings;
  const size = batchSize();
  return {
    pull: inventoryPull(client, settings),
    get: inventoryGet(client, settings),
    push: inventoryPush(
      client,
      { batch: productBatch(client, size, settings.clock), size, line: turns(1, system) },
      settings,
    ),
  };
}
