import type { Order, Stores } from '@crossdock/core';
import { articleOf } from './order-drafts.ts';

const pageSize = 100;

/**
 * Units that channels have sold and Odoo does not know of yet, by article: of every order whose import is under way or
 * waits for a person. What is held is sold all the same.
 */
export async function unbookedGoods(stores: Pick<Stores, 'runs'>): Promise<ReadonlyMap<string, number>> {
  const goods = new Map<string, number>();
  for (let after: string | undefined; ;) {
    const page = await stores.runs.unfinished('place-order', { after, limit: pageSize });
    for (const { event } of page) {
      // Its own flow's run: the event is the order that was placed.
      const { lines } = (event as unknown as { readonly data: Order }).data;
      for (const { sku, quantity } of lines) {
        if (sku === undefined) continue;
        const article = articleOf(sku);
        goods.set(article, (goods.get(article) ?? 0) + quantity);
      }
    }
    if (page.length < pageSize) return goods;
    after = page.at(-1)?.id;
  }
}
