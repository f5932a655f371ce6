import { chunk, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { collections } from './documents/collections.ts';
import { allRows, quoted } from './sku-search.ts';

/** Finds collections by their titles, to the letter. More than one is for a person to decide. */
export interface CollectionSearch {
  byTitle(
    titles: readonly string[],
    call: ReadOptions & { readonly operation: string },
  ): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Titles in one search: they are longer than SKUs. */
const perSearch = 20;

export function collectionSearch(client: ShopifyClient): CollectionSearch {
  return {
    async byTitle(titles, call) {
      const found = new Map<string, string>();
      for (const part of chunk([...new Set(titles)], perSearch)) {
        const filter = part.map((title) => `title:${quoted(title)}`).join(' OR ');
        const rows = await allRows(filter, async (query, after) => {
          const variables = { filter: query, after };
          return (await client.run(collections, { ...call, safety: 'read', variables })).collections;
        });
        for (const { id, title } of rows) found.set(id, title);
      }
      const byTitle = Map.groupBy(found, ([, title]) => title);
      return new Map([...byTitle].map(([title, rows]) => [title, rows.map(([id]) => id)]));
    },
  };
}
