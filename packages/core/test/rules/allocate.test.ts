import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateMoney, equalMoney, money, sumMoney } from '@crossdock/core/model';

const shares = (amount: string, weights: readonly number[]): string[] =>
  allocateMoney(money(amount, 'EUR'), weights).map((share) => share.amount);

describe('allocateMoney', () => {
  it.each([
    ['10.00', [1, 1, 1], ['3.34', '3.33', '3.33']],
    ['-10.00', [1, 1, 1], ['-3.34', '-3.33', '-3.33']],
    ['0.05', [3, 7], ['0.02', '0.03']],
    ['10.00', [0.1, 0.2], ['3.33', '6.67']],
    ['10.00', [1, 0, 1], ['5.00', '0.00', '5.00']],
    ['0.01', [0, 0, 0], ['0.01', '0.00', '0.00']],
    ['1.00', [0, 0], ['0.50', '0.50']],
    ['0.00', [], []],
    ['1.001', [1, 1], ['0.501', '0.500']],
    ['1.00', [1e-7, 3e-7], ['0.25', '0.75']],
    ['1.00', [1e21, 1e21], ['0.50', '0.50']],
  ])('shares %s by %j as %j', (amount, weights, expected) => {
    expect(shares(amount, weights)).toEqual(expected);
  });

  it('loses no cent and makes none', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.array(fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1000, noNaN: true })), { minLength: 1 }),
        (cents, weights) => {
          const whole = money(`${cents}`, 'EUR');
          expect(equalMoney(sumMoney(allocateMoney(whole, weights), 'EUR'), whole)).toBe(true);
        },
      ),
    );
  });

  it('gives nobody more than a cent away from their exact share, and nothing without a weight', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.nat(50), { minLength: 1 }), (cents, weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        const given = allocateMoney({ amount: (cents / 100).toFixed(2), currency: 'EUR' }, weights);
        for (const [index, share] of given.entries()) {
          const weight = weights[index] ?? 0;
          const off = Number(share.amount) * 100 - (cents * weight) / total;
          expect(Math.abs(off)).toBeLessThan(weight === 0 ? 1e-9 : 1.000001);
        }
      }),
    );
  });

  it.each([[[-1, 2]], [[Number.NaN]], [[Number.POSITIVE_INFINITY, 1]], [[]]])('refuses to share by %j', (weights) => {
    expect(() => shares('1.00', weights)).toThrow(expect.objectContaining({ code: 'money.invalid' }));
  });
});
