import { chunk, type Clock, type ReadOptions, type StockLevel } from '@crossdock/core';
import type { InventoryItems } from './inventory-items.ts';
import type { Locations } from './inventory-location.ts';
import { itemRefusals } from './item-refusal.ts';

const operation = 'inventory.get';
/** Looked up at a time. */
const perRound = 250;

/**
 * What the shop shows as available at the connector's location. A SKU that it does not stock there, or does not count, has
 * no entry. Throws `record.duplicate` for a SKU that several variants have: which of them is meant is a person's to say.
 */
export function inventoryGet(
  items: InventoryItems,
  places: Locations,
  { system, clock }: { readonly system: string; readonly clock: Clock },
) {
  const refusal = itemRefusals({ system, operation, failed: 'was not read' });
  return async function get(skus: readonly string[], options: ReadOptions = {}): Promise<readonly StockLevel[]> {
    const { lane, signal } = options;
    const levels: StockLevel[] = [];
    for (const part of chunk([...new Set(skus)], perRound)) {
      const location = await places.own({ operation, lane, signal });
      // Before the question, so that no later change passes for one that is in the answer.
      const asOf = new Date(clock.now()).toISOString();
      const found = await items.find(part, location, { operation, lane, signal });
      for (const [sku, item] of found) {
        if (item === 'several') throw refusal.several(sku);
        if (!item.tracked || item.available === undefined) continue;
        levels.push({ sku, location: { system, kind: 'location', id: location }, available: item.available, asOf });
      }
    }
    return levels;
  };
}
