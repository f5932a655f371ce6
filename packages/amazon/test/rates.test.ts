import { expect, it } from 'vitest';
import { allowances, statedRate } from '../src/rates.ts';
import { storeWithGoods } from './store.ts';

it('takes the rate that Amazon states, higher or lower, and nothing that is none', () => {
  expect(statedRate('getOrder', '2.5')).toBe(2.5);
  expect(statedRate('getOrder', '0.1')).toBe(0.1);
  expect(statedRate('somethingNew', '0.1')).toBeUndefined();
  for (const header of [null, '', ' ', '0', '-1', 'many', 'Infinity'])
    expect(statedRate('getOrder', header)).toBeUndefined();
});

it('takes a rate that no account has for the nearest that one may have', () => {
  for (const header of ['1e-9', '1e-300', '0.001']) expect(statedRate('getOrder', header)).toBeCloseTo(0.05);
  for (const header of ['99999999', '1e300']) expect(statedRate('getOrder', header)).toBeCloseTo(5);
});

it('works on after a burst of answers with an absurd rate', async () => {
  const { fake, connect } = storeWithGoods();
  const isAbsurd = { now: true };
  const store = connect({
    async fetch(input, init) {
      const response = await fake.fetch(input, init);
      const headers = new Headers(response.headers);
      if (isAbsurd.now && headers.has('x-amzn-ratelimit-limit')) headers.set('x-amzn-ratelimit-limit', '1e-9');
      return new Response(response.body, { status: response.status, headers });
    },
  });
  for (let time = 0; time < 5; time += 1) await store.inventory.get(['TEE']);
  isAbsurd.now = false;
  for (let time = 0; time < 12; time += 1) expect(await store.inventory.get(['TEE'])).toHaveLength(1);
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
