import { isZeroMoney, sumMoney, zeroMoney, type FeeLine, type Money, type OrderTotals } from '@crossdock/core';
import { toMoney, type MoneyBag } from './wire/money.ts';
import type { WireOrder, WireShippingLine } from './wire/order.ts';

/** Which amounts are stated: those of the order as it was placed, or of what is left of it. */
export type View = 'placed' | 'current';
type Side = keyof MoneyBag;

/** The sums as Shopify states them, in the shop's or in the buyer's currency. */
export function toTotals(order: WireOrder, shipping: readonly WireShippingLine[], view: View, side: Side): OrderTotals {
  const currency = side === 'shopMoney' ? order.currencyCode : order.presentmentCurrencyCode;
  const of = (bag: MoneyBag | null): Money => (bag ? toMoney(bag[side]) : zeroMoney(currency));
  const isCurrent = view === 'current';
  return {
    goods: of(isCurrent ? order.currentSubtotalPriceSet : order.subtotalPriceSet),
    discount: of(isCurrent ? order.currentTotalDiscountsSet : order.totalDiscountsSet),
    // Shopify's own sum is before discounts.
    shipping: sumMoney(
      shipping.map((line) => of(line.discountedPriceSet)),
      currency,
    ),
    fees: sumMoney(
      feesOf(order, view).map(({ amount }) => of(amount)),
      currency,
    ),
    tax: of(isCurrent ? order.currentTotalTaxSet : order.totalTaxSet),
    total: of(isCurrent ? order.currentTotalPriceSet : order.totalPriceSet),
  };
}

/** Tip, duties and additional fees: what the buyer pays besides goods and carriage. */
export function toFeeLines(order: WireOrder, view: View): FeeLine[] {
  return feesOf(order, view).map(({ id, title, amount }) => ({
    id,
    title,
    price: toMoney(amount.shopMoney),
    taxes: [],
    total: toMoney(amount.shopMoney),
  }));
}

type Fee = { readonly id: string; readonly title: string; readonly amount: MoneyBag };

function feesOf(order: WireOrder, view: View): Fee[] {
  const duties = view === 'current' ? order.currentTotalDutiesSet : order.originalTotalDutiesSet;
  const fees: Fee[] = order.additionalFees.map(({ id, name, price }) => ({ id, title: name, amount: price }));
  // Where prices include the duties, they are in the lines already.
  if (duties !== null && !order.dutiesIncluded) fees.push({ id: 'duties', title: 'Duties', amount: duties });
  fees.push({ id: 'tip', title: 'Tip', amount: order.totalTipReceivedSet });
  return fees.filter(({ amount }) => !isZeroMoney(toMoney(amount.shopMoney)));
}
