import { CommerceError, type ErrorCode } from '@crossdock/core';

/** Refusals of one item of a list, each a sentence about its SKU. */
export interface ItemRefusals {
  of(code: ErrorCode, sku: string, seen: string, next: string): CommerceError;
  unknown(sku: string): CommerceError;
  /** More than one variant of the shop has the SKU. */
  several(sku: string): CommerceError;
  /** The list has the SKU twice. */
  twice(sku: string): CommerceError;
}

/** `failed` is what became of the SKU: "was not set". */
export function itemRefusals(about: {
  readonly system: string;
  readonly operation: string;
  readonly failed: string;
}): ItemRefusals {
  const { system, operation, failed } = about;
  const of = (code: ErrorCode, sku: string, seen: string, next: string) =>
    new CommerceError({
      code,
      system,
      operation,
      message: `SKU "${sku}" ${failed} in "${system}": ${seen}. ${next}`,
    });
  return {
    of,
    unknown: (sku) =>
      of('sku.unknown', sku, 'no variant has it', 'Create the variant or correct the SKU, then replay.'),
    several: (sku) =>
      of(
        'record.duplicate',
        sku,
        'several variants have it',
        'Give each variant a SKU of its own in Shopify, then replay.',
      ),
    twice: (sku) => of('record.duplicate', sku, 'the list has it twice', 'Decide which of the two is meant.'),
  };
}
