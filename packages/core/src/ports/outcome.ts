import type { CommerceError } from '../errors/commerce-error.ts';

/** A batch may half succeed; each item answers for itself, in the order in which it was given. */
export type ItemOutcome<T> =
  | { readonly item: T; readonly ok: true }
  | { readonly item: T; readonly ok: false; readonly error: CommerceError };

/**
 * What became of a wish to cancel. `requested`: the other side will decide, watch the record. `refused`: it went too
 * far, and will ship. `partial`: some parts are canceled, the named ones go on.
 */
export type CancelOutcome =
  | { readonly outcome: 'canceled' }
  | { readonly outcome: 'requested' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'partial'; readonly remaining: readonly string[]; readonly reason: string };
