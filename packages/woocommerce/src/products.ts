import type { PortCatalogue } from '@crossdock/core';
import { batchSize } from './batch-size.ts';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { productGet } from './product-get.ts';
import { productPull } from './product-pull.ts';
import { productPush } from './product-push.ts';
import { productReader, type ShopFacts } from './product-rows.ts';
import { turns } from './turns.ts';

/** The port of products, with their variations. */
export function productsPort(
  client: WooClient,
  facts: ShopFacts,
  settings: WooCommerceSettings,
): PortCatalogue['products'] {
  const reader = productReader(client, facts, settings.system);
  return {
    pull: productPull(client, reader, settings),
    get: productGet(client, reader, settings),
    push: productPush(client, facts, { size: batchSize(), line: turns(1, settings.system) }, settings),
  };
}
