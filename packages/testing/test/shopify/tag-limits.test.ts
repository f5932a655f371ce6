import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const adds = 'mutation T($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { field } } }';

function tagged() {
  const { platform, state } = shopWithStock();
  const order = state.placeOrder(anOrder());
  const { productId } = state.variant('TEE');
  const customerId = state.customers[0]?.id ?? '';
  const add = async (id: string, ...tags: readonly string[]) =>
    (await ask(platform, adds, { id, tags })).at('tagsAdd', 'userErrors');
  return { platform, state, order, productId, customerId, add };
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `tag-${at}`);
const refused = [{ field: ['tags'] }];

describe('tags', () => {
  it('have 40 letters on an order and 255 on a customer and a product', async () => {
    const { state, order, productId, customerId, add } = tagged();
    expect(await add(order.id, 'short', 'x'.repeat(41))).toEqual(refused);
    expect(state.order(order.id).tags).toEqual([]);
    expect(await add(order.id, `${'x'.repeat(40)}, ${'y'.repeat(40)}`)).toEqual([]);
    expect(state.order(order.id).tags).toHaveLength(2);
    for (const id of [productId, customerId]) {
      expect(await add(id, 'x'.repeat(256))).toEqual(refused);
      expect(await add(id, 'x'.repeat(255))).toEqual([]);
    }
  });

  it('are 250 on a customer or a product, counted with those it has', async () => {
    const { productId, customerId, add } = tagged();
    for (const id of [productId, customerId]) {
      expect(await add(id, ...many(249))).toEqual([]);
      expect(await add(id, 'one', 'two')).toEqual(refused);
      expect(await add(id, 'one', 'TAG-1')).toEqual([]);
      expect(await add(id, 'two')).toEqual(refused);
    }
  });

  it('are refused too where they are written with the rest', async () => {
    const { platform, order, productId, customerId } = tagged();
    const order41 = await ask(
      platform,
      'mutation O($input: OrderInput!) { orderUpdate(input: $input) { userErrors { field } } }',
      { input: { id: order.id, note: 'new', tags: ['x'.repeat(41)] } },
    );
    expect(order41.at('orderUpdate', 'userErrors')).toEqual(refused);
    const customer = await ask(
      platform,
      'mutation C($id: ID!, $input: CustomerSetInput!) { customerSet(identifier: {id: $id}, input: $input) { userErrors { field code } } }',
      { id: customerId, input: { tags: ['x'.repeat(256)] } },
    );
    expect(customer.at('customerSet', 'userErrors')).toEqual([{ field: ['input', 'tags'], code: 'TOO_LONG' }]);
    const product = await ask(
      platform,
      'mutation P($id: ID!, $input: ProductSetInput!) { productSet(identifier: {id: $id}, input: $input) { userErrors { field code } } }',
      { id: productId, input: { tags: many(251) } },
    );
    expect(product.at('productSet', 'userErrors')).toEqual([{ field: ['input', 'tags'], code: 'INVALID_PRODUCT' }]);
  });
});
