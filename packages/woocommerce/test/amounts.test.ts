import { money, multiplyMoney, roundMoney } from '@crossdock/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionOf, roundTax, shareOf, toMoney, unitPriceOf } from '../src/amounts.ts';

describe('an amount', () => {
  it.each([
    ['15.460000', '15.46'],
    ['10.915966', '10.915966'],
    ['3.9', '3.90'],
    ['60', '60.00'],
    ['100', '100.00'],
    ['-0.00', '0.00'],
    ['-5.500000', '-5.50'],
  ])('"%s" is %s', (text, amount) => {
    expect(toMoney(text, 'EUR').amount).toBe(amount);
  });

  it.each(['1,50', 'abc', '', '1e3', '1.', '12.50 EUR'])('"%s" is none', (text) => {
    expect(() => toMoney(text, 'EUR')).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });
});

describe('the price of one', () => {
  it.each([
    ['38.97', 3, '12.99'],
    ['32.75', 3, '10.9166667'],
    ['10.00', 8, '1.25'],
    ['7.00', 1.5, '4.66666667'],
    ['0.00', 3, '0.00'],
    ['5.00', 0, '5.00'],
  ])('of %s for %d is %s', (subtotal, quantity, price) => {
    expect(unitPriceOf(money(subtotal, 'EUR'), quantity).amount).toBe(price);
  });

  it('times the quantity is the line again, however it divides', () => {
    const amounts = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 2, max: 6 }));
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 9999 }), ([units, scale], quantity) => {
        const text = Math.abs(units)
          .toString()
          .padStart(scale + 1, '0');
        const cut = text.length - scale;
        const line = toMoney(`${units < 0 ? '-' : ''}${text.slice(0, cut)}.${text.slice(cut)}`, 'EUR');
        const again = multiplyMoney(unitPriceOf(line, quantity), quantity);
        expect(roundMoney(again)).toEqual(roundMoney(line));
      }),
    );
  });
});

describe('half a cent of tax', () => {
  it.each([
    ['1.285', 'up', '1.29'],
    ['1.285', 'down', '1.28'],
    ['1.285001', 'down', '1.29'],
    ['1.284999', 'up', '1.28'],
    ['-1.285', 'up', '-1.29'],
    ['-1.285', 'down', '-1.28'],
    ['0.005', 'down', '0.00'],
    ['1.28', 'down', '1.28'],
  ] as const)('of %s that is rounded %s is %s', (amount, half, rounded) => {
    expect(roundTax(money(amount, 'EUR'), 2, half).amount).toBe(rounded);
  });
});

describe('a share', () => {
  it.each([
    ['38.97', 2, 3, '25.98'],
    ['7.40', 2, 3, '4.93'],
    ['10.00', 1, 3, '3.33'],
    ['10.00', 0, 3, '0.00'],
    ['10.00', 3, 3, '10.00'],
  ])('of %s for %d of %d is %s', (amount, kept, whole, share) => {
    expect(shareOf(money(amount, 'EUR'), kept, whole, 2).amount).toBe(share);
  });
});

it.each([
  [19, '0.19'],
  [7.25, '0.0725'],
  [0, '0'],
  [100, '1'],
  [8.875, '0.08875'],
  [Number.NaN, undefined],
])('a rate of %d percent is %s', (percent, fraction) => {
  expect(fractionOf(percent)).toBe(fraction);
});
