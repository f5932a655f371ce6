import type { CommerceError, ItemOutcome } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { scriptedShop } from './shop.ts';
import { shopWithGoods } from './world.ts';

const key = { idempotencyKey: 'push-1' };

const eur = (amount: string) => ({ amount, currency: 'EUR' });

const at = (id: string) => ({ system: 'woocommerce', kind: 'location', id }) as const;

const product = (id: number, sku: string) => ({
  id,
  parent_id: 0,
  sku,
  type: 'simple',
  manage_stock: true,
  stock_quantity: 1,
});

/** `ok`, or the code and the words of the refusal, by SKU. */
function answersOf(outcomes: readonly ItemOutcome<{ readonly sku: string }>[]): Record<string, string> {
  return Object.fromEntries(outcomes.map((one) => [one.item.sku, one.ok ? 'ok' : one.error.code]));
}

function errorOf(outcome: ItemOutcome<unknown> | undefined): CommerceError {
  if (!outcome || outcome.ok) throw new Error('The item was written.');
  return outcome.error;
}

describe('a push of stock', () => {
  it('looks 50 SKUs up in one call and writes simple products in one and variations in one a parent', async () => {
    const { shop, state, asked, fake } = shopWithGoods();
    const parents = [
      state.addProduct({ sku: 'P1', type: 'variable' }),
      state.addProduct({ sku: 'P2', type: 'variable' }),
    ];
    for (const [index, { id }] of parents.entries()) {
      for (const option of ['Red', 'Blue']) state.addVariation(id, { sku: `V${index}-${option}`, stock: 1, option });
    }
    const skus = ['TEE', 'MUG', 'V0-Red', 'V0-Blue', 'V1-Red', 'V1-Blue'];
    const since = fake.journal.all.length;
    const outcomes = await shop.inventory.push(
      skus.map((sku, index) => ({ sku, available: 20 + index })),
      key,
    );
    expect(Object.values(answersOf(outcomes))).toEqual(skus.map(() => 'ok'));
    expect(skus.map((sku) => state.stockOf(sku))).toEqual([20, 21, 22, 23, 24, 25]);
    expect(asked(since)).toEqual([
      'GET /products',
      'POST /products/batch',
      'POST /products/{id}/variations/batch',
      'POST /products/{id}/variations/batch',
    ]);
  });

  it('writes nothing where the number is there already', async () => {
    const { shop, asked } = shopWithGoods();
    expect(answersOf(await shop.inventory.push([{ sku: 'TEE', available: 1000 }], key))).toEqual({ TEE: 'ok' });
    expect(asked()).toEqual(['GET /products']);
  });

  it('leaves the counting of stock to the shop, unless the team decided', async () => {
    const { shop, connect, state } = shopWithGoods();
    state.addProduct({ sku: 'LOOSE', price: '1.00' });
    const [refused] = await shop.inventory.push([{ sku: 'LOOSE', available: 4 }], key);
    expect(errorOf(refused)).toMatchObject({ code: 'record.rejected' });
    expect(errorOf(refused).message).toContain('the product counts no stock');
    expect(state.product('LOOSE')).toMatchObject({ manageStock: false });
    expect(await shop.inventory.get(['LOOSE'])).toEqual([]);
    const counting = connect({ countStock: true });
    expect(answersOf(await counting.inventory.push([{ sku: 'LOOSE', available: 4 }], key))).toEqual({ LOOSE: 'ok' });
    expect(state.stockOf('LOOSE')).toBe(4);
  });

  it('does not set the stock of all variations for one of them', async () => {
    const { shop, state } = shopWithGoods();
    const parent = state.addProduct({ sku: 'SHIRT', type: 'variable', stock: 9 });
    state.addVariation(parent.id, { sku: 'SHIRT-RED', option: 'Red' });
    const [refused] = await shop.inventory.push([{ sku: 'SHIRT-RED', available: 4 }], key);
    expect(errorOf(refused).message).toContain('counted together with the other variations');
    expect(state.stockOf('SHIRT')).toBe(9);
    expect(answersOf(await shop.inventory.push([{ sku: 'SHIRT', available: 4 }], key))).toEqual({ SHIRT: 'ok' });
  });

  it('takes a SKU to the letter, where the database does not', async () => {
    const { shop, state } = shopWithGoods();
    expect(answersOf(await shop.inventory.push([{ sku: 'tee', available: 7 }], key))).toEqual({ tee: 'sku.unknown' });
    expect(state.stockOf('TEE')).toBe(1000);
  });

  it('asks for a SKU with a comma alone, because the list is cut there', async () => {
    // WooCommerce looks for the whole text beside its parts.
    const all = new Map(
      [product(1, 'A,B'), product(2, 'A'), product(3, 'B'), product(4, 'C')].map((one) => [one.sku, one]),
    );
    const { shop, asked } = scriptedShop(({ url }) => {
      const sku = new URL(url).searchParams.get('sku') ?? '';
      return { body: [sku, ...sku.split(',')].flatMap((word) => all.get(word) ?? []) };
    });
    const levels = await shop.inventory.get(['C', 'A,B']);
    expect(levels.map(({ sku }) => sku).toSorted()).toEqual(['A,B', 'C']);
    expect(new Set(asked.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('sku')))).toEqual(
      new Set(['A,B', 'C']),
    );
  });

  it('knows one place', async () => {
    const { shop } = shopWithGoods();
    const push = (id: string) => shop.inventory.push([{ sku: 'TEE', available: 7, location: at(id) }], key);
    expect(answersOf(await push('shop'))).toEqual({ TEE: 'ok' });
    expect(answersOf(await push('north'))).toEqual({ TEE: 'record.invalid' });
    expect(await shop.inventory.get(['TEE'])).toMatchObject([{ sku: 'TEE', available: 7, location: at('shop') }]);
  });

  it('of a lost answer is settled by looking, and undoes no sale', async () => {
    const { shop, state, fake, place } = shopWithGoods();
    fake.faults.next('POST /products/batch', { kind: 'drop', when: 'after' });
    expect(answersOf(await shop.inventory.push([{ sku: 'TEE', available: 7, expected: 1000 }], key))).toEqual({
      TEE: 'ok',
    });
    fake.faults.next('POST /products/batch', { kind: 'late', ms: 60_000 });
    const [doubted] = await shop.inventory.push([{ sku: 'TEE', available: 5, expected: 7 }], key);
    expect(errorOf(doubted).code).toBe('write.uncertain');
    await fake.clock.advance(60_000);
    place({ lines: [{ sku: 'TEE', quantity: 1 }] });
    const [stale] = await shop.inventory.push([{ sku: 'TEE', available: 5, expected: 7 }], key);
    expect(errorOf(stale).code).toBe('stock.stale');
    expect(state.stockOf('TEE')).toBe(4);
  });

  it('is made smaller for a host that does not answer in time', async () => {
    const { shop, state, fake } = shopWithGoods();
    const updates = Array.from({ length: 120 }, (_, index) => ({ sku: `S${index}`, available: 9 }));
    for (const { sku } of updates) state.addProduct({ sku, stock: 1 });
    fake.faults.next('POST /products/batch', { kind: 'fail-after', status: 504 });
    const outcomes = await shop.inventory.push(updates, key);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    const sizes = fake.journal.all
      .filter(({ operation }) => operation === 'POST /products/batch')
      .map(({ requestBody }) => (JSON.parse(requestBody) as { update: unknown[] }).update.length);
    expect(sizes[0]).toBe(50);
    expect(Math.max(...sizes.slice(1))).toBe(25);
  });

  it('finds a SKU behind a hundred others that the database takes for the same, also where a page is cut shorter', async () => {
    // Rows that an import left: one SKU in other letters, and the one that is meant last.
    const rows = [...Array.from({ length: 130 }, (_, index) => product(index + 1, 'tee')), product(200, 'TEE')];
    for (const most of [100, 40]) {
      const pages = Math.ceil(rows.length / most);
      const answerWith = (headers: Record<string, string>) =>
        scriptedShop(({ url }) => {
          const page = Number(new URL(url).searchParams.get('page'));
          return { body: rows.slice((page - 1) * most, page * most), headers };
        });
      const told = answerWith({ 'x-wp-totalpages': String(pages) });
      expect(await told.shop.inventory.get(['TEE'])).toMatchObject([{ sku: 'TEE' }]);
      expect(told.asked).toHaveLength(pages);
      const untold = answerWith({});
      expect(await untold.shop.inventory.get(['TEE'])).toMatchObject([{ sku: 'TEE' }]);
      expect(untold.asked).toHaveLength(pages + 1);
    }
  });

  it('looks no further where the shop answers every page with the same', async () => {
    const { shop, asked } = scriptedShop(() => ({ body: [product(1, 'TEE')] }));
    expect(await shop.inventory.get(['TEE'])).toMatchObject([{ sku: 'TEE' }]);
    expect(asked).toHaveLength(2);
  });

  it('finds a SKU beside one that looks like the beginning of a tag', async () => {
    const { shop, state } = shopWithGoods();
    for (const sku of ['A<1', 'B>2']) state.addProduct({ sku, stock: 1 });
    expect(
      answersOf(
        await shop.inventory.push(
          ['A<1', 'MUG', 'B>2'].map((sku) => ({ sku, available: 6 })),
          key,
        ),
      ),
    ).toMatchObject({
      MUG: 'ok',
    });
  });

  it('goes one after another, so that none passes between the reading and the writing of another', async () => {
    const { shop, asked } = shopWithGoods();
    const push = (available: number) =>
      shop.inventory.push([{ sku: 'TEE', available }], { idempotencyKey: `p${available}` });
    await Promise.all([push(1), push(2), push(3)]);
    expect(asked().map((operation) => operation.split(' ')[0])).toEqual(['GET', 'POST', 'GET', 'POST', 'GET', 'POST']);
  });
});

