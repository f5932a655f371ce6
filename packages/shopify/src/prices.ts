import type { PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import { pricePush } from './price-push.ts';

/** What variants cost in the shop. */
export function pricesPort(client: ShopifyClient, { system }: ShopifySettings): Pick<PortCatalogue['prices'], 'push'> {
  return { push: pricePush(client, system) };
}
