import {
  systemClock,
  type Category,
  type Page,
  type PortCatalogue,
  type ReadOptions,
  type Since,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { collections } from './documents/collections.ts';
import type { ShopifySettings } from './options.ts';
import { changedSince, laterOf, sweepBeginning, sweepEnd, sweepText, type SweepCursor } from './sweep-cursor.ts';

/** Groups of products: collections, which stand side by side and in no tree. One without a title is no group of ours. */
export function categoriesPort(
  client: ShopifyClient,
  { system, overlapMs, clock = systemClock }: ShopifySettings,
): Pick<PortCatalogue['categories'], 'pull'> {
  const operation = 'categories.pull';
  const sweep = { system, overlapMs, clock, operation, what: 'Categories' };
  return {
    async *pull(since: Since, { lane, signal }: ReadOptions = {}): AsyncIterable<Page<Category>> {
      let cursor: SweepCursor = sweepBeginning(since, sweep);
      for (;;) {
        const variables = { filter: changedSince(cursor.from), after: cursor.after ?? null };
        const call = { operation, safety: 'read', lane, signal, variables } as const;
        const { nodes, pageInfo } = (await client.run(collections, call)).collections;
        let { newest } = cursor;
        for (const { updatedAt } of nodes) newest = laterOf(newest, updatedAt);
        cursor = { ...cursor, newest };
        const next = pageInfo.hasNextPage ? { ...cursor, after: pageInfo.endCursor } : sweepEnd(cursor, sweep);
        const items = nodes.flatMap(({ id, title, updatedAt }): Category[] => {
          const ref = { system, kind: 'category', id } as const;
          return title === '' ? [] : [{ ref, name: title, path: [title], updatedAt }];
        });
        yield { items, cursor: sweepText(next) };
        if (!pageInfo.hasNextPage) return;
        cursor = next;
      }
    },
  };
}
