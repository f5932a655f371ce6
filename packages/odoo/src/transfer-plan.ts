import type { Transfer } from './transfer-validation.ts';

/** What is to be written on one transfer. */
export interface TransferPlan<T extends Transfer> {
  readonly picking: T;
  readonly values: Readonly<Record<string, unknown>>;
  /** What each move is to bring, in the unit of the move, by its id. */
  readonly planned: ReadonlyMap<number, number>;
  readonly before: Before;
}

/** What stood on a transfer before it was written on. */
export interface Before {
  readonly note: string | null;
  /** Other fields of the transfer that are written, as they were. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  readonly moves: readonly { readonly picked: boolean; readonly quantity: number; readonly state: string }[];
}

/**
 * What stands in the write of every open move. Without it Odoo would book our quantities in place of those that somebody
 * else booked a moment ago. Recorded on Odoo 19.0, 2026-11-26; older source has the same check, and it was not seen on a
 * server of 17 or 18.
 */
export function guardOf({ product_uom }: { readonly product_uom: { readonly id: number } }) {
  return { product_uom: product_uom.id };
}
