import type { CommerceError, ErrorCode } from '@crossdock/core';
import { tidy } from './errors.ts';
import type { ItemRefusals } from './item-refusal.ts';
import type { UserErrors } from './wire/user-error.ts';

type UserError = UserErrors[number];

/** Which row of a call a path such as `input.quantities.3.locationId` or `variants.3.price` names: lists are counted in plain decimals. Recorded on 2026-04. */
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
  NEGATIVE_PRICE_VALUE: 'record.invalid',
  GREATER_THAN_OR_EQUAL_TO: 'record.invalid',
  // They were there when they were looked up.
  INVALID_INVENTORY_ITEM: 'sku.unknown',
  PRODUCT_VARIANT_DOES_NOT_EXIST: 'sku.unknown',
};

/** What Shopify said of one row, as the error of its item. */
export function rowRefusal(refusal: ItemRefusals, sku: string, { code, message }: UserError): CommerceError {
  const known = codes[code ?? ''] ?? 'record.rejected';
  return refusal.of(known, sku, `Shopify said "${tidy(message)}"`, 'Correct it there or here, then replay.');
}
