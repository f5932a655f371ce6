import {
  addMoney,
  compareMoney,
  fromMinorUnits,
  isZeroMoney,
  minorDigits,
  money,
  multiplyMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type TaxLine,
} from '@crossdock/core';

/** Pieces that a channel taxes, at what they cost together. */
interface Pieces {
  readonly quantity: number;
  readonly total: Money;
  readonly taxesIncluded: boolean;
}

/**
 * The tax of a line as Odoo reckons it, of all its pieces at once, where the channel rounded the tax of one piece and took
 * it times the quantity: each tax by itself, or all of a piece together. What it states, where it did not: of the rates
 * alone nothing is believed.
 */
export function reckonedTax(taxes: readonly TaxLine[], pieces: Pieces): Money {
  const { quantity, total } = pieces;
  const { currency } = total;
  const stated = sumMoney(
    taxes.map(({ amount }) => amount),
    currency,
  );
  const rates = taxes.flatMap(({ rate }) => (rate === undefined ? [] : [rate]));
  const isCounted = Number.isSafeInteger(quantity) && quantity > 1 && compareMoney(total, zeroMoney(currency)) > 0;
  if (!isCounted || rates.length < taxes.length || rates.some((rate) => !/^\d+(\.\d+)?$/.test(rate))) return stated;
  const all = sumMoney(
    rates.map((rate) => money(rate, currency)),
    currency,
  );
  // What the price without its taxes is held against: a part of it where it holds them.
  const whole = pieces.taxesIncluded ? addMoney(money('1', currency), all).amount : '1';
  const reckoned = taxes.map(({ rate = '0', amount }) => (isByPiece(amount, rate, whole, pieces) ? rate : undefined));
  if (reckoned.every((rate) => rate === undefined)) {
    return isByPiece(stated, all.amount, whole, pieces) ? shareOf(total, all.amount, whole) : stated;
  }
  return sumMoney(
    taxes.map(({ amount }, index) => {
      const rate = reckoned[index];
      return rate === undefined ? amount : shareOf(total, rate, whole);
    }),
    currency,
  );
}

/**
 * Whether an amount is that of one piece, rounded to a cent, times the quantity. Which way a half goes is no matter. Nothing
 * at all may be the rounded tax of a cheap piece, and just as well no tax, so it is believed of none.
 */
function isByPiece(amount: Money, rate: string, whole: string, { quantity, total }: Pieces): boolean {
  const { currency } = total;
  const piece = fromMinorUnits(unitsIn(amount.amount, minorDigits(currency)) / BigInt(quantity), currency);
  if (isZeroMoney(piece) || compareMoney(multiplyMoney(piece, quantity), amount) !== 0) return false;
  const off = subtractMoney(multiplyMoney(amount, whole), multiplyMoney(total, rate));
  const half = multiplyMoney(multiplyMoney(fromMinorUnits(BigInt(quantity), currency), '0.5'), whole);
  return compareMoney(off, half) <= 0 && compareMoney(off, multiplyMoney(half, '-1')) >= 0;
}

/** A total times a rate by the whole that it is of, rounded to a cent. */
function shareOf(total: Money, rate: string, whole: string): Money {
  const product = multiplyMoney(total, rate).amount;
  const scale = Math.max(digitsOf(product), digitsOf(whole));
  const more = 10n ** BigInt(minorDigits(total.currency) + 1);
  const tenths = (unitsIn(product, scale) * more) / unitsIn(whole, scale);
  return roundMoney(multiplyMoney(fromMinorUnits(tenths, total.currency), '0.1'));
}

function digitsOf(text: string): number {
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
}

/** A decimal string in units of so many digits; further ones are cut off. */
function unitsIn(text: string, digits: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
}
