import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMoney,
  compareMoney,
  equalMoney,
  fromMinorUnits,
  isZeroMoney,
  minorDigits,
  money,
  moneySchema,
  multiplyMoney,
  negateMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
  zeroMoney,
  type Money,
} from '@crossdock/core/model';

const euro = (amount: string): Money => money(amount, 'EUR');
const anyUnits = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const anyMoney = fc
  .tuple(anyUnits, fc.integer({ min: 0, max: 6 }))
  .map(([units, scale]) => euro(decimal(units, scale)));

/** Written apart from the code under test: digits, a point so many places from the right. */
function decimal(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}

/** What an amount is in units of 10^-`scale`, by the language's own reading of whole numbers. */
function unitsIn(amount: string, scale: number): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

describe('money', () => {
  it.each([
    ['5', 'EUR', '5.00'],
    ['5.5', 'EUR', '5.50'],
    ['1.255', 'EUR', '1.255'],
    ['-0.10', 'EUR', '-0.10'],
    ['-0', 'EUR', '0.00'],
    ['-0.00', 'EUR', '0.00'],
    ['00.50', 'EUR', '0.50'],
    ['-0.01', 'EUR', '-0.01'],
    ['0', 'JPY', '0'],
    ['-00', 'JPY', '0'],
    ['007.50', 'EUR', '7.50'],
    ['1200', 'JPY', '1200'],
    ['1.5', 'KWD', '1.500'],
    ['0.0001', 'CLF', '0.0001'],
    ['99999999999999999999999.99', 'EUR', '99999999999999999999999.99'],
    ['123456789012345', 'EUR', '123456789012345.00'],
    ['90071992547409.93', 'EUR', '90071992547409.93'],
    ['9007199254740993', 'EUR', '9007199254740993.00'],
  ])('reads "%s" %s as %s', (amount, currency, expected) => {
    expect(money(amount, currency)).toEqual({ amount: expected, currency });
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    '.5',
    '5.',
    '+5',
    '--5',
    '1e3',
    '1,50',
    '1.2.3',
    ' 5',
    '5 ',
    '0x10',
    'NaN',
    '٣',
    '5-',
    '-.50',
    '12-34',
    '1234x56',
    '1.:5',
    '--0.50',
  ])('refuses "%s" as an amount', (amount) => {
    expect(() => money(amount, 'EUR')).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });

  it('refuses a float, which has lost its cents already', () => {
    const price: unknown = JSON.parse('{"price": 19.99}').price;
    expect(() => money(price as string, 'EUR')).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });

  it('refuses more digits than any amount has, before it reckons with them', () => {
    for (const amount of ['1'.repeat(65), `${'1'.repeat(63)}.00`, `${'1'.repeat(200_000)}.00`]) {
      expect(() => euro(amount)).toThrow(expect.objectContaining({ code: 'money.invalid' }));
    }
  });

  it.each(['eur', 'EU', 'EURO', '', 'EÜR', '€€€'])('refuses "%s" as a currency', (currency) => {
    expect(() => money('5', currency)).toThrow(expect.objectContaining({ code: 'money.invalid' }));
    expect(() => zeroMoney(currency)).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });

  it('reads every decimal exactly, and gives what the schema accepts', () => {
    fc.assert(
      fc.property(anyUnits, fc.integer({ min: 0, max: 8 }), (units, scale) => {
        const read = euro(decimal(units, scale));
        expect(moneySchema.safeParse(read).success).toBe(true);
        expect(unitsIn(read.amount, 8)).toBe(units * 10n ** BigInt(8 - scale));
      }),
    );
  });
});

describe('sums', () => {
  it('adds what floats cannot: ten cents and twenty cents are thirty', () => {
    expect(addMoney(euro('0.1'), euro('0.2'))).toEqual(euro('0.30'));
    expect(subtractMoney(euro('0.3'), euro('0.1'))).toEqual(euro('0.20'));
  });

  it('adds like whole numbers, whatever the digits', () => {
    fc.assert(
      fc.property(anyMoney, anyMoney, (a, b) => {
        expect(unitsIn(addMoney(a, b).amount, 6)).toBe(unitsIn(a.amount, 6) + unitsIn(b.amount, 6));
        expect(unitsIn(subtractMoney(a, b).amount, 6)).toBe(unitsIn(a.amount, 6) - unitsIn(b.amount, 6));
        expect(isZeroMoney(addMoney(a, negateMoney(a)))).toBe(true);
      }),
    );
  });

  it('sums a list like adding one by one', () => {
    fc.assert(
      fc.property(fc.array(anyMoney), (list) => {
        const oneByOne = list.reduce((sum, item) => addMoney(sum, item), zeroMoney('EUR'));
        expect(sumMoney(list, 'EUR')).toEqual(oneByOne);
      }),
    );
  });

  it('sums nothing up to zero in the currency asked for', () => {
    expect(sumMoney([], 'JPY')).toEqual({ amount: '0', currency: 'JPY' });
  });

  it('refuses two currencies everywhere', () => {
    const dollar = money('5', 'USD');
    for (const act of [
      () => addMoney(euro('5'), dollar),
      () => subtractMoney(euro('5'), dollar),
      () => compareMoney(euro('5'), dollar),
      () => sumMoney([euro('5'), dollar], 'EUR'),
    ]) {
      expect(act).toThrow(expect.objectContaining({ code: 'money.invalid' }));
    }
    expect(equalMoney(euro('5'), dollar)).toBe(false);
  });
});

