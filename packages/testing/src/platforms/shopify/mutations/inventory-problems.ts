import type { QuantityName } from '../records.ts';
import { userError, type UserError } from './user-error.ts';

// Reasons, texts and codes of this file as recorded on API 2026-04, unless said otherwise.

/** One quantity that is to be set, or moved by a number. */
export type Row = {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity?: number;
  readonly delta?: number;
  readonly changeFromQuantity?: number | null;
  readonly compareQuantity?: number | null;
  readonly ledgerDocumentUri?: string | null;
};

const reasons = new Set(
  (
    'correction cycle_count_available damaged movement_canceled movement_created movement_received movement_updated other ' +
    'promotion quality_control received reservation_created reservation_deleted reservation_updated restock safety_stock shrinkage'
  ).split(' '),
);
const mostUnits = 1_000_000_000;

/** Whether the quantity is no longer what the caller believed. */
export function staleProblems(
  version: string,
  { ignoreCompareQuantity }: { readonly ignoreCompareQuantity?: boolean | null },
  row: Row,
  now: number,
  field: readonly string[],
): UserError[] {
  const message = 'The compare quantity does not match the current quantity.';
  if (row.changeFromQuantity != null) {
    return row.changeFromQuantity === now
      ? []
      : [
          userError(
            [...field, 'changeFromQuantity'],
            'The change from quantity does not match the current quantity.',
            'CHANGE_FROM_QUANTITY_STALE',
          ),
        ];
  }
  if (
    version >= '2026-04' ||
    ignoreCompareQuantity ||
    Object.hasOwn(row, 'changeFromQuantity') ||
    row.delta !== undefined
  )
    return [];
  if (row.compareQuantity == null) {
    return [
      userError(
        [...field, 'compareQuantity'],
        'The compareQuantity argument must be given when ignoreCompareQuantity is false.',
        'COMPARE_QUANTITY_REQUIRED',
      ),
    ];
  }
  return row.compareQuantity === now
    ? []
    : [userError([...field, 'compareQuantity'], message, 'COMPARE_QUANTITY_STALE')];
}

/** Whether a quantity is out of bounds. */
export function quantityProblems(field: readonly string[], quantity: number, name: QuantityName): UserError[] {
  if (quantity > mostUnits)
    return [userError(field, "The quantity can't be higher than 1,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH')];
  if (quantity < -mostUnits)
    return [userError(field, "The quantity can't be lower than -1,000,000,000.", 'INVALID_QUANTITY_TOO_LOW')];
  return name === 'on_hand' && quantity < 0
    ? [userError(field, "The quantity can't be negative.", 'INVALID_QUANTITY_NEGATIVE')]
    : [];
}

/** Whether the reason is one the platform knows. */
export function reasonProblems(reason: string): UserError[] {
  return reasons.has(reason)
    ? []
    : [userError(['input', 'reason'], 'The specified reason is invalid.', 'INVALID_REASON')];
}

/** Required for everything but `available`, forbidden for that, and never one of the platform's own ids. */
export function ledgerProblems(name: string, uri: string | null | undefined, field: readonly string[]): UserError[] {
  const at = [...field, 'ledgerDocumentUri'];
  if (name === 'available') {
    return uri == null
      ? []
      : [userError(at, 'A ledger document URI is not allowed when adjusting available.', 'INVALID_AVAILABLE_DOCUMENT')];
  }
  if (uri == null)
    return [
      userError(at, 'A ledger document URI is required except when adjusting available.', 'INVALID_QUANTITY_DOCUMENT'),
    ];
  return uri.startsWith('gid://shopify/')
    ? [userError(at, 'Internal (gid://shopify/) ledger documents are not allowed.', 'INTERNAL_LEDGER_DOCUMENT')]
    : [];
}
