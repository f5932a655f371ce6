import { fakeShopify } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';

const document = `mutation Prices($productId: ID!, $variants: [ProductVariantsBulkInput!]!, $partial: Boolean) {
  productVariantsBulkUpdate(productId: $productId, variants: $variants, allowPartialUpdates: $partial) {
    product { id }
    productVariants { id price compareAtPrice }
    userErrors { field message code }
  }
}`;

function shop() {
  const platform = fakeShopify();
  const { state } = platform;
  const tee = state.addProduct({
    title: 'Tee',
    variants: [
      { sku: 'TEE-S', price: '10.00' },
      { sku: 'TEE-M', price: '10.00', compareAtPrice: '12.00' },
    ],
  });
  const cap = state.addProduct({ title: 'Cap', variants: [{ sku: 'CAP', price: '7.50' }] });
  const idOf = (sku: string) =>
    [...tee.variants, ...cap.variants].find((variant) => variant.sku === sku)?.id ?? 'no such variant';
  const update = (variants: readonly object[], more: { productId?: string; partial?: boolean } = {}) =>
    ask(platform, document, {
      productId: more.productId ?? tee.id,
      variants,
      ...(more.partial === undefined ? {} : { partial: more.partial }),
    });
  return { platform, state, tee, cap, idOf, update };
}

