import { expect, it } from 'vitest';
import { allowances, statedRate } from '../src/rates.ts';

it('takes the rate that Amazon states, higher or lower, and nothing that is none', () => {
  expect(statedRate('getOrder', '2.5')).toBe(2.5);
  expect(statedRate('getOrder', '0.1')).toBe(0.1);
  for (const header of [null, '', ' ', '0', '-1', 'many', 'Infinity'])
    expect(statedRate('getOrder', header)).toBeUndefined();
});

it('takes no higher rate of feeds, whose other limit no answer states', () => {
  expect(statedRate('createFeed', '5')).toBe(0.0083);
  expect(statedRate('createFeed', '0.001')).toBe(0.001);
});

it('lets in no more than five feeds in any five minutes', () => {
  const { capacity, refillPerSecond } = allowances(false)['createFeed'] as {
    capacity: number;
    refillPerSecond: number;
  };
  expect(capacity + Math.floor(refillPerSecond * 300)).toBeLessThanOrEqual(5);
});
