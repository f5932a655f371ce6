import { isCommerceError, type ProductDraft } from '@crossdock/core';
import * as z from 'zod';
import type { BulkMutations } from './bulk-mutation.ts';
import type { Waiting } from './bulk-wait.ts';
import { productMake } from './documents/product-writes.ts';
import { handleOf, makeInput } from './product-input.ts';
import { productMakeSchema } from './wire/product-write.ts';

/** A product that is to be made, with its place in the caller's list and the collections that it is to be in. */
export interface NewProduct {
  readonly index: number;
  readonly draft: ProductDraft;
  readonly collections: readonly string[];
}

/** Makes products, and gives the places of those that are made. */
export type ProductsByFile = (rows: readonly NewProduct[], key: string, call: Waiting) => Promise<ReadonlySet<number>>;

/**
 * Makes many products by one bulk operation. What it refuses, and what it gives no answer to, is left to calls of its own,
 * which find by its handle what was made all the same.
 */
export function productsByFile(mutations: BulkMutations): ProductsByFile {
  return async (rows, key, call) => {
    const made = new Set<number>();
    if (rows.length === 0) return made;
    const lines: string[] = [];
    for (const { draft, collections } of rows) {
      const input = makeInput(draft, await handleOf(draft), collections);
      lines.push(JSON.stringify({ input, synchronous: true }));
    }
    try {
      for await (const answers of mutations.run(productMake.text, lines, key, call)) {
        for (const { line, fields } of answers) {
          const answer = answerSchema.safeParse(fields).data?.data.productSet;
          const row = rows[line];
          if (row && answer?.product && answer.userErrors.length === 0) made.add(row.index);
        }
      }
    } catch (error) {
      // Where no operation can be had, each product is made by a call of its own.
      if (!isCommerceError(error)) throw error;
    }
    return made;
  };
}

const answerSchema = z.object({ data: productMakeSchema });
