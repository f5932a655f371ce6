import type { ErrorCode } from '@crossdock/core';

/** Who has to act before a warehouse can go on. */
export type IssueOwner = 'merchant' | 'partner' | 'carrier';

type IssueRule = { readonly needs: IssueOwner; readonly error: ErrorCode; readonly message: string };

/**
 * What may keep a warehouse from shipping, the same words for every partner. A `FulfillmentIssue.code` from this package
 * is one of these keys; `error` is the code, and so the queue, under which a flow raises it.
 */
export const warehouseIssues = {
  'address.invalid': {
    needs: 'merchant',
    error: 'address.invalid',
    message: 'The warehouse cannot ship to this address. Correct it there.',
  },
  'sku.unknown': { needs: 'merchant', error: 'sku.unknown', message: 'The warehouse does not know the SKU.' },
  'sku.inactive': { needs: 'merchant', error: 'sku.unknown', message: 'The SKU is switched off at the warehouse.' },
  'sku.bundle': { needs: 'merchant', error: 'sku.unknown', message: 'The SKU is a bundle that has no parts yet.' },
  'sku.merged': {
    needs: 'merchant',
    error: 'sku.unknown',
    message: 'The SKU was merged into another one at the warehouse.',
  },
  'stock.out': { needs: 'merchant', error: 'stock.insufficient', message: 'The warehouse has too little of the SKU.' },
  'stock.partly': {
    needs: 'merchant',
    error: 'stock.insufficient',
    message: 'The warehouse could set only a part of the quantity aside.',
  },
  'stock.moving': {
    needs: 'partner',
    error: 'stock.unconfirmed',
    message: 'The goods are on their way inside the warehouse, or stand where nobody may pick them.',
  },
  'account.payment': {
    needs: 'merchant',
    error: 'payment.failed',
    message: "The warehouse could not charge the merchant's account.",
  },
  'reserve.date': {
    needs: 'merchant',
    error: 'record.rejected',
    message: 'The day until which the order had to be held could not be met.',
  },
  'customs.data': {
    needs: 'merchant',
    error: 'record.rejected',
    message: 'Customs data of a product is missing, such as its tariff number.',
  },
  'order.canceled': {
    needs: 'merchant',
    error: 'record.duplicate',
    message: 'The order with this number was canceled at the warehouse and will not ship. Use a new number.',
  },
  unknown: {
    needs: 'partner',
    error: 'record.rejected',
    message: 'The warehouse waits for something that we have no word for.',
  },
} as const satisfies Readonly<Record<string, IssueRule>>;
/** The code of a reason for which a warehouse waits, as it stands in a `FulfillmentIssue`. */
export type WarehouseIssueCode = keyof typeof warehouseIssues;
