import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { shopWithStock } from './shop.ts';

const create = `mutation C($id: ID!, $variants: [ProductVariantsBulkInput!]!, $strategy: ProductVariantsBulkCreateStrategy) {
  productVariantsBulkCreate(productId: $id, variants: $variants, strategy: $strategy) {
    productVariants { id title sku price inventoryItem { unitCost { amount } measurement { weight { unit value } } } } userErrors { field message code } } }`;

function shopWithShirts() {
  const { platform, state, warehouse } = shopWithStock();
  const { id } = state.addProduct({
    title: 'Shirt',
    options: ['Size', 'Colour'],
    variants: [{ sku: 'S-RED', options: ['S', 'Red'], price: '10.00' }],
  });
  return { platform, state, warehouse, id };
}

const choice = (size: string, colour: string) => [
  { optionName: 'Size', name: size },
  { optionName: 'Colour', name: colour },
];

describe('productVariantsBulkCreate', () => {
  it('adds variants behind the others, with new values of the options and with stock', async () => {
    const { platform, state, warehouse, id } = shopWithShirts();
    const answer = await ask(platform, create, {
      id,
      variants: [
        {
          optionValues: choice('M', 'Red'),
          price: '11.00',
          inventoryItem: { sku: 'M-RED', cost: '4.5', measurement: { weight: { unit: 'KILOGRAMS', value: 0.2 } } },
          inventoryQuantities: [{ locationId: warehouse, availableQuantity: 6 }],
        },
      ],
    });
    expect(answer.at('productVariantsBulkCreate')).toMatchObject({
      productVariants: [
        {
          title: 'M / Red',
          sku: 'M-RED',
          price: '11.00',
          inventoryItem: { unitCost: { amount: '4.5' }, measurement: { weight: { unit: 'KILOGRAMS', value: 0.2 } } },
        },
      ],
      userErrors: [],
    });
    expect(state.available('M-RED')).toBe(6);
    expect(state.product(id)).toMatchObject({
      options: [
        { name: 'Size', values: ['S', 'M'] },
        { name: 'Colour', values: ['Red'] },
      ],
      variants: [{ sku: 'S-RED' }, { sku: 'M-RED', grams: 200 }],
    });
  });

  it.each([
    ['a combination that is there', { optionValues: choice('S', 'Red') }, ['variants', '0'], 'VARIANT_ALREADY_EXISTS'],
    [
      'an option left out',
      { optionValues: [{ optionName: 'Size', name: 'M' }] },
      ['variants', '0'],
      'NEED_TO_ADD_OPTION_VALUES',
    ],
    [
      'an option that is not there',
      { optionValues: [...choice('M', 'Red'), { optionName: 'Cut', name: 'Slim' }] },
      ['variants', '0', 'optionValues', '2'],
      'OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS',
    ],
    [
      'a price below zero',
      { optionValues: choice('M', 'Red'), price: '-1' },
      ['variants', '0', 'price'],
      'GREATER_THAN_OR_EQUAL_TO',
    ],
    [
      'an unknown location',
      {
        optionValues: choice('M', 'Red'),
        inventoryQuantities: [{ locationId: 'gid://shopify/Location/5', availableQuantity: 1 }],
      },
      ['variants', '0', 'inventoryQuantities', '0', 'locationId'],
      'TRACKED_VARIANT_LOCATION_NOT_FOUND',
    ],
  ])('refuses %s, and adds none of them', async (_what, wrong, field, code) => {
    const { platform, state, id } = shopWithShirts();
    const answer = await ask(platform, create, {
      id,
      variants: [wrong, { optionValues: choice('L', 'Blue'), price: '1' }],
    });
    expect(answer.errors).toEqual([]);
    expect(answer.at('productVariantsBulkCreate', 'userErrors')).toMatchObject([{ field, code }]);
    expect(state.product(id).variants).toHaveLength(1);
  });

  it('takes the variant away that stood for a product without options', async () => {
    const { platform, state } = shopWithStock();
    const { productId } = state.variant('TEE');
    const variants = [{ optionValues: [{ optionName: 'Title', name: 'Large' }], price: '1' }];
    const kept = await ask(platform, create, { id: productId, variants, strategy: 'PRESERVE_STANDALONE_VARIANT' });
    expect(kept.errors).toEqual([]);
    expect(state.product(productId).variants).toHaveLength(2);
    const cap = state.variant('CAP').productId;
    await ask(platform, create, { id: cap, variants });
    expect(state.product(cap).variants.map(({ title }) => title)).toEqual(['Large']);
  });
});

describe('productVariantsBulkUpdate', () => {
  const update = `mutation U($id: ID!, $variants: [ProductVariantsBulkInput!]!) { productVariantsBulkUpdate(productId: $id, variants: $variants) {
    productVariants { title inventoryItem { unitCost { amount } countryCodeOfOrigin } metafield(namespace: "erp", key: "number") { value } }
    userErrors { field code } } }`;

  it('changes cost, options, origin, stock by a number, and what is written on a variant', async () => {
    const { platform, state, warehouse, id } = shopWithShirts();
    state.setStock('S-RED', 5);
    const answer = await ask(platform, update, {
      id,
      variants: [
        {
          id: state.variant('S-RED').id,
          optionValues: [{ optionName: 'Colour', name: 'Blue' }],
          inventoryItem: { cost: '3', countryCodeOfOrigin: 'PT' },
          metafields: [{ namespace: 'erp', key: 'number', type: 'number_integer', value: '7' }],
          quantityAdjustments: [{ locationId: warehouse, adjustment: -2 }],
        },
      ],
    });
    expect(answer.at('productVariantsBulkUpdate')).toEqual({
      productVariants: [
        {
          title: 'S / Blue',
          inventoryItem: { unitCost: { amount: '3.0' }, countryCodeOfOrigin: 'PT' },
          metafield: { value: '7' },
        },
      ],
      userErrors: [],
    });
    expect(state.available('S-RED')).toBe(3);
  });

  it('does not let two variants be chosen the same way', async () => {
    const { platform, state, id } = shopWithShirts();
    await ask(platform, create, {
      id,
      variants: [{ optionValues: choice('M', 'Red'), inventoryItem: { sku: 'M-RED' } }],
    });
    const answer = await ask(platform, update, {
      id,
      variants: [{ id: state.variant('M-RED').id, optionValues: [{ optionName: 'Size', name: 'S' }] }],
    });
    expect(answer.at('productVariantsBulkUpdate', 'userErrors')).toMatchObject([{ code: 'VARIANT_ALREADY_EXISTS' }]);
    expect(state.variant('M-RED').title).toBe('M / Red');
  });
});
