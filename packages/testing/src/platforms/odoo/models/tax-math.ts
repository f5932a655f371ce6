import { flag, isVals, num, rowOf, str, type Env, type Vals } from '../orm/env.ts';
import { roundTo } from './decimal.ts';

export interface TaxedLine {
  readonly price: number;
  readonly discount: number;
  readonly quantity: number;
  readonly currency: number;
  readonly taxes: readonly number[];
  /** Amounts that a client worked out itself; 19 takes them when price, discount, quantity and currency still match. */
  readonly manual?: Vals | undefined;
}

export interface LineAmounts {
  readonly subtotal: number;
  readonly total: number;
  /** Not rounded: the sum of them is what an order rounds. */
  readonly taxes: ReadonlyMap<number, number>;
  /** What the price makes, not rounded, where it holds every tax of the line. */
  readonly held: number | undefined;
}

/** The amounts of one line in a currency of two decimals. */
export function amountsOf(env: Env, line: TaxedLine): LineAmounts {
  const gross = line.price * (1 - line.discount / 100) * line.quantity;
  const taxes = line.taxes.map((id) => rowOf(env, 'account.tax', id));
  const included = taxes.filter((tax) => flag(tax, 'price_include') && str(tax, 'amount_type') === 'percent');
  const rate = included.reduce((sum, tax) => sum + num(tax, 'amount') / 100, 0);
  const base = gross / (1 + rate);
  const manual = manualAmounts(line);
  const amounts = new Map<number, number>();
  for (const tax of taxes) {
    const fixed = str(tax, 'amount_type') === 'fixed';
    const worked = fixed ? num(tax, 'amount') * line.quantity : base * (num(tax, 'amount') / 100);
    amounts.set(tax.id, manual.get(tax.id) ?? worked);
  }
  const own = manual.size > 0 ? line.manual?.['manual_total_excluded_currency'] : undefined;
  const subtotal = roundTo(typeof own === 'number' ? own : base, 2);
  const tax = [...amounts.values()].reduce((sum, amount) => sum + roundTo(amount, 2), 0);
  const total = roundTo(subtotal + tax, 2);
  const held = included.length < taxes.length ? undefined : manual.size > 0 ? total : gross;
  return { subtotal, total, taxes: amounts, held };
}

/** All or nothing: amounts that leave out a tax of the line are ignored. Recorded on Odoo 19.0, 2026-11-26. */
function manualAmounts({ manual, price, discount, quantity, currency, taxes }: TaxedLine): ReadonlyMap<number, number> {
  const amounts = new Map<number, number>();
  if (!manual) return amounts;
  const same =
    manual['price_unit'] === price &&
    manual['discount'] === discount &&
    manual['quantity'] === quantity &&
    manual['currency_id'] === currency;
  const given = manual['manual_tax_amounts'];
  if (!same || !isVals(given)) return amounts;
  for (const [id, entry] of Object.entries(given)) {
    const amount = isVals(entry) ? entry['tax_amount_currency'] : undefined;
    if (typeof amount === 'number') amounts.set(Number(id), amount);
  }
  return taxes.every((id) => amounts.has(id)) ? amounts : new Map();
}

/** The tax of a whole order: rounded once for all lines, so it may differ from the sum of the lines. Recorded on Odoo 19.0, 2026-11-23. */
export function totalTax(lines: readonly LineAmounts[], rounding: string): number {
  const perTax = new Map<number, number>();
  for (const { taxes } of lines) {
    for (const [id, amount] of taxes) {
      perTax.set(id, (perTax.get(id) ?? 0) + (rounding === 'round_per_line' ? roundTo(amount, 2) : amount));
    }
  }
  return roundTo(
    [...perTax.values()].reduce((sum, amount) => sum + roundTo(amount, 2), 0),
    2,
  );
}

/**
 * An order without its tax. Where every price holds its taxes, the order's sum is that of the prices, and what is left of it
 * beside the tax is the rest: no cent is lost in rounding, as on a line one may be. Recorded on Odoo 19.0, 2026-11-26, with
 * both ways of rounding and up to four taxes a line.
 */
export function totalUntaxed(lines: readonly LineAmounts[], tax: number): number {
  const held = lines.map((line) => line.held);
  if (held.every((one) => one !== undefined)) {
    const sum = held.reduce((total, one) => total + one, 0);
    return roundTo(roundTo(sum, 2) - tax, 2);
  }
  return roundTo(
    lines.reduce((sum, { subtotal }) => sum + subtotal, 0),
    2,
  );
}
