import type { ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { variantCount } from './documents/variant-prices.ts';

/** Counts the variants of a search, up to ten thousand. */
export function variantCounting(client: ShopifyClient, operation: string) {
  return async (filter: string | null, { lane, signal }: ReadOptions): Promise<number> => {
    const call = { operation, safety: 'read', lane, signal } as const;
    const { productVariantsCount } = await client.run(variantCount, { ...call, variables: { filter } });
    return productVariantsCount?.count ?? 0;
  };
}
