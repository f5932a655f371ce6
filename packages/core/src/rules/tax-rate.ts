import type { TaxLine } from '../model/charges.ts';
import type { Money } from '../model/money.ts';
import { scaleOf, unitsOf } from './decimal.ts';
import { sumMoney } from './money.ts';
import type { Reckoner } from './reckoner.ts';
import type { TotalsFinding, TotalsSubject } from './totals-finding.ts';

/**
 * Lines whose taxes are not their rates times the line's total. A line with a tax that states no rate is left alone.
 * Several taxes may stand side by side or one on top of the other: a platform does not say, so either is right.
 */
export function taxFindings(order: TotalsSubject, reckoner: Reckoner, perTax: number): TotalsFinding[] {
  const findings: (TotalsFinding | undefined)[] = [];
  const check = (line: Taxed, path: string): void => {
    findings.push(taxFinding(order, line, `${path}.taxes`, reckoner, perTax));
  };
  for (const [index, line] of order.lines.entries()) check(line, `lines[${index}]`);
  for (const [index, line] of order.shippingLines.entries()) check(line, `shippingLines[${index}]`);
  for (const [index, line] of order.feeLines.entries()) check(line, `feeLines[${index}]`);
  return findings.filter((finding) => finding !== undefined);
}

type Taxed = { readonly taxes: readonly TaxLine[]; readonly total: Money };
type Fraction = { readonly over: bigint; readonly under: bigint };

function taxFinding(
  order: TotalsSubject,
  line: Taxed,
  path: string,
  reckoner: Reckoner,
  perTax: number,
): TotalsFinding | undefined {
  const rates = ratesOf(line.taxes);
  if (rates === undefined) return undefined;
  const amounts = line.taxes.map((tax) => tax.amount);
  const seen = sumMoney(amounts, order.currency);
  const against = (rate: Fraction): TotalsFinding | undefined => {
    const under = order.taxesIncluded ? rate.under + rate.over : rate.under;
    const expected = reckoner.share(reckoner.units(line.total), rate.over, under);
    return reckoner.compare('tax.mismatch', path, expected, seen, perTax * rates.length);
  };
  const first = against(sideBySide(rates));
  if (first === undefined || rates.length === 1) return first;
  return against(stacked(rates)) === undefined ? undefined : first;
}

/** The rates over one common denominator, `undefined` where there is no tax or one without a rate. */
function ratesOf(taxes: readonly TaxLine[]): readonly Fraction[] | undefined {
  let scale = 0;
  for (const { rate } of taxes) {
    if (rate === undefined) return undefined;
    scale = Math.max(scale, scaleOf(rate));
  }
  if (taxes.length === 0) return undefined;
  const under = 10n ** BigInt(scale);
  return taxes.map(({ rate }) => ({ over: unitsOf(rate ?? '0', scale), under }));
}

function sideBySide(rates: readonly Fraction[]): Fraction {
  let over = 0n;
  for (const rate of rates) over += rate.over;
  return { over, under: rates[0]?.under ?? 1n };
}

function stacked(rates: readonly Fraction[]): Fraction {
  let whole = 1n;
  let under = 1n;
  for (const rate of rates) {
    whole *= rate.under + rate.over;
    under *= rate.under;
  }
  return { over: whole - under, under };
}
