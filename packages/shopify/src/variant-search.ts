import { chunk, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { variantsByKey } from './documents/products.ts';
import { allRows, quoted } from './sku-search.ts';
import type * as z from 'zod';
import type { variantKeysSchema } from './wire/product.ts';

/** A variant of which only its keys and its product are known. */
export type FoundVariant = z.infer<typeof variantKeysSchema>['productVariants']['nodes'][number];

/** Finds variants by a key, to the letter. */
export interface VariantSearch {
  by(
    key: 'sku' | 'barcode',
    texts: readonly string[],
    call: ReadOptions & { readonly operation: string },
  ): Promise<ReadonlyMap<string, readonly FoundVariant[]>>;
}

/** Keys in one search: a text of some thousand letters, and one page of answers where keys are not like each other. */
const perSearch = 50;
/** Searches at a time. */
const atOnce = 4;

/** Shopify's search goes by words and beginnings, so all that it finds is read to the end and compared. */
export function variantSearch(client: ShopifyClient): VariantSearch {
  return {
    async by(key, texts, call) {
      const found = new Map<string, FoundVariant>();
      const wanted = new Set(texts);
      for (const parts of chunk(chunk([...wanted], perSearch), atOnce)) {
        const rows = await Promise.all(
          parts.map((part) =>
            allRows(part.map((text) => `${key}:${quoted(text)}`).join(' OR '), async (filter, after) => {
              const variables = { filter, after };
              const { productVariants } = await client.run(variantsByKey, { ...call, safety: 'read', variables });
              return productVariants;
            }),
          ),
        );
        // A row that moves while Shopify builds its pages may stand on two of them.
        for (const row of rows.flat()) found.set(row.id, row);
      }
      const exact = [...found.values()].flatMap((row) => {
        const text = row[key];
        return text !== null && wanted.has(text) ? [[text, row] as const] : [];
      });
      const byText = Map.groupBy(exact, ([text]) => text);
      return new Map([...byText].map(([text, rows]) => [text, rows.map(([, row]) => row)]));
    },
  };
}
