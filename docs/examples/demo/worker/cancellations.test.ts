import { anOrder, anOrderLine } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import type { TillDocument } from '../till/document.ts';
import { asBooked, givesBack, withoutLines } from './cancellations.ts';

const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const zero = gbp('0.00');
const order = anOrder({
  currency: 'GBP',
  lines: [
    anOrderLine({
      id: '1',
      sku: '85123a',
      quantity: 3,
      unitPrice: gbp('10.00'),
      total: gbp('30.00'),
      discounts: [],
      taxes: [],
    }),
    anOrderLine({
      id: '2',
      sku: '71053',
      quantity: 2,
      unitPrice: gbp('5.00'),
      total: gbp('10.00'),
      discounts: [],
      taxes: [],
    }),
    anOrderLine({
      id: '3',
      sku: '85123A',
      quantity: 1,
      unitPrice: gbp('10.00'),
      total: gbp('10.00'),
      discounts: [],
      taxes: [],
    }),
  ],
  totals: { goods: gbp('50.00'), discount: zero, shipping: gbp('4.00'), fees: zero, tax: zero, total: gbp('54.00') },
});
const taking = (code: string, quantity: number, unitPrice = '10.0'): TillDocument => ({
  number: 'C1',
  kind: 'cancellation',
  country: 'United Kingdom',
  writtenAt: '2010-12-01T09:00:00Z',
  lines: [{ id: '1', code, description: '', quantity: -quantity, unitPrice }],
});

describe('a cancellation of a part of an order', () => {
  it('takes from all lines of the article, whatever letters its code is written in', () => {
    expect(givesBack(taking('85123A', 4), order)).toBe(true);
    const rest = withoutLines(order, taking('85123A', 4));
    expect(rest.lines.map(({ id, quantity }) => [id, quantity])).toEqual([['2', 2]]);
    expect(rest.totals).toMatchObject({ goods: gbp('10.00'), total: gbp('14.00') });
  });

  it.each([
    ['more than was bought', taking('85123A', 5)],
    ['another article', taking('71054', 1)],
    ['another price', taking('85123A', 1, '9.99')],
  ])('does not take %s', (_what, document) => {
    expect(givesBack(document, order)).toBe(false);
    expect(() => withoutLines(order, document)).toThrow(RangeError);
  });

  it('takes a second one from what the first one left', () => {
    const booked = withoutLines(order, taking('71053', 2, '5.00'));
    const left = asBooked(order, booked);
    expect(left.lines.map(({ id, quantity }) => [id, quantity])).toEqual([
      ['1', 3],
      ['3', 1],
    ]);
    expect(left.totals.total).toEqual(gbp('44.00'));
    expect(givesBack(taking('71053', 1, '5.00'), left)).toBe(false);
    expect(withoutLines(left, taking('85123A', 1)).totals.goods).toEqual(gbp('30.00'));
  });
});
