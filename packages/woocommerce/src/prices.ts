import type { PortCatalogue } from '@crossdock/core';
import { batchSize } from './batch-size.ts';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { pricePush } from './price-push.ts';
import { productBatch } from './product-batch.ts';
import { shopCurrency } from './shop-currency.ts';
import { turns } from './turns.ts';

/** The port of prices. */
export function pricesPort(client: WooClient, settings: WooCommerceSettings): Pick<PortCatalogue['prices'], 'push'> {
  const size = batchSize();
  const ways = { batch: productBatch(client, size, settings.clock), size, line: turns(1, settings.system) };
  return { push: pricePush(client, ways, shopCurrency(client, settings), settings) };
}
