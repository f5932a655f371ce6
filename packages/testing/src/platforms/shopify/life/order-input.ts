import type { Address, Note, RiskRecord } from '../records.ts';

/** An address as a test writes it. */
export type AddressInput = Address;

/** A tax. `amount` is reckoned from `rate` (a decimal such as "0.19") when it is left out. */
export interface TaxInput {
  readonly title: string;
  readonly rate: string;
  readonly amount?: string | undefined;
  /** Whether the channel pays it to the state, as a marketplace does, and not the merchant. Default false. */
  readonly channelLiable?: boolean | undefined;
}

/** A fee on the order, with its taxes. */
export interface FeeInput {
  readonly name: string;
  readonly price: string;
  /** Default none. */
  readonly taxLines?: readonly TaxInput[] | undefined;
}

/** Customs duty on all units of a line, on top of its price. */
export interface DutyInput {
  readonly price: string;
  /** Where the goods were made, as a country code. */
  readonly countryCode?: string | undefined;
  readonly harmonizedSystemCode?: string | undefined;
  /** Default none. */
  readonly taxLines?: readonly TaxInput[] | undefined;
}

/** What was taken off. */
export interface DiscountInput {
  readonly amount: string;
  /** Default `code` where a code is given, else `automatic`. */
  readonly kind?: 'code' | 'automatic' | 'manual' | 'script' | undefined;
  readonly code?: string | undefined;
  readonly title?: string | undefined;
  /** Shown instead of the amount. */
  readonly percentage?: number | undefined;
  /** Of a manual discount or a script. */
  readonly description?: string | undefined;
  /** Of a discount on the order: the lines it is for, by their place from 0. Default all. */
  readonly lines?: readonly number[] | undefined;
}

/** One ordered item. A SKU that a variant has is that variant, any other is an item of its own, as in a draft order. */
export interface LineInput {
  readonly sku?: string | undefined;
  /** Default the variant's product. */
  readonly title?: string | undefined;
  readonly variantTitle?: string | undefined;
  readonly quantity: number;
  /** Default the variant's price. */
  readonly unitPrice?: string | undefined;
  /** Default true. */
  readonly requiresShipping?: boolean | undefined;
  readonly taxable?: boolean | undefined;
  readonly giftCard?: boolean | undefined;
  /** On this line alone, in the order's currency. */
  readonly discount?: string | DiscountInput | undefined;
  /** Default the order's `taxLines`. */
  readonly taxLines?: readonly TaxInput[] | undefined;
  readonly duties?: readonly DutyInput[] | undefined;
  readonly customAttributes?: readonly Note[] | undefined;
  readonly grams?: number | undefined;
  /** Where it ships from, as a location's id. Default the first location that has enough. */
  readonly locationId?: string | undefined;
}

/** A way of shipping that was paid for. */
export interface ShippingInput {
  readonly title: string;
  readonly code?: string | undefined;
  readonly price: string;
  readonly discount?: string | DiscountInput | undefined;
  /** Default the order's `taxLines`. */
  readonly taxLines?: readonly TaxInput[] | undefined;
}

/** How the payment stands when the order is placed. */
export type PlacedPayment = 'paid' | 'pending' | 'authorized' | 'partially_paid';

/** One payment of an order. Amounts are in the buyer's currency. */
export interface PaymentInput {
  /** Default `sale`: authorized and captured at once. */
  readonly kind?: 'sale' | 'authorization' | undefined;
  /** Default `success`. */
  readonly status?: 'success' | 'pending' | 'failure' | undefined;
  /** Default the order's `gateway`. A gift card pays as "gift_card". */
  readonly gateway?: string | undefined;
  /** Default what the payments before it left to pay. */
  readonly amount?: string | undefined;
  /** Cash that was given back of it, a transaction of its own. */
  readonly change?: string | undefined;
  /** Why it failed, in the platform's words ("CARD_DECLINED"). */
  readonly errorCode?: string | undefined;
  /** Whether an authorization can be captured in several parts. Default false. */
  readonly multiCapturable?: boolean | undefined;
}

/** An order as a buyer places it. Amounts are decimal strings in the shop's currency. */
export interface OrderInput {
  /** Default the next one, from 1001. */
  readonly number?: number | string | undefined;
  /** ISO 8601. Default now. An order of the past was created then, and is changed now. */
  readonly placedAt?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  /** Left out, an order with an e-mail address gets the customer of that address, and one without gets none. */
  readonly customer?:
    | {
        readonly email?: string | undefined;
        readonly phone?: string | undefined;
        readonly firstName?: string | undefined;
        readonly lastName?: string | undefined;
      }
    | undefined;
  readonly note?: string | undefined;
  readonly poNumber?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly customAttributes?: readonly Note[] | undefined;
  readonly lines: readonly LineInput[];
  readonly shippingLines?: readonly ShippingInput[] | undefined;
  readonly additionalFees?: readonly FeeInput[] | undefined;
  readonly shippingAddress?: AddressInput | undefined;
  /** Default the shipping address. */
  readonly billingAddress?: AddressInput | undefined;
  /** Default the shop's. */
  readonly currency?: string | undefined;
  readonly taxesIncluded?: boolean | undefined;
  /** Whether the duties are in the prices already. Default false. */
  readonly dutiesIncluded?: boolean | undefined;
  /** Taxes on every taxable line and on shipping, by their rate. */
  readonly taxLines?: readonly TaxInput[] | undefined;
  /** On the whole order, spread over its lines. */
  readonly discounts?: readonly DiscountInput[] | undefined;
  /** A tip for the staff: a line of its own that is in the total and not in the subtotal. */
  readonly tip?: string | undefined;
  /** How it was paid, instead of `financialStatus`: several payments, gift cards, cash. */
  readonly payments?: readonly PaymentInput[] | undefined;
  /** Default: nothing was assessed. */
  readonly risk?: RiskRecord | undefined;
  /** Default paid. */
  readonly financialStatus?: PlacedPayment | undefined;
  /** What was paid of a partially paid order. Default half. */
  readonly paidAmount?: string | undefined;
  readonly gateway?: string | undefined;
  /** The buyer's currency, and how much of it one unit of the shop's currency is. */
  readonly presentment?: { readonly currency: string; readonly rate: string } | undefined;
  readonly sourceName?: string | undefined;
  readonly sourceIdentifier?: string | undefined;
  readonly test?: boolean | undefined;
}