describe('productVariantsBulkUpdate', () => {
  it('changes prices of variants of one product, in the order that was asked for', async () => {
    const { state, tee, idOf, update } = shop();
    const answer = await update([
      { id: idOf('TEE-M'), price: '9.5', compareAtPrice: '15.00' },
      { id: idOf('TEE-S'), price: 8 },
    ]);
    expect(answer.at('productVariantsBulkUpdate')).toEqual({
      product: { id: tee.id },
      productVariants: [
        { id: idOf('TEE-M'), price: '9.50', compareAtPrice: '15.00' },
        { id: idOf('TEE-S'), price: '8.00', compareAtPrice: null },
      ],
      userErrors: [],
    });
    expect(state.variant('TEE-M')).toMatchObject({ price: '9.50', compareAtPrice: '15.00' });
    expect(answer.cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 10 });
  });

  it('keeps what is left out and takes away what is null', async () => {
    const { state, idOf, update } = shop();
    await update([{ id: idOf('TEE-M'), price: '11.00' }]);
    expect(state.variant('TEE-M')).toMatchObject({ price: '11.00', compareAtPrice: '12.00' });
    await update([{ id: idOf('TEE-M'), compareAtPrice: null }]);
    expect(state.variant('TEE-M')).toMatchObject({ price: '11.00', compareAtPrice: undefined });
  });

  it('writes no price at all when one row is wrong', async () => {
    const { state, tee, idOf, update } = shop();
    const answer = await update([
      { id: idOf('TEE-S'), price: '1.00' },
      { id: idOf('TEE-M'), price: '-1.00', compareAtPrice: '-2.00' },
    ]);
    expect(answer.at('productVariantsBulkUpdate')).toEqual({
      product: { id: tee.id },
      productVariants: null,
      userErrors: [
        {
          field: ['variants', '1', 'price'],
          message: 'Price must be greater than or equal to 0',
          code: 'GREATER_THAN_OR_EQUAL_TO',
        },
        {
          field: ['variants', '1', 'compareAtPrice'],
          message: 'Compare at price must be greater than or equal to 0',
          code: 'GREATER_THAN_OR_EQUAL_TO',
        },
      ],
    });
    expect(state.variant('TEE-S').price).toBe('10.00');
  });

  it('writes those that are right when partial updates are allowed', async () => {
    const { state, idOf, update } = shop();
    const rows = [
      { id: 'gid://shopify/ProductVariant/5', price: '1.00' },
      { id: idOf('TEE-S'), price: '1.00' },
      { id: idOf('TEE-M'), price: '-1.00', compareAtPrice: '3.00' },
    ];
    const answer = await update(rows, { partial: true });
    expect(answer.at('productVariantsBulkUpdate')).toMatchObject({
      productVariants: [{ id: idOf('TEE-S'), price: '1.00' }],
      userErrors: [
        { field: ['variants', '0', 'id'], code: 'PRODUCT_VARIANT_DOES_NOT_EXIST' },
        { field: ['variants', '2', 'price'], code: 'GREATER_THAN_OR_EQUAL_TO' },
      ],
    });
    expect(state.variant('TEE-S').price).toBe('1.00');
    expect(state.variant('TEE-M')).toMatchObject({ price: '10.00', compareAtPrice: '12.00' });
  });

  it.each([
    ['a variant of another product', 'CAP', 'PRODUCT_VARIANT_DOES_NOT_EXIST'],
    ['a row without an id', undefined, 'PRODUCT_VARIANT_ID_MISSING'],
  ])('refuses %s', async (_what, sku, code) => {
    const { state, idOf, update } = shop();
    const answer = await update([{ ...(sku === undefined ? {} : { id: idOf(sku) }), price: '1.00' }]);
    expect(answer.at('productVariantsBulkUpdate', 'userErrors')).toMatchObject([
      { field: ['variants', '0', 'id'], code },
    ]);
    expect(state.variant('CAP').price).toBe('7.50');
  });

  it('refuses a price that is taken away, and stock', async () => {
    const { state, idOf, update } = shop();
    const answer = await update([
      { id: idOf('TEE-S'), price: null },
      { id: idOf('TEE-M'), inventoryQuantities: [{ locationId: state.locations[0]?.id, availableQuantity: 4 }] },
    ]);
    expect(answer.at('productVariantsBulkUpdate', 'userErrors')).toMatchObject([
      { field: ['variants', '0', 'price'], code: 'BLANK' },
      { field: ['variants', '1', 'inventoryQuantities'], code: 'NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE' },
    ]);
  });

  it('refuses a product that there is not, above the payload when the id is of another kind', async () => {
    const { cap, update } = shop();
    const unknown = await update([], { productId: 'gid://shopify/Product/5' });
    expect(unknown.at('productVariantsBulkUpdate')).toEqual({
      product: null,
      productVariants: null,
      userErrors: [{ field: ['productId'], message: 'Product does not exist', code: 'PRODUCT_DOES_NOT_EXIST' }],
    });
    const other = await update([], { productId: cap.variants[0]?.id ?? '' });
    expect(other.errors).toMatchObject([{ extensions: { code: 'RESOURCE_NOT_FOUND' } }]);
  });

  it('refuses what is no decimal before anything runs', async () => {
    const { state, idOf, update } = shop();
    const answer = await update([{ id: idOf('TEE-S'), price: '1,50' }]);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INVALID_VARIABLE' } }]);
    expect(answer.hasData).toBe(false);
    expect(state.variant('TEE-S').price).toBe('10.00');
  });

  it('rounds a price to the digits of the currency', async () => {
    const { state, idOf, update } = shop();
    await update([{ id: idOf('TEE-S'), price: '1.005' }]);
    expect(state.variant('TEE-S').price).toBe('1.01');
  });

  it('takes a cost, a policy, counting and another SKU', async () => {
    const { platform, state, idOf, update } = shop();
    const id = idOf('TEE-S');
    await update([{ id, inventoryPolicy: 'CONTINUE', inventoryItem: { sku: 'TEE-XS', tracked: false, cost: '3.10' } }]);
    expect(state.variant('TEE-XS')).toMatchObject({ id, tracked: false, inventoryPolicy: 'CONTINUE', price: '10.00' });
    expect(() => state.variant('TEE-S')).toThrow('no variant has it');
    const shown = await ask(
      platform,
      `{ productVariant(id: "${id}") { inventoryPolicy inventoryItem { sku tracked unitCost { amount } } } }`,
    );
    expect(shown.at('productVariant')).toEqual({
      inventoryPolicy: 'CONTINUE',
      inventoryItem: { sku: 'TEE-XS', tracked: false, unitCost: { amount: '3.1' } },
    });
  });

  it('takes at most 250 rows', async () => {
    const { idOf, update } = shop();
    const answer = await update(Array.from({ length: 251 }, () => ({ id: idOf('TEE-S'), price: '1.00' })));
    expect(answer.errors).toMatchObject([{ extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } }]);
  });

  it('needs the right to write products', async () => {
    const platform = fakeShopify({ scopes: ['read_products', 'write_inventory'] });
    const { id } = platform.state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '1.00' }] });
    const { body } = await ask(platform, document, { productId: id, variants: [] });
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'ACCESS_DENIED' } }] });
  });

  it('tells products/update once, and nothing when nothing is other than before', async () => {
    const { platform, state, idOf, update } = shop();
    const told: string[] = [];
    platform.webhooks.deliver = async (request) => {
      told.push(await request.text());
      return new Response();
    };
    state.subscribe('products/update', 'https://receiver.example/hook');
    await update([
      { id: idOf('TEE-S'), price: '5.00', compareAtPrice: '6.00' },
      { id: idOf('TEE-M'), price: '5.00' },
    ]);
    await update([{ id: idOf('TEE-S'), price: '5.00' }]);
    await platform.clock.advance(1000);
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({
      variants: [
        { sku: 'TEE-S', price: '5.00', compare_at_price: '6.00', inventory_policy: 'deny' },
        { sku: 'TEE-M', price: '5.00', compare_at_price: '12.00' },
      ],
    });
  });
});
