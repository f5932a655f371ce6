import { isZeroMoney, zeroMoney, type FeeLine, type Money } from '@crossdock/core';
import { toTaxLine } from './order-charges.ts';
import { everything, keptParts, type Share } from './order-shares.ts';
import { dutiesOf, type View } from './order-totals.ts';
import { toMoney } from './wire/money.ts';
import type { WireDuty, WireOrder, WireTaxLine } from './wire/order.ts';

/** A charge besides goods and carriage: a duty on a line, an additional fee, the tip. */
export interface Fee {
  readonly id: string;
  readonly title: string;
  /** What is left of it. */
  readonly amount: Money;
  readonly share: Share;
  readonly taxLines: readonly WireTaxLine[];
}

/** `duties` are those of the lines, each with the share of its line that is left. */
export function feesOf(
  order: WireOrder,
  duties: readonly { readonly duty: WireDuty; readonly share: Share }[],
  view: View,
): Fee[] {
  const fees = order.additionalFees.map(({ id, name, price, taxLines }): Fee => {
    return { id, title: name, amount: toMoney(price.shopMoney), share: everything, taxLines };
  });
  const all = dutiesOf(order, view);
  const sum = all ? toMoney(all.shopMoney) : zeroMoney(order.currencyCode);
  if (all && duties.length > 0) {
    const amounts = keptParts(
      duties.map(({ duty, share }) => ({ amount: toMoney(duty.price.shopMoney), share })),
      sum,
    );
    for (const [index, { duty, share }] of duties.entries()) {
      fees.push({ id: duty.id, title: 'Duties', amount: amounts[index] ?? sum, share, taxLines: duty.taxLines });
    }
  } else {
    // Sums without a line of theirs: duties that no line states, and the tip.
    fees.push({ id: 'duties', title: 'Duties', amount: sum, share: everything, taxLines: [] });
  }
  const tip = toMoney(order.totalTipReceivedSet.shopMoney);
  fees.push({ id: 'tip', title: 'Tip', amount: tip, share: everything, taxLines: [] });
  return fees.filter(({ amount, taxLines }) => !isZeroMoney(amount) || taxLines.length > 0);
}

/** `taxOf` says what is left of a tax. */
export function toFeeLine({ id, title, amount, taxLines }: Fee, taxOf: (tax: WireTaxLine) => Money): FeeLine {
  return { id, title, price: amount, taxes: taxLines.map((tax) => toTaxLine(tax, taxOf(tax))), total: amount };
}
