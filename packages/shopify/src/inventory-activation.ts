import { CommerceError, stableUuid, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { inventoryActivate } from './documents/inventory.ts';
import { tidy } from './errors.ts';
import { availableOf } from './inventory-items.ts';

/**
 * Stocks an item at a location where it is not stocked yet, and answers what it has there then. Versions before 2026-10
 * refuse a quantity for such an item, so it is done first on all of them. A repeat changes nothing, so the key need only
 * tell one attempt from another.
 */
export function itemActivation(
  client: ShopifyClient,
  { system, operation }: { readonly system: string; readonly operation: string },
) {
  return async function activate(
    sku: string,
    item: string,
    location: string,
    attempt: string,
    { lane, signal }: ReadOptions,
  ): Promise<number> {
    const key = await stableUuid(JSON.stringify(['inventoryActivate', attempt, item, location]));
    const { inventoryActivate: payload } = await client.run(inventoryActivate, {
      operation,
      safety: 'repeatable',
      lane,
      signal,
      variables: { item, location, key },
    });
    const available = availableOf(payload.inventoryLevel);
    if (payload.userErrors.length === 0 && available !== undefined) return available;
    const said = payload.userErrors.map(({ message }) => `"${tidy(message)}"`).join('; ');
    throw new CommerceError({
      code: 'record.rejected',
      system,
      operation,
      message: `SKU "${sku}" was not set in "${system}": it is not stocked at location "${location}" and was not put there; Shopify said ${said || 'nothing'}. Stock it at the location in Shopify, then replay.`,
    });
  };
}
