import { isCommerceError, type ReadOptions, type StockLevel } from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import { listingReader } from './listing-read.ts';
import type { AmazonSettings } from './options.ts';

/** The channel of stock that the seller ships; those of Amazon's own warehouses begin with "AMAZON". Listings Items API 2021-08-01. */
export const ownChannel = 'DEFAULT';

/** What buyers see of these SKUs now, one level for each channel that Amazon states a number of. */
export function inventoryGet(client: AmazonClient, settings: AmazonSettings) {
  const { system, clock } = settings;
  const read = listingReader(client, settings);
  return async (skus: readonly string[], options: ReadOptions = {}): Promise<readonly StockLevel[]> => {
    const wanted = [...new Set(skus)].filter(isSku);
    const listings = await read(wanted, ['fulfillmentAvailability'], { operation: 'inventory.get', ...options });
    const asOf = new Date(clock.now()).toISOString();
    return wanted.flatMap((sku) => {
      const listing = listings.get(sku);
      if (isCommerceError(listing)) throw listing;
      return (listing?.fulfillmentAvailability ?? []).flatMap(({ fulfillmentChannelCode, quantity }): StockLevel[] => {
        if (quantity === null || quantity === undefined) return [];
        const location = { system, kind: 'location', id: fulfillmentChannelCode } as const;
        return [{ sku, location, available: quantity, asOf }];
      });
    });
  };
}

/** Whether Amazon can be asked for a text as a SKU. One or two dots mean another address, however they are written. */
export function isSku(text: string): boolean {
  return text.trim() !== '' && text !== '.' && text !== '..' && text.isWellFormed();
}
