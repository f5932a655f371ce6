import { describe, expect, it } from 'vitest';
import { shopWithGoods } from './world.ts';

/** A shirt in two colours, in a category below another one. */
function shopWithShirt() {
  const world = shopWithGoods();
  const { state } = world;
  const clothing = state.addCategory({ name: 'Cloth & Co' });
  const shirts = state.addCategory({ name: 'Shirts', parent: clothing.id });
  const { id } = state.addProduct({
    sku: 'SHIRT',
    name: 'Shirt & Tie',
    type: 'variable',
    categories: [shirts.id],
    weight: '0.25',
    description: '<p>Soft.</p>',
  });
  state.addVariation(id, {
    sku: 'SHIRT-RED',
    price: '20.00',
    salePrice: '15.00',
    option: 'Red',
    attribute: 'Colour',
    gtin: '4006381333931',
    weight: '0.3',
  });
  state.addVariation(id, { sku: 'SHIRT-BLUE', price: '20.00', option: 'Blue', attribute: 'Colour' });
  return { ...world, id };
}

describe('products of a shop', () => {
  it('come with all of their variations, prices, weights and the path of their category', async () => {
    const { shop, id } = shopWithShirt();
    const [shirt] = await shop.products.get([{ sku: 'SHIRT-BLUE' }, { sku: 'SHIRT-RED' }]);
    expect(shirt).toMatchObject({
      ref: { kind: 'product', id: String(id) },
      title: 'Shirt & Tie',
      description: '<p>Soft.</p>',
      status: 'active',
      categories: ['Cloth & Co / Shirts'],
    });
    expect(shirt?.variants.toSorted((one, other) => (one.sku < other.sku ? 1 : -1))).toEqual([
      expect.objectContaining({
        sku: 'SHIRT-RED',
        barcode: '4006381333931',
        title: 'Red',
        options: [{ name: 'Colour', value: 'Red' }],
        price: expect.objectContaining({
          amount: { amount: '15.00', currency: 'EUR' },
          compareAt: { amount: '20.00', currency: 'EUR' },
        }),
        weightGrams: 300,
      }),
      expect.objectContaining({
        sku: 'SHIRT-BLUE',
        price: { sku: 'SHIRT-BLUE', amount: { amount: '20.00', currency: 'EUR' } },
        weightGrams: 250,
      }),
    ]);
  });

  it('that nothing of ours can name are said, and hide no other', async () => {
    const { shop, state } = shopWithGoods();
    const { id } = state.addProduct({ name: 'Without a SKU' });
    const skus: string[] = [];
    const problems = [];
    for await (const page of shop.products.pull({})) {
      skus.push(...page.items.flatMap(({ variants }) => variants.map(({ sku }) => sku)));
      problems.push(...(page.problems ?? []));
    }
    expect(skus.toSorted()).toEqual(['MUG', 'TEE']);
    expect(problems).toMatchObject([{ ref: { id: String(id) }, error: { code: 'sku.missing' } }]);
  });

  it('are handed out page by page, and no page is asked for before it is wanted', async () => {
    const { shop, state, fake } = shopWithGoods();
    state.seedProducts(450);
    const calls: number[] = [];
    for await (const { items } of shop.products.pull({})) {
      expect(items.length).toBeLessThanOrEqual(100);
      calls.push(fake.journal.all.filter(({ operation }) => operation === 'GET /products').length);
    }
    // All 452 were made in one second, which is counted once and then read backwards, a page a call.
    expect(calls.length).toBeGreaterThan(4);
    expect(calls.every((count, index) => index === 0 || count - (calls[index - 1] ?? 0) <= 2)).toBe(true);
  });
});
