import { chunk, isCommerceError, type Clock, type CommerceError, type WriteOptions } from '@crossdock/core';
import { timed, type BatchSize } from './batch-size.ts';
import type { WooClient } from './client.ts';
import { batchSchema, type BatchItem, type WireProduct } from './wire/product.ts';

/** A change of one product or variation. */
interface ProductChange {
  readonly product: WireProduct;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Sends changes and says of each how it ended: what the shop shows now, or the error. Throws only `call.aborted`, and that
 * only while nothing was sent.
 */
export interface ProductBatch {
  send(changes: readonly ProductChange[], call: BatchCall): Promise<ReadonlyMap<number, BatchItem | CommerceError>>;
}

interface BatchCall {
  readonly operation: string;
  readonly options: WriteOptions;
}

/**
 * Writes in batches: variations have a route for each parent, everything else one. A batch is sent once, though its values
 * are absolute: repeated a while later it would undo a sale, and as large as before it would take as long.
 */
export function productBatch(client: WooClient, size: BatchSize, clock: Clock): ProductBatch {
  return {
    async send(changes, call) {
      const answers = new Map<number, BatchItem | CommerceError>();
      const routes = [...Map.groupBy(changes, ({ product }) => routeOf(product))];
      const ends = await Promise.all(routes.map(([path, all]) => sendRoute(path, all, call, answers)));
      const stopped = ends.find((end) => end !== undefined);
      // Where something was sent, what was not has its own answer beside it.
      if (stopped && ends.every((end) => end !== undefined)) throw stopped;
      return answers;
    },
  };

  /** One batch after another. Gives the error where the caller stopped before the first was sent. */
  async function sendRoute(
    path: string,
    changes: readonly ProductChange[],
    call: BatchCall,
    answers: Map<number, BatchItem | CommerceError>,
  ): Promise<CommerceError | undefined> {
    let unsent: CommerceError | undefined;
    for (const [index, batch] of chunk(changes, size.now()).entries()) {
      const stopped = await sendOne(path, batch, call, answers);
      if (index === 0) unsent = stopped;
    }
    return unsent;
  }

  /** Gives the error where the caller stopped before the batch was sent. Stopped later it is `write.uncertain`. */
  async function sendOne(
    path: string,
    batch: readonly ProductChange[],
    { operation, options }: BatchCall,
    answers: Map<number, BatchItem | CommerceError>,
  ): Promise<CommerceError | undefined> {
    try {
      const { value, tookMs } = await timed(clock, () =>
        client.post(path, {
          operation,
          json: { update: batch.map(({ product, fields }) => ({ id: product.id, ...fields })) },
          safety: 'once',
          answer: batchSchema,
          options,
        }),
      );
      size.answered(batch.length, tookMs);
      for (const [index, { product }] of batch.entries()) {
        const answer = value.update[index];
        // Whatever is at another place than it was sent is not about this product.
        if (answer && ('error' in answer || answer.id === product.id)) answers.set(product.id, answer);
      }
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      if (error.code === 'write.uncertain' && options.signal?.aborted !== true) size.failed(batch.length);
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
