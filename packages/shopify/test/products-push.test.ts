import type { ProductDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { noted } from './calls.ts';
import { shopWithGoods } from './shop.ts';

const amountOf = (amount: string) => ({ amount, currency: 'USD' });

function variantOf(sku: string, change: Partial<ProductDraft['variants'][number]> = {}) {
  const price = { sku, amount: amountOf('12.50') };
  return { sku, options: [], price, stocked: true, tracking: 'none' as const, ...change };
}

/** A variant of that size. */
const inSize = (sku: string, value: string) => variantOf(sku, { options: [{ name: 'Size', value }] });

function draftOf(variants: ProductDraft['variants'], change: Partial<ProductDraft> = {}): ProductDraft {
  return { title: 'Tee', status: 'active', categories: [], variants, ...change };
}

function world() {
  const shop = shopWithGoods();
  const { calls, fetch } = noted(shop.fake.fetch);
  const written = () =>
    calls.filter(({ query }) => query.startsWith('mutation')).map(({ operationName }) => operationName);
  let keys = 0;
  const push = async (...drafts: readonly ProductDraft[]) => {
    keys += 1;
    return shop.connect({ fetch }).products.push(drafts, { idempotencyKey: `key-${keys}` });
  };
  return { ...shop, written, push, fetch };
}

/** A merchant's product with everything that an integration has no business with. */
function cherished({ state }: ReturnType<typeof world>) {
  const sale = state.addCollection({ title: 'Sale' });
  return state.addProduct({
    title: 'Old name',
    descriptionHtml: '<p>Long told</p>',
    vendor: 'Acme',
    productType: 'Shirt',
    handle: 'old-name',
    tags: ['summer', 'organic'],
    options: ['Size'],
    collections: [sale],
    images: ['https://example.test/1.png'],
    metafields: [{ namespace: 'care', key: 'wash', value: '30' }],
    variants: ['S', 'M', 'L'].map((size) => ({
      sku: `TEE-${size}`,
      options: [size],
      price: '9.00',
      compareAtPrice: '11.00',
      cost: '4.00',
      barcode: `400638133393${size}`,
      stock: 7,
      grams: 150,
      metafields: [{ namespace: 'fit', key: 'cut', value: size }],
    })),
  });
}

const sized = (size: string, change: Partial<ProductDraft['variants'][number]> = {}) =>
  variantOf(`TEE-${size}`, { options: [{ name: 'Size', value: size }], ...change });

describe('a push of a product that is there', () => {
  it('changes what differs, adds what is missing, and takes nothing of the merchant away', async () => {
    const shop = world();
    const { id } = cherished(shop);
    const before = shop.state.product(id);
    const news = shop.state.addCollection({ title: 'New' });
    const outcomes = await shop.push(draftOf([sized('S'), sized('XL')], { title: 'New name', categories: ['New'] }));
    expect(outcomes).toMatchObject([{ ok: true }]);
    const after = shop.state.product(id);
    expect(after).toMatchObject({
      title: 'New name',
      descriptionHtml: before.descriptionHtml,
      vendor: before.vendor,
      productType: before.productType,
      handle: before.handle,
      tags: before.tags,
      images: before.images,
      metafields: before.metafields,
    });
    expect(after.collections).toEqual([...before.collections, news]);
    expect(after.variants.map(({ sku }) => sku)).toEqual(['TEE-S', 'TEE-M', 'TEE-L', 'TEE-XL']);
    expect(after.variants[0]).toMatchObject({ price: '12.50', compareAtPrice: '11.00', cost: '4.00', grams: 150 });
    expect(after.variants[1]).toEqual(before.variants[1]);
    expect(shop.state.available('TEE-S')).toBe(7);
    expect(shop.state.metafields(before.variants[0]?.id ?? '')).toHaveLength(1);
  });

  it('writes nothing when nothing differs', async () => {
    const shop = world();
    cherished(shop);
    const draft = draftOf([sized('S'), sized('XL', { weightGrams: 90 })], {
      description: '<p>Told</p>',
      vendor: 'Byron',
    });
    await shop.push(draft);
    const first = shop.written().length;
    expect(first).toBe(3);
    expect(await shop.push(draft)).toMatchObject([{ ok: true }]);
    expect(shop.written()).toHaveLength(first);
  });

  it('leaves one that is sold by its link alone as it is', async () => {
    const shop = world();
    const { id } = shop.state.addProduct({
      title: 'Tee',
      status: 'UNLISTED',
      variants: [{ sku: 'SECRET', price: '12.50' }],
    });
    await shop.push(draftOf([variantOf('SECRET')]));
    expect(shop.state.product(id).status).toBe('UNLISTED');
    await shop.push(draftOf([variantOf('SECRET')], { status: 'archived' }));
    expect(shop.state.product(id).status).toBe('ARCHIVED');
  });

  it('gives a variant without a SKU the one that its options say', async () => {
    const shop = world();
    const { id } = shop.state.addProduct({
      title: 'Cap',
      options: ['Size'],
      variants: [
        { sku: 'CAP-S', options: ['S'], price: '12.50' },
        { options: ['M'], price: '12.50' },
      ],
    });
    await shop.push(
      draftOf(['S', 'M'].map((size) => variantOf(`CAP-${size}`, { options: [{ name: 'Size', value: size }] }))),
    );
    expect(shop.state.product(id).variants.map(({ sku }) => sku)).toEqual(['CAP-S', 'CAP-M']);
  });

  it('refuses a SKU that several variants have, and SKUs of several products', async () => {
    const shop = world();
    for (const title of ['One', 'Other']) shop.state.addProduct({ title, variants: [{ sku: 'TWIN', price: '1.00' }] });
    cherished(shop);
    const apart = draftOf([sized('S'), variantOf('MUG', { options: [{ name: 'Size', value: 'Mug' }] })]);
    expect(await shop.push(draftOf([variantOf('TWIN')]), apart, draftOf([sized('L')]))).toMatchObject([
      { ok: false, error: { code: 'record.duplicate' } },
      { ok: false, error: { code: 'record.duplicate' } },
      { ok: true },
    ]);
  });

  it('refuses a SKU that several variants have, also when the search knows one of them only', async () => {
    const { push, state } = world();
    const twin = state.addProduct({ title: 'Twin', variants: [{ sku: 'TEE', price: '99.00' }] });
    for (const id of [twin.id, ...twin.variants.map((variant) => variant.id)]) state.unlist(id);
    const [answer] = await push(draftOf([variantOf('TEE')]));
    expect(answer).toMatchObject({ ok: false, error: { code: 'record.duplicate' } });
  });

  it('refuses other options than the product has', async () => {
    const shop = world();
    cherished(shop);
    const red = variantOf('TEE-RED', { options: [{ name: 'Colour', value: 'red' }] });
    const [outcome] = await shop.push(
      draftOf([{ ...red, sku: 'TEE-S', price: { sku: 'TEE-S', amount: amountOf('1.00') } }]),
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: 'record.rejected' } });
    expect(shop.written()).toEqual([]);
  });
});

