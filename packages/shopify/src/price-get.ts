import type { Price, ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { variantPrices } from './documents/variant-prices.ts';
import { toPrice } from './price-record.ts';
import type { ShopCurrency } from './shop-currency.ts';
import { rowsBySku } from './sku-search.ts';
import type { WireVariantPrice } from './wire/variant-price.ts';

const operation = 'prices.get';

/** What these SKUs cost. One that several variants have has as many prices as they differ in. */
export function priceGet(client: ShopifyClient, currencyOf: ShopCurrency) {
  return async function get(skus: readonly string[], { lane, signal }: ReadOptions = {}): Promise<readonly Price[]> {
    const call = { operation, lane, signal };
    const wanted = [...new Set(skus)].filter((sku) => sku.trim() !== '');
    if (wanted.length === 0) return [];
    const currency = await currencyOf(call);
    const rows = await rowsBySku<WireVariantPrice>(wanted, async (filter, after) => {
      const variables = { filter, after };
      const { productVariants } = await client.run(variantPrices, { ...call, safety: 'read', variables });
      return productVariants;
    });
    return wanted.flatMap((sku) => {
      const prices = (rows.get(sku) ?? []).flatMap((row) => toPrice(row, currency) ?? []);
      return [...new Map(prices.map((price) => [JSON.stringify(price), price])).values()];
    });
  };
}
