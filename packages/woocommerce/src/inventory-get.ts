import type { Clock, ReadOptions, StockLevel } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { productsBySku } from './product-lookup.ts';
import { toLevel } from './stock-level.ts';

/** The present levels. */
export function inventoryGet(client: WooClient, { system, clock }: { readonly system: string; readonly clock: Clock }) {
  return async function get(skus: readonly string[], options?: ReadOptions): Promise<readonly StockLevel[]> {
    const asOf = new Date(clock.now()).toISOString();
    const found = await productsBySku(client, skus, { operation: 'inventory.get', options });
    return [...found.values()].flatMap(([product, other]): StockLevel[] => {
      // Of two products with one SKU nobody knows which is meant.
      const level = product && !other ? toLevel(product, { system, asOf }) : undefined;
      return level ? [level] : [];
    });
  };
}
