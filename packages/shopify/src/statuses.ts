import {
  defineStatusMap,
  orderStatuses,
  paymentStatuses,
  returnDispositions,
  returnStatuses,
  transactionKinds,
  transactionStatuses,
  type OrderStatus,
  type PaymentStatus,
} from '@crossdock/core';
import type { WireOrder } from './wire/order.ts';

// All words of Admin API 2026-07 and FULFILLMENT_NOT_REQUIRED of 2026-10. shopify.dev, read 2026-11-23.

/** How far the goods are. Whether the order was canceled or sent back stands in other fields. */
export const fulfillmentWords = defineStatusMap({
  name: 'shopify order.displayFulfillmentStatus',
  wire: [
    'UNFULFILLED',
    'OPEN',
    'IN_PROGRESS',
    'PENDING_FULFILLMENT',
    'PARTIALLY_FULFILLED',
    'FULFILLED',
    'FULFILLMENT_NOT_REQUIRED',
    'ON_HOLD',
    'SCHEDULED',
    'REQUEST_DECLINED',
    'RESTOCKED',
  ],
  canonical: orderStatuses,
  decode: {
    UNFULFILLED: 'confirmed',
    OPEN: 'confirmed',
    IN_PROGRESS: 'allocated',
    PENDING_FULFILLMENT: 'allocated',
    PARTIALLY_FULFILLED: 'partially-shipped',
    FULFILLED: 'fulfilled',
    // Nothing in it is shipped, so nothing is left to leave the warehouse.
    FULFILLMENT_NOT_REQUIRED: 'fulfilled',
    ON_HOLD: 'on-hold',
    // Must not ship before its day.
    SCHEDULED: 'on-hold',
    // The fulfillment service said no; somebody has to choose another.
    REQUEST_DECLINED: 'on-hold',
    RESTOCKED: { held: 'a legacy word that does not tell a canceled order from a returned one' },
  },
  encode: {
    pending: { held: 'Shopify says it with confirmed = false' },
    confirmed: 'UNFULFILLED',
    'on-hold': 'ON_HOLD',
    allocated: 'IN_PROGRESS',
    'partially-shipped': 'PARTIALLY_FULFILLED',
    fulfilled: 'FULFILLED',
    delivered: { held: 'only the fulfillments of a Shopify order are delivered' },
    'partially-returned': { held: 'Shopify says it with returnStatus' },
    returned: { held: 'Shopify says it with returnStatus' },
    canceled: { held: 'Shopify says it with cancelledAt' },
  },
});

/** Whether anything came back. A return that is asked for or under way changes nothing yet. */
export const returnWords = defineStatusMap({
  name: 'shopify order.returnStatus',
  wire: ['NO_RETURN', 'RETURN_REQUESTED', 'IN_PROGRESS', 'INSPECTION_COMPLETE', 'RETURNED', 'RETURN_FAILED'],
  canonical: ['none', 'some'],
  decode: {
    NO_RETURN: 'none',
    RETURN_REQUESTED: 'none',
    IN_PROGRESS: 'none',
    RETURN_FAILED: 'none',
    INSPECTION_COMPLETE: 'some',
    // Said as soon as one return is closed, whatever else of the order stays with the buyer.
    RETURNED: 'some',
  },
  encode: { none: 'NO_RETURN', some: 'RETURNED' },
});

