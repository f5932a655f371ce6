import type { PortCatalogue } from '@crossdock/core';
import { batchSize } from './batch-size.ts';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { priceGet } from './price-get.ts';
import { pricePull } from './price-pull.ts';
import { pricePush } from './price-push.ts';
import { productBatch } from './product-batch.ts';
import { shopCurrency } from './shop-currency.ts';
import { turns } from './turns.ts';

/** The port of prices. */
export function pricesPort(client: WooClient, settings: WooCommerceSettings): PortCatalogue['prices'] {
  const size = batchSize();
  const ways = { batch: productBatch(client, size, settings.clock), size, line: turns(1, settings.system) };
  const currencyOf = shopCurrency(client, settings);
  return {
    pull: pricePull(client, currencyOf, settings),
    get: priceGet(client, currencyOf, settings.system),
    push: pricePush(client, ways, currencyOf, settings),
  };
}
