import { systemClock, type PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import { productGet } from './product-get.ts';
import { productPull } from './product-pull.ts';
import { productReader } from './product-read.ts';
import { shopCurrency } from './shop-currency.ts';
import { variantSearch } from './variant-search.ts';

/** What the shop sells, and how it is described. */
export function productsPort(
  client: ShopifyClient,
  settings: ShopifySettings,
): Pick<PortCatalogue['products'], 'pull' | 'get'> {
  const { system, overlapMs, clock = systemClock } = settings;
  const reader = productReader(client, system, shopCurrency(client));
  const sweep = {
    system,
    overlapMs,
    clock,
    operation: 'products.pull',
    what: 'Products',
  };
  return {
    pull: productPull(client, reader, sweep),
    get: productGet(variantSearch(client), reader),
  };
}
