import type { Clock, ReadOptions, StockLevel } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { productsBySku } from './product-lookup.ts';

/** The one place that a shop has: WooCommerce counts a product once, wherever it lies. */
export const shopStock = 'shop';

/** The present levels. A product that counts no stock has none: WooCommerce shows it as there or not, without a number. */
export function inventoryGet(client: WooClient, { system, clock }: { readonly system: string; readonly clock: Clock }) {
  return async function get(skus: readonly string[], options?: ReadOptions): Promise<readonly StockLevel[]> {
    const found = await productsBySku(client, skus, { operation: 'inventory.get', options });
    const asOf = new Date(clock.now()).toISOString();
    const location = { system, kind: 'location', id: shopStock } as const;
    return [...found].flatMap(([sku, [product, other]]): StockLevel[] => {
      // Of two products with one SKU nobody knows which is meant.
      if (!product || other || product.manage_stock === false || product.stock_quantity === null) return [];
      return [{ sku, location, available: product.stock_quantity, asOf }];
    });
  };
}
