import { sumMoney, zeroMoney, type Money, type OrderTotals } from '@crossdock/core';
import { toMoney, type MoneyBag } from './wire/money.ts';
import type { WireLine, WireOrder, WireShippingLine } from './wire/order.ts';

/** Which amounts are stated: those of the order as it was placed, or of what is left of it. */
export type View = 'placed' | 'current';
/** The shop's own currency, or the buyer's. */
export type Side = keyof MoneyBag;

/** The sums as Shopify states them, in the shop's or in the buyer's currency. */
export function toTotals(
  order: WireOrder,
  shipping: readonly WireShippingLine[],
  tip: WireLine | undefined,
  view: View,
  side: Side,
): OrderTotals {
  const currency = currencyOf(order, side);
  const of = (bag: MoneyBag | null): Money => (bag ? toMoney(bag[side]) : zeroMoney(currency));
  const isCurrent = view === 'current';
  return {
    goods: of(isCurrent ? order.currentSubtotalPriceSet : order.subtotalPriceSet),
    discount: of(isCurrent ? order.currentTotalDiscountsSet : order.totalDiscountsSet),
    // Shopify's own sum is before discounts.
    shipping: sumMoney(
      shipping.map((line) => of(carriageOf(line, view))),
      currency,
    ),
    fees: sumMoney(
      [...order.additionalFees.map(({ price }) => of(price)), of(dutiesOf(order, view)), tipOf(order, tip, view, side)],
      currency,
    ),
    tax: of(isCurrent ? order.currentTotalTaxSet : order.totalTaxSet),
    total: of(isCurrent ? order.currentTotalPriceSet : order.totalPriceSet),
  };
}

export function currencyOf(order: Pick<WireOrder, 'currencyCode' | 'presentmentCurrencyCode'>, side: Side): string {
  return side === 'shopMoney' ? order.currencyCode : order.presentmentCurrencyCode;
}

/** What a carriage comes to after discounts, and in the current view after what was given back of it. */
export function carriageOf(line: WireShippingLine, view: View): MoneyBag {
  return view === 'current' ? line.currentDiscountedPriceSet : line.discountedPriceSet;
}

/** What is left of the tip: nothing once its line was given back, though Shopify goes on stating it as received. */
export function tipOf(
  order: WireOrder,
  line: Pick<WireLine, 'currentQuantity'> | undefined,
  view: View,
  side: Side,
): Money {
  const isGone = view === 'current' && line?.currentQuantity === 0;
  return isGone ? zeroMoney(currencyOf(order, side)) : toMoney(order.totalTipReceivedSet[side]);
}

/** All duties together. Where prices include them, they are in the lines already. */
export function dutiesOf(order: WireOrder, view: View): MoneyBag | null {
  if (order.dutiesIncluded) return null;
  return view === 'current' ? order.currentTotalDutiesSet : order.originalTotalDutiesSet;
}