describe('a push of a product that is not there', () => {
  it('refuses to sell it without a price', async () => {
    const shop = world();
    const { price: _none, ...priceless } = variantOf('FREE');
    expect(await shop.push(draftOf([priceless]))).toMatchObject([{ ok: false, error: { code: 'price.missing' } }]);
    expect(shop.written()).toEqual([]);
  });

  it('makes it once, also while the search does not find it yet', async () => {
    const shop = world();
    await shop.push(draftOf([variantOf('LATE')]));
    const made = shop.state.products.at(-1);
    for (const id of [made?.id, made?.variants[0]?.id]) shop.state.unlist(id ?? '');
    expect(await shop.push(draftOf([variantOf('LATE')], { title: 'Changed' }))).toMatchObject([{ ok: true }]);
    expect(shop.state.products.filter(({ variants }) => variants.some(({ sku }) => sku === 'LATE'))).toHaveLength(1);
    expect(shop.state.product(made?.id ?? '').title).toBe('Changed');
  });

  it('knows the one that it was made by before it gained a variant, also while the search does not find it yet', async () => {
    const { push, state } = world();
    await push(draftOf([inSize('TEA-M', 'M')]));
    const made = state.products.at(-1);
    for (const id of [made?.id, ...(made?.variants ?? []).map((variant) => variant.id)]) state.unlist(id ?? '');
    const [answer] = await push(draftOf([inSize('TEA-M', 'M'), inSize('TEA-L', 'L')]));
    expect(answer?.ok).toBe(true);
    const holders = state.products.filter(({ variants }) => variants.some(({ sku }) => sku === 'TEA-M'));
    expect(holders.map(({ variants }) => variants.map(({ sku }) => sku))).toEqual([['TEA-M', 'TEA-L']]);
  });

  it('leaves a product alone that has its handle and other SKUs by now', async () => {
    const { push, state } = world();
    await push(draftOf([variantOf('TEE-1')], { title: 'Summer tee' }));
    const made = state.products.at(-1)?.id ?? '';
    state.changeVariant('TEE-1', { sku: 'ARCHIVE-1' });
    const [answer] = await push(draftOf([variantOf('TEE-1')], { title: 'Winter coat' }));
    expect(answer).toMatchObject({ ok: false, error: { code: 'record.duplicate' } });
    expect(state.product(made)).toMatchObject({ title: 'Summer tee', variants: [{ sku: 'ARCHIVE-1' }] });
  });

  it('waits for one with many variants without holding a call open', async () => {
    const shop = world();
    const many = Array.from({ length: 150 }, (_, number) =>
      variantOf(`MANY-${number}`, { options: [{ name: 'Size', value: `${number}` }] }),
    );
    expect(await shop.push(draftOf(many))).toMatchObject([{ ok: true }]);
    expect(shop.state.products.at(-1)?.variants).toHaveLength(150);
    expect(await shop.connect().products.get([{ sku: 'MANY-149' }])).toMatchObject([{ variants: { length: 150 } }]);
  });

  it('says of each draft what is wrong with it, and writes the others', async () => {
    const shop = world();
    const euro = variantOf('EURO', { price: { sku: 'EURO', amount: { amount: '1.00', currency: 'EUR' } } });
    const outcomes = await shop.push(
      draftOf([euro]),
      draftOf([variantOf('FINE')]),
      draftOf([variantOf('A'), variantOf('B')]),
      draftOf([variantOf('C')], { categories: ['Nowhere'] }),
      draftOf([variantOf('D')], { title: ' ' }),
    );
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code))).toEqual([
      'record.invalid',
      'ok',
      'record.invalid',
      'record.missing',
      'record.invalid',
    ]);
  });
});

describe('a pull of products', () => {
  it('brings all variants of one that has more than a page of them', async () => {
    const { state, shop } = world();
    const sizes = Array.from({ length: 600 }, (_, size) => `${size}`);
    state.addProduct({
      title: 'Endless',
      options: ['Size'],
      variants: sizes.map((size) => ({ sku: `ENDLESS-${size}`, options: [size], price: '1.00' })),
    });
    const items = [];
    for await (const page of shop.products.pull({})) items.push(...page.items);
    const endless = items.find(({ title }) => title === 'Endless');
    expect(new Set(endless?.variants.map(({ sku }) => sku)).size).toBe(600);
  });

  it('tells a person of a status that nobody knows and of a product that no SKU names, and goes on', async () => {
    const { state, shop } = world();
    state.addProduct({ title: 'Strange', status: 'BARTERED', variants: [{ sku: 'STRANGE', price: '1.00' }] });
    state.addProduct({ title: 'Nameless', variants: [{ price: '1.00' }] });
    for await (const page of shop.products.pull({})) {
      expect(page.items.map(({ title }) => title)).toEqual(['Goods']);
      expect(page.problems?.map(({ error }) => error.code).toSorted()).toEqual(['sku.missing', 'status.unmapped']);
    }
  });
});
