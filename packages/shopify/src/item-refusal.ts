import { itemRefusals as refusalsOf, type CommerceError, type ItemRefusals as Refusals } from '@crossdock/core';

/** Refusals of one item of a list, each a sentence about its SKU. */
export interface ItemRefusals extends Refusals {
  unknown(sku: string): CommerceError;
  /** More than one variant of the shop has the SKU. */
  several(sku: string): CommerceError;
}

/** `failed` is what became of the SKU: "was not set". */
export function itemRefusals(about: {
  readonly system: string;
  readonly operation: string;
  readonly failed: string;
}): ItemRefusals {
  const { of, twice } = refusalsOf(about);
  return {
    of,
    twice,
    unknown: (sku) =>
      of('sku.unknown', sku, 'no variant has it', 'Create the variant or correct the SKU, then replay.'),
    several: (sku) =>
      of(
        'record.duplicate',
        sku,
        'several variants have it',
        'Give each variant a SKU of its own in Shopify, then replay.',
      ),
  };
}
