import { CommerceError } from '../errors/commerce-error.ts';
import type { Money } from '../model/money.ts';
import { minorDigits } from './currency.ts';
import { decimalOf, isWritten, roundUnits, scaleOf, unitsOf } from './decimal.ts';

/**
 * Money from a platform's decimal string. Keeps the digits given and fills up to the currency's own: "5" EUR is "5.00",
 * "1.255" EUR stays. Throws `money.invalid` for numbers, exponents, blanks, separators and what is no currency code.
 */
export function money(amount: string, currency: string): Money {
  // Typed as text, but platforms' numbers get here through JSON, and a float has lost its cents already.
  if (typeof amount !== 'string')
    throw invalid(`${typeof amount} is no decimal string`, 'Convert it where it is parsed.');
  checkCurrency(currency);
  const scale = Math.max(scaleOf(amount), minorDigits(currency));
  if (isWritten(amount, scale)) return { amount, currency };
  return { amount: decimalOf(unitsOf(amount, scale), scale), currency };
}

/**
 * Nothing of a currency, with the currency's own digits: "0.00" EUR. Throws `money.invalid` for what is no currency
 * code.
 */
export function zeroMoney(currency: string): Money {
  checkCurrency(currency);
  return { amount: decimalOf(0n, minorDigits(currency)), currency };
}

/** Exact. Throws `money.invalid` for two currencies, as all functions of two amounts do. */
export function addMoney(a: Money, b: Money): Money {
  const scale = commonScale(a, b);
  return { amount: decimalOf(unitsOf(a.amount, scale) + unitsOf(b.amount, scale), scale), currency: a.currency };
}

/** `a` less `b`, exactly. Throws `money.invalid` for two currencies. */
export function subtractMoney(a: Money, b: Money): Money {
  const scale = commonScale(a, b);
  return { amount: decimalOf(unitsOf(a.amount, scale) - unitsOf(b.amount, scale), scale), currency: a.currency };
}

/** The same amount with the other sign. Exact; zero has none. */
export function negateMoney(a: Money): Money {
  const scale = scaleOf(a.amount);
  return { amount: decimalOf(-unitsOf(a.amount, scale), scale), currency: a.currency };
}

/** `currency` says what an empty list sums up to, and what every item must be in. */
export function sumMoney(list: readonly Money[], currency: string): Money {
  checkCurrency(currency);
  let scale = minorDigits(currency);
  let units = 0n;
  for (const item of list) {
    if (item.currency !== currency) throw twoCurrencies(currency, item.currency);
    const digits = scaleOf(item.amount);
    if (digits > scale) {
      units *= 10n ** BigInt(digits - scale);
      scale = digits;
    }
    units += unitsOf(item.amount, scale);
  }
  return { amount: decimalOf(units, scale), currency };
}

/**
 * Exact: nothing is rounded, so a price times "0.19" may have four digits; round when you mean to. `factor` is a whole
 * number or a decimal string, because 0.19 as a float is another number.
 */
export function multiplyMoney(a: Money, factor: number | string): Money {
  if (typeof factor === 'number' && !Number.isSafeInteger(factor)) {
    throw invalid(`the factor "${factor}" is no whole number`, 'Pass a fraction as a decimal string, such as "0.19".');
  }
  const by = typeof factor === 'number' ? BigInt(factor) : unitsOf(factor, scaleOf(factor));
  let scale = scaleOf(a.amount);
  let units = unitsOf(a.amount, scale) * by;
  if (typeof factor === 'string') scale += scaleOf(factor);
  const least = minorDigits(a.currency);
  while (scale > least && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { amount: decimalOf(units, scale), currency: a.currency };
}

/** -1 when `a` is less than `b`, 1 when it is more, else 0. Throws `money.invalid` for two currencies. */
export function compareMoney(a: Money, b: Money): -1 | 0 | 1 {
  const scale = commonScale(a, b);
  const difference = unitsOf(a.amount, scale) - unitsOf(b.amount, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether both are the same amount of the same currency; "1.5" and "1.50" are. */
export function equalMoney(a: Money, b: Money): boolean {
  return a.currency === b.currency && (a.amount === b.amount || compareMoney(a, b) === 0);
}

/** Whether the amount is nothing, with however many digits: "0" and "0.000" are. */
export function isZeroMoney(a: Money): boolean {
  return unitsOf(a.amount, scaleOf(a.amount)) === 0n;
}

/** How `roundMoney` rounds. */
export interface Rounding {
  /** Digits after the point. Default: the currency's own. */
  readonly digits?: number | undefined;
  /** Default `half-up`: a half goes away from zero, 0.005 to 0.01 and -0.005 to -0.01. */
  readonly mode?: 'half-up' | 'half-even' | undefined;
}

/**
 * The nearest amount with so many digits; without a choice, with the currency's own. Throws `money.invalid` for
 * digits that are no whole number from 0.
 */
export function roundMoney(a: Money, rounding: Rounding = {}): Money {
  const scale = scaleOf(a.amount);
  const digits = rounding.digits ?? minorDigits(a.currency);
  if (!Number.isSafeInteger(digits) || digits < 0) {
    throw invalid(`"${digits}" is no number of digits`, 'Pass a whole number from 0.');
  }
  const units = roundUnits(unitsOf(a.amount, scale), scale, digits, rounding.mode ?? 'half-up');
  return { amount: decimalOf(units, digits), currency: a.currency };
}

/** The amount in the currency's smallest coin. Throws `money.invalid` where that would lose digits: round before. */
export function toMinorUnits(a: Money): bigint {
  const digits = minorDigits(a.currency);
  const scale = scaleOf(a.amount);
  if (scale <= digits) return unitsOf(a.amount, digits);
  const units = unitsOf(a.amount, scale);
  const step = 10n ** BigInt(scale - digits);
  if (units % step !== 0n) {
    throw invalid(`"${a.amount}" ${a.currency} has more than ${digits} digits after the point`, 'Round it first.');
  }
  return units / step;
}

/**
 * Money from a whole number of the currency's smallest unit: 1999n EUR is "19.99". Throws `money.invalid` for what
 * is no currency code.
 */
export function fromMinorUnits(units: bigint, currency: string): Money {
  checkCurrency(currency);
  return { amount: decimalOf(units, minorDigits(currency)), currency };
}

function commonScale(a: Money, b: Money): number {
  if (a.currency !== b.currency) throw twoCurrencies(a.currency, b.currency);
  return Math.max(scaleOf(a.amount), scaleOf(b.amount));
}

function checkCurrency(currency: string): void {
  if (currency.length === 3) {
    let capitals = 0;
    for (let at = 0; at < 3; at += 1) {
      const code = currency.charCodeAt(at);
      if (code >= 65 && code <= 90) capitals += 1;
    }
    if (capitals === 3) return;
  }
  throw invalid(`"${currency.slice(0, 12)}" is no currency code`, 'Pass an ISO 4217 code in capitals, such as "EUR".');
}

function twoCurrencies(one: string, other: string): CommerceError {
  return invalid(`one amount is in "${one}", the other in "${other}"`, 'Convert one of them first.');
}

function invalid(seen: string, next: string): CommerceError {
  return new CommerceError({ code: 'money.invalid', message: `The amount was not reckoned with: ${seen}. ${next}` });
}
