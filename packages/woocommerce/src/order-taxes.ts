import {
  addMoney,
  compareMoney,
  equalMoney,
  isZeroMoney,
  negateMoney,
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
 * Taxes that were read with all digits, as they make the sums stated: those of goods and fees one, those of carriage the
 * other. Where the shop rounds only the sum, the part of a cent that this gave or took stands on the largest tax.
 */
export function toStatedTaxes<T extends Taxed>(charges: T, order: WireOrder, decimals: number): T {
  const { lines, shippingLines, feeLines } = charges;
  const goods = settle([...lines, ...feeLines], toMoney(order.cart_tax, order.currency), order, decimals);
  const carriage = settle(shippingLines, toMoney(order.shipping_tax, order.currency), order, decimals);
  return {
    ...charges,
    lines: lines.map((line) => withTaxes(line, goods)),
    feeLines: feeLines.map((line) => withTaxes(line, goods)),
    shippingLines: shippingLines.map((line) => withTaxes(line, carriage)),
  };
}

/** What each tax of a sum is in the end. */
function settle(
  list: readonly { readonly taxes: readonly TaxLine[] }[],
  stated: Money,
  order: WireOrder,
  decimals: number,
): ReadonlyMap<TaxLine, Money> {
  const taxes = list.flatMap((line) => line.taxes);
  const half = halfOf(order);
  const sum = (amounts: readonly Money[]) => sumMoney(amounts, order.currency);
  const rounded = taxes.map(({ amount }) => roundTax(amount, decimals, half));
  const exact = sum(taxes.map(({ amount }) => amount));
  if (equalMoney(sum(rounded), stated) || !equalMoney(roundTax(exact, decimals, half), stated)) {
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
