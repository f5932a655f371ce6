import { isZeroMoney, zeroMoney, type Money } from '@crossdock/core';
import { everything, keptParts, type Share } from './order-shares.ts';
import { currencyOf, dutiesOf, type Side, type View } from './order-totals.ts';
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
    readonly tip: Pick<WireLine, 'id' | 'title'> | undefined;
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
    const amounts = keptParts(
      duties.map(({ duty, share }) => ({ amount: toMoney(duty.price[side]), share })),
      sum,
    );
    for (const [index, { duty, share }] of duties.entries()) {
      fees.push({ id: duty.id, title: 'Duties', amount: amounts[index] ?? sum, share, taxLines: duty.taxLines });
    }
  } else {
    // Sums without a line of theirs: duties that no line states, and the tip.
    fees.push({ id: 'duties', title: 'Duties', amount: sum, share: everything, taxLines: [] });
  }
  const tip = toMoney(order.totalTipReceivedSet[side]);
  fees.push({ id: tipLine?.id ?? 'tip', title: tipLine?.title ?? 'Tip', amount: tip, share: everything, taxLines: [] });
  return fees;
}

/** A fee of nothing is none, unless it is taxed. */
export function isAsked({ amount, taxLines }: Fee): boolean {
  return !isZeroMoney(amount) || taxLines.length > 0;
}
