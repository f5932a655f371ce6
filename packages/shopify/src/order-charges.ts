import { addMoney, CommerceError, sumMoney, type Discount, type Money, type TaxLine } from '@crossdock/core';
import type { WireAllocation, WireDiscount, WireTaxLine } from './wire/order.ts';

/** A tax with what is left of its amount. */
export function toTaxLine(wire: WireTaxLine, amount: Money): TaxLine {
  return {
    title: wire.title,
    ...(wire.rate === null ? {} : { rate: decimalOfRate(wire.rate) }),
    amount,
    owedBy: wire.channelLiable === true ? 'channel' : 'seller',
  };
}

/** An allocation says only the index of the discount that it belongs to; name and kind stand once on the order. */
export function toDiscount(wire: WireAllocation, discounts: readonly WireDiscount[], amount: Money): Discount {
  const { index } = wire.discountApplication;
  const applied = discounts.find((discount) => discount.index === index);
  return { ...namesOf(applied), amount };
}

/** What each discount took off altogether, in the order in which they first appear. */
export function sumDiscounts(shares: readonly Discount[]): Discount[] {
  const sums = new Map<string, Discount>();
  for (const share of shares) {
    const key = JSON.stringify([share.kind, share.title, share.code]);
    const before = sums.get(key);
    sums.set(key, before ? { ...before, amount: addMoney(before.amount, share.amount) } : share);
  }
  return [...sums.values()];
}

/** What these take off together. */
export function sumOfDiscounts(discounts: readonly Discount[], currency: string): Money {
  return sumMoney(
    discounts.map(({ amount }) => amount),
    currency,
  );
}

function namesOf(applied: WireDiscount | undefined): Omit<Discount, 'amount'> {
  if (applied === undefined) {
    throw new CommerceError({
      code: 'record.invalid',
      message:
        'The order was not taken over: a line has a share of a discount that the order does not list. Look at its discounts in Shopify, then replay.',
    });
  }
  if (applied.code !== undefined) return { kind: 'code', title: applied.title ?? applied.code, code: applied.code };
  return { kind: applied.type === 'ManualDiscountApplication' ? 'manual' : 'automatic', title: applied.title ?? '' };
}

/** A `Float` as a decimal string; rates have a handful of digits, so the shortest spelling is the rate itself. */
function decimalOfRate(rate: number): string {
  const text = String(rate);
  return text.includes('e') ? rate.toFixed(12).replace(/0+$/, '').replace(/\.$/, '') : text;
}