describe('comparing', () => {
  it('looks at the worth and not at the digits', () => {
    expect(equalMoney({ amount: '1.5', currency: 'EUR' }, { amount: '1.500', currency: 'EUR' })).toBe(true);
    expect(compareMoney(euro('-2'), euro('1'))).toBe(-1);
    expect(compareMoney(euro('10'), euro('9.99'))).toBe(1);
    expect(compareMoney(euro('10'), euro('10.000'))).toBe(0);
    expect(isZeroMoney({ amount: '-0.00', currency: 'EUR' })).toBe(true);
    expect(isZeroMoney(euro('0.001'))).toBe(false);
  });
});

describe('multiplying', () => {
  it.each([
    ['19.99', 3, '59.97'],
    ['-19.99', 3, '-59.97'],
    ['10.00', '0.19', '1.90'],
    ['9.99', '0.19', '1.8981'],
    ['3.3333', 3, '9.9999'],
    ['100', '-0.5', '-50.00'],
    ['5', 0, '0.00'],
  ])('makes %s × %s exactly %s', (amount, factor, expected) => {
    expect(multiplyMoney(euro(amount), factor)).toEqual({ amount: expected, currency: 'EUR' });
  });

  it.each([0.19, Number.NaN, 2 ** 53])('refuses the factor %s, which is not what it seems', (factor) => {
    expect(() => multiplyMoney(euro('5'), factor)).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });
});

describe('rounding', () => {
  it.each([
    ['1.005', undefined, 'half-up', '1.01'],
    ['-1.005', undefined, 'half-up', '-1.01'],
    ['1.004999', undefined, 'half-up', '1.00'],
    ['1.005', undefined, 'half-even', '1.00'],
    ['1.015', undefined, 'half-even', '1.02'],
    ['-1.015', undefined, 'half-even', '-1.02'],
    ['1.0050001', undefined, 'half-even', '1.01'],
    ['2.5', 0, 'half-even', '2'],
    ['2.5', 0, 'half-up', '3'],
    ['2', 4, 'half-up', '2.0000'],
    ['-0.004', undefined, 'half-up', '0.00'],
  ] as const)('rounds %s to %s digits, %s, as %s', (amount, digits, mode, expected) => {
    expect(roundMoney(euro(amount), { digits, mode }).amount).toBe(expected);
  });

  it('rounds to what the currency has: no digits for yen, three for dinars', () => {
    expect(roundMoney(money('100.5', 'JPY')).amount).toBe('101');
    expect(roundMoney(money('1.2345', 'KWD')).amount).toBe('1.235');
  });

  it('is never off by more than half a coin', () => {
    fc.assert(
      fc.property(anyMoney, fc.constantFrom('half-up' as const, 'half-even' as const), (a, mode) => {
        const off = unitsIn(roundMoney(a, { mode }).amount, 6) - unitsIn(a.amount, 6);
        expect(off <= 5_000n && off >= -5_000n).toBe(true);
      }),
    );
  });

  it.each([-1, 1.5, Number.NaN])('refuses %s digits', (digits) => {
    expect(() => roundMoney(euro('1'), { digits })).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });
});

describe('minor units', () => {
  it('turns there and back', () => {
    fc.assert(
      fc.property(anyUnits, fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (units, currency) => {
        expect(toMinorUnits(fromMinorUnits(units, currency))).toBe(units);
      }),
    );
  });

  it('accepts digits that are zeros, and refuses to drop others', () => {
    expect(toMinorUnits(euro('1.500'))).toBe(150n);
    expect(() => toMinorUnits(euro('1.505'))).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });

  it('knows how many digits a currency has', () => {
    expect(['EUR', 'USD', 'HUF', 'JPY', 'ISK', 'KWD', 'CLF'].map(minorDigits)).toEqual([2, 2, 2, 0, 0, 3, 4]);
  });

  it('agrees with the platform on every currency but those that shops print without their coins', () => {
    const differing = Intl.supportedValuesOf('currency').filter((currency) => {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency });
      return format.resolvedOptions().maximumFractionDigits !== minorDigits(currency);
    });
    // ISO 4217 gives them two digits, the Iraqi dinar three; ICU follows custom instead. More may join them there.
    for (const currency of differing) expect([2, 3]).toContain(minorDigits(currency));
    expect(differing).not.toContain('EUR');
  });
});
