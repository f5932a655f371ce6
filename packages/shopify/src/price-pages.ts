import { isCommerceError, type ListedPrice, type Page, type PageProblem, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { variantPrices } from './documents/variant-prices.ts';
import { toListedPrice } from './price-record.ts';
import type { ShopCurrency } from './shop-currency.ts';
import { changedSince, laterOf, sweepEnd, sweepText, type SweepCursor, type SweepSettings } from './sweep-cursor.ts';
import type { WireVariantPrice } from './wire/variant-price.ts';

/**
 * Pulls the prices of changed variants. Shopify sorts variants by no moment, so they come by id: one that changes behind
 * the place where the pull is comes with the next pull, which looks back to the beginning of this one.
 */
export function pricePages(client: ShopifyClient, currencyOf: ShopCurrency, settings: SweepSettings) {
  return async function* pages(beginning: SweepCursor, options: ReadOptions): AsyncIterable<Page<ListedPrice>> {
    const call = { operation: settings.operation, lane: options.lane, signal: options.signal };
    let cursor = beginning;
    for (;;) {
      const { productVariants } = await client.run(variantPrices, {
        ...call,
        safety: 'read',
        variables: { filter: changedSince(cursor.from), after: cursor.after ?? null },
      });
      const { nodes, pageInfo } = productVariants;
      const currency = await currencyOf(call);
      const { items, problems, newest } = listedPrices(nodes, currency, settings.system);
      cursor = { ...cursor, newest: laterOf(cursor.newest, newest) };
      const next = pageInfo.hasNextPage ? { ...cursor, after: pageInfo.endCursor } : sweepEnd(cursor, settings);
      yield { items, cursor: sweepText(next), ...(problems.length > 0 && { problems }) };
      if (!pageInfo.hasNextPage) return;
      cursor = next;
    }
  };
}

/** Prices of variants, what of them cannot be read, and the latest change among them. */
export function listedPrices(rows: readonly WireVariantPrice[], currency: string, system: string) {
  const items = new Map<string, ListedPrice>();
  const problems: PageProblem[] = [];
  let newest: string | undefined;
  for (const row of rows) {
    newest = laterOf(newest, row.updatedAt);
    try {
      const price = toListedPrice(row, currency, system);
      // A row that moves while Shopify builds the page may stand in it twice.
      if (price) items.set(row.id, price);
    } catch (error) {
      if (!isCommerceError(error, 'money.invalid')) throw error;
      problems.push({ ref: { system, kind: 'price', id: row.id }, error, version: row.updatedAt });
    }
  }
  return { items: [...items.values()], problems, newest };
}
