import {
  addMoney,
  fromMinorUnits,
  isZeroMoney,
  roundMoney,
  sumMoney,
  toMinorUnits,
  zeroMoney,
  type Money,
} from '@crossdock/core';
import { everything, keptParts, shareOf, type Part, type Share } from './order-shares.ts';
import { currencyOf, dutiesOf, tipOf, type Side, type View } from './order-totals.ts';
import { spread } from './spread-money.ts';
import { toMoney } from './wire/money.ts';
import type { WireDuty, WireLine, WireOrder, WireTaxLine } from './wire/order.ts';

/** A charge besides goods and carriage: a duty on a line, an additional fee, the tip. */
export interface Fee {
  readonly id: string;
  readonly title: string;
  /** What is left of it. */
  readonly amount: Money;
  readonly share: Share;
  readonly taxLines: readonly WireTaxLine[];
}

/** `duties` are those of the lines, each with the share of its line that is left. The list is the same on either side. */
export function feesOf(
  order: WireOrder,
  {
    duties,
    tip: tipLine,
  }: {
    readonly duties: readonly { readonly duty: WireDuty; readonly share: Share }[];
    readonly tip: Pick<WireLine, 'id' | 'title' | 'currentQuantity'> | undefined;
  },
  view: View,
  side: Side,
): Fee[] {
  const fees = order.additionalFees.map(({ id, name, price, taxLines }): Fee => {
    return { id, title: name, amount: toMoney(price[side]), share: everything, taxLines };
  });
  const all = dutiesOf(order, view);
  const sum = all ? toMoney(all[side]) : zeroMoney(currencyOf(order, side));
  if (all && duties.length > 0) {
    const parts = dutiesLeft(
      duties.map(({ duty, share }) => ({ amount: toMoney(duty.price[side]), share })),
      sum,
      coinsPerShopCoin(order, side),
    );
    for (const [index, { duty, share }] of duties.entries()) {
      const left = parts[index] ?? { amount: sum, share };
      fees.push({ id: duty.id, title: 'Duties', ...left, taxLines: duty.taxLines });
    }
  } else {
    // Sums without a line of theirs: duties that no line states, and the tip.
    fees.push({ id: 'duties', title: 'Duties', amount: sum, share: everything, taxLines: [] });
  }
  const tip = tipOf(order, tipLine, view, side);
  fees.push({ id: tipLine?.id ?? 'tip', title: tipLine?.title ?? 'Tip', amount: tip, share: everything, taxLines: [] });
  return fees;
}

/**
 * What is left of each duty: the share of its line. Where that does not come to the sum, units came to a line after its duty
 * was reckoned, and the sum itself says how much of all duties is left. Shopify rounds what goes back to coins of the shop
 * before it converts it: what is off by half such a coin for each unit that is gone, and half a coin of the buyer's, is met.
 */
function dutiesLeft(parts: readonly Part[], sum: Money, perShopCoin: bigint): readonly Part[] {
  const byUnits = keptParts(parts, sum);
  const off = coinsOf(sum) - byUnits.reduce((all, amount) => all + coinsOf(amount), 0n);
  const gone = parts.reduce((all, { share: { kept, whole } }) => all + whole - kept, 0n);
  const isMet = 2n * (off < 0n ? -off : off) <= gone * (perShopCoin + 1n);
  if (isMet && off === 0n) return parts.map(({ share }, index) => ({ share, amount: byUnits[index] ?? sum }));
  if (isMet) {
    const more = spread(fromMinorUnits(off, sum.currency), byUnits.map(coinsOf)) ?? [];
    return byUnits.map((amount, index) => {
      const left = addMoney(amount, more[index] ?? zeroMoney(sum.currency));
      return { amount: left, share: shareOf(left, parts[index]?.amount ?? left) };
    });
  }
  const whole = sumMoney(
    parts.map(({ amount }) => amount),
    sum.currency,
  );
  const share = shareOf(sum, whole);
  const shares = parts.map(({ amount }) => ({ amount, share }));
  const amounts = keptParts(shares, sum);
  return shares.map((part, index) => ({ share, amount: amounts[index] ?? part.amount }));
}

function coinsOf(amount: Money): bigint {
  return toMinorUnits(roundMoney(amount));
}

/** How many coins of a side's currency one of the shop is, by what the order comes to, and one at least. */
function coinsPerShopCoin({ totalPriceSet: { shopMoney, presentmentMoney } }: WireOrder, side: Side): bigint {
  if (side === 'shopMoney') return 1n;
  const [shop, theirs] = [shopMoney, presentmentMoney].map((amount) => coinsOf(toMoney(amount)));
  return shop === undefined || theirs === undefined || shop <= 0n ? 1n : (theirs + shop - 1n) / shop || 1n;
}

/** A fee of nothing is none, unless it is taxed. */
export function isAsked({ amount, taxLines }: Fee): boolean {
  return !isZeroMoney(amount) || taxLines.length > 0;
}
