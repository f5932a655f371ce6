import { isCommerceError, mayHaveWritten, type CommerceError, type WriteOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { batchSchema, type BatchItem, type WireProduct } from './wire/product.ts';

/** A change of one product or variation. */
interface ProductChange {
  readonly product: WireProduct;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** How a batch begins. The route takes 100; a shared host needs seconds for so many. recorded on 10.0.2, 2026-11-23 */
export const batchSize = 50;
const smallestBatch = 5;

/**
 * Sends changes and says of each how it ended: what the shop shows now, or the error. Throws only `call.aborted`, and that
 * only while nothing was sent.
 */
export interface ProductBatch {
  send(changes: readonly ProductChange[], call: BatchCall): Promise<ReadonlyMap<number, BatchItem | CommerceError>>;
}

interface BatchCall {
  readonly operation: string;
  /** Stock is sent once, though it is absolute: repeated a while later it would undo a sale. A price may be repeated. */
  readonly safety: 'once' | 'repeatable';
  readonly options: WriteOptions;
}

/**
 * Writes in batches: variations have a route for each parent, everything else one. A batch that the shop did not answer
 * in time makes the next ones half as large, down to five, because the host is slower than that.
 */
export function productBatch(client: WooClient): ProductBatch {
  let size = batchSize;
  return {
    async send(changes, call) {
      const answers = new Map<number, BatchItem | CommerceError>();
      let isAnySent = false;
      const routes = Map.groupBy(changes, ({ product }) => routeOf(product));
      for (const [path, all] of routes) {
        for (let at = 0; at < all.length;) {
          const batch = all.slice(at, at + size);
          at += batch.length;
          const stopped = await sendOne(path, batch, call, answers);
          if (stopped && !isAnySent) throw stopped;
          isAnySent ||= stopped === undefined;
        }
      }
      return answers;
    },
  };

  /** Gives the error where the caller stopped before the batch was sent. Stopped later it is `write.uncertain`. */
  async function sendOne(
    path: string,
    batch: readonly ProductChange[],
    { operation, safety, options }: BatchCall,
    answers: Map<number, BatchItem | CommerceError>,
  ): Promise<CommerceError | undefined> {
    try {
      const { update } = await client.post(path, {
        operation,
        json: { update: batch.map(({ product, fields }) => ({ id: product.id, ...fields })) },
        safety,
        answer: batchSchema,
        options,
      });
      for (const [index, { product }] of batch.entries()) {
        const answer = update[index];
        // Whatever is at another place than it was sent is not about this product.
        if (answer && ('error' in answer || answer.id === product.id)) answers.set(product.id, answer);
      }
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      if (mayHaveWritten(error)) size = Math.max(smallestBatch, Math.floor(size / 2));
      for (const { product } of batch) answers.set(product.id, error);
      return error.code === 'call.aborted' ? error : undefined;
    }
    return undefined;
  }
}

/** In the route of products a variation is refused. recorded on WooCommerce 10.0.2, 2026-11-23 */
function routeOf({ type, parent_id: parent }: WireProduct): string {
  return type === 'variation' ? `wc/v3/products/${parent}/variations/batch` : 'wc/v3/products/batch';
}
