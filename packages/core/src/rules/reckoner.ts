import type { Money } from '../model/money.ts';
import type { Presentment } from '../model/order.ts';
import { minorDigits } from './currency.ts';
import { decimalOf, decimalPartsOf, roundUnits, scaleOf, unitsOf } from './decimal.ts';
import type { TotalsFinding, TotalsSubject } from './totals-finding.ts';

/** Reckons with one order's amounts as whole numbers of one common unit, fine enough for all of them. */
export interface Reckoner {
  /** Amounts that are not in the order's currency, or no amounts: nothing can be reckoned with them. */
  readonly foreign: readonly TotalsFinding[];
  units(money: Money): bigint;
  /** What is finer than the common unit is cut off, which never moves a sum across a half of the coin. */
  times(money: Money, quantity: number): bigint;
  /** An amount times a fraction, cut off likewise. */
  share(units: bigint, numerator: bigint, denominator: bigint): bigint;
  /** Both are rounded to the currency's digits; `allowed` is in its smallest coin. */
  compare(
    code: 'totals.mismatch' | 'tax.mismatch',
    path: string,
    expected: bigint,
    seen: Money,
    allowed: number,
  ): TotalsFinding | undefined;
}

/** So much finer than the finest amount, that a price times a weight in kilograms is exact. */
const spareDigits = 6;

export function reckonerFor(order: TotalsSubject): Reckoner {
  let scale = 0;
  const foreign: TotalsFinding[] = [];
  visitMoney(order, (money, path, currency) => {
    scale = Math.max(scale, scaleOf(money.amount));
    if (money.currency !== currency) foreign.push(foreignFinding(order, money, path, currency));
  });
  scale += spareDigits;
  const units = (money: Money): bigint => unitsOf(money.amount, scale);
  return {
    foreign,
    units,
    times(money, quantity) {
      const { digits, exponent } = decimalPartsOf(quantity);
      const product = units(money) * digits;
      if (exponent >= 0) return product * 10n ** BigInt(exponent);
      return product / 10n ** BigInt(-exponent);
    },
    share(whole, numerator, denominator) {
      return (whole * numerator) / denominator;
    },
    compare(code, path, expected, seen, allowed) {
      const digits = minorDigits(seen.currency);
      const wanted = roundUnits(expected, scale, digits, 'half-up');
      const stated = roundUnits(units(seen), scale, digits, 'half-up');
      const difference = stated - wanted;
      if ((difference < 0n ? -difference : difference) <= BigInt(allowed)) return undefined;
      const expectedAmount = decimalOf(wanted, digits);
      const { currency } = seen;
      return {
        code,
        path,
        message: `Order "${order.number}" was not taken over: "${path}" is "${seen.amount}" ${currency}, its parts make "${expectedAmount}". Correct it at its source, or state a tolerance and why.`,
        expected: { amount: expectedAmount, currency },
        seen,
        difference: { amount: decimalOf(difference, digits), currency },
      };
    },
  };
}

type Visitor = (money: Money, path: string, currency: string) => void;

function visitMoney(order: TotalsSubject, visit: Visitor): void {
  const { currency } = order;
  for (const [index, line] of order.lines.entries()) {
    visit(line.unitPrice, `lines[${index}].unitPrice`, currency);
    visitCharges(line, `lines[${index}]`, currency, visit);
  }
  for (const [index, line] of order.shippingLines.entries()) {
    visit(line.price, `shippingLines[${index}].price`, currency);
    visitCharges(line, `shippingLines[${index}]`, currency, visit);
  }
  for (const [index, line] of order.feeLines.entries()) {
    visit(line.price, `feeLines[${index}].price`, currency);
    visitCharges(line, `feeLines[${index}]`, currency, visit);
  }
  for (const [name, money] of Object.entries(order.totals)) visit(money, `totals.${name}`, currency);
  if (order.presentment !== undefined) visitPresented(order, order.presentment, visit);
}

/** What the buyer saw in their own currency: of each charge where the channel states it, and of the whole. */
function visitPresented(order: TotalsSubject, presentment: Presentment, visit: Visitor): void {
  const { currency } = presentment;
  const { lines, shippingLines, feeLines } = order;
  for (const [name, charges] of Object.entries({ lines, shippingLines, feeLines })) {
    for (const [index, { presented }] of charges.entries()) {
      for (const [part, money] of Object.entries(presented ?? {})) {
        visit(money, `${name}[${index}].presented.${part}`, currency);
      }
    }
  }
  for (const [name, money] of Object.entries(presentment.totals)) visit(money, `presentment.totals.${name}`, currency);
}

type Charges = {
  readonly discounts?: TotalsSubject['lines'][number]['discounts'];
  readonly taxes: TotalsSubject['lines'][number]['taxes'];
  readonly total: Money;
};

function visitCharges(line: Charges, path: string, currency: string, visit: Visitor): void {
  visit(line.total, `${path}.total`, currency);
  for (const [index, tax] of line.taxes.entries()) visit(tax.amount, `${path}.taxes[${index}].amount`, currency);
  if (line.discounts === undefined) return;
  for (const [index, discount] of line.discounts.entries()) {
    visit(discount.amount, `${path}.discounts[${index}].amount`, currency);
  }
}

function foreignFinding(order: TotalsSubject, seen: Money, path: string, currency: string): TotalsFinding {
  return {
    code: 'money.invalid',
    path,
    message: `Order "${order.number}" was not reckoned: "${path}" is in "${seen.currency}", the order in "${currency}". Find out which one is right at its source.`,
    expected: null,
    seen,
    difference: null,
  };
}
