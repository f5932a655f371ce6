import { type Price, type ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { toPriceNow } from './price-record.ts';
import { allOf } from './product-get.ts';
import { groupsOf } from './product-lookup.ts';
import { unreadable } from './product-rows.ts';
import type { shopCurrency } from './shop-currency.ts';
import { pricedFields, pricedSchema } from './wire/priced.ts';

const operation = 'prices.get';

/** What these SKUs cost now. One that two products have has as many prices as they differ in; what has parts, theirs. */
export function priceGet(client: WooClient, currencyOf: ReturnType<typeof shopCurrency>, system: string) {
  return async function get(skus: readonly string[], options: ReadOptions = {}): Promise<readonly Price[]> {
    const wanted = [...new Set(skus)].filter((sku) => sku.trim() !== '');
    if (wanted.length === 0) return [];
    const currency = await currencyOf(operation, options);
    const lists = await Promise.all(
      groupsOf(wanted).map((sku) => allOf(client, { sku, _fields: pricedFields }, { operation, options })),
    );
    const sold = lists
      .flat()
      .map((row) => pricedOf(row))
      .filter(({ type }) => type !== 'variable' && type !== 'grouped');
    return wanted.flatMap((sku) => {
      const prices = sold.filter((one) => one.sku === sku).flatMap((one) => toPriceNow(one, currency) ?? []);
      return [...new Map(prices.map((price) => [JSON.stringify(price), price])).values()];
    });
  };

  function pricedOf(row: unknown) {
    const parsed = pricedSchema.safeParse(row);
    if (parsed.success) return parsed.data;
    throw unreadable(row, system, operation);
  }
}
