import { fakeShopify } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, textAt } from './ask.ts';

const set = `mutation Set($identifier: ProductSetIdentifiers, $input: ProductSetInput!, $now: Boolean) {
  productSet(identifier: $identifier, input: $input, synchronous: $now) {
    product { id handle status tags options { id name optionValues { id name } }
      variants(first: 250) { nodes { id title sku price position selectedOptions { name value } inventoryQuantity } } }
    productSetOperation { id status userErrors { field message code } }
    userErrors { field message code }
  }
}`;

function shop() {
  const platform = fakeShopify();
  const place = platform.state.addLocation({ name: 'Warehouse', countryCode: 'US' });
  return { platform, state: platform.state, place };
}

const shirt = (more: object = {}) => ({
  title: 'Shirt',
  handle: 'shirt',
  tags: ['b', 'a'],
  productOptions: [
    { name: 'Size', values: [{ name: 'S' }, { name: 'M' }] },
    { name: 'Colour', values: [{ name: 'Red' }] },
  ],
  variants: ['S', 'M'].map((size) => ({
    price: '10.00',
    inventoryItem: { sku: `SHIRT-${size}`, tracked: true },
    optionValues: [
      { optionName: 'Size', name: size },
      { optionName: 'Colour', name: 'Red' },
    ],
  })),
  ...more,
});

const many = (count: number) => ({
  title: 'Many',
  productOptions: [{ name: 'Number', values: Array.from({ length: count }, (_, at) => ({ name: String(at) })) }],
  variants: Array.from({ length: count }, (_, at) => ({
    price: '1.00',
    optionValues: [{ optionName: 'Number', name: String(at) }],
  })),
});

