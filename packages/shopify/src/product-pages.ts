import type { Page, Product, ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { productIds } from './documents/products.ts';
import type { ProductReader } from './product-read.ts';
import { changedSince, laterOf, sweepEnd, sweepText, type SweepCursor, type SweepSettings } from './sweep-cursor.ts';

/**
 * Pulls changed products: a cheap page of ids, then the products themselves. One that changes while pages are read moves
 * behind them, and comes again with its new state.
 */
export function productPages(client: ShopifyClient, reader: ProductReader, settings: SweepSettings) {
  return async function* pages(beginning: SweepCursor, options: ReadOptions): AsyncIterable<Page<Product>> {
    const call = { operation: settings.operation, lane: options.lane, signal: options.signal };
    let cursor = beginning;
    for (;;) {
      const { products } = await client.run(productIds, {
        ...call,
        safety: 'read',
        variables: { filter: changedSince(cursor.from), after: cursor.after ?? null },
      });
      let { newest } = cursor;
      for (const { updatedAt } of products.nodes) newest = laterOf(newest, updatedAt);
      // A row that moves while Shopify builds the page may stand in it twice.
      const ids = [...new Set(products.nodes.map(({ id }) => id))];
      const { items, problems } = await reader.read(ids, call);
      cursor = { ...cursor, newest };
      const { pageInfo } = products;
      const next = pageInfo.hasNextPage ? { ...cursor, after: pageInfo.endCursor } : sweepEnd(cursor, settings);
      yield { items, cursor: sweepText(next), ...(problems.length > 0 && { problems }) };
      if (!pageInfo.hasNextPage) return;
      cursor = next;
    }
  };
}
