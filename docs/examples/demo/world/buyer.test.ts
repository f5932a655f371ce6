import { SoldOut } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import type { TillDocument } from '../till/document.ts';
import { buy } from './buyer.ts';

const line = (code: string, quantity: number) => ({ id: code, code, description: code, quantity, unitPrice: '1.00' });
const wanted: TillDocument = {
  number: '1',
  kind: 'sale',
  account: '3',
  country: 'France',
  writtenAt: '2010-12-01T09:00:00Z',
  lines: [line('85123a', 3), line('71053', 2), line('85123A', 4), line('POST', 1)],
};

/** A channel that shows so many of an article and no end of everything else. */
function showing(shown: Readonly<Record<string, number>>) {
  const placed: TillDocument[] = [];
  const checkout = (document: TillDocument) => {
    for (const [sku, left] of Object.entries(shown)) {
      const units = document.lines
        .filter(({ code }) => code.toUpperCase() === sku)
        .reduce((sum, { quantity }) => sum + quantity, 0);
      if (units > 0 && units > left) throw new SoldOut(sku, units, left);
    }
    placed.push(document);
  };
  return { placed, checkouts: { shopify: checkout, woocommerce: checkout, amazon: checkout } };
}

describe('a buyer', () => {
  it('takes what they want where it is shown', () => {
    const { placed, checkouts } = showing({});
    expect(buy(checkouts, wanted)).toEqual({ bought: wanted, turnedAway: 0 });
    expect(placed).toEqual([wanted]);
  });

  it('takes what is there, the last lines giving way first', () => {
    const { checkouts } = showing({ '85123A': 2, '71053': 0 });
    const { bought, turnedAway } = buy(checkouts, wanted);
    expect(bought?.lines.map(({ code, quantity }) => [code, quantity])).toEqual([
      ['85123a', 2],
      ['POST', 1],
    ]);
    expect(turnedAway).toBe(7);
  });

  it('goes away where nothing of it is there, and pays no carriage', () => {
    const { placed, checkouts } = showing({ '85123A': 0, '71053': -1 });
    expect(buy(checkouts, wanted)).toEqual({ bought: undefined, turnedAway: 9 });
    expect(placed).toEqual([]);
  });
});
