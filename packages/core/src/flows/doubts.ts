import { CommerceError } from '../errors/commerce-error.ts';
import { mayHaveWritten } from '../errors/may-have-written.ts';
import type { IdempotencyStore, StoreSet } from '../ports/stores.ts';
import { notePrefix } from './attempt-notes.ts';
import { itemOutcomesSchema, roundKey } from './push-once.ts';

const keyPrefix = `${notePrefix}doubted/`;
/** Of an attempt that ended without a word, as when its process died, nobody knows which writes it had begun. */
const unendedNote = `${notePrefix}unended`;

/**
 * Notes with a run, inside the unit of work that ends an attempt of it, which of the writes that it had begun came to no end
 * that is known. `unended`: an attempt before this one ended without a word.
 */
export async function noteDoubts(
  inside: Pick<StoreSet, 'idempotency' | 'runs'>,
  run: string,
  { writes, unended }: { readonly writes: readonly string[]; readonly unended: boolean },
): Promise<void> {
  for (const key of writes) {
    if (await isOpen(inside.idempotency, key)) await inside.runs.writeStep(run, `${keyPrefix}${key}`, true);
  }
  if (unended) await inside.runs.writeStep(run, unendedNote, true);
}

/** Whether a write of a run that is before a person may have happened, or may still happen, without anybody knowing. */
export async function isInDoubt({ idempotency, runs }: StoreSet, run: string): Promise<boolean> {
  for (const name of (await runs.steps(run)).keys()) {
    if (name === unendedNote) return true;
    if (name.startsWith(keyPrefix) && (await isOpen(idempotency, name.slice(keyPrefix.length)))) return true;
  }
  return false;
}

/** Whether nobody knows the end of a write. Of a batch what counts is the last round, which had all that was left. */
async function isOpen(idempotency: Pick<IdempotencyStore, 'peek'>, key: string): Promise<boolean> {
  let hasOpenItems = false;
  for (let round = 1; ; round++) {
    const known = await idempotency.peek(roundKey(key, round));
    if (known?.state === 'running' || known?.state === 'uncertain') return true;
    if (known?.state !== 'done') return hasOpenItems;
    const items = itemOutcomesSchema.safeParse(known.result).data ?? [];
    if (items.every(({ ok }) => ok)) return false;
    hasOpenItems = items.some((item) => !item.ok && mayHaveWritten(new CommerceError(item.error)));
  }
}