describe('productSet', () => {
  it('makes a product with its options and variants, and another time the same by its handle', async () => {
    const { platform, state, place } = shop();
    const input = shirt();
    const [first] = input.variants;
    const answer = await ask(platform, set, {
      identifier: { handle: 'shirt' },
      input: {
        ...input,
        variants: [{ ...first, inventoryQuantities: [{ locationId: place, name: 'available', quantity: 4 }] }],
      },
    });
    expect(answer.errors).toEqual([]);
    expect(answer.at('productSet', 'userErrors')).toEqual([]);
    expect(answer.at('productSet', 'product')).toMatchObject({
      handle: 'shirt',
      tags: ['a', 'b'],
      options: [{ name: 'Size', optionValues: [{ name: 'S' }, { name: 'M' }] }, { name: 'Colour' }],
      variants: { nodes: [{ title: 'S / Red', sku: 'SHIRT-S', price: '10.00', inventoryQuantity: 4 }] },
    });
    const id = textAt(answer.body, 'data', 'productSet', 'product', 'id');
    const again = await ask(platform, set, {
      identifier: { handle: 'shirt' },
      input: { title: 'Shirt 2', handle: 'shirt' },
    });
    expect(again.at('productSet', 'product', 'id')).toBe(id);
    expect(state.products).toHaveLength(1);
    expect(state.product(id)).toMatchObject({ title: 'Shirt 2', tags: ['a', 'b'], variants: [{ sku: 'SHIRT-S' }] });
  });

  it('takes away what a list does not name, and keeps a variant that is named by id', async () => {
    const { platform, state } = shop();
    const made = await ask(platform, set, { input: shirt() });
    const id = textAt(made.body, 'data', 'productSet', 'product', 'id');
    const kept = textAt(made.body, 'data', 'productSet', 'product', 'variants', 'nodes', 1, 'id');
    state.setStock('SHIRT-M', 7);
    const input = shirt();
    const answer = await ask(platform, set, {
      identifier: { id },
      input: {
        ...input,
        tags: [],
        variants: [{ id: kept, price: '12.00', optionValues: input.variants[1]?.optionValues }],
      },
    });
    expect(answer.at('productSet', 'userErrors')).toEqual([]);
    expect(state.product(id)).toMatchObject({ tags: [], variants: [{ id: kept, sku: 'SHIRT-M', price: '12.00' }] });
    expect(state.available('SHIRT-M')).toBe(7);
    expect(() => state.variant('SHIRT-S')).toThrow('was not found');
  });

  it.each([
    [
      'variants without options',
      { productOptions: undefined },
      ['input', 'productOptions'],
      'PRODUCT_OPTIONS_INPUT_MISSING',
    ],
    ['options without variants', { variants: undefined }, ['input', 'variants'], 'VARIANTS_INPUT_MISSING'],
    ['a blank title', { title: '' }, ['input', 'title'], 'INVALID_PRODUCT'],
    [
      'a value that is no option',
      {
        productOptions: [
          { name: 'Size', values: [{ name: 'L' }] },
          { name: 'Colour', values: [{ name: 'Red' }] },
        ],
      },
      ['input', 'variants', '0', 'optionValues'],
      'OPTION_VALUE_DOES_NOT_EXIST',
    ],
    ['a wrong handle for its identifier', { handle: 'hat' }, ['input', 'handle'], 'INPUT_MISMATCH'],
    ['no handle for its identifier', { handle: undefined }, ['input', 'handle'], 'MISSING_FIELD_REQUIRED'],
    [
      'an unknown collection',
      { collections: ['gid://shopify/Collection/5'] },
      ['input', 'collections', '0'],
      'INVALID_INPUT',
    ],
  ])('refuses %s, and makes nothing', async (_what, change, field, code) => {
    const { platform, state } = shop();
    const answer = await ask(platform, set, { identifier: { handle: 'shirt' }, input: shirt(change) });
    expect(answer.at('productSet', 'userErrors', 0)).toMatchObject({ field, code });
    expect(answer.at('productSet', 'product')).toBeNull();
    expect(state.products).toEqual([]);
  });

  it('refuses a handle that another product has', async () => {
    const { platform, state } = shop();
    state.addProduct({ title: 'Shirt', variants: [{ sku: 'OTHER', price: '1.00' }] });
    const answer = await ask(platform, set, { input: shirt() });
    expect(answer.at('productSet', 'userErrors')).toMatchObject([
      { field: ['input', 'handle'], code: 'HANDLE_NOT_UNIQUE' },
    ]);
  });

  it('does it later when asked to, and says there what was wrong', async () => {
    const { platform, state } = shop();
    const started = await ask(platform, set, { input: shirt(), now: false });
    expect(started.at('productSet')).toMatchObject({
      product: null,
      productSetOperation: { status: 'CREATED' },
      userErrors: [],
    });
    expect(state.products).toEqual([]);
    const id = textAt(started.body, 'data', 'productSet', 'productSetOperation', 'id');
    const poll = () =>
      ask(
        platform,
        '{ productOperation(id: "' +
          id +
          '") { status product { handle } ... on ProductSetOperation { userErrors { code } } } }',
      );
    await platform.clock.advance(2000);
    expect((await poll()).at('productOperation')).toEqual({
      status: 'COMPLETE',
      product: { handle: 'shirt' },
      userErrors: [],
    });
  });

  it('costs a fifth of a point for each variant, and takes 2048 of them but not one more', async () => {
    const { platform } = shop();
    platform.state.setRestoreRate(1000);
    await platform.clock.advance(20_000);
    const short =
      'mutation M($input: ProductSetInput!) { productSet(input: $input) { product { variantsCount { count } } userErrors { code } } }';
    const answer = await ask(platform, short, { input: many(2048) });
    expect(answer.at('productSet')).toEqual({ product: { variantsCount: { count: 2048 } }, userErrors: [] });
    expect(answer.cost?.requestedQueryCost).toBe(10 + 410 + 1);
    expect((await ask(platform, short, { input: many(2049) })).errors).toMatchObject([
      { extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } },
    ]);
  });

  it('finds a product by a metafield whose values are unique, once that is defined', async () => {
    const { platform, state } = shop();
    const identifier = { customId: { namespace: 'erp', key: 'number', value: '7' } };
    const metafields = [{ namespace: 'erp', key: 'number', type: 'id', value: '7' }];
    expect((await ask(platform, set, { identifier, input: shirt({ metafields }) })).errors).toMatchObject([
      { extensions: { code: 'NOT_FOUND' } },
    ]);
    state.defineCustomId('PRODUCT', 'erp', 'number');
    await ask(platform, set, { identifier, input: shirt({ metafields }) });
    const again = await ask(platform, set, { identifier, input: { title: 'Shirt 2', metafields } });
    expect(again.at('productSet', 'userErrors')).toEqual([]);
    expect(state.products).toMatchObject([{ title: 'Shirt 2', metafields: [{ key: 'number', value: '7' }] }]);
    expect(
      (await ask(platform, set, { input: { title: 'Twin', metafields } })).at('productSet', 'userErrors'),
    ).toMatchObject([{ code: 'INVALID_METAFIELD', message: 'Value has already been taken' }]);
  });
});