export const financialWords = defineStatusMap({
  name: 'shopify order.displayFinancialStatus',
  wire: ['PENDING', 'AUTHORIZED', 'PARTIALLY_PAID', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED', 'EXPIRED'],
  canonical: paymentStatuses,
  decode: {
    PENDING: 'pending',
    AUTHORIZED: 'authorized',
    PARTIALLY_PAID: 'partially-paid',
    PAID: 'paid',
    PARTIALLY_REFUNDED: 'partially-refunded',
    REFUNDED: 'refunded',
    VOIDED: 'voided',
    EXPIRED: 'expired',
  },
  encode: {
    pending: 'PENDING',
    authorized: 'AUTHORIZED',
    'partially-paid': 'PARTIALLY_PAID',
    paid: 'PAID',
    'partially-refunded': 'PARTIALLY_REFUNDED',
    refunded: 'REFUNDED',
    voided: 'VOIDED',
    expired: 'EXPIRED',
  },
});

export const transactionKindWords = defineStatusMap({
  name: 'shopify transaction.kind',
  wire: ['AUTHORIZATION', 'EMV_AUTHORIZATION', 'CAPTURE', 'SALE', 'REFUND', 'VOID', 'CHANGE', 'SUGGESTED_REFUND'],
  canonical: transactionKinds,
  decode: {
    AUTHORIZATION: 'authorization',
    EMV_AUTHORIZATION: 'authorization',
    CAPTURE: 'capture',
    SALE: 'sale',
    REFUND: 'refund',
    VOID: 'void',
    CHANGE: 'change',
    SUGGESTED_REFUND: { held: 'a proposal that moved no money' },
  },
  encode: {
    authorization: 'AUTHORIZATION',
    capture: 'CAPTURE',
    sale: 'SALE',
    refund: 'REFUND',
    void: 'VOID',
    change: 'CHANGE',
  },
});

export const transactionStatusWords = defineStatusMap({
  name: 'shopify transaction.status',
  wire: ['SUCCESS', 'PENDING', 'AWAITING_RESPONSE', 'FAILURE', 'ERROR', 'UNKNOWN'],
  canonical: transactionStatuses,
  decode: {
    SUCCESS: 'succeeded',
    PENDING: 'pending',
    AWAITING_RESPONSE: 'pending',
    FAILURE: 'failed',
    ERROR: 'failed',
    UNKNOWN: 'unknown',
  },
  encode: { succeeded: 'SUCCESS', pending: 'PENDING', failed: 'FAILURE', unknown: 'UNKNOWN' },
});

/** How likely fraud is. Each word is ours too. */
export const riskLevelWords = defineStatusMap({
  name: 'shopify order.risk.assessments.riskLevel',
  wire: ['NONE', 'LOW', 'MEDIUM', 'HIGH', 'PENDING'],
  canonical: ['none', 'low', 'medium', 'high', 'pending'],
  decode: { NONE: 'none', LOW: 'low', MEDIUM: 'medium', HIGH: 'high', PENDING: 'pending' },
  encode: { none: 'NONE', low: 'LOW', medium: 'MEDIUM', high: 'HIGH', pending: 'PENDING' },
});

/** What Shopify advises to do about it. */
export const riskAdviceWords = defineStatusMap({
  name: 'shopify order.risk.recommendation',
  wire: ['NONE', 'ACCEPT', 'INVESTIGATE', 'CANCEL'],
  canonical: ['none', 'accept', 'investigate', 'cancel'],
  decode: { NONE: 'none', ACCEPT: 'accept', INVESTIGATE: 'investigate', CANCEL: 'cancel' },
  encode: { none: 'NONE', accept: 'ACCEPT', investigate: 'INVESTIGATE', cancel: 'CANCEL' },
});

/** Whether goods went back on sale with a refund. */
export const restockWords = defineStatusMap({
  name: 'shopify refund.refundLineItems.restockType',
  wire: ['RETURN', 'CANCEL', 'NO_RESTOCK', 'LEGACY_RESTOCK'],
  canonical: ['restocked', 'kept'],
  decode: { RETURN: 'restocked', CANCEL: 'restocked', LEGACY_RESTOCK: 'restocked', NO_RESTOCK: 'kept' },
  encode: { restocked: 'RETURN', kept: 'NO_RESTOCK' },
});

/** How far a return is. One that is open is `received` once everything of it was dealt with. */
export const returnStatusWords = defineStatusMap({
  name: 'shopify return.status',
  wire: ['REQUESTED', 'OPEN', 'CLOSED', 'CANCELED', 'DECLINED'],
  canonical: returnStatuses,
  decode: { REQUESTED: 'requested', OPEN: 'approved', CLOSED: 'closed', CANCELED: 'canceled', DECLINED: 'declined' },
  encode: {
    requested: 'REQUESTED',
    approved: 'OPEN',
    declined: 'DECLINED',
    'in-transit': { held: 'only the reverse deliveries of a Shopify return travel' },
    received: { held: 'Shopify says it with the processed quantities' },
    inspected: { held: 'Shopify says it with the dispositions' },
    closed: 'CLOSED',
    canceled: 'CANCELED',
  },
});

/** What is done with goods that came back. */
export const dispositionWords = defineStatusMap({
  name: 'shopify reverseFulfillmentOrder.dispositions.type',
  wire: ['RESTOCKED', 'NOT_RESTOCKED', 'PROCESSING_REQUIRED', 'MISSING'],
  canonical: [...returnDispositions, 'missing'],
  decode: {
    RESTOCKED: 'restock',
    // Not sold again. Whether it was given away or thrown away Shopify does not say.
    NOT_RESTOCKED: 'quarantine',
    PROCESSING_REQUIRED: 'pending',
    MISSING: 'missing',
  },
  encode: {
    restock: 'RESTOCKED',
    quarantine: 'NOT_RESTOCKED',
    dispose: 'NOT_RESTOCKED',
    donate: 'NOT_RESTOCKED',
    'return-to-merchant': 'NOT_RESTOCKED',
    rework: 'PROCESSING_REQUIRED',
    pending: 'PROCESSING_REQUIRED',
    missing: 'MISSING',
  },
});

/** Whether goods of an order that is so are still to leave. */
export function isToLeave(status: OrderStatus): boolean {
  return toLeave.has(status);
}
const toLeave: ReadonlySet<OrderStatus> = new Set([
  'pending',
  'confirmed',
  'on-hold',
  'allocated',
  'partially-shipped',
]);

/**
 * The one status of an order, which Shopify spreads over four fields. What came back is said once everything has left: before
 * that the order waits for a warehouse, whatever came back of its first parcel.
 */
export function toOrderStatus(
  order: Pick<WireOrder, 'name' | 'cancelledAt' | 'confirmed' | 'displayFulfillmentStatus' | 'returnStatus'>,
  lines: readonly { readonly currentQuantity: number }[],
): OrderStatus {
  if (order.cancelledAt !== null) return 'canceled';
  const goods = fulfillmentWords.decode(order.displayFulfillmentStatus, `Order "${order.name}"`);
  const returns = returnWords.decode(order.returnStatus, `Order "${order.name}"`);
  if (returns === 'some' && !isToLeave(goods)) {
    return lines.every((line) => line.currentQuantity === 0) ? 'returned' : 'partially-returned';
  }
  return goods === 'confirmed' && !order.confirmed ? 'pending' : goods;
}

/** An order without a financial status is a case we have never seen, so a person looks at it. */
export function toPaymentStatus(order: Pick<WireOrder, 'name' | 'displayFinancialStatus'>): PaymentStatus {
  return financialWords.decode(order.displayFinancialStatus ?? 'null', `Order "${order.name}"`);
}
