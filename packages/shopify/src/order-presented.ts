import {
  addMoney,
  fromMinorUnits,
  multiplyMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
  type Money,
  type OrderTotals,
  type Presented,
} from '@crossdock/core';
import type { Left, LeftCarriage, LeftLine } from './order-left.ts';
import { isWhole, keptParts } from './order-shares.ts';
import { toMoney } from './wire/money.ts';
import type { WireAllocation, WireTaxLine } from './wire/order.ts';

/** Every charge of an order in the buyer's currency, in the order of its lines, carriage and fees. */
export interface PresentedCharges {
  readonly lines: readonly Presented[];
  readonly carriage: readonly Presented[];
  readonly fees: readonly Presented[];
}

/**
 * Shopify converts every amount by itself, so they may be some coins off the sums that it states in the buyer's currency.
 * What rounding explains is given to the largest charges, so that the parts meet these sums.
 */
export function presentedCharges(shown: Left, totals: OrderTotals): PresentedCharges {
  const { lines, carriage, fees } = shown;
  const { currency } = totals.total;
  const sumOf = (moneys: readonly Money[]) => sumMoney(moneys, currency);
  const offOf = (shares: readonly WireAllocation[]) => sumOf(shares.map(shown.discountOf));
  const goods = lines.map((line) => subtractMoney(untaken(line), offOf(line.wire.discountAllocations)));
  const goodsParts = lines.reduce((sum, { wire }) => sum + 2 + wire.discountAllocations.length, 0);
  const taxed = [...lines, ...carriage]
    .map(({ wire }) => wire.taxLines)
    .concat(fees.map(({ taxLines }) => [...taxLines]));
  const taxOf = (taxes: readonly WireTaxLine[]) => sumOf(taxes.map(shown.taxOf));

  const lineTotals = evened(goods, totals.goods, goodsParts);
  const feeTotals = evened(
    fees.map(({ amount }) => amount),
    totals.fees,
    fees.length,
  );
  const taxes = evened(taxed.map(taxOf), totals.tax, taxed.flat().length);
  const taxAt = (index: number) => taxes[index] ?? fromMinorUnits(0n, currency);
  return {
    lines: lines.map(({ wire }, index) => {
      const price = toMoney(wire.originalUnitPriceSet.presentmentMoney);
      return { price, total: lineTotals[index] ?? price, tax: taxAt(index) };
    }),
    carriage: carriage.map((line, index) => {
      const price = priceBefore(line, offOf(line.wire.discountAllocations));
      return { price, total: line.total, tax: taxAt(lines.length + index) };
    }),
    fees: fees.map(({ amount }, index) => {
      const total = feeTotals[index] ?? amount;
      return { price: total, total, tax: taxAt(lines.length + carriage.length + index) };
    }),
  };
}

/** What the units that are left cost before discounts. The unit price alone would be off by half a coin for each unit. */
function untaken({ wire, quantity, share }: LeftLine): Money {
  const whole = toMoney(wire.originalTotalSet.presentmentMoney);
  const [part] = keptParts([{ amount: whole, share }], undefined);
  return part ?? multiplyMoney(toMoney(wire.originalUnitPriceSet.presentmentMoney), quantity);
}

/** Of carriage that was given back in part, what is left and its discounts. */
function priceBefore({ wire, total, share }: LeftCarriage, off: Money): Money {
  return isWhole(share) ? toMoney(wire.originalPriceSet.presentmentMoney) : addMoney(total, off);
}

/** The same amounts, a coin more or less, so that they meet `sum`. `rounded` is how many of them were rounded. */
function evened(amounts: readonly Money[], sum: Money, rounded: number): readonly Money[] {
  const coins = amounts.map((amount) => toMinorUnits(roundMoney(amount)));
  let rest = toMinorUnits(roundMoney(sum)) - coins.reduce((total, each) => total + each, 0n);
  const step = rest < 0n ? -1n : 1n;
  // Half a coin each, and half a one that the sum itself was rounded by.
  if (rest === 0n || 2n * rest * step > BigInt(rounded + 1)) return amounts;
  const largest = [...coins.entries()].filter(([, each]) => each > 0n).toSorted(([, a], [, b]) => (a < b ? 1 : -1));
  for (let at = 0; rest !== 0n && largest.length > 0; at += 1) {
    const index = largest[at % largest.length]?.[0] ?? 0;
    coins[index] = (coins[index] ?? 0n) + step;
    rest -= step;
  }
  return coins.map((each) => fromMinorUnits(each, sum.currency));
}
