import {
  multiplyMoney,
  subtractMoney,
  sumMoney,
  type Order,
  type OrderLine,
  type OrderStatus,
  type Ref,
  type ShippingLine,
  type Transaction,
} from '@crossdock/core';
import { sumDiscounts, toDiscount, toTaxLine, type Share } from './charges.ts';
import { toAddress, toBuyer, toShippingAddress } from './parties.ts';
import { toOrderStatus, toPaymentStatus, transactionKindWords, transactionStatusWords } from './statuses.ts';
import { toFeeLines, toTotals, type View } from './totals.ts';
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
  const totals = toTotals(order, shippingLines, view, 'shopMoney');
  const isForeign = order.presentmentCurrencyCode !== order.currencyCode;
  const attributes = attributesOf(order);
  const orderLines = lines.flatMap((line) => toLine(line, discounts, system, view) ?? []);
  const carriage = shippingLines.map((line, index) => toShippingLine(line, index, discounts));
  return {
    ref,
    number: order.name,
    status,
    paymentStatus: toPaymentStatus(order.displayFinancialStatus),
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
    feeLines: toFeeLines(order, view),
    discounts: sumDiscounts([...orderLines, ...carriage].flatMap((line) => line.discounts)),
    totals,
    transactions: order.transactions.map(toTransaction),
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

function toLine(wire: WireLine, discounts: readonly WireDiscount[], system: string, view: View): OrderLine | undefined {
  const kept = view === 'current' ? Math.min(wire.currentQuantity, wire.quantity) : wire.quantity;
  if (kept === 0) return undefined;
  const share: Share = { kept, removed: wire.quantity - kept };
  const unitPrice = toMoney(wire.originalUnitPriceSet.shopMoney);
  const lineDiscounts = wire.discountAllocations.map((allocation) => toDiscount(allocation, discounts, share));
  const off = sumMoney(
    lineDiscounts.map(({ amount }) => amount),
    unitPrice.currency,
  );
  return {
    id: wire.id,
    ...(wire.sku !== null && wire.sku !== '' && { sku: wire.sku }),
    ...(wire.variant && { variant: { system, kind: 'variant' as const, id: wire.variant.id } }),
    title: wire.variantTitle === null || wire.variantTitle === '' ? wire.title : `${wire.title} - ${wire.variantTitle}`,
    quantity: kept,
    unitPrice,
    discounts: lineDiscounts,
    taxes: wire.taxLines.map((tax) => toTaxLine(tax, share)),
    total: subtractMoney(multiplyMoney(unitPrice, kept), off),
    requiresShipping: wire.requiresShipping,
  };
}

function toShippingLine(wire: WireShippingLine, index: number, discounts: readonly WireDiscount[]): ShippingLine {
  const whole: Share = { kept: 1, removed: 0 };
  return {
    // Old orders have carriage without an id; its place on the order is as steady.
    id: wire.id ?? `shipping-${index + 1}`,
    title: wire.title,
    ...(wire.code !== null && wire.code !== '' && { service: wire.code }),
    price: toMoney(wire.originalPriceSet.shopMoney),
    discounts: wire.discountAllocations.map((allocation) => toDiscount(allocation, discounts, whole)),
    taxes: wire.taxLines.map((tax) => toTaxLine(tax, whole)),
    total: toMoney(wire.discountedPriceSet.shopMoney),
  };
}

function toTransaction(wire: WireTransaction): Transaction {
  const amount = toMoney(wire.amountSet.shopMoney);
  const presentment = toMoney(wire.amountSet.presentmentMoney);
  return {
    id: wire.id,
    kind: transactionKindWords.decode(wire.kind),
    status: transactionStatusWords.decode(wire.status),
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
