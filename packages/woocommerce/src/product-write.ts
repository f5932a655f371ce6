import { chunk, isCommerceError, type Clock, type CommerceError, type WriteOptions } from '@crossdock/core';
import { timed, type BatchSize } from './batch-size.ts';
import type { WooClient } from './client.ts';
import { writtenBatchSchema, type WrittenItem } from './wire/catalogue.ts';

/** One product or variation that is made, or changed where it has a number. */
export interface Written<T> {
  readonly of: T;
  readonly id: number | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What the shop said: the number that it has now, the word of its refusal, an error, or nothing. */
export type WriteAnswer = { readonly id: number } | { readonly word: string | number } | CommerceError | undefined;

/** Sends what is to be made and changed at one route in batches, and gives what became of each. */
export function catalogueWriter(client: WooClient, size: BatchSize, clock: Clock) {
  return async function write<T>(
    path: string,
    items: readonly Written<T>[],
    { operation, options }: { readonly operation: string; readonly options: WriteOptions },
  ): Promise<readonly (readonly [Written<T>, WriteAnswer])[]> {
    const answers: (readonly [Written<T>, WriteAnswer])[] = [];
    for (const batch of chunk(items, size.now())) {
      const create = batch.filter(({ id }) => id === undefined);
      const update = batch.filter(({ id }) => id !== undefined);
      try {
        const { value, tookMs } = await timed(clock, () =>
          client.post(path, {
            operation,
            json: {
              ...(create.length > 0 && { create: create.map(({ fields }) => fields) }),
              ...(update.length > 0 && { update: update.map(({ id, fields }) => ({ id, ...fields })) }),
            },
            safety: 'once',
            answer: writtenBatchSchema,
            options,
          }),
        );
        size.answered(batch.length, tookMs);
        for (const [index, item] of create.entries()) answers.push([item, answerOf(value.create[index])]);
        for (const [index, item] of update.entries()) answers.push([item, answerOf(value.update[index])]);
      } catch (error) {
        if (!isCommerceError(error)) throw error;
        if (error.code === 'write.uncertain' && options.signal?.aborted !== true) size.failed(batch.length);
        for (const item of batch) answers.push([item, error]);
      }
    }
    return answers;
  };
}

function answerOf(item: WrittenItem | undefined): WriteAnswer {
  if (item === undefined) return undefined;
  return 'error' in item ? { word: item.error.code } : { id: item.id };
}
