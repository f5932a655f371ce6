import { addMoney, money, multiplyMoney, negateMoney, sumMoney } from '@crossdock/core';
import type { AmazonCharge, AmazonItemRecord } from './records.ts';

/** Divides an amount by weights so that the parts sum up to it; what is left over goes to the first. */
export function shares(amount: string, weights: readonly number[], currency: string): readonly string[] {
  const whole = money(amount, currency).amount;
  const digits = whole.split('.')[1]?.length ?? 0;
  const units = BigInt(whole.replace('.', ''));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const parts = weights.map((weight) => (units * BigInt(weight)) / BigInt(sum));
  const rest = parts.reduce((left, part) => left - part, units);
  return parts.map((part, index) => written(index === 0 ? part + rest : part, digits));
}

function written(units: bigint, digits: number): string {
  const text = units.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** An amount as the API writes it. */
export function wireMoney(amount: string, currency: string) {
  return { amount: money(amount, currency).amount, currencyCode: currency };
}

/** Times a whole number. */
export function times(amount: string, quantity: number, currency: string): string {
  return multiplyMoney(money(amount, currency), quantity).amount;
}

const charges: readonly AmazonCharge[] = ['ITEM', 'SHIPPING', 'GIFT_WRAP'];

interface Entry {
  readonly type: string;
  readonly amount: string;
  readonly details?: readonly { readonly subtype: string; readonly amount: string }[];
}

/** The entries of an item's money. `DISCOUNT` has the sign that the fake was told to give it. */
export function entriesOf(item: AmazonItemRecord, currency: string, isDiscountNegative: boolean): readonly Entry[] {
  const sum = (amounts: readonly string[]) =>
    sumMoney(
      amounts.map((amount) => money(amount, currency)),
      currency,
    ).amount;
  const entries: Entry[] = charges.flatMap((type) => {
    const amount = item.charges[type];
    return amount === undefined ? [] : [{ type, amount }];
  });
  const { taxes, discounts } = item;
  if (taxes) {
    const details = charges.flatMap((subtype) => {
      const amount = taxes[subtype];
      return amount === undefined ? [] : [{ subtype, amount }];
    });
    entries.push({ type: 'TAX', amount: sum(details.map(({ amount }) => amount)), details });
  }
  if (discounts.length > 0) {
    const signed = (amount: string) =>
      isDiscountNegative ? negateMoney(money(amount, currency)).amount : money(amount, currency).amount;
    const details = (['ITEM', 'SHIPPING'] as const).flatMap((subtype) => {
      const amounts = discounts.filter(({ of }) => of === subtype).map(({ amount }) => amount);
      return amounts.length === 0 ? [] : [{ subtype, amount: signed(sum(amounts)) }];
    });
    entries.push({ type: 'DISCOUNT', amount: sum(details.map(({ amount }) => amount)), details });
  }
  return entries;
}

/** What a list of entries sums up to, discounts taken off whatever their sign. */
export function totalOf(entries: readonly Entry[], currency: string, isDiscountNegative: boolean): string {
  return entries.reduce((total, { type, amount }) => {
    const signed = money(amount, currency);
    const added = type === 'DISCOUNT' && !isDiscountNegative ? negateMoney(signed) : signed;
    return addMoney(money(total, currency), added).amount;
  }, money('0', currency).amount);
}

/** The order's entries: those of its items, summed by type. */
export function summed(entries: readonly Entry[], currency: string): readonly Entry[] {
  const byType = new Map<string, string>();
  for (const { type, amount } of entries) {
    const before = byType.get(type) ?? '0';
    byType.set(type, addMoney(money(before, currency), money(amount, currency)).amount);
  }
  return [...byType].map(([type, amount]) => ({ type, amount }));
}
