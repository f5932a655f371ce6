import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import type { ItemOutcome } from '../ports/outcome.ts';

/** Cuts a list into pieces of at most `size`, in order. */
export function chunk<T>(items: readonly T[], size: number): T[][] {
  if (!Number.isInteger(size) || size < 1) {
    throw new CommerceError({
      code: 'options.invalid',
      message: `A batch of ${items.length} was not cut up: its size is "${size}". Pass a whole number from 1 on.`,
    });
  }
  const pieces: T[][] = [];
  for (let start = 0; start < items.length; start += size) pieces.push(items.slice(start, start + size));
  return pieces;
}

/**
 * Sends a list in batches, one after another, and answers per item in the order given. When a batch fails as a whole,
 * its items have that failure and the next batch is tried: items that were not sent must not pass for sent. What is no
 * CommerceError is thrown.
 */
export async function inBatches<T>(
  items: readonly T[],
  size: number,
  send: (batch: readonly T[]) => Promise<readonly ItemOutcome<T>[]>,
): Promise<ItemOutcome<T>[]> {
  const outcomes: ItemOutcome<T>[] = [];
  for (const batch of chunk(items, size)) {
    try {
      outcomes.push(...(await send(batch)));
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      outcomes.push(...batch.map((item) => ({ item, ok: false as const, error })));
    }
  }
  return outcomes;
}

/**
 * Joins a platform's answers to the items that were sent, in the order they were sent. `answerOf` gives what the
 * platform said of an item: nothing wrong (`'ok'`), an error, or `undefined` when it said nothing, which is
 * `write.uncertain` for that item.
 */
export function outcomesInOrder<T>(
  items: readonly T[],
  answerOf: (item: T, index: number) => 'ok' | CommerceError | undefined,
  { system, operation }: { readonly system: string; readonly operation: string },
): ItemOutcome<T>[] {
  return items.map((item, index) => {
    const answer = answerOf(item, index);
    if (answer === 'ok') return { item, ok: true };
    if (answer) return { item, ok: false, error: answer };
    const error = new CommerceError({
      code: 'write.uncertain',
      message: `"${system}" answered \`${operation}\`, but said nothing of item ${index + 1} of ${items.length}; it may be written. Look it up there, then resolve or replay.`,
      system,
      operation,
    });
    return { item, ok: false, error };
  });
}
