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
// Of what is set, and of what a change may lead to. Messages of the codes in the schema of API 2026-10, read 2026-11-26.
const mostSet = 1_000_000_000;
const mostMoved = 2_000_000_000;

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
            // The descriptions of the code in the schema of API 2026-10, one for each mutation, read 2026-11-26.
            row.delta === undefined
              ? 'The changeFromQuantity value does not match persisted value.'
              : 'The changeFromQuantity argument no longer matches the persisted quantity.',
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

/** Whether a quantity that is set is out of bounds. `available` may be below zero, `on_hand` may not. */
export function quantityProblems(field: readonly string[], quantity: number, name: QuantityName): UserError[] {
  const problems = boundProblems(field, quantity, mostSet);
  return problems.length === 0 && name === 'on_hand' && quantity < 0
    ? [userError(field, "The quantity can't be negative.", 'INVALID_QUANTITY_NEGATIVE')]
    : problems;
}

/** Whether a change, or what it leads to, is out of bounds. */
export function deltaProblems(field: readonly string[], delta: number, now: number): UserError[] {
  const problems = boundProblems(field, delta, mostMoved);
  return problems.length > 0 ? problems : boundProblems(field, now + delta, mostMoved);
}

function boundProblems(field: readonly string[], quantity: number, most: number): UserError[] {
  const shown = String(most).replace(/\B(?=(\d{3})+$)/g, ',');
  if (quantity > most)
    return [userError(field, `The quantity can't be higher than ${shown}.`, 'INVALID_QUANTITY_TOO_HIGH')];
  return quantity < -most
    ? [userError(field, `The quantity can't be lower than -${shown}.`, 'INVALID_QUANTITY_TOO_LOW')]
    : [];
}

/** Whether the reason is one the platform knows. */
export function reasonProblems(reason: string): UserError[] {
  return reasons.has(reason)
    ? []
    : [userError(['input', 'reason'], 'The specified reason is invalid.', 'INVALID_REASON')];
}

/** Whether a reference is no URI with a scheme and something behind it; a global id has all its parts. */
export function referenceProblems(uri: string | null | undefined): UserError[] {
  return uri == null || isUri(uri)
    ? []
    : [
        userError(
          ['input', 'referenceDocumentUri'],
          'The specified reference document is invalid.',
          'INVALID_REFERENCE_DOCUMENT',
        ),
      ];
}

function isUri(text: string): boolean {
  return /^gid:/i.test(text) ? /^gid:\/\/[^/\s]+\/[^/\s]+\/\S+$/i.test(text) : /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);
}

/** All changes of one call belong to one ledger document. */
export function oneLedgerProblems(rows: readonly Row[]): UserError[] {
  const message =
    'All changes must have the same ledger document URI or, in the case of adjusting available, no ledger document URI.';
  return new Set(rows.map(({ ledgerDocumentUri }) => ledgerDocumentUri ?? '')).size > 1
    ? [userError(['input', 'changes'], message, 'MAX_ONE_LEDGER_DOCUMENT')]
    : [];
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
  if (!isUri(uri)) return [userError(at, 'The specified ledger document is invalid.', 'INVALID_LEDGER_DOCUMENT')];
  return uri.startsWith('gid://shopify/')
    ? [userError(at, 'Internal (gid://shopify/) ledger documents are not allowed.', 'INTERNAL_LEDGER_DOCUMENT')]
    : [];
}
