import { fromMinorUnits, money, sumMoney, toMinorUnits } from '@crossdock/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything, keptParts, type Part } from '../src/order-shares.ts';

const euro = (amount: string) => money(amount, 'EUR');
const part = (amount: string, kept: number, whole: number): Part => ({
  amount: euro(amount),
  share: { kept: BigInt(kept), whole: BigInt(whole) },
});
const amounts = (parts: readonly Part[], sum?: string) =>
  keptParts(parts, sum === undefined ? undefined : euro(sum)).map(({ amount }) => amount);

describe('what is left of taxes and discounts', () => {
  it('meets the stated sum: the missing cent goes to the part that lost most by rounding', () => {
    const parts = [part('1.00', 1, 3), part('0.10', 1, 3), part('1.00', 1, 6)];
    expect(amounts(parts)).toEqual(['0.33', '0.03', '0.17']);
    expect(amounts(parts, '0.54')).toEqual(['0.34', '0.03', '0.17']);
    expect(amounts(parts, '0.52')).toEqual(['0.33', '0.03', '0.16']);
  });

  it('leaves a sum alone that no rounding explains, and what is there whole', () => {
    const parts = [part('1.00', 1, 3), { amount: euro('0.10'), share: everything }];
    expect(amounts(parts, '0.44')).toEqual(['0.34', '0.10']);
    expect(amounts(parts, '0.45')).toEqual(['0.33', '0.10']);
    expect(amounts([{ amount: euro('0.10'), share: everything }], '0.11')).toEqual(['0.10']);
  });

  it('is never more than one and a half cents from its exact share', () => {
    const any = fc
      .tuple(fc.nat(100_000), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .map(([cents, one, other]) => part((cents / 100).toFixed(2), Math.min(one, other), Math.max(one, other)));
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 9 }), fc.integer({ min: -9, max: 9 }), (parts, off) => {
        const rounded = toMinorUnits(sumMoney(keptParts(parts, undefined), 'EUR'));
        const takers = parts.filter(({ share }) => share.kept !== share.whole).length;
        const stated = fromMinorUnits(rounded + BigInt(off), 'EUR');
        const kept = keptParts(parts, stated);
        const reached = Math.abs(off) <= takers ? stated : fromMinorUnits(rounded, 'EUR');
        expect(sumMoney(kept, 'EUR')).toEqual(reached);
        for (const [index, { amount, share }] of parts.entries()) {
          const exact = (Number(amount.amount) * 100 * Number(share.kept)) / Number(share.whole);
          expect(Math.abs(Number(kept[index]?.amount) * 100 - exact)).toBeLessThanOrEqual(1.5001);
        }
      }),
    );
  });
});
