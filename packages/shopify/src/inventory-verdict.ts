import { CommerceError, type ErrorCode } from '@crossdock/core';
import { raiseUserErrors, tidy } from './errors.ts';
import type { ItemRefusals } from './item-refusal.ts';
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

/** Which row of a call a path such as `input.quantities.3.locationId` names: lists are counted in plain decimals. Recorded on 2026-04. */
export function rowOf(field: UserError['field'], rowCount: number): number | undefined {
  const number = field?.find((part) => /^\d+$/.test(part));
  const at = number === undefined ? undefined : Number(number);
  return at !== undefined && at < rowCount ? at : undefined;
}

const codes: Readonly<Record<string, ErrorCode>> = {
  INVALID_QUANTITY_NEGATIVE: 'record.invalid',
  INVALID_QUANTITY_TOO_HIGH: 'record.invalid',
  INVALID_QUANTITY_TOO_LOW: 'record.invalid',
  INVALID_LOCATION: 'record.invalid',
  // It was there when it was looked up.
  INVALID_INVENTORY_ITEM: 'sku.unknown',
  PRODUCT_VARIANT_DOES_NOT_EXIST: 'sku.unknown',
};

/** What Shopify said of one row, as the error of its item. */
export function stockRefusal(
  refusal: ItemRefusals,
  { sku }: { readonly sku: string },
  { code, message }: UserError,
): CommerceError {
  const known = codes[code ?? ''] ?? 'record.rejected';
  return refusal.of(known, sku, `Shopify said "${tidy(message)}"`, 'Correct it there or here, then replay.');
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
