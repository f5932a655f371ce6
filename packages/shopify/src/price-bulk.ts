import type { ListedPrice } from '@crossdock/core';
import { eachRow, type BulkSource } from './bulk-pull.ts';
import { fittingRows, type BulkRow } from './bulk-row.ts';
import { listedPrices } from './price-pages.ts';
import type { ShopCurrency } from './shop-currency.ts';
import { variantPriceSchema } from './wire/variant-price.ts';

/** Prices out of a file: every line is a variant. */
export function pricesInBulk(currencyOf: ShopCurrency, system: string): BulkSource<ListedPrice, BulkRow> {
  return {
    text: pricesText,
    groupObjects: false,
    collect: eachRow,
    async toPage(records, call) {
      const currency = await currencyOf(call);
      const { rows, problems } = fittingRows(records, variantPriceSchema, { system, kind: 'price', ...call });
      const found = listedPrices(rows, currency, system);
      return { ...found, problems: [...problems, ...found.problems] };
    },
  };
}

export function pricesText(filter: string | null): string {
  const search = filter === null ? '' : `(query: ${JSON.stringify(filter)})`;
  return `{ productVariants${search} { edges { node { id sku price compareAtPrice updatedAt } } } }`;
}
