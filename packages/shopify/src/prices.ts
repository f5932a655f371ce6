import { systemClock, type PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import { priceGet } from './price-get.ts';
import { pricePull } from './price-pull.ts';
import { pricePush } from './price-push.ts';
import { shopCurrency } from './shop-currency.ts';

/** What variants cost in the shop. */
export function pricesPort(
  client: ShopifyClient,
  { system, overlapMs, clock = systemClock }: ShopifySettings,
): Pick<PortCatalogue['prices'], 'pull' | 'get' | 'push'> {
  const currencyOf = shopCurrency(client);
  const sweep = { system, overlapMs, clock, operation: 'prices.pull', what: 'Prices' };
  return {
    pull: pricePull(client, currencyOf, sweep),
    get: priceGet(client, currencyOf),
    push: pricePush(client, system, currencyOf),
  };
}
