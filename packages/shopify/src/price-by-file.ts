import { chunk, isCommerceError } from '@crossdock/core';
import * as z from 'zod';
import type { BulkMutations } from './bulk-mutation.ts';
import type { Waiting } from './bulk-wait.ts';
import { productVariantsBulkUpdate } from './documents/prices.ts';
import { priceInputOf, type PriceRow } from './price-write.ts';
import { variantsUpdateSchema } from './wire/price.ts';

/** Variants in one line: input lists end at 250. shopify.dev, API limits, read 2026-11-23. */
const perLine = 250;

/**
 * Writes many prices by one bulk operation, and gives the places of those that are written. What it refuses, and what it
 * gives no answer to, is left to calls of its own: prices are absolute, so writing one twice changes nothing more.
 */
export function pricesByFile(mutations: BulkMutations) {
  return async function write(rows: readonly PriceRow[], key: string, call: Waiting): Promise<ReadonlySet<number>> {
    const products = Map.groupBy(rows, ({ variant }) => variant.product.id);
    const lines = [...products.values()].flatMap((ofProduct) => chunk(ofProduct, perLine));
    const texts = lines.map((some) =>
      JSON.stringify({ product: some[0]?.variant.product.id, variants: some.map(priceInputOf) }),
    );
    const written = new Set<number>();
    try {
      for await (const answers of mutations.run(productVariantsBulkUpdate.text, texts, key, call)) {
        for (const { line, fields } of answers) {
          const answer = answerSchema.safeParse(fields).data?.data.productVariantsBulkUpdate;
          if (answer?.userErrors.length === 0) for (const { index } of lines[line] ?? []) written.add(index);
        }
      }
    } catch (error) {
      // Where no operation can be had, each product is written by a call of its own.
      if (!isCommerceError(error)) throw error;
    }
    return written;
  };
}

const answerSchema = z.object({ data: variantsUpdateSchema });