describe('a push of prices', () => {
  it('sets the price that is asked, and the one it is compared with', async () => {
    const { shop, state } = shopWithGoods();
    const outcomes = await shop.prices.push(
      [
        { sku: 'TEE', amount: eur('8.00'), compareAt: eur('12.00') },
        { sku: 'MUG', amount: eur('6.5') },
      ],
      key,
    );
    expect(answersOf(outcomes)).toEqual({ TEE: 'ok', MUG: 'ok' });
    expect(state.product('TEE')).toMatchObject({ regularPrice: '12.00', salePrice: '8.00' });
    expect(state.product('MUG')).toMatchObject({ regularPrice: '6.5', salePrice: '' });
    await shop.prices.push([{ sku: 'TEE', amount: eur('9.00') }], key);
    expect(state.product('TEE')).toMatchObject({ regularPrice: '9.00', salePrice: '' });
  });

  it.each([
    ['in another currency', { amount: { amount: '8.00', currency: 'USD' } }],
    ['with a comma', { amount: eur('1,50') }],
    ['below nothing', { amount: eur('-1.00') }],
    ['of a list', { amount: eur('8.00'), list: 'trade' }],
    ['from a quantity on', { amount: eur('8.00'), minimumQuantity: 10 }],
    ['above the one it is compared with', { amount: eur('8.00'), compareAt: eur('7.00') }],
    [
      'that ends before it begins',
      {
        amount: eur('8.00'),
        compareAt: eur('9.00'),
        validFrom: '2026-12-02T00:00:00Z',
        validUntil: '2026-12-01T00:00:00Z',
      },
    ],
    ['with a time and no reduction', { amount: eur('18.00'), validFrom: '2026-12-02T00:00:00Z' }],
  ])('%s is refused in words, and the others are written', async (_what, price) => {
    const { shop, state } = shopWithGoods();
    const outcomes = await shop.prices.push(
      [
        { sku: 'TEE', ...price },
        { sku: 'MUG', amount: eur('6.00') },
      ],
      key,
    );
    expect(answersOf(outcomes)).toEqual({ TEE: 'record.invalid', MUG: 'ok' });
    expect(state.product('TEE')).toMatchObject({ regularPrice: '10.00', salePrice: '' });
  });

  it('of a product whose variations have the prices is refused', async () => {
    const { shop, state } = shopWithGoods();
    state.addProduct({ sku: 'SHIRT', type: 'variable' });
    const [refused] = await shop.prices.push([{ sku: 'SHIRT', amount: eur('6.00') }], key);
    expect(errorOf(refused)).toMatchObject({ code: 'record.rejected' });
  });

  it('asks the shop for its currency once, and not where the team named it', async () => {
    const { shop, connect, asked, fake } = shopWithGoods();
    const push = (one: typeof shop, amount: string) => one.prices.push([{ sku: 'TEE', amount: eur(amount) }], key);
    await push(shop, '1.00');
    await push(shop, '2.00');
    expect(asked().filter((operation) => operation.includes('settings'))).toHaveLength(1);
    const since = fake.journal.all.length;
    expect(answersOf(await push(connect({ currency: 'USD' }), '3.00'))).toEqual({ TEE: 'record.invalid' });
    expect(asked(since)).toEqual([]);
  });

  it('with a time keeps it, and is left alone while the shop shows it', async () => {
    const { shop, state, clock, asked } = shopWithGoods();
    const price = {
      sku: 'TEE',
      amount: eur('8.00'),
      compareAt: eur('12.00'),
      validFrom: '2026-11-02T00:00:00.000Z',
      validUntil: '2026-11-09T00:00:00+01:00',
    };
    const push = async (change = {}) => {
      const since = asked().length;
      const outcomes = await shop.prices.push([{ ...price, ...change }], key);
      return [...Object.values(answersOf(outcomes)), asked(since).filter((one) => one.startsWith('POST')).length];
    };
    expect(await push()).toEqual(['ok', 1]);
    expect(state.product('TEE')).toMatchObject({
      saleFrom: Date.parse(price.validFrom),
      saleUntil: Date.parse(price.validUntil),
    });
    expect(await push()).toEqual(['ok', 0]);
    expect(await push({ validUntil: '2026-11-10T00:00:00Z' })).toEqual(['ok', 1]);
    expect(await push({ validFrom: '2026-11-03T00:00:00Z' })).toEqual(['ok', 1]);
    expect(await push()).toEqual(['ok', 1]);
    await clock.advance(3 * 24 * 60 * 60 * 1000);
    // What the shop's daily job does with a sale that began.
    Object.assign(state.product('TEE') ?? {}, { saleFrom: undefined });
    expect(await push()).toEqual(['ok', 0]);
    expect(await push({ validFrom: undefined, validUntil: undefined })).toEqual(['ok', 1]);
    expect(state.product('TEE')).toMatchObject({ saleFrom: undefined, saleUntil: undefined });
  });

  it.each([
    ['no beginning', { date_on_sale_from_gmt: null, date_on_sale_to_gmt: '2030-12-09T00:00:00' }],
    ['no end', { date_on_sale_from_gmt: '2030-12-02T00:00:00', date_on_sale_to_gmt: null }],
    ['another end', { date_on_sale_from_gmt: '2030-12-02T00:00:00', date_on_sale_to_gmt: '2030-12-09T01:00:00' }],
  ])('with a time is not set where the shop shows %s behind it', async (_what, dates) => {
    const priced = { ...product(1, 'TEE'), regular_price: '12.00', sale_price: '' };
    const { shop } = scriptedShop(
      ({ method }) =>
        method === 'GET' ? { body: [priced] } : { body: { update: [{ ...priced, sale_price: '8.00', ...dates }] } },
      { currency: 'EUR' },
    );
    const [outcome] = await shop.prices.push(
      [
        {
          sku: 'TEE',
          amount: eur('8.00'),
          compareAt: eur('12.00'),
          validFrom: '2030-12-02T00:00:00Z',
          validUntil: '2030-12-09T00:00:00Z',
        },
      ],
      key,
    );
    expect(errorOf(outcome)).toMatchObject({ code: 'record.rejected' });
    expect(errorOf(outcome).message).toContain('another price or another time');
  });
});

describe('an answer about another SKU', () => {
  const moved = { ...product(1, 'TEE'), regular_price: '12.00', sale_price: '' };
  const { shop } = scriptedShop(
    ({ method }) =>
      method === 'GET'
        ? { body: [moved] }
        : { body: { update: [{ ...moved, sku: 'MUG', stock_quantity: 9, regular_price: '9.00' }] } },
    { currency: 'EUR' },
  );

  it('leaves in doubt which product got the stock', async () => {
    const [outcome] = await shop.inventory.push([{ sku: 'TEE', available: 9 }], key);
    expect(errorOf(outcome)).toMatchObject({ code: 'write.uncertain' });
    expect(errorOf(outcome).message).toContain('has "MUG" now');
  });

  it('leaves in doubt which product got the price', async () => {
    const [outcome] = await shop.prices.push([{ sku: 'TEE', amount: eur('9.00') }], key);
    expect(errorOf(outcome)).toMatchObject({ code: 'write.uncertain' });
    expect(errorOf(outcome).message).toContain('has "MUG" now');
  });
});
