import type { PortCatalogue } from '@crossdock/core';
import type { AmazonClient } from './client.ts';
import type { ListingWrite } from './listing-change.ts';
import type { AmazonSettings } from './options.ts';
import { pricePush } from './price-push.ts';

/** What the store asks for each SKU. */
export function pricesPort(
  client: AmazonClient,
  write: ListingWrite,
  settings: AmazonSettings,
): Pick<PortCatalogue['prices'], 'push'> {
  return { push: pricePush(client, write, settings) };
}
