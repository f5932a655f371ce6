import type { ItemOutcome, Price } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between, noted, type Asked } from './calls.ts';
import { shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'prices-1' };
const usd = (amount: string) => ({ amount, currency: 'USD' });

/** A shop with two products: two variants with a former price, and one without. */
function shopWithPrices() {
  const world = shopWithGoods();
  world.state.addProduct({
    title: 'Cap',
    variants: [
      { sku: 'CAP-S', price: '10.00', compareAtPrice: '15.00' },
      { sku: 'CAP-L', price: '12.00', compareAtPrice: '18.00' },
    ],
  });
  const asked = (sku: string) => {
    const { price, compareAtPrice } = world.state.variant(sku);
    return [price, compareAtPrice];
  };
  return { ...world, asked };
}

function answers(outcomes: readonly ItemOutcome<Price>[]): readonly string[] {
  return outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code));
}

function isUpdate({ operationName }: Asked): boolean {
  return operationName === 'ProductVariantsBulkUpdate';
}

describe('prices that are set', () => {
  it('are what the shop asks, one call a product', async () => {
    const { fake, connect, asked } = shopWithPrices();
    const { calls, fetch } = noted(fake.fetch);

    const outcomes = await connect({ fetch }).prices.push(
      [
        { sku: 'CAP-S', amount: usd('9.5') },
        { sku: 'TEE', amount: usd('20.00') },
        { sku: 'CAP-L', amount: usd('11.00') },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['ok', 'ok', 'ok']);
    expect(['CAP-S', 'TEE', 'CAP-L'].map((sku) => asked(sku)[0])).toEqual(['9.50', '20.00', '11.00']);
    expect(calls.filter(isUpdate)).toHaveLength(2);
  });

  it.each([
    ['a newer one', '12.00', 'write.uncertain', '12.00'],
    ['the former one', '10.00', 'ok', '9.50'],
    ['their own', '9.50', 'ok', '9.50'],
  ])(
    'are sent again after a lost answer as long as nobody set another, which finds %s',
    async (_, meanwhile, end, left) => {
      const { fake, connect, shop, asked } = shopWithPrices();
      let isLost = false;
      const fetch = between(fake.fetch, async (call) => {
        if (!isUpdate(call) || isLost) return undefined;
        isLost = true;
        await shop.prices.push([{ sku: 'CAP-S', amount: usd(meanwhile) }], { idempotencyKey: 'prices-2' });
        throw new TypeError('fetch failed');
      });

      const outcomes = await connect({ fetch }).prices.push([{ sku: 'CAP-S', amount: usd('9.50') }], key);

      expect(answers(outcomes)).toEqual([end]);
      expect(asked('CAP-S')[0]).toBe(left);
    },
  );

  it('leave a former price alone unless they say one', async () => {
    const { shop, asked } = shopWithPrices();

    await shop.prices.push(
      [
        { sku: 'CAP-S', amount: usd('9.00') },
        { sku: 'CAP-L', amount: usd('11.00'), compareAt: usd('22.00') },
      ],
      key,
    );

    expect(asked('CAP-S')).toEqual(['9.00', '15.00']);
    expect(asked('CAP-L')).toEqual(['11.00', '22.00']);
  });

  it('are read for their currency once', async () => {
    const { fake, connect } = shopWithPrices();
    const { calls, fetch } = noted(fake.fetch);
    const shop = connect({ fetch });
    for (const amount of ['1.00', '2.00']) await shop.prices.push([{ sku: 'TEE', amount: usd(amount) }], key);

    expect(calls.filter(({ operationName }) => operationName === 'ShopCurrency')).toHaveLength(1);
  });

  it('are set once although the answer was lost', async () => {
    const { fake, shop, connect, asked } = shopWithPrices();
    fake.faults.next('productVariantsBulkUpdate', { kind: 'drop', when: 'after' });
    const prices = [{ sku: 'CAP-S', amount: usd('9.00') }];

    expect(answers(await shop.prices.push(prices, key))).toEqual(['ok']);
    expect(answers(await connect().prices.push(prices, key))).toEqual(['ok']);
    expect(asked('CAP-S')[0]).toBe('9.00');
  });

  it('are more than one call takes, of one product and of many', async () => {
    const { shop, state } = shopWithPrices();
    const skus = Array.from({ length: 260 }, (_, index) => `MANY-${index}`);
    state.addProduct({ title: 'Many', variants: skus.map((sku) => ({ sku, price: '1.00' })) });
    const singles = Array.from({ length: 12 }, (_, index) => `SINGLE-${index}`);
    for (const sku of singles) state.addProduct({ title: sku, variants: [{ sku, price: '1.00' }] });
    const prices = [...skus, ...singles].map((sku, index) => ({ sku, amount: usd(`${index + 2}.00`) }));

    const outcomes = await shop.prices.push(prices, key);

    expect(new Set(answers(outcomes))).toEqual(new Set(['ok']));
    expect(prices.map(({ sku }) => state.variant(sku).price)).toEqual(prices.map(({ amount }) => amount.amount));
  });
});

describe('a price that cannot be set', () => {
  it.each<[string, Partial<Price>, string]>([
    ['of a price list', { list: 'wholesale' }, 'it has a price list, and a variant has one price'],
    ['from a quantity', { minimumQuantity: 10 }, 'it has a minimum quantity'],
    ['from a day', { validFrom: '2026-12-01T00:00:00Z' }, 'it has a first day'],
    ['until a day', { validUntil: '2026-12-31T00:00:00Z' }, 'it has a last day'],
    [
      'in another currency',
      { amount: { amount: '1.00', currency: 'EUR' } },
      'it is in "EUR" and the shop sells in "USD"',
    ],
    ['with a former price in another currency', { compareAt: { amount: '1.00', currency: 'EUR' } }, 'it is in "EUR"'],
    ['below zero', { amount: usd('-1.00') }, '"-1.00" is below zero'],
    ['with a former price below zero', { compareAt: usd('-1.00') }, '"-1.00" is below zero'],
    ['with more digits than the currency has', { amount: usd('1.005') }, '"1.005" is no amount of "USD"'],
    ['that is no number', { amount: usd('free') }, '"free" is no amount of "USD"'],
  ])('is refused in words: one %s', async (_what, change, words) => {
    const { fake, connect, asked } = shopWithPrices();
    const { calls, fetch } = noted(fake.fetch);

    const [outcome] = await connect({ fetch }).prices.push([{ sku: 'CAP-S', amount: usd('9.00'), ...change }], key);

    expect(outcome).toMatchObject({ ok: false, error: { code: 'record.invalid' } });
    expect(outcome?.ok === false && outcome.error.message).toContain(words);
    expect(calls.map(({ operationName }) => operationName)).toEqual(['ShopCurrency']);
    expect(asked('CAP-S')).toEqual(['10.00', '15.00']);
  });

  it('is of two variants, of which the search knows one', async () => {
    const { state, connect } = shopWithGoods();
    const twin = state.addProduct({ title: 'Twin', variants: [{ sku: 'TEE', price: '99.00' }] });
    for (const id of [twin.id, ...twin.variants.map((variant) => variant.id)]) state.unlist(id);
    const price = { sku: 'TEE', amount: { amount: '1.00', currency: 'USD' } };
    const [answer] = await connect().prices.push([price], { idempotencyKey: 'p' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'record.duplicate' } });
  });

  it('holds up no other', async () => {
    const { shop, state, asked } = shopWithPrices();
    state.addProduct({ title: 'Another mug', variants: [{ sku: 'MUG', price: '5.00' }] });

    const outcomes = await shop.prices.push(
      [
        { sku: 'NEVER-SOLD', amount: usd('1.00') },
        { sku: 'CAP-S', amount: usd('9.00') },
        { sku: 'MUG', amount: usd('1.00') },
        { sku: 'CAP-L', amount: usd('-9.00') },
        { sku: 'TEE', amount: usd('1.00') },
        { sku: 'TEE', amount: usd('2.00') },
      ],
      key,
    );

    const wanted = ['sku.unknown', 'ok', 'record.duplicate', 'record.invalid', 'record.duplicate', 'record.duplicate'];
    expect(answers(outcomes)).toEqual(wanted);
    expect(['CAP-S', 'CAP-L', 'TEE', 'MUG'].map((sku) => asked(sku)[0])).toEqual(['9.00', '12.00', '10.00', '5.00']);
  });

  it('is taken out of its call, and the rest is sent again', async () => {
    const { fake, connect, asked } = shopWithPrices();
    const sent: unknown[] = [];
    const fetch = between(fake.fetch, (call) => {
      if (!isUpdate(call)) return undefined;
      sent.push(call.variables['variants']);
      if (sent.length > 1) return undefined;
      const userErrors = [{ field: ['variants', '0', 'price'], message: 'Must be 0 for a gift card.', code: null }];
      return { productVariantsBulkUpdate: { userErrors } };
    });

    const outcomes = await connect({ fetch }).prices.push(
      [
        { sku: 'CAP-S', amount: usd('9.00') },
        { sku: 'CAP-L', amount: usd('11.00') },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['record.rejected', 'ok']);
    expect(sent).toMatchObject([[{ price: '9.00' }, { price: '11.00' }], [{ price: '11.00' }]]);
    expect(['CAP-S', 'CAP-L'].map((sku) => asked(sku)[0])).toEqual(['10.00', '11.00']);
  });

  it('and a product that cannot be changed at all are apart from the other products', async () => {
    const { fake, connect, asked, state } = shopWithPrices();
    const userErrors = [{ field: ['productId'], message: 'Product is suspended.', code: 'PRODUCT_SUSPENDED' }];
    const { productId } = state.variant('CAP-S');
    const fetch = between(fake.fetch, (call) =>
      isUpdate(call) && call.variables['product'] === productId
        ? { productVariantsBulkUpdate: { userErrors } }
        : undefined,
    );

    const outcomes = await connect({ fetch }).prices.push(
      [
        { sku: 'CAP-S', amount: usd('9.00') },
        { sku: 'TEE', amount: usd('9.00') },
      ],
      key,
    );

    expect(answers(outcomes)).toEqual(['record.rejected', 'ok']);
    expect(asked('TEE')[0]).toBe('9.00');
  });
});
