import { systemClock, type PortCatalogue } from '@crossdock/core';
import { bulkJobs } from './bulk-jobs.ts';
import { bulkPull } from './bulk-pull.ts';
import type { ShopifyClient } from './client.ts';
import { collectionSearch } from './collection-search.ts';
import { productCount } from './documents/products.ts';
import type { ShopifySettings } from './options.ts';
import { productsInBulk } from './product-bulk.ts';
import { productGet } from './product-get.ts';
import { productPages } from './product-pages.ts';
import { productPush } from './product-push.ts';
import { productReader } from './product-read.ts';
import { productWriter } from './product-write.ts';
import { shopCurrency } from './shop-currency.ts';
import { sweepPull } from './sweep.ts';
import { variantSearch } from './variant-search.ts';

/** What the shop sells, and how it is described. */
export function productsPort(
  client: ShopifyClient,
  settings: ShopifySettings,
): Pick<PortCatalogue['products'], 'pull' | 'get' | 'push'> {
  const { system, clock = systemClock } = settings;
  const currencyOf = shopCurrency(client);
  const reader = productReader(client, system, currencyOf);
  const search = variantSearch(client);
  const operation = 'products.pull';
  const sweep = { ...settings, clock, operation, what: 'Products' };
  const jobs = bulkJobs(client, sweep);
  return {
    pull: sweepPull(
      {
        pages: productPages(client, reader, sweep),
        bulk: bulkPull(jobs, productsInBulk(reader, currencyOf, system), sweep),
        async count(filter, { lane, signal }) {
          const call = { operation, safety: 'read', lane, signal } as const;
          const { productsCount } = await client.run(productCount, { ...call, variables: { filter } });
          return productsCount?.count ?? 0;
        },
      },
      sweep,
    ),
    get: productGet(search, reader),
    push: productPush({
      search,
      collections: collectionSearch(client),
      reader,
      writer: productWriter(client, sweep),
      currencyOf,
      system,
    }),
  };
}
