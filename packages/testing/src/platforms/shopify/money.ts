/** An amount in the currency's smallest unit. */
export type Minor = bigint;

/** Digits behind the point where they are not two. ISO 4217. */
const digitsOf: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Reads a decimal string exactly. Throws when it is none, or has more digits than the currency. */
export function toMinor(decimal: string, currency: string): Minor {
  const digits = digitsOf[currency] ?? 2;
  const { scaled, scale } = fraction(decimal);
  if (scale <= digits) return scaled * 10n ** BigInt(digits - scale);
  const surplus = 10n ** BigInt(scale - digits);
  if (scaled % surplus !== 0n) throw new RangeError(`"${decimal}" has more digits than ${currency} counts.`);
  return scaled / surplus;
}

/** Reads a decimal string, half a unit away from zero where it has more digits than the currency. Throws when it is none. */
export function roundedMinor(decimal: string, currency: string): Minor {
  const digits = digitsOf[currency] ?? 2;
  const { scaled, scale } = fraction(decimal);
  if (scale <= digits) return scaled * 10n ** BigInt(digits - scale);
  return divided(scaled, 10n ** BigInt(scale - digits));
}

/** How the platform writes a `Decimal`: at least one digit behind the point and no zeros after it ("10.0", "29.95"). */
export function decimalOf(amount: Minor, currency: string): string {
  const text = moneyOf(amount, currency);
  const [whole = '0', behind = ''] = text.split('.');
  return `${whole}.${behind.replace(/0+$/, '') || '0'}`;
}

/** How the platform writes the older `Money` and the amounts in webhooks: all digits of the currency ("10.00"). */
export function moneyOf(amount: Minor, currency: string): string {
  const digits = digitsOf[currency] ?? 2;
  const sign = amount < 0n ? '-' : '';
  const text = String(amount < 0n ? -amount : amount).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * What is in `amount` for each tax of these `rates`, side by side: on top of it, or already inside it. Taxes inside come
 * out of one untaxed amount, so each one's share depends on the others.
 */
export function taxesOf(amount: Minor, rates: readonly string[], included: boolean): Minor[] {
  const fractions = rates.map(fraction);
  const scale = Math.max(0, ...fractions.map((each) => each.scale));
  const one = 10n ** BigInt(scale);
  const scaled = fractions.map((each) => each.scaled * 10n ** BigInt(scale - each.scale));
  const under = included ? one + sum(scaled) : one;
  return scaled.map((over) => divided(amount * over, under));
}

/** The same amount in another currency. */
export function converted(amount: Minor, from: string, to: string, rate: string): Minor {
  const shift = (digitsOf[to] ?? 2) - (digitsOf[from] ?? 2);
  const { scaled, scale } = fraction(rate);
  const up = amount * scaled * (shift > 0 ? 10n ** BigInt(shift) : 1n);
  return divided(up, 10n ** BigInt(scale + (shift < 0 ? -shift : 0)));
}

/** Parts of `amount` in proportion to `weights`, exact in sum: the last part with a weight takes what rounding left. */
export function spread(amount: Minor, weights: readonly Minor[]): Minor[] {
  const whole = sum(weights);
  if (whole === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (amount * weight) / whole);
  const last = weights.findLastIndex((weight) => weight !== 0n);
  const rest = amount - sum(parts);
  return parts.map((part, index) => (index === last ? part + rest : part));
}

/** `amount` ÷ `by`, half away from zero. */
export function divided(amount: Minor, by: bigint): Minor {
  const half = amount < 0n ? -by / 2n : by / 2n;
  return (amount + half) / by;
}

/** The sum of amounts. */
export function sum(amounts: Iterable<Minor>): Minor {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

function fraction(decimal: string): { readonly scaled: bigint; readonly scale: number } {
  if (!/^-?\d+(\.\d+)?$/.test(decimal)) throw new RangeError(`"${decimal}" is not a decimal number.`);
  const [whole = '0', behind = ''] = decimal.split('.');
  return { scaled: BigInt(whole + behind), scale: behind.length };
}
