import type { AmazonAddress, AmazonBuyer, AmazonTaxRegistration } from './records.ts';

/** One ordered item. A SKU that is listed is that listing; any other, or none, is taken as it is. */
export interface AmazonLineInput {
  readonly sku?: string | undefined;
  readonly title: string;
  readonly quantity: number;
  /** With its tax where `taxPerUnit` is left out, without it where it is given. */
  readonly unitPrice: string;
  /** Given, the item has a TAX entry and every other amount of it is without tax. */
  readonly taxPerUnit?: string | undefined;
}

/** What was taken off an item, or off its shipping. */
export interface AmazonDiscountInput {
  readonly amount: string;
  /** Default ITEM. */
  readonly of?: 'ITEM' | 'SHIPPING' | undefined;
  /** Which line, from 0. Default the first. */
  readonly line?: number | undefined;
  /** The promotion's id. Default one drawn. */
  readonly promotion?: string | undefined;
}

/** What a buyer orders. */
export interface AmazonOrderInput {
  /** Three digits, seven and seven. Default one drawn. */
  readonly orderId?: string | undefined;
  readonly lines: readonly AmazonLineInput[];
  /** Default a buyer of Amazon's anonymous addresses. */
  readonly buyer?: AmazonBuyer | undefined;
  /** Default an address in the marketplace's country. */
  readonly address?: AmazonAddress | undefined;
  /** Of the whole order; told by item, by share of units. */
  readonly shippingPrice?: string | undefined;
  readonly shippingTax?: string | undefined;
  readonly giftWrap?:
    | {
        readonly price: string;
        readonly tax?: string | undefined;
        readonly message?: string | undefined;
        readonly level?: string | undefined;
        /** Which line, from 0. Default the first. */
        readonly line?: number | undefined;
      }
    | undefined;
  readonly discounts?: readonly AmazonDiscountInput[] | undefined;
  /** Default the marketplace's. */
  readonly currency?: string | undefined;
  /** Default the fake's own. */
  readonly marketplaceId?: string | undefined;
  /** Default MERCHANT. */
  readonly fulfilledBy?: 'MERCHANT' | 'AMAZON' | undefined;
  /** Default STANDARD. */
  readonly serviceLevel?: string | undefined;
  /** `PRIME`, `AMAZON_BUSINESS`, `FBM_SHIP_PLUS` and so on. Default none. */
  readonly programs?: readonly string[] | undefined;
  /** The order that this one replaces. */
  readonly replaces?: string | undefined;
  /** The seller's own number for the order. */
  readonly alias?: string | undefined;
  /** Default none. */
  readonly taxRegistrations?: readonly AmazonTaxRegistration[] | undefined;
  /** How long it stays PENDING. Default the fake's `pendingMs`. */
  readonly pendingMs?: number | undefined;
  /** Its goods are not out yet: for `pendingMs` it is PENDING_AVAILABILITY and not PENDING. Default false. */
  readonly isPreorder?: boolean | undefined;
}
