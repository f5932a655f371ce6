import type { Clock } from '@crossdock/core';

/** How many items the next batch has, as the shop shows what it can do in the time that it has. */
export interface BatchSize {
  now(): number;
  /** A batch of so many items was answered, so much later. */
  answered(items: number, tookMs: number): void;
  /** A batch of so many was not answered, or in the middle of it PHP ended. */
  failed(items: number): void;
}

/** The route takes 100. recorded on WooCommerce 10.0.2, 2026-11-23 */
export const largestBatch = 100;
/** With so many it begins: a hundred take two seconds on a quick shop, and ten times as long beside plugins. */
const firstBatch = 50;

/** An answer that took longer leaves too little to the time limit of 30 seconds that PHP and hosts begin with. */
const slowMs = 10_000;
const step = 10;
/** So many good batches in a row let a size be tried again that failed. */
const forgives = 10;

/** Halved by every failure, down to one, so that one item on which the shop breaks does not hold up the others; grows in steps. */
export function batchSize(): BatchSize {
  let size = firstBatch;
  let most = largestBatch;
  let good = 0;
  return {
    now: () => size,
    answered(items, tookMs) {
      if (tookMs > slowMs) {
        good = 0;
        size = Math.max(1, Math.min(size, Math.ceil(items / 2)));
        return;
      }
      // A batch that was not full says nothing of a full one.
      if (items < size) return;
      good += 1;
      if (size >= most && good >= forgives) {
        most = Math.min(largestBatch, most + step);
        good = 0;
      }
      size = Math.min(most, size + step);
    },
    failed(items) {
      good = 0;
      most = Math.max(1, Math.min(most, items - 1));
      size = Math.max(1, Math.min(size, Math.floor(items / 2)));
    },
  };
}

/** Runs `work`, and says how long it took. */
export async function timed<T>(
  clock: Pick<Clock, 'now'>,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly tookMs: number }> {
  const begunAt = clock.now();
  const value = await work();
  return { value, tookMs: clock.now() - begunAt };
}
