import {
  CommerceError,
  sumMoney,
  zeroMoney,
  type Discount,
  type Order,
  type OrderStatus,
  type Ref,
} from '@crossdock/core';
import { attributesOf } from './order-attributes.ts';
import { toFeeLines, toLine, toShippingLines, type ReadItem } from './order-lines.ts';
import { checkNotEmpty, leftOf } from './order-left.ts';
import { itemMoney, noMoney, toMoney } from './order-money.ts';
import { text, toAddress, toBuyer } from './order-parties.ts';
import { toOrderStatus, toPaymentStatus } from './statuses.ts';
import type { WireOrder } from './wire/order.ts';

/** How orders of one store are read. */
export interface OrderReading {
  readonly system: string;
  /** The store's currency, for orders that state no amount. */
  readonly currency: string;
}

/**
 * Pure: what an Amazon order is in our words. Throws `status.unmapped`, `record.invalid`, `address.invalid`,
 * `price.missing` and `money.invalid`.
 */
export function toOrder(wire: WireOrder, reading: OrderReading): Order {
  const ref: Ref<'order'> = { system: reading.system, kind: 'order', id: wire.orderId };
  const status = toOrderStatus(wire, ref);
  const currency = currencyOf(wire, reading.currency);
  const isBegun = status !== 'canceled' && status !== 'pending';
  const all = wire.orderItems.map((item) => ({ item, left: leftOf(item, status, ref) }));
  // An item that was canceled for itself: there is nothing of it on the order any more.
  const kept = all.filter(({ left }) => left.quantity > 0 || !isBegun);
  checkNotEmpty(kept, status, ref);
  const moneys = kept.map(({ item }) => itemMoney(item, currency, ref));
  const silent = moneys.filter((each) => each === undefined).length;
  if (silent > 0 && isBegun) throw notShown(ref, status, silent, kept.length);
  const isStated = silent === 0;
  const items = kept.map(({ item, left }, index): ReadItem => {
    const money = (isStated ? moneys[index] : undefined) ?? noMoney(currency);
    return { item, money, left, currency, isStated };
  });
  const lines = items.map(toLine);
  const shippingLines = toShippingLines(items, wire, currency);
  const feeLines = toFeeLines(items, wire, isStated);
  const discounts = [...lines, ...shippingLines].flatMap((line) => line.discounts);
  const taxes = [...lines, ...shippingLines, ...feeLines].flatMap((line) => line.taxes);
  const sumOf = (list: readonly { readonly amount: string; readonly currency: string }[]) => sumMoney(list, currency);
  const goods = sumOf(lines.map(({ total }) => total));
  const shipping = sumOf(shippingLines.map(({ total }) => total));
  const fees = sumOf(feeLines.map(({ total }) => total));
  const tax = sumOf(taxes.map(({ amount }) => amount));
  const reckoned = sumOf([goods, shipping, fees, tax]);
  const grandTotal = wire.proceeds?.grandTotal;
  const isWhole = all.every(({ left }) => !left.isCut);
  const taxesIncluded = !items.some(({ money }) => money.hasTax);
  const isCash = items.some(({ item }) => item.proceeds?.breakdowns?.some(({ type }) => type === 'COD_FEE') ?? false);
  const buyer = toBuyer(wire);
  const shippingAddress = toAddress(wire.recipient?.deliveryAddress, ref);
  const attributes = attributesOf(wire);
  const cancelReason = reasonOf(wire, status);
  return {
    ref,
    number: wire.orderId,
    status,
    paymentStatus: toPaymentStatus(status, isCash),
    wireStatus: wireStatusOf(wire),
    ...(buyer && { buyer }),
    ...(shippingAddress && { shippingAddress }),
    currency,
    taxesIncluded,
    lines,
    shippingLines,
    feeLines,
    discounts: summed(discounts, currency),
    totals: {
      goods,
      discount: sumOf(discounts.map(({ amount }) => amount)),
      shipping,
      fees,
      tax,
      // Amazon's own sum, so that what does not add up is found; it does not say what it is without a canceled item.
      total: isStated && isWhole && grandTotal ? toMoney(grandTotal) : reckoned,
    },
    ...(!isStated && { amounts: 'not-stated' as const }),
    transactions: [],
    tags: wire.programs ?? [],
    ...(attributes && { attributes }),
    placedAt: wire.createdTime,
    updatedAt: wire.lastUpdatedTime,
    ...(cancelReason !== undefined && { cancelReason }),
  };
}

/** The order's own currency; the store's only where no amount is there to say one. */
function currencyOf({ proceeds, orderItems }: WireOrder, fallback: string): string {
  const first = orderItems.flatMap((item) => item.proceeds?.breakdowns ?? [])[0];
  return proceeds?.grandTotal?.currencyCode ?? first?.subtotal.currencyCode ?? fallback;
}

/**
 * Amazon states no amounts of an order that waits for its payment, nor of many that were canceled. Of any other order
 * they are missing because the application may not see them, and an order without prices must not be worked on.
 */
function notShown(ref: Ref<'order'>, status: OrderStatus, silent: number, count: number): CommerceError {
  return new CommerceError({
    code: 'price.missing',
    system: ref.system,
    refs: [ref],
    message: `Order "${ref.id}" was not read: Amazon states no amount of ${silent} of its ${count} items although the order is "${status}". Give the application a role that sees proceeds, then replay.`,
  });
}

function reasonOf({ orderItems }: WireOrder, status: OrderStatus): string | undefined {
  if (status !== 'canceled') return undefined;
  const reasons = orderItems.map(({ cancellation }) => text(cancellation?.cancellationExecution?.cancelReason));
  return reasons.find((reason) => reason !== undefined);
}

/** Every promotion once. Amazon says how much was taken off, and not by which of several promotions. */
function summed(discounts: readonly Discount[], currency: string): readonly Discount[] {
  const [first] = discounts;
  if (!first) return [];
  const amount = sumMoney(
    discounts.map((each) => each.amount),
    currency,
  );
  return amount.amount === zeroMoney(currency).amount ? [] : [{ ...first, amount }];
}

function wireStatusOf({ fulfillment, packages }: WireOrder): Record<string, string> {
  const states = (packages ?? []).map(({ packageReferenceId, packageStatus }) => [
    `package ${packageReferenceId}`,
    packageStatus?.status ?? 'null',
  ]);
  return { fulfillmentStatus: fulfillment?.fulfillmentStatus ?? 'null', ...Object.fromEntries(states) };
}
