import type { PortCatalogue } from '@crossdock/core';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { productGet } from './product-get.ts';
import { productPull } from './product-pull.ts';
import { productReader, type ShopFacts } from './product-rows.ts';

/** The port of products, with their variations. */
export function productsPort(
  client: WooClient,
  facts: ShopFacts,
  settings: WooCommerceSettings,
): Pick<PortCatalogue['products'], 'pull' | 'get'> {
  const reader = productReader(client, facts, settings.system);
  return { pull: productPull(client, reader, settings), get: productGet(client, reader, settings) };
}
