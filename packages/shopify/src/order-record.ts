import {
  addMoney,
  multiplyMoney,
  subtractMoney,
  sumMoney,
  type Discount,
  type Money,
  type Order,
  type OrderLine,
  type OrderStatus,
  type Ref,
  type ShippingLine,
  type Transaction,
} from '@crossdock/core';
import { sumDiscounts, toDiscount, toTaxLine } from './order-charges.ts';
import { toFeeLine } from './order-fees.ts';
import { leftOf, type Left, type LeftCarriage, type LeftLine } from './order-left.ts';
import { toAddress, toBuyer, toShippingAddress } from './order-parties.ts';
import { toOrderStatus, toPaymentStatus, transactionKindWords, transactionStatusWords } from './statuses.ts';
import { isWhole } from './order-shares.ts';
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
  const { order, lines, discounts } = whole;
  const ref: Ref<'order'> = { system, kind: 'order', id: order.id };
  const status = toOrderStatus(order, lines);
  const view = viewOf(status);
  const shippingLines = whole.shippingLines.filter((line) => !line.isRemoved);
  const buyer = toBuyer(order, system, accountNumberAttribute);
  const billingAddress = toAddress(order.billingAddress);
  const shippingAddress = toShippingAddress(order, ref);
  const stated = toTotals(order, shippingLines, view, 'shopMoney');
  const left = leftOf(order, { lines, shippingLines }, view, stated);
  const isForeign = order.presentmentCurrencyCode !== order.currencyCode;
  const attributes = attributesOf(order);
  const orderLines = left.lines.map((line) => toLine(line, left, discounts, system));
  const carriage = left.carriage.map((line, index) => toShippingLine(line, index, left, discounts));
  const shares = [...orderLines, ...carriage].flatMap((line) => line.discounts);
  // Shopify rounds its own sum line by line and does not say what becomes of discounts on carriage that is given back.
  const discount = left.isAll ? stated.discount : sumOf(shares, order.currencyCode);
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
    ...(isForeign && {
      presentment: {
        currency: order.presentmentCurrencyCode,
        totals: toTotals(order, shippingLines, view, 'presentmentMoney'),
      },
    }),
    taxesIncluded: order.taxesIncluded,
    lines: orderLines,
    shippingLines: carriage,
    feeLines: left.fees.map((fee) => toFeeLine(fee, left.taxOf)),
    discounts: sumDiscounts(shares),
    totals: { ...stated, discount },
    transactions: order.transactions.map((wire) => toTransaction(wire, order)),
    ...(order.note !== null && order.note !== '' && { note: order.note }),
    tags: order.tags,
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
  const isOpen = status === 'partially-shipped' || stillToLeave.has(status);
  return isOpen ? 'current' : 'placed';
}
const stillToLeave: ReadonlySet<OrderStatus> = new Set(['pending', 'confirmed', 'on-hold', 'allocated']);

function toLine(
  { wire, quantity }: LeftLine,
  left: Left,
  discounts: readonly WireDiscount[],
  system: string,
): OrderLine {
  const unitPrice = toMoney(wire.originalUnitPriceSet.shopMoney);
  const lineDiscounts = wire.discountAllocations.map((share) => toDiscount(share, discounts, left.discountOf(share)));
  return {
    id: wire.id,
    ...(wire.sku !== null && wire.sku !== '' && { sku: wire.sku }),
    ...(wire.variant && { variant: { system, kind: 'variant' as const, id: wire.variant.id } }),
    title: wire.variantTitle === null || wire.variantTitle === '' ? wire.title : `${wire.title} - ${wire.variantTitle}`,
    quantity,
    unitPrice,
    discounts: lineDiscounts,
    taxes: wire.taxLines.map((tax) => toTaxLine(tax, left.taxOf(tax))),
    total: subtractMoney(multiplyMoney(unitPrice, quantity), sumOf(lineDiscounts, unitPrice.currency)),
    requiresShipping: wire.requiresShipping,
  };
}

function toShippingLine(
  { wire, total, share }: LeftCarriage,
  index: number,
  left: Left,
  discounts: readonly WireDiscount[],
): ShippingLine {
  const lineDiscounts = wire.discountAllocations.map((part) => toDiscount(part, discounts, left.discountOf(part)));
  return {
    // Old orders have carriage without an id; its place on the order is as steady.
    id: wire.id ?? `shipping-${index + 1}`,
    title: wire.title,
    ...(wire.code !== null && wire.code !== '' && { service: wire.code }),
    price: isWhole(share)
      ? toMoney(wire.originalPriceSet.shopMoney)
      : addMoney(total, sumOf(lineDiscounts, total.currency)),
    discounts: lineDiscounts,
    taxes: wire.taxLines.map((tax) => toTaxLine(tax, left.taxOf(tax))),
    total,
  };
}

function sumOf(discounts: readonly Discount[], currency: string): Money {
  return sumMoney(
    discounts.map(({ amount }) => amount),
    currency,
  );
}

function toTransaction(wire: WireTransaction, order: Pick<WireOrder, 'name'>): Transaction {
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

function attributesOf({ customAttributes, poNumber }: WireOrder): Record<string, string> | undefined {
  const entries = customAttributes.flatMap(({ key, value }): [string, string][] =>
    value === null ? [] : [[key, value]],
  );
  if (poNumber !== null && poNumber !== '') entries.unshift(['poNumber', poNumber]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function wireStatusOf(order: WireOrder): Record<string, string> {
  return {
    displayFulfillmentStatus: order.displayFulfillmentStatus,
    displayFinancialStatus: order.displayFinancialStatus ?? 'null',
    returnStatus: order.returnStatus,
    confirmed: String(order.confirmed),
  };
}
