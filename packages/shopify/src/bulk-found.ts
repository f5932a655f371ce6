import type { Clock } from '@crossdock/core';
import type { Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { bulkOperations } from './documents/bulk.ts';
import { allRows } from './sku-search.ts';
import type { WireFoundOperation } from './wire/bulk.ts';

/** The app's operations of a kind that were begun in the last so many milliseconds, the oldest first. */
export async function foundOperations(
  client: ShopifyClient,
  clock: Clock,
  { kind, backMs }: { readonly kind: 'query' | 'mutation'; readonly backMs: number },
  call: Waiting,
): Promise<readonly WireFoundOperation[]> {
  const since = new Date(clock.now() - backMs).toISOString().slice(0, 19);
  const found = await allRows(`operation_type:${kind} created_at:>='${since}Z'`, async (filter, after) => {
    const variables = { filter, after };
    const { bulkOperations: page } = await client.run(bulkOperations, { ...call, safety: 'read', variables });
    return page;
  });
  return found.toSorted(
    (one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt) || byNumber(one, other),
  );
}

/** Moments are whole seconds, and numbers grow. */
function byNumber(one: WireFoundOperation, other: WireFoundOperation): number {
  const a = BigInt(/\d+$/.exec(one.id)?.[0] ?? 0);
  const b = BigInt(/\d+$/.exec(other.id)?.[0] ?? 0);
  return a < b ? -1 : a > b ? 1 : 0;
}
