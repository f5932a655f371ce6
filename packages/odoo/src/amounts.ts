import { CommerceError, equalMoney, minorDigits, money, multiplyMoney, type Money } from '@crossdock/core';

// Odoo keeps amounts as floats with noise (3.190000000000005): they become decimal strings at the currency's digits.

/** An amount that Odoo rounded to its currency. */
export function moneyOf(amount: number, currency: string): Money {
  return money(fixed(amount, minorDigits(currency)), currency);
}

/** A price a unit, which may have more digits than its currency. */
export function priceOf(amount: number, currency: string): Money {
  const digits = minorDigits(currency);
  const [whole = '0', fraction = ''] = fixed(amount, Math.max(digits, priceDigits)).split('.');
  const kept = fraction.replace(/0+$/, '');
  return money(kept === '' ? whole : `${whole}.${kept}`, currency);
}

/** More digits than Odoo's "Product Price" accuracy has anywhere we have seen; noise begins after the twelfth. */
const priceDigits = 6;

/** A count as a decimal string without an exponent. */
export function quantityText(quantity: number): string {
  const text = String(quantity);
  return text.includes('e') ? fixed(quantity, priceDigits) : text;
}

/** The unit price with two digits of which `quantity` make exactly `total`, if there is one. */
export function exactUnitPrice(total: Money, quantity: string): string | undefined {
  const count = Number(quantity);
  if (!(count > 0)) return undefined;
  // A float guesses; only a product that is exact to the last digit is used.
  const guess = fixed(Number(total.amount) / count, minorDigits(total.currency));
  return equalMoney(multiplyMoney(money(guess, total.currency), quantity), total) ? guess : undefined;
}

/** The percentage with two digits that takes `gross` exactly to `total`, if there is one. */
export function exactPercentage(gross: Money, total: Money): string | undefined {
  const whole = Number(gross.amount);
  if (!(whole > 0)) return undefined;
  const guess = fixed((1 - Number(total.amount) / whole) * 100, 2);
  const share = Number(guess);
  if (share < 0 || share > 100) return undefined;
  // What remains of 100 %, as a factor with four digits: 12.5 % leaves "0.8750".
  const remaining = fixed((100 - share) / 100, 4);
  return equalMoney(multiplyMoney(gross, remaining), total) ? guess : undefined;
}

function fixed(value: number, digits: number): string {
  if (Math.abs(value) < 1e15) {
    const text = value.toFixed(digits);
    return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
  }
  throw new CommerceError({
    code: 'money.invalid',
    message: `The amount was not read: "${value}" is beyond what Odoo stores exactly. Correct it in Odoo.`,
  });
}
