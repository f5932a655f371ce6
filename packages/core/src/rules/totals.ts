import type { CommerceError } from '../errors/commerce-error.ts';
import type { Discount, TaxLine } from '../model/charges.ts';
import type { Money } from '../model/money.ts';
import type { Order, OrderTotals } from '../model/order.ts';
import { findingsError } from './finding.ts';
import { reckonerFor, type Reckoner } from './reckoner.ts';
import { taxFindings } from './tax-rate.ts';
import type { TotalsFinding, TotalsSubject } from './totals-finding.ts';

/** How far a stated amount may be off, in the currency's smallest coin. Each part that is left out is exact. */
export type TotalsTolerance = {
  /** Why, for whoever signs it: "WooCommerce rounds tax at the subtotal". */
  readonly because: string;
  /** One line's total, carriage line or fee. Default 0. */
  readonly perLine?: number | undefined;
  /** One tax against its rate. Default 1: half up, half even and cutting off differ by one. */
  readonly perTax?: number | undefined;
  /** The sum of all taxes, where a platform rounds once an order. Default 0. */
  readonly tax?: number | undefined;
  /** The other sums and the grand total. Default 0. */
  readonly sums?: number | undefined;
};

/** What `checkTotals` lets pass, and whether it reckons taxes again. */
export type CheckTotalsOptions = {
  readonly tolerance?: TotalsTolerance | undefined;
  /** Whether taxes that state a rate are reckoned again from it. Default `check`. */
  readonly rates?: 'check' | 'ignore' | undefined;
};

/**
 * Reckons an order again from its lines, to the last coin: every line, carriage, discounts, taxes and the grand total.
 * Empty: the order is right. Amounts in a foreign currency are found before anything is reckoned. Of what the buyer saw
 * in their own currency only the grand total is reckoned, and not to the coin: a channel converts and rounds every
 * amount by itself, so each one that was added or compared may be half a coin off. Amounts that the channel does not
 * state are `money.invalid`: zeros add up, and are no amounts.
 */
export function checkTotals(order: TotalsSubject, options: CheckTotalsOptions = {}): readonly TotalsFinding[] {
  if (order.amounts === 'not-stated') return [notStated(order)];
  const reckoner = reckonerFor(order);
  if (reckoner.foreign.length > 0) return reckoner.foreign;
  const { tolerance } = options;
  return [
    ...lineFindings(order, reckoner, tolerance?.perLine ?? 0),
    ...(options.rates === 'ignore' ? [] : taxFindings(order, reckoner, tolerance?.perTax ?? 1)),
    ...sumFindings(order, reckoner, tolerance),
  ];
}

/** The findings as one error: `tax.mismatch` when taxes are all that is wrong. `undefined` without findings. */
export function totalsError(
  order: TotalsSubject & { readonly ref?: Order['ref'] | undefined },
  findings: readonly TotalsFinding[],
): CommerceError | undefined {
  const byWeight = [...findings].toSorted(
    (a, b) => Number(a.code === 'tax.mismatch') - Number(b.code === 'tax.mismatch'),
  );
  return findingsError(byWeight, { system: order.ref?.system, refs: order.ref === undefined ? [] : [order.ref] });
}

function lineFindings(order: TotalsSubject, reckoner: Reckoner, allowed: number): TotalsFinding[] {
  const findings: (TotalsFinding | undefined)[] = [];
  for (const [index, line] of order.lines.entries()) {
    const expected = reckoner.times(line.unitPrice, line.quantity) - discountUnits(reckoner, line.discounts);
    findings.push(reckoner.compare('totals.mismatch', `lines[${index}].total`, expected, line.total, allowed));
  }
  for (const [index, line] of order.shippingLines.entries()) {
    const expected = reckoner.units(line.price) - discountUnits(reckoner, line.discounts);
    findings.push(reckoner.compare('totals.mismatch', `shippingLines[${index}].total`, expected, line.total, allowed));
  }
  for (const [index, line] of order.feeLines.entries()) {
    const expected = reckoner.units(line.price);
    findings.push(reckoner.compare('totals.mismatch', `feeLines[${index}].total`, expected, line.total, allowed));
  }
  return findings.filter((finding) => finding !== undefined);
}

