import { CommerceError } from '@crossdock/core';
import { raiseUserErrors, tidy } from './errors.ts';
import { rowOf } from './row-refusal.ts';
import type { UserErrors } from './wire/user-error.ts';

type UserError = UserErrors[number];

/** What a refused call says of its rows, by their place in it. Nothing of either: the same rows may go again under another key. */
export interface Verdict {
  /** Another number is there, or the item left the location: look again. */
  readonly changed: ReadonlySet<number>;
  readonly refused: ReadonlyMap<number, UserError>;
}

/** shopify.dev, InventorySetQuantitiesUserErrorCode, API 2026-07; the last one is gone since 2026-10. */
const staleCodes: ReadonlySet<string> = new Set([
  'CHANGE_FROM_QUANTITY_STALE',
  'COMPARE_QUANTITY_STALE',
  'ITEM_NOT_STOCKED_AT_LOCATION',
]);

/** Throws what is said of the call and of no row in it. */
export function verdictOf(
  errors: UserErrors,
  rowCount: number,
  about: { readonly system: string; readonly operation: string },
): Verdict {
  const changed = new Set<number>();
  const refused = new Map<number, UserError>();
  for (const error of errors) {
    // Another attempt under this key failed, and what became of it is settled: the next round has a key of its own.
    if (error.code === 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED') continue;
    if (error.code === 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH') throw reusedKey(error, about);
    const at = rowOf(error.field, rowCount);
    if (at === undefined) {
      raiseUserErrors([error], { ...about, what: `${rowCount} items were not set in "${about.system}"`, refs: [] });
    } else if (staleCodes.has(error.code ?? '')) changed.add(at);
    else refused.set(at, error);
  }
  for (const at of refused.keys()) changed.delete(at);
  return { changed, refused };
}

function reusedKey(
  { message }: UserError,
  { system, operation }: { readonly system: string; readonly operation: string },
): CommerceError {
  return new CommerceError({
    code: 'request.rejected',
    system,
    operation,
    message: `"${system}" did not do "${operation}": it said "${tidy(message)}". Keys follow from what is sent, so this should never be; report it.`,
  });
}
