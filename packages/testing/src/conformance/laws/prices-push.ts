import type { Price } from '@crossdock/core';
import { shortest } from './decimals.ts';
import type { Pushing } from './push-checks.ts';
import { pushLaws } from './pushing.ts';

const pushing: Pushing<'prices.push', Price> = {
  operation: 'prices.push',
  push: ({ prices }, items, options) => prices.push(items, options),
  skuOf: ({ sku }) => sku,
  stray: (item) => [{ ...item, sku: 'NOBODY-KNOWS-THIS' }, 'sku.unknown'],
  item: async ({ scenery, platform }, number) => scenery['prices.push'].price(platform, number),
  async figure({ scenery, platform }, price) {
    const amount = await scenery['prices.push'].amount(platform, price);
    return amount === undefined ? undefined : shortest(amount);
  },
  wanted: ({ amount }) => shortest(amount.amount),
  changed: (price) => withAmount(price, `1${price.amount.amount}`),
  unwritable: [
    ['a negative amount', (price) => withAmount(price, '-1.00')],
    ['an amount that is no number', (price) => withAmount(price, 'free')],
    ['an amount with an exponent', (price) => withAmount(price, '1e3')],
    ['another currency', inAnotherCurrency],
  ],
};

export const pricesPushLaws = pushLaws(pushing);

function withAmount(price: Price, amount: string): Price {
  return { ...price, amount: { ...price.amount, amount } };
}

/** With as many digits after the point, so that nothing else is wrong with it. */
function inAnotherCurrency({ amount, ...price }: Price): Price {
  return { ...price, amount: { ...amount, currency: amount.currency === 'CHF' ? 'NOK' : 'CHF' } };
}
