/** An amount in millionths: WooCommerce keeps six digits of what it computes. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export type Micro = bigint;

const scale = 6;
const one = 10n ** BigInt(scale);

/**
 * Text as WooCommerce reads money: everything but digits, points and a minus is thrown away, so "1,50" is 150 and "abc" is
 * nothing. Recorded on WooCommerce 10.0.2, 2026-11-23 (order-comma-total, product-bad-price2).
 */
export function readDecimal(text: string): string {
  const kept = text.replaceAll(/[^0-9.-]/g, '');
  const [whole = '', ...fraction] = kept.split('.');
  const digits = fraction.join('');
  const negative = whole.startsWith('-');
  const number = whole.replaceAll('-', '');
  if (number === '' && digits === '') return '';
  const trimmed = digits.replaceAll('-', '');
  const shown = `${number === '' ? '0' : number.replace(/^0+(?=\d)/, '')}${trimmed === '' ? '' : `.${trimmed}`}`;
  return negative ? `-${shown}` : shown;
}

/** A decimal text in millionths; more digits are rounded. Nothing is zero. */
export function micro(text: string): Micro {
  const read = readDecimal(text);
  if (read === '') return 0n;
  const negative = read.startsWith('-');
  const [whole = '0', fraction = ''] = read.replace('-', '').split('.');
  const padded = fraction.padEnd(scale + 1, '0');
  const units = BigInt(whole) * one + BigInt(padded.slice(0, scale)) + (Number(padded[scale]) >= 5 ? 1n : 0n);
  return negative ? -units : units;
}

/** Millionths with so many digits after the point, halves away from zero, or towards it. */
export function roundMicro(amount: Micro, digits: number, half: 'up' | 'down' = 'up'): Micro {
  if (digits >= scale) return amount;
  const step = 10n ** BigInt(scale - digits);
  const size = amount < 0n ? -amount : amount;
  const twice = (size % step) * 2n;
  const up = half === 'up' ? twice >= step : twice > step;
  const rounded = (size / step + (up ? 1n : 0n)) * step;
  return amount < 0n ? -rounded : rounded;
}

/** As the API shows it: with exactly so many digits. */
export function show(amount: Micro, digits: number): string {
  const rounded = roundMicro(amount, digits);
  const size = rounded < 0n ? -rounded : rounded;
  const text = (size / one).toString();
  const fraction = (size % one).toString().padStart(scale, '0').padEnd(digits, '0').slice(0, digits);
  const shown = digits === 0 ? text : `${text}.${fraction}`;
  return rounded < 0n ? `-${shown}` : shown;
}

/** Without zeros at the end, as unformatted amounts are shown: "3.9". */
export function showPlain(amount: Micro): string {
  const text = show(amount, scale);
  return text.replace(/\.?0+$/, '');
}

/** The number that JSON gets for amounts that the API shows unquoted. */
export function asNumber(amount: Micro): number {
  return Number(show(amount, scale));
}

/** `amount` times a decimal `percent`, divided by a hundred; rounded to millionths. */
export function percentOf(amount: Micro, percent: Micro): Micro {
  return divided(amount * percent, 100n * one);
}

/** What is left of a gross amount when `percent` on top of it are taken out. */
export function withoutPercent(gross: Micro, percent: Micro): Micro {
  return divided(gross * 100n * one, 100n * one + percent);
}

/** Divided and rounded, halves away from zero. */
export function divided(amount: bigint, by: bigint): bigint {
  const negative = amount < 0n !== by < 0n;
  const size = amount < 0n ? -amount : amount;
  const divisor = by < 0n ? -by : by;
  const rounded = (size * 2n + divisor) / (divisor * 2n);
  return negative ? -rounded : rounded;
}
