import type { CommerceError, WriteOptions } from '@crossdock/core';
import type { ItemRefusals } from './item-refusal.ts';

/** One change of one listing: what Amazon calls a patch, of one whole attribute. */
export interface ListingChange {
  readonly sku: string;
  readonly op: 'replace' | 'merge';
  readonly attribute: 'fulfillment_availability' | 'purchasable_offer';
  readonly value: readonly Readonly<Record<string, unknown>>[];
  /** The value is there already: it is written only where a feed that is older may set another. */
  readonly isThere?: boolean;
}

/** What became of a change: taken by Amazon, or why not. */
export type ChangeAnswer = 'ok' | CommerceError;

/** For which of our operations changes are written, and how it words a refusal. */
export interface ChangeContext extends Pick<WriteOptions, 'lane' | 'signal'> {
  readonly operation: string;
  readonly refusal: ItemRefusals;
}

/** Writes changes and answers for each, in their order. */
export type ListingWrite = (
  changes: readonly ListingChange[],
  context: ChangeContext,
) => Promise<readonly ChangeAnswer[]>;

/** A change as Amazon takes it, in a call and in a feed alike: quantity and price need no other product type. */
export function bodyOf({ op, attribute, value }: ListingChange) {
  return { productType: 'PRODUCT', patches: [{ op, path: `/attributes/${attribute}`, value }] } as const;
}
