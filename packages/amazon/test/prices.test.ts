import type { ItemOutcome, Price } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { storeWithGoods } from './store.ts';

const key = { idempotencyKey: 'prices-1' };
const pounds = (sku: string, amount: string, more: Partial<Price> = {}): Price => ({
  sku,
  amount: { amount, currency: 'GBP' },
  ...more,
});
const codes = (outcomes: readonly ItemOutcome<Price>[]) => outcomes.map((each) => (each.ok ? 'ok' : each.error.code));
const sale = { validFrom: '2026-11-27T00:00:00Z', validUntil: '2026-11-30T23:59:59Z' };

describe.each([
  ['as single calls', 1000],
  ['as a feed', 1],
])('prices, pushed %s', (_way, feedFrom) => {
  it('are what the store asks, to the penny', async () => {
    const { store, state, clock } = storeWithGoods({ feedFrom });
    const outcomes = await store.prices.push(
      [pounds('TEE', '19.99'), pounds('MUG', '7.5'), pounds('NONE', '1.00')],
      key,
    );
    expect(codes(outcomes)).toEqual(['ok', 'ok', 'sku.unknown']);
    await clock.advance(60_000);
    expect([state.listing('TEE').price, state.listing('MUG').price]).toEqual(['19.99', '7.50']);
  });
});

it('refuses what a store at Amazon cannot ask, each in words', async () => {
  const { store, fake } = storeWithGoods();
  const outcomes = await store.prices.push(
    [
      pounds('A', '-1.00'),
      pounds('B', '1.999'),
      { sku: 'C', amount: { amount: '1.00', currency: 'EUR' } },
      pounds('D', '1.00', { compareAt: { amount: '2.00', currency: 'GBP' } }),
      pounds('E', '1.00', { list: 'wholesale' }),
      pounds('F', '1.00', { minimumQuantity: 10 }),
      pounds('G', '1.00', { validFrom: sale.validFrom }),
      pounds('H', '1.00', { validFrom: sale.validUntil, validUntil: sale.validFrom }),
      pounds('I', '12345678901234.56'),
      pounds('', '1.00'),
    ],
    key,
  );
  expect(codes(outcomes)).toEqual(outcomes.map(() => 'record.invalid'));
  expect(new Set(outcomes.map((each) => (each.ok ? '' : each.error.message))).size).toBe(outcomes.length);
  expect(fake.journal.all).toEqual([]);
});

it('asks for less within a time, beside the regular price', async () => {
  const { store, fake, state } = storeWithGoods();
  expect(codes(await store.prices.push([pounds('TEE', '8.00', sale)], key))).toEqual(['ok']);
  const sent = JSON.parse(fake.journal.of('patchListingsItem')[0]?.requestBody ?? '{}') as {
    patches: { op: string; value: unknown[] }[];
  };
  expect(sent.patches).toMatchObject([
    {
      op: 'merge',
      value: [
        {
          currency: 'GBP',
          our_price: [{ schedule: [{ value_with_tax: 10 }] }],
          discounted_price: [{ schedule: [{ start_at: sale.validFrom, end_at: sale.validUntil, value_with_tax: 8 }] }],
        },
      ],
    },
  ]);
  expect(state.listing('TEE').price).toBe('10.00');
});

it('reports what Amazon finds wrong with a price, with status 200', async () => {
  const { store, state } = storeWithGoods();
  const message = 'The price is below the minimum. Ask seller@mail.example, see https://x.example/?secret=1';
  state.objectTo('TEE', 'at-once', { code: '18155', message, severity: 'ERROR', categories: [] });
  const [outcome] = await store.prices.push([pounds('TEE', '1.00')], key);
  const error = outcome?.ok === false ? outcome.error : undefined;
  expect(error).toMatchObject({ code: 'record.rejected' });
  expect(error?.message).toContain('18155: The price is below the minimum');
  expect(error?.message).not.toMatch(/seller@|secret/);
});

it('takes no discount beside a regular price of the same SKU in one push', async () => {
  const { store, state } = storeWithGoods();
  const both = [pounds('TEE', '9.00'), pounds('TEE', '8.00', sale)];
  expect(codes(await store.prices.push(both, key))).toEqual(['record.duplicate', 'record.duplicate']);
  expect(state.submissions).toEqual([]);
});
