import type { ProductDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { euros } from './drafts.ts';
import { shopWithGoods } from './world.ts';

type Variant = ProductDraft['variants'][number];

const variant = (sku: string, more: Partial<Variant> = {}): Variant => ({
  sku,
  options: [],
  stocked: true,
  tracking: 'none',
  ...more,
});
const shirt = (values: readonly string[], more: Partial<ProductDraft> = {}): ProductDraft => ({
  title: 'Shirt',
  status: 'active',
  categories: [],
  variants: values.map((value) => variant(`SHIRT-${value}`, { options: [{ name: 'Colour', value }] })),
  ...more,
});
const mug = (more: Partial<ProductDraft> = {}): ProductDraft => ({
  title: 'Mug',
  status: 'active',
  categories: [],
  variants: [variant('MUG')],
  ...more,
});

async function push(shop: ReturnType<typeof shopWithGoods>['shop'], drafts: readonly ProductDraft[], key = 'push') {
  const outcomes = await shop.products.push(drafts, { idempotencyKey: key });
  return outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code));
}

describe('a product that is pushed', () => {
  it('is made with its variations, and counted from nothing, so that nobody buys what is not there', async () => {
    const { shop, state } = shopWithGoods();
    const [red, blue] = shirt(['Red', 'Blue']).variants;
    const draft = shirt([], {
      variants: [red, blue].flatMap((one) =>
        one ? [{ ...one, weightGrams: 250, barcode: undefined, price: { sku: one.sku, amount: euros('20.00') } }] : [],
      ),
    });
    expect(await push(shop, [draft])).toEqual(['ok']);
    const [parent] = state.products.filter(({ type }) => type === 'variable');
    expect(parent).toMatchObject({ name: 'Shirt', status: 'publish' });
    expect(state.product('SHIRT-Red')).toMatchObject({
      parentId: parent?.id,
      regularPrice: '20.00',
      weight: '0.25',
      manageStock: true,
      stock: 0,
    });
    const [there] = await shop.products.get([{ sku: 'SHIRT-Blue' }]);
    expect(there?.variants.map(({ sku }) => sku).toSorted()).toEqual(['SHIRT-Blue', 'SHIRT-Red']);
  });

  it('gets a variation more, and keeps the ones that it has', async () => {
    const { shop, state } = shopWithGoods();
    await push(shop, [shirt(['Red'])]);
    expect(await push(shop, [shirt(['Red', 'Green'])])).toEqual(['ok']);
    expect(await push(shop, [shirt(['Green', 'Red'])])).toEqual(['ok']);
    const variations = state.products.filter(({ type }) => type === 'variation').map(({ sku }) => sku);
    expect(variations).toEqual(['SHIRT-Red', 'SHIRT-Green']);
    const [parent] = state.products.filter(({ type }) => type === 'variable');
    expect(parent?.attributes[0]?.options).toEqual(['Red', 'Green']);
  });

  it('loses nothing that its merchant keeps there', async () => {
    const { shop, state } = shopWithGoods();
    const [tea, gifts] = [state.addCategory({ name: 'Tea' }), state.addCategory({ name: 'Gifts' })];
    state.addProduct({
      sku: 'CUP',
      name: 'Cup',
      price: '10.00',
      salePrice: '8.00',
      stock: 7,
      description: 'By hand',
      weight: '0.4',
      gtin: '4006381333931',
      categories: [tea.id],
      tags: [state.addTag({ name: 'new' }).id],
      images: ['https://img.example/cup.png'],
      meta: [{ key: 'shelf', value: 'B4' }],
    });
    const before = structuredClone(state.product('CUP'));
    const draft = mug({
      title: 'Tea cup',
      categories: ['Gifts'],
      variants: [variant('CUP', { price: { sku: 'CUP', amount: euros('11.00') } })],
    });
    expect(await push(shop, [draft])).toEqual(['ok']);
    const { modifiedAt: _now, ...after } = state.product('CUP') ?? { modifiedAt: 0 };
    const { modifiedAt: _then, ...old } = before ?? { modifiedAt: 0 };
    expect(after).toEqual({ ...old, name: 'Tea cup', regularPrice: '11.00', categoryIds: [tea.id, gifts.id] });
  });

  it('is changed, not made twice, where somebody makes it at the same moment', async () => {
    const { shop, state, fake } = shopWithGoods();
    state.during('POST /products/batch', () => state.addProduct({ sku: 'NEW', name: 'By hand' }));
    expect(await push(shop, [mug({ title: 'Ours', variants: [variant('NEW')] })])).toEqual(['ok']);
    expect(state.products.filter(({ sku }) => sku === 'NEW')).toMatchObject([{ name: 'Ours' }]);
    expect(fake.journal.all.filter(({ operation }) => operation === 'POST /products/batch')).toHaveLength(2);
  });

  it('that cannot be written is refused by itself', async () => {
    const { shop, state } = shopWithGoods();
    const { id } = state.addProduct({ sku: 'ALL', type: 'variable' });
    state.addVariation(id, { sku: 'PART', option: 'Red', attribute: 'Colour' });
    state.addProduct({ sku: 'BIN', name: 'Bin' });
    state.removeProduct('BIN');
    const drafts: readonly (readonly [ProductDraft, string])[] = [
      [mug({ title: 'Cup of the list' }), 'ok'],
      [mug({ variants: [variant('ALL')] }), 'record.rejected'],
      [mug({ variants: [variant('PART')] }), 'record.rejected'],
      [mug({ variants: [variant('BIN')] }), 'record.rejected'],
      [mug({ variants: [variant('KIT', { components: [{ sku: 'MUG', quantity: 2 }] })] }), 'record.invalid'],
      [mug({ variants: [variant('EAN', { barcode: 'abc' })] }), 'record.invalid'],
      [
        mug({ variants: [variant('COMMA', { price: { sku: 'COMMA', amount: { amount: '1,50', currency: 'EUR' } } })] }),
        'record.invalid',
      ],
      [mug({ categories: ['Nowhere'], variants: [variant('LOST')] }), 'record.missing'],
    ];
    const before = state.products.length;
    expect(
      await push(
        shop,
        drafts.map(([draft]) => draft),
      ),
    ).toEqual(drafts.map(([, code]) => code));
    expect(state.products.length).toBe(before);
    expect(state.product('MUG')?.name).toBe('Cup of the list');
  });

  it('with its own key is left alone while it is as it should be', async () => {
    const { shop, connect, fake } = shopWithGoods();
    const drafts = [mug(), shirt(['Red', 'Blue'])];
    await push(shop, drafts);
    const before = fake.journal.all.length;
    expect(await push(connect(), drafts)).toEqual(['ok', 'ok']);
    const asked = fake.journal.all.slice(before).map(({ operation }) => operation);
    expect(asked.filter((operation) => !operation.startsWith('GET'))).toEqual([]);
  });
});
