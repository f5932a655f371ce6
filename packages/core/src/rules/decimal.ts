import { CommerceError } from '../errors/commerce-error.ts';

// Decimal strings as bigint units of 10^-scale. Scanned by hand: a regular expression and a split cost four times as much.

const minus = 45;
const dot = 46;
const zero = 48;
/** The longest row of digits that a double holds exactly, whatever the digits are. */
const exactDigits = 15;
/** Longer than any amount that was ever paid; a bound on what a stranger can make us multiply. */
const longest = 64;

/** How many digits stand after the point. */
export function scaleOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** The number in units of 10^-`scale`, exactly. `scale` is at least `scaleOf(text)`. Throws `money.invalid`. */
export function unitsOf(text: string, scale: number): bigint {
  const length = text.length;
  if (length > longest) throw notDecimal(text);
  const negative = text.charCodeAt(0) === minus;
  const start = negative ? 1 : 0;
  let value = 0;
  let point = -1;
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code - zero;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (code === dot && point < 0 && at > start && at < length - 1) point = at;
    else throw notDecimal(text);
  }
  if (start === length) throw notDecimal(text);
  const pad = scale - (point < 0 ? 0 : length - point - 1);
  if (length - start + pad > exactDigits) return exactUnits(text, pad);
  for (let times = 0; times < pad; times += 1) value *= 10;
  return BigInt(negative ? -value : value);
}

function exactUnits(text: string, pad: number): bigint {
  const units = BigInt(text.replace('.', ''));
  return pad === 0 ? units : units * 10n ** BigInt(pad);
}

/** Whether a text is already what `decimalOf` would write at that scale; most amounts of most platforms are. */
export function isWritten(text: string, scale: number): boolean {
  const length = text.length;
  const start = text.charCodeAt(0) === minus ? 1 : 0;
  const point = scale === 0 ? length : length - scale - 1;
  if (length > longest || point <= start) return false;
  if (point - start > 1 && text.charCodeAt(start) === zero) return false;
  let sum = 0;
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code - zero;
    if (at === point ? code !== dot : digit < 0 || digit > 9) return false;
    if (at !== point) sum += digit;
  }
  return start === 0 || sum > 0;
}

/** Units of 10^-`scale` as a decimal string with exactly `scale` digits after the point. Zero has no sign. */
export function decimalOf(units: bigint, scale: number): string {
  const negative = units < 0n;
  let digits = (negative ? -units : units).toString();
  if (scale > 0) {
    digits = digits.padStart(scale + 1, '0');
    const cut = digits.length - scale;
    digits = `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  }
  return negative ? `-${digits}` : digits;
}

/** Fewer digits after the point. A half goes away from zero, or to the even neighbour. */
export function roundUnits(units: bigint, scale: number, digits: number, mode: 'half-up' | 'half-even'): bigint {
  if (digits >= scale) return units * 10n ** BigInt(digits - scale);
  const step = 10n ** BigInt(scale - digits);
  const positive = units < 0n ? -units : units;
  const whole = positive / step;
  const twice = (positive % step) * 2n;
  const up = twice > step || (twice === step && (mode === 'half-up' || whole % 2n === 1n));
  const rounded = up ? whole + 1n : whole;
  return units < 0n ? -rounded : rounded;
}

/** A finite number as it is written: 0.1 is one tenth. `digits` times ten to the power of `exponent`. */
export function decimalPartsOf(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  return { digits: BigInt(digits.replace('.', '')), exponent: Number(exponent) - scaleOf(digits) };
}

function notDecimal(text: string): CommerceError {
  return new CommerceError({
    code: 'money.invalid',
    message: `The amount was not read: "${text.slice(0, 24)}" is no decimal number. Pass digits with an optional minus and fraction, such as "-12.50".`,
  });
}
