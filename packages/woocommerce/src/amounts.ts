import { minorDigits, money, roundMoney, type Money } from '@crossdock/core';

/** Money of WooCommerce's text, without the zeros it fills up with. Throws `money.invalid` for what is no amount. */
export function toMoney(text: string, currency: string): Money {
  return money(/\.\d/.test(text) ? text.replace(/\.?0+$/, '') : text, currency);
}

/** How many digits after the point an amount has. */
function digitsOf({ amount }: Money): number {
  const point = amount.indexOf('.');
  return point < 0 ? 0 : amount.length - point - 1;
}

/**
 * The price of one, from what all of a line cost. Exact where it can be; else with so many digits more, and rounded away
 * from zero, that the price times the quantity rounds to the line's amount again.
 */
export function unitPriceOf(subtotal: Money, quantity: number): Money {
  const { digits: count, scale: countScale } = partsOf(quantity);
  if (count <= 0n) return subtotal;
  const scale = digitsOf(subtotal);
  const units = BigInt(subtotal.amount.replace('.', '')) * 10n ** BigInt(countScale);
  const most = String(count).length + 4;
  for (let more = 0; more < most; more += 1) {
    const exact = units * 10n ** BigInt(more);
    if (exact % count === 0n) return moneyOf(exact / count, scale + more, subtotal.currency);
  }
  const exact = units * 10n ** BigInt(most);
  const away = exact < 0n ? -1n : 1n;
  return moneyOf(exact / count + away, scale + most, subtotal.currency);
}

/** The share of an amount that falls on `kept` of `whole` units, rounded to `digits`. */
export function shareOf(amount: Money, kept: number, whole: number, digits: number): Money {
  if (kept === whole) return amount;
  const [over, under] = [partsOf(kept), partsOf(whole)];
  if (under.digits === 0n) return amount;
  // Some digits more than are wanted, so that rounding them off again decides as the exact share would.
  const spare = 8;
  const scale = digitsOf(amount) + spare;
  const numerator = BigInt(amount.amount.replace('.', '')) * over.digits * 10n ** BigInt(under.scale + spare);
  const denominator = under.digits * 10n ** BigInt(over.scale);
  return roundMoney(moneyOf(numerator / denominator, scale, amount.currency), { digits });
}

/** An amount times `over` by `under`, rounded to its own digits: what of a price with tax is the price. */
export function portionOf(amount: Money, over: Money, under: Money): Money {
  const [numerator, denominator] = [unitsOf(over), unitsOf(under)];
  if (denominator.units === 0n) return amount;
  const spare = 8;
  const units = unitsOf(amount).units * numerator.units * 10n ** BigInt(denominator.scale + spare);
  const shared = units / (denominator.units * 10n ** BigInt(numerator.scale));
  const digits = digitsOf(amount);
  return roundMoney(moneyOf(shared, digits + spare, amount.currency), { digits });
}

function unitsOf(amount: Money): { readonly units: bigint; readonly scale: number } {
  return { units: BigInt(amount.amount.replace('.', '')), scale: digitsOf(amount) };
}

/** A tax with so many digits, as a shop rounds it: exactly a half goes away from zero, or towards it. */
export function roundTax(tax: Money, digits: number, half: 'up' | 'down'): Money {
  const scale = digitsOf(tax);
  if (half === 'up' || scale <= digits) return roundMoney(tax, { digits });
  const units = BigInt(tax.amount.replace('.', ''));
  const step = 10n ** BigInt(scale - digits);
  const size = units < 0n ? -units : units;
  const rounded = (2n * size + step - 1n) / (2n * step);
  return roundMoney(moneyOf(units < 0n ? -rounded : rounded, digits, tax.currency), { digits });
}

/** The shop's own number of decimals, as the sums that it states show, and never fewer than the currency has. */
export function decimalsOf(stated: readonly Money[], currency: string): number {
  return Math.max(minorDigits(currency), ...stated.map(digitsOf));
}

/** A rate in percent as a fraction: 7.25 is "0.0725". */
export function fractionOf(percent: number): string | undefined {
  if (!Number.isFinite(percent) || percent < 0) return undefined;
  const { digits, scale } = partsOf(percent);
  return decimal(digits, scale + 2).replace(/\.?0+$/, '') || '0';
}

function moneyOf(units: bigint, scale: number, currency: string): Money {
  return toMoney(decimal(units, scale), currency);
}

function decimal(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return units < 0n ? `-${text}` : text;
}

/** A float as it is written: 1.5 is 15 tenths. */
function partsOf(value: number): { readonly digits: bigint; readonly scale: number } {
  const written = String(value);
  const text = written.includes('e') ? value.toFixed(12) : written;
  const point = text.indexOf('.');
  return { digits: BigInt(text.replace('.', '')), scale: point < 0 ? 0 : text.length - point - 1 };
}
