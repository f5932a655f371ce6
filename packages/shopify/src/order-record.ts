import type { Order, OrderStatus, Ref, Transaction } from '@crossdock/core';
import { sumDiscounts, sumOfDiscounts } from './order-charges.ts';
import { isAsked } from './order-fees.ts';
import { leftOf } from './order-left.ts';
import { toAttributes, toFeeLine, toLine, toShippingLine } from './order-lines.ts';
import { toAddress, toBuyer, toShippingAddress } from './order-parties.ts';
import { presentedCharges } from './order-presented.ts';
import { toRisk } from './order-risk.ts';
import { isToLeave, toOrderStatus, toPaymentStatus, transactionKindWords, transactionStatusWords } from './statuses.ts';
import { tipLine } from './order-tip.ts';
import { toTotals, type View } from './order-totals.ts';
import type { WireDiscount, WireLine, WireOrder, WireShippingLine, WireTransaction } from './wire/order.ts';
import { toMoney } from './wire/money.ts';

/** An order with all pages of its connections. */
export interface WholeOrder {
  readonly order: WireOrder;
  readonly lines: readonly WireLine[];
  readonly shippingLines: readonly WireShippingLine[];
  readonly discounts: readonly WireDiscount[];
}

export interface OrderReading {
  readonly system: string;
  readonly accountNumberAttribute: string | undefined;
}

/** Pure: what a Shopify order is in our words. Throws `status.unmapped`, `address.invalid` and `money.invalid`. */
export function toOrder(whole: WholeOrder, { system, accountNumberAttribute }: OrderReading): Order {
  const { order, discounts } = whole;
  const tip = tipLine(order, whole.lines);
  const lines = whole.lines.filter((line) => line !== tip);
  const ref: Ref<'order'> = { system, kind: 'order', id: order.id };
  const status = toOrderStatus(order, lines);
  const view = viewOf(status);
  const shippingLines = whole.shippingLines.filter((line) => !line.isRemoved);
  const buyer = toBuyer(order, system, accountNumberAttribute);
  const billingAddress = toAddress(order.billingAddress);
  const shippingAddress = toShippingAddress(order, ref);
  const stated = toTotals(order, shippingLines, tip, view, 'shopMoney');
  const isForeign = order.presentmentCurrencyCode !== order.currencyCode;
  const shown = isForeign ? toTotals(order, shippingLines, tip, view, 'presentmentMoney') : undefined;
  const all = { lines, shippingLines, tip };
  const left = leftOf(order, all, view, stated, 'shopMoney');
  const charges = shown && presentedCharges(leftOf(order, all, view, shown, 'presentmentMoney'), shown);
  const attributes = toAttributes(order.customAttributes);
  const risk = toRisk(order);
  const reading = { left, shown: charges, discounts, system };
  const orderLines = left.lines.map((line, index) => toLine(line, index, reading));
  const carriage = left.carriage.map((line, index) => toShippingLine(line, index, reading));
  const feeLines = left.fees.flatMap((fee, index) => (isAsked(fee) ? [toFeeLine(fee, index, reading)] : []));
  const shares = [...orderLines, ...carriage].flatMap((line) => line.discounts);
  // Shopify rounds its own sum line by line and does not say what becomes of discounts on carriage that is given back.
  const discount = left.isAll ? stated.discount : sumOfDiscounts(shares, order.currencyCode);
  return {
    ref,
    number: order.name,
    status,
    paymentStatus: toPaymentStatus(order),
    wireStatus: wireStatusOf(order),
    ...(buyer && { buyer }),
    ...(billingAddress && { billingAddress }),
    ...(shippingAddress && { shippingAddress }),
    currency: order.currencyCode,
    ...(shown && { presentment: { currency: order.presentmentCurrencyCode, totals: shown } }),
    taxesIncluded: order.taxesIncluded,
    lines: orderLines,
    shippingLines: carriage,
    feeLines,
    discounts: sumDiscounts(shares),
    totals: { ...stated, discount },
    transactions: order.transactions.map((wire) => toTransaction(wire, order)),
    ...(order.note !== null && order.note !== '' && { note: order.note }),
    tags: order.tags,
    ...(order.poNumber !== null && order.poNumber.trim() !== '' && { purchaseNumber: order.poNumber.trim() }),
    ...(order.test && { test: true as const }),
    ...(risk && { risk }),
    ...(attributes && { attributes }),
    placedAt: order.processedAt,
    updatedAt: order.updatedAt,
    ...(order.cancelledAt !== null && { canceledAt: order.cancelledAt }),
    ...(order.cancelReason !== null && { cancelReason: order.cancelReason }),
  };
}

/**
 * While goods are still to leave, what was removed or refunded is left out, so that nobody ships it. Once everything
 * left, came back or was canceled, the order is stated as it was placed, and refunds stand in records of their own.
 */
function viewOf(status: OrderStatus): View {
  return isToLeave(status) ? 'current' : 'placed';
}

/** A movement of money at a gateway. */
export function toTransaction(wire: WireTransaction, order: Pick<WireOrder, 'name'>): Transaction {
  const record = `Transaction "${wire.id}" of order "${order.name}"`;
  const amount = toMoney(wire.amountSet.shopMoney);
  const presentment = toMoney(wire.amountSet.presentmentMoney);
  return {
    id: wire.id,
    kind: transactionKindWords.decode(wire.kind, record),
    status: transactionStatusWords.decode(wire.status, record),
    gateway: wire.gateway ?? '',
    amount,
    ...(presentment.currency !== amount.currency && { presentment }),
    ...(wire.parentTransaction && { parentId: wire.parentTransaction.id }),
    processedAt: wire.processedAt ?? wire.createdAt,
  };
}

function wireStatusOf(order: WireOrder): Record<string, string> {
  return {
    displayFulfillmentStatus: order.displayFulfillmentStatus,
    displayFinancialStatus: order.displayFinancialStatus ?? 'null',
    returnStatus: order.returnStatus,
    confirmed: String(order.confirmed),
    closed: String(order.closed),
  };
}
