import { isCommerceError, type ReadOptions, type StockLevel } from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import { listingReader } from './listing-read.ts';
import { figureOf, ownChannel } from './inventory-figure.ts';
import type { Flights } from './inventory-flight.ts';
import type { AmazonSettings } from './options.ts';
import type { WireListing } from './wire/listing.ts';

/**
 * What buyers see of these SKUs now, one level for each channel that Amazon states a number of. Where another number was
 * submitted last, it is the smaller of the two, because the smaller may be on its way; a larger one that this connector
 * sent and that is not seen yet is given as it will be.
 */
export function inventoryGet(client: AmazonClient, flights: Flights, settings: AmazonSettings) {
  const { system, clock } = settings;
  const read = listingReader(client, settings);
  return async (skus: readonly string[], options: ReadOptions = {}): Promise<readonly StockLevel[]> => {
    const wanted = [...new Set(skus)].filter(isSku);
    const listings = await read(wanted, ['fulfillmentAvailability', 'attributes'], {
      operation: 'inventory.get',
      ...options,
    });
    const asOf = new Date(clock.now()).toISOString();
    return wanted.flatMap((sku) => {
      const listing = listings.get(sku);
      if (isCommerceError(listing)) throw listing;
      if (listing === undefined) return [];
      return (listing.fulfillmentAvailability ?? []).flatMap(({ fulfillmentChannelCode, quantity }): StockLevel[] => {
        if (quantity === null || quantity === undefined) return [];
        const location = { system, kind: 'location', id: fulfillmentChannelCode } as const;
        const available = fulfillmentChannelCode === ownChannel ? availableOf(sku, listing) : quantity;
        return [{ sku, location, available, asOf }];
      });
    });
  };

  function availableOf(sku: string, listing: WireListing): number {
    const figure = figureOf(listing, settings);
    return flights.isComing(sku, figure) ? figure.submitted : Math.min(figure.shown, figure.submitted);
  }
}

/** Whether Amazon can be asked for a text as a SKU. One or two dots mean another address, however they are written. */
export function isSku(text: string): boolean {
  return text.trim() !== '' && text !== '.' && text !== '..' && text.isWellFormed();
}
