import { equalMoney, isZeroMoney, sumMoney, zeroMoney, type Money } from '@crossdock/core';
import { everything, keptParts, shareOf, type Part, type Share } from './order-shares.ts';
import { currencyOf, dutiesOf, tipOf, type Side, type View } from './order-totals.ts';
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
 * was reckoned, and the sum itself says how much of all duties is left.
 */
function dutiesLeft(parts: readonly Part[], sum: Money): readonly Part[] {
  const { currency } = sum;
  const byUnits = keptParts(parts, sum);
  const isMet = equalMoney(sumMoney(byUnits, currency), sum);
  const whole = sumMoney(
    parts.map(({ amount }) => amount),
    currency,
  );
  const share = shareOf(sum, whole);
  const shares = isMet ? parts : parts.map(({ amount }) => ({ amount, share }));
  const amounts = isMet ? byUnits : keptParts(shares, sum);
  return shares.map((part, index) => ({ share: part.share, amount: amounts[index] ?? part.amount }));
}

/** A fee of nothing is none, unless it is taxed. */
export function isAsked({ amount, taxLines }: Fee): boolean {
  return !isZeroMoney(amount) || taxLines.length > 0;
}
