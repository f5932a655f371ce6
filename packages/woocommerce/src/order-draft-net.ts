import { addMoney, isZeroMoney, subtractMoney, sumMoney, type Money, type TaxLine } from '@crossdock/core';
import { portionOf } from './amounts.ts';

/** A charge of a draft: goods, carriage or a fee. */
export interface DraftCharge {
  readonly total: Money;
  readonly taxes: readonly TaxLine[];
  readonly discounts?: readonly { readonly amount: Money }[];
}

/** What a charge costs without tax, as WooCommerce takes it: `total` behind reductions, `subtotal` before. */
export function netOfCharge(
  { total, taxes, discounts = [] }: DraftCharge,
  taxesIncluded: boolean,
): { readonly total: Money; readonly subtotal: Money } {
  const { currency } = total;
  const amounts = (list: readonly { readonly amount: Money }[]) =>
    sumMoney(
      list.map(({ amount }) => amount),
      currency,
    );
  const before = addMoney(total, amounts(discounts));
  if (!taxesIncluded) return { total, subtotal: before };
  const net = subtractMoney(total, amounts(taxes));
  // What was given away whole has no tax that would say how much of the price is tax.
  if (isZeroMoney(total)) return { total: net, subtotal: before };
  return { total: net, subtotal: portionOf(before, net, total) };
}
