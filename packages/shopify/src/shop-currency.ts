import type { ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { shopCurrency as document } from './documents/prices.ts';

/** The currency in which the shop keeps its prices. It does not change once the shop sold something. */
export type ShopCurrency = (call: ReadOptions & { readonly operation: string }) => Promise<string>;

/** Asks for it once for the life of the connector. */
export function shopCurrency(client: ShopifyClient): ShopCurrency {
  let known: string | undefined;
  return async ({ operation, lane, signal }) => {
    if (known !== undefined) return known;
    const { shop } = await client.run(document, { operation, safety: 'read', variables: {}, lane, signal });
    return (known = shop.currencyCode);
  };
}
