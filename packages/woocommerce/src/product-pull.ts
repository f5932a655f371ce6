import type { Product } from '@crossdock/core';
import type { WooClient } from './client.ts';
import type { productReader } from './product-rows.ts';
import { sweepPull, type SweepSettings } from './sweep.ts';
import { toEdit } from './wire/catalogue.ts';

const operation = 'products.pull';

/**
 * Pulls products that changed, each with all of its variations, a page at a time: nothing is kept of a page behind it. A
 * change of a variation and a sale move the date of the product. recorded on WooCommerce 10.0.2, 2026-11-23
 */
export function productPull(
  client: WooClient,
  reader: ReturnType<typeof productReader>,
  settings: SweepSettings,
): ReturnType<typeof sweepPull<Product>> {
  return (since, options) => {
    const { readAll } = reader({ operation, options: options ?? {} }, () => settings.clock.now());
    const sweep = sweepPull<Product>(
      client,
      { what: 'Products', operation, path: 'wc/v3/products', search: toEdit, read: readAll },
      settings,
    );
    return sweep(since, options);
  };
}
