import { chunk, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { inventoryItemsById, inventoryItemsBySku } from './documents/inventory.ts';
import { rowsBySku } from './sku-search.ts';
import type { WireItem, WireLevel } from './wire/inventory.ts';

/** What a location has of a SKU. */
export interface StockedItem {
  readonly id: string;
  /** Whether the shop counts it. Of one that it does not count it sells any number. */
  readonly tracked: boolean;
  /** `undefined` where it is not stocked at the location. */
  readonly available: number | undefined;
}

/** Finds items by their exact SKU. */
export interface InventoryItems {
  /** One entry a SKU that the shop knows; `several` where more than one item has it. */
  find(
    skus: readonly string[],
    location: string,
    call: ItemCall,
  ): Promise<ReadonlyMap<string, StockedItem | 'several'>>;
}
interface ItemCall extends ReadOptions {
  readonly operation: string;
}

/** Ids in one call: input lists end at 250. shopify.dev, API limits, read 2026-11-23. */
const idsPerCall = 250;

/**
 * Remembers which item a SKU was found on, because reading it again by id costs a tenth of a search. It is searched anew
 * when that item has another SKU by now, or others share it.
 */
export function inventoryItems(client: ShopifyClient): InventoryItems {
  const remembered = new Map<string, string>();

  async function again(skus: readonly string[], location: string, call: ItemCall): Promise<readonly WireItem[]> {
    const ids = skus.flatMap((sku) => remembered.get(sku) ?? []);
    const parts = await Promise.all(
      chunk(ids, idsPerCall).map(async (part) => {
        const variables = { ids: part, location };
        const { nodes } = await client.run(inventoryItemsById, { ...call, safety: 'read', variables });
        return nodes;
      }),
    );
    return parts.flat().flatMap((item) => (item && isAsRemembered(item) ? [item] : []));
  }

  function isAsRemembered({ id, sku, duplicateSkuCount }: WireItem): boolean {
    return sku !== null && remembered.get(sku) === id && duplicateSkuCount === 0;
  }

  return {
    async find(skus, location, call) {
      const found = new Map<string, StockedItem | 'several'>();
      const wanted = [...new Set(skus)];
      for (const item of await again(wanted, location, call)) if (item.sku !== null) found.set(item.sku, toItem(item));
      const missing = wanted.filter((sku) => !found.has(sku));
      const rows = await rowsBySku(missing, async (filter, after) => {
        const variables = { filter, location, after };
        const { inventoryItems: page } = await client.run(inventoryItemsBySku, {
          ...call,
          safety: 'read',
          variables,
        });
        return page;
      });
      for (const sku of missing) {
        const [item, ...others] = distinct(rows.get(sku) ?? []);
        remembered.delete(sku);
        if (!item) continue;
        // The search may not have the second one yet; the count has.
        const isShared = others.length > 0 || item.duplicateSkuCount > 0;
        found.set(sku, isShared ? 'several' : toItem(item));
        if (!isShared) remembered.set(sku, item.id);
      }
      return found;
    },
  };
}

/** What a level shows as available; `undefined` where there is no level. */
export function availableOf(level: WireLevel | null): number | undefined {
  return level?.quantities.find(({ name }) => name === 'available')?.quantity;
}

function toItem({ id, tracked, inventoryLevel }: WireItem): StockedItem {
  return { id, tracked, available: availableOf(inventoryLevel) };
}

/** A row that moves while Shopify builds its pages may stand on two of them. */
function distinct(rows: readonly WireItem[]): readonly WireItem[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
