import { multiplyMoney, subtractMoney, sumMoney, type Money, type OrderTotals } from '@crossdock/core';
import { feesOf, type Fee } from './order-fees.ts';
import { everything, isWhole, keptParts, shareOf, type Part, type Share } from './order-shares.ts';
import { carriageOf, currencyOf, type Side, type View } from './order-totals.ts';
import { toMoney } from './wire/money.ts';
import type { WireAllocation, WireLine, WireOrder, WireShippingLine, WireTaxLine } from './wire/order.ts';

/** What of an order is left to state: its lines, carriage and fees, each with the share of its amounts that is left. */
export interface Left {
  readonly lines: readonly LeftLine[];
  readonly carriage: readonly LeftCarriage[];
  readonly fees: readonly Fee[];
  /** Whether all of it is: nothing was removed or given back. */
  readonly isAll: boolean;
  readonly taxOf: (tax: WireTaxLine) => Money;
  readonly discountOf: (allocation: WireAllocation) => Money;
}
export interface LeftLine {
  readonly wire: WireLine;
  readonly quantity: number;
  readonly share: Share;
}
export interface LeftCarriage {
  readonly wire: WireShippingLine;
  readonly total: Money;
  readonly share: Share;
}

/**
 * Shopify states taxes and discounts of a line for all its units, also those that are gone, and the sums for what is
 * left. The shares are rounded so that they meet these sums, in the currency of `side`.
 */
export function leftOf(
  order: WireOrder,
  all: {
    readonly lines: readonly WireLine[];
    readonly shippingLines: readonly WireShippingLine[];
    /** The tip, where it has a line; it is none of `lines`. */
    readonly tip: WireLine | undefined;
  },
  view: View,
  totals: OrderTotals,
  side: Side,
): Left {
  const taxAmount = ({ priceSet }: WireTaxLine) => toMoney(priceSet[side]);
  const discountAmount = ({ allocatedAmountSet }: WireAllocation) => toMoney(allocatedAmountSet[side]);
  const lines = all.lines.flatMap((wire) => lineOf(wire, view) ?? []);
  const carriage = all.shippingLines.map((wire): LeftCarriage => {
    const total = toMoney(carriageOf(wire, view)[side]);
    return { wire, total, share: shareOf(total, toMoney(wire.discountedPriceSet[side])) };
  });
  const duties = lines.flatMap(({ wire, share }) => wire.duties.map((duty) => ({ duty, share })));
  const fees = feesOf(order, { duties, tip: all.tip }, view, side);
  const charges = [...lines, ...carriage];
  if (charges.every(({ share }) => isWhole(share))) {
    return {
      lines,
      carriage,
      fees,
      isAll: lines.length === all.lines.length,
      taxOf: taxAmount,
      discountOf: discountAmount,
    };
  }
  const untaken = sumMoney(
    lines.map(({ wire, quantity }) => multiplyMoney(toMoney(wire.originalUnitPriceSet[side]), quantity)),
    currencyOf(order, side),
  );
  const taxes = amountsOf(
    [
      ...charges.map(({ wire, share }) => ({ list: wire.taxLines, share })),
      ...fees.map(({ taxLines, share }) => ({ list: taxLines, share })),
    ],
    taxAmount,
    totals.tax,
  );
  const discounts = amountsOf(listsOf(lines), discountAmount, subtractMoney(untaken, totals.goods));
  // No sum is stated for them; the price of the carriage follows from what is left of it and of its discounts.
  const offCarriage = amountsOf(listsOf(carriage), discountAmount, undefined);
  return {
    lines,
    carriage,
    fees,
    isAll: false,
    taxOf: (tax) => taxes.get(tax) ?? taxAmount(tax),
    discountOf: (share) => discounts.get(share) ?? offCarriage.get(share) ?? discountAmount(share),
  };
}

function lineOf(wire: WireLine, view: View): LeftLine | undefined {
  const quantity = view === 'current' ? Math.min(wire.currentQuantity, wire.quantity) : wire.quantity;
  if (quantity === 0) return undefined;
  const share = quantity === wire.quantity ? everything : { kept: BigInt(quantity), whole: BigInt(wire.quantity) };
  return { wire, quantity, share };
}

type Listed<T> = { readonly list: readonly T[]; readonly share: Share };

function listsOf(charges: readonly (LeftLine | LeftCarriage)[]): Listed<WireAllocation>[] {
  return charges.map(({ wire, share }) => ({ list: wire.discountAllocations, share }));
}

function amountsOf<T>(
  lists: readonly Listed<T>[],
  amountOf: (entry: T) => Money,
  sum: Money | undefined,
): ReadonlyMap<T, Money> {
  const entries = lists.flatMap(({ list, share }) => list.map((entry) => ({ entry, share })));
  const parts = entries.map(({ entry, share }): Part => ({ amount: amountOf(entry), share }));
  const kept = keptParts(parts, sum);
  return new Map(entries.map(({ entry }, index) => [entry, kept[index] ?? amountOf(entry)]));
}
