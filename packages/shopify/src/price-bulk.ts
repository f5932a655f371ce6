import type { ListedPrice } from '@crossdock/core';
import { eachRow, type BulkSource } from './bulk-pull.ts';
import { fittingRow } from './bulk-row.ts';
import { listedPrices } from './price-pages.ts';
import { pageOf, type PageContent } from './page-content.ts';
import type { ShopCurrency } from './shop-currency.ts';
import { variantPriceSchema } from './wire/variant-price.ts';

/** Prices out of a file: every line is a variant. */
export function pricesInBulk(
  currencyOf: ShopCurrency,
  system: string,
): BulkSource<ListedPrice, PageContent<ListedPrice>> {
  return {
    text: pricesText,
    groupObjects: false,
    async collect(call) {
      const currency = await currencyOf(call);
      const about = { system, operation: call.operation, kind: 'price' } as const;
      return eachRow((line) => {
        const fits = fittingRow(line, variantPriceSchema, about);
        if ('problem' in fits) return { items: [], problems: [fits.problem], newest: undefined };
        return listedPrices([fits.row], currency, system);
      });
    },
    toPage: async (records) => pageOf(records),
  };
}

function pricesText(filter: string | null): string {
  const search = filter === null ? '' : `(query: ${JSON.stringify(filter)})`;
  return `{ productVariants${search} { edges { node { id sku price compareAtPrice updatedAt } } } }`;
}
