import { systemClock, type PortCatalogue } from '@crossdock/core';
import { bulkJobs } from './bulk-jobs.ts';
import { bulkPull } from './bulk-pull.ts';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import { pricesInBulk } from './price-bulk.ts';
import { priceGet } from './price-get.ts';
import { pricePages } from './price-pages.ts';
import { pricePush } from './price-push.ts';
import { shopCurrency } from './shop-currency.ts';
import { sweepPull } from './sweep.ts';
import { variantCounting } from './variant-count.ts';

/** What variants cost in the shop. */
export function pricesPort(
  client: ShopifyClient,
  settings: ShopifySettings,
): Pick<PortCatalogue['prices'], 'pull' | 'get' | 'push'> {
  const { system, clock = systemClock } = settings;
  const currencyOf = shopCurrency(client);
  const operation = 'prices.pull';
  const sweep = { ...settings, clock, operation, what: 'Prices' };
  const jobs = bulkJobs(client, sweep);
  return {
    pull: sweepPull(
      {
        pages: pricePages(client, currencyOf, sweep),
        bulk: bulkPull(jobs, pricesInBulk(currencyOf, system), sweep),
        count: variantCounting(client, operation),
      },
      sweep,
    ),
    get: priceGet(client, currencyOf),
    push: pricePush(client, { system, currencyOf }),
  };
}
