import { isCommerceError, type CommerceError } from '@crossdock/core';
import type { BatchSize } from './batch-size.ts';

/** How a push ended for one item. `again`: PHP ended before it came to it, so it was not written and nobody works on it. */
export type Verdict = 'ok' | CommerceError | { readonly again: CommerceError };

/** So many parts read and write beside each other. How many calls that makes at one moment is learnt from the shop. */
const atOnce = 3;

/**
 * Looks up and writes items part by part, each as large as a batch may be then, and says of each how it ended. What PHP did
 * not come to is done again in smaller parts, so that one item on which it breaks does not hold up the others. Throws where
 * the first part as a whole did not happen, and so none.
 */
export async function pushInParts<T>(
  items: readonly T[],
  size: BatchSize,
  push: (part: readonly T[]) => Promise<ReadonlyMap<T, Verdict>>,
): Promise<ReadonlyMap<T, 'ok' | CommerceError>> {
  const verdicts = new Map<T, 'ok' | CommerceError>();
  const queue = [...items];

  async function pushNext(): Promise<void> {
    const part = queue.splice(0, size.now());
    for (const [item, verdict] of await push(part)) {
      if (verdict === 'ok' || isCommerceError(verdict)) verdicts.set(item, verdict);
      else if (part.length === 1) verdicts.set(item, verdict.again);
      else queue.push(item);
    }
  }

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const waiting = queue.slice(0, size.now());
      try {
        await pushNext();
      } catch (error) {
        if (!isCommerceError(error)) throw error;
        for (const item of waiting) if (!verdicts.has(item)) verdicts.set(item, error);
      }
    }
  }

  // Alone: of the first part nothing was written where it throws, and the whole push did not happen.
  if (queue.length > 0) await pushNext();
  await Promise.all(Array.from({ length: atOnce }, work));
  return verdicts;
}

/** Whether PHP ended in the middle: what it wrote until then is all. The answer is WordPress's own of such an end. */
export function isEnded(error: CommerceError): boolean {
  const cause = isCommerceError(error.cause) ? error.cause : error;
  const { details } = cause;
  return (
    typeof details === 'object' && details !== null && 'word' in details && details['word'] === 'internal_server_error'
  );
}