function sumFindings(
  order: TotalsSubject,
  reckoner: Reckoner,
  tolerance: TotalsTolerance | undefined,
): TotalsFinding[] {
  const { totals, lines, shippingLines, feeLines } = order;
  const allowed = tolerance?.sums ?? 0;
  let goods = 0n;
  let shipping = 0n;
  let fees = 0n;
  let discount = 0n;
  let tax = 0n;
  for (const line of lines) {
    goods += reckoner.units(line.total);
    discount += discountUnits(reckoner, line.discounts);
    tax += taxUnits(reckoner, line.taxes);
  }
  for (const line of shippingLines) {
    shipping += reckoner.units(line.total);
    discount += discountUnits(reckoner, line.discounts);
    tax += taxUnits(reckoner, line.taxes);
  }
  for (const line of feeLines) {
    fees += reckoner.units(line.total);
    tax += taxUnits(reckoner, line.taxes);
  }
  const findings = [
    reckoner.compare('totals.mismatch', 'totals.goods', goods, totals.goods, allowed),
    reckoner.compare('totals.mismatch', 'totals.shipping', shipping, totals.shipping, allowed),
    reckoner.compare('totals.mismatch', 'totals.fees', fees, totals.fees, allowed),
    reckoner.compare('totals.mismatch', 'totals.discount', discount, totals.discount, allowed),
    reckoner.compare('tax.mismatch', 'totals.tax', tax, totals.tax, tolerance?.tax ?? 0),
    reckoner.compare('totals.mismatch', 'totals.total', grand(order, totals, reckoner), totals.total, allowed),
  ];
  if (order.presentment !== undefined) {
    const other = order.presentment.totals;
    const path = 'presentment.totals.total';
    const byConversion = Math.floor(convertedAmounts(order, other, reckoner) / 2);
    const most = allowed + byConversion;
    findings.push(reckoner.compare('totals.mismatch', path, grand(order, other, reckoner), other.total, most));
  }
  return findings.filter((finding) => finding !== undefined);
}

function notStated({ number, totals }: TotalsSubject): TotalsFinding {
  return {
    code: 'money.invalid',
    path: 'amounts',
    message: `Order "${number}" was not reckoned: its channel does not state its amounts. Wait until the order may be worked on, then read it again.`,
    expected: null,
    seen: totals.total,
    difference: null,
  };
}

/** From the stated sums, so that a wrong line is not found a second time here. */
function grand(order: TotalsSubject, totals: OrderTotals, reckoner: Reckoner): bigint {
  const untaxed = reckoner.units(totals.goods) + reckoner.units(totals.shipping) + reckoner.units(totals.fees);
  return order.taxesIncluded ? untaxed : untaxed + reckoner.units(totals.tax);
}

/** How many amounts were converted for the grand total: goods, each carriage and fee, tax where it is added, the total. */
function convertedAmounts(order: TotalsSubject, totals: OrderTotals, reckoner: Reckoner): number {
  const isAsked = (money: Money): boolean => reckoner.units(money) !== 0n;
  const tax = !order.taxesIncluded && isAsked(totals.tax) ? 1 : 0;
  const carriage = isAsked(totals.shipping) ? order.shippingLines.length : 0;
  const fees = isAsked(totals.fees) ? order.feeLines.length : 0;
  return 2 + tax + carriage + fees;
}

function discountUnits(reckoner: Reckoner, discounts: readonly Discount[]): bigint {
  let units = 0n;
  for (const discount of discounts) units += reckoner.units(discount.amount);
  return units;
}

function taxUnits(reckoner: Reckoner, taxes: readonly TaxLine[]): bigint {
  let units = 0n;
  for (const tax of taxes) units += reckoner.units(tax.amount);
  return units;
}
