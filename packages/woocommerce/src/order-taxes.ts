import {
  addMoney,
  compareMoney,
  equalMoney,
  isZeroMoney,
  negateMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type FeeLine,
  type Money,
  type OrderLine,
  type ShippingLine,
  type TaxLine,
} from '@crossdock/core';
import { fractionOf, roundTax, toMoney } from './amounts.ts';
import type { WireLine, WireOrder, WireTaxLine } from './wire/order.ts';

/** How the taxes of one line are read: with all digits that the shop keeps, or rounded as it rounds. */
export interface TaxReading {
  readonly order: WireOrder;
  readonly decimals: number;
  readonly tax: 'exact' | 'rounded';
}

export function toTaxes(taxes: WireLine['taxes'], { order, decimals, tax }: TaxReading): TaxLine[] {
  return taxes
    .filter(({ total }) => total !== '')
    .map(({ id, total }) => {
      const exact = toMoney(total, order.currency);
      return {
        ...taxNames(order.tax_lines.find(({ rate_id }) => rate_id === id)),
        amount: tax === 'exact' ? exact : roundTax(exact, decimals, halfOf(order)),
        owedBy: 'seller' as const,
      };
    })
    .filter(({ amount, rate }) => rate !== undefined || !isZeroMoney(amount));
}

interface Taxed {
  readonly lines: readonly OrderLine[];
  readonly shippingLines: readonly ShippingLine[];
  readonly feeLines: readonly FeeLine[];
}

/**
 * Taxes that were read with all digits, as they make the sums stated. A shop that rounds each line states one sum of goods
 * and fees, and another of carriage. One that rounds the order states those two with all their digits, and only their sum
 * rounded, half a cent up whatever its prices are. recorded on WooCommerce 10.5.0, 2026-11-26
 * The part of a cent that rounding a sum gave or took stands on its largest tax.
 */
export function toStatedTaxes<T extends Taxed>(charges: T, order: WireOrder, decimals: number): T {
  const { lines, shippingLines, feeLines } = charges;
  const { currency } = order;
  const stated = { goods: toMoney(order.cart_tax, currency), carriage: toMoney(order.shipping_tax, currency) };
  const isWhole = (amount: Money) => equalMoney(roundMoney(amount, { digits: decimals }), amount);
  const isRoundedOnce = !isWhole(stated.goods) || !isWhole(stated.carriage);
  const half = halfOf(order);
  const all = isRoundedOnce
    ? settle([...lines, ...feeLines, ...shippingLines], toMoney(order.total_tax, currency), decimals, ['up', half])
    : new Map([
        ...settle([...lines, ...feeLines], stated.goods, decimals, [half, half]),
        ...settle(shippingLines, stated.carriage, decimals, [half, half]),
      ]);
  return {
    ...charges,
    lines: lines.map((line) => withTaxes(line, all)),
    feeLines: feeLines.map((line) => withTaxes(line, all)),
    shippingLines: shippingLines.map((line) => withTaxes(line, all)),
  };
}

/** What each tax of a sum is in the end. Where half a cent goes may be otherwise for the sum than for each of its taxes. */
function settle(
  list: readonly { readonly taxes: readonly TaxLine[] }[],
  stated: Money,
  decimals: number,
  [halfOfSum, half]: readonly ['up' | 'down', 'up' | 'down'],
): ReadonlyMap<TaxLine, Money> {
  const taxes = list.flatMap((line) => line.taxes);
  const sum = (amounts: readonly Money[]) => sumMoney(amounts, stated.currency);
  const rounded = taxes.map(({ amount }) => roundTax(amount, decimals, half));
  const exact = sum(taxes.map(({ amount }) => amount));
  if (equalMoney(sum(rounded), stated) || !equalMoney(roundTax(exact, decimals, halfOfSum), stated)) {
    return new Map(taxes.map((tax, index) => [tax, rounded[index] ?? tax.amount]));
  }
  const [largest] = taxes.toSorted((one, other) => compareMoney(sizeOf(other.amount), sizeOf(one.amount)));
  const rest = subtractMoney(stated, exact);
  return new Map(taxes.map((tax) => [tax, tax === largest ? addMoney(tax.amount, rest) : tax.amount]));
}

function withTaxes<L extends { readonly taxes: readonly TaxLine[] }>(line: L, amounts: ReadonlyMap<TaxLine, Money>): L {
  return { ...line, taxes: line.taxes.map((tax) => ({ ...tax, amount: amounts.get(tax) ?? tax.amount })) };
}

function sizeOf(amount: Money): Money {
  return compareMoney(amount, zeroMoney(amount.currency)) < 0 ? negateMoney(amount) : amount;
}

// Half a cent of tax goes down where prices include tax. WooCommerce source, read 2026-11-23
function halfOf({ prices_include_tax: included }: WireOrder): 'up' | 'down' {
  return included ? 'down' : 'up';
}

function taxNames(line: WireTaxLine | undefined): Pick<TaxLine, 'title' | 'rate'> {
  const rate =
    line?.rate_percent === null || line?.rate_percent === undefined ? undefined : fractionOf(line.rate_percent);
  return { title: line?.label ?? '', ...(rate !== undefined && { rate }) };
}
