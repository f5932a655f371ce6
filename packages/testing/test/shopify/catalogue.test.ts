import { fakeShopify } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, valueAt } from './ask.ts';

function shop() {
  const platform = fakeShopify();
  const { state } = platform;
  state.addLocation({ name: 'Warehouse', countryCode: 'US' });
  for (const sku of ['TEE', 'TEE-RED', 'TEE-RED-M', 'TEES', "O'NEIL", 'A:B', 'A "B"', '***', 'tee_red']) {
    state.addProduct({ title: `Product ${sku}`, variants: [{ sku, price: '1.00', stock: 5 }] });
  }
  const skus = async (query: string, root = 'inventoryItems') => {
    const answer = await ask(platform, `query Q($q: String) { ${root}(first: 50, query: $q) { nodes { sku } } }`, {
      q: query,
    });
    expect(answer.errors).toEqual([]);
    const nodes = answer.at(root, 'nodes');
    return Array.isArray(nodes) ? nodes.map((node: unknown) => valueAt(node, ['sku'])) : [];
  };
  return { platform, state, skus };
}

describe.each(['inventoryItems', 'productVariants'])('the SKU filter of %s', (root) => {
  it.each([
    ['sku:TEE', ['TEE', 'TEE-RED', 'TEE-RED-M']],
    ['sku:tee-red', ['TEE-RED', 'TEE-RED-M']],
    ['sku:"TEE-RED"', ['TEE-RED', 'TEE-RED-M']],
    ["sku:'RED M'", ['TEE-RED-M']],
    ['sku:TE', []],
    ['sku:TE*', ['TEE', 'TEE-RED', 'TEE-RED-M', 'TEES', 'tee_red']],
    ['sku:TEE-R*', ['TEE-RED', 'TEE-RED-M']],
    ['sku:TEES OR sku:"TEE-RED-M"', ['TEE-RED-M', 'TEES']],
    ['sku:"O\'NEIL"', ["O'NEIL"]],
    ["sku:'O\\'NEIL'", ["O'NEIL"]],
    ['sku:A\\:B', ['A:B', 'A "B"']],
    ['sku:"A \\"B\\""', ['A:B', 'A "B"']],
    ['sku:"***"', ['***']],
    ['sku:\\*\\*\\*', ['***']],
    ['-sku:TEE sku:*', ['TEES', "O'NEIL", 'A:B', 'A "B"', '***', 'tee_red']],
  ])('looks for words, whatever their case and what is around them: %s', async (query, expected) => {
    expect(await shop().skus(query, root)).toEqual(expected);
  });

  it('ends a quoted value at a quote that has no backslash', async () => {
    expect(await shop().skus("sku:'O'NEIL'", root)).toEqual([]);
  });
});

describe('a list', () => {
  it('shows every variant of a SKU that stands twice', async () => {
    const { state, skus } = shop();
    state.addProduct({ title: 'Twin', variants: [{ sku: 'TEES', price: '2.00' }] });
    expect(await skus('sku:TEES', 'productVariants')).toEqual(['TEES', 'TEES']);
  });

  it('goes on behind a cursor within its filter', async () => {
    const { platform } = shop();
    const page = (after?: string) =>
      ask(
        platform,
        'query Q($after: String) { inventoryItems(first: 2, after: $after, query: "sku:TEE") { nodes { sku } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
    const first = await page();
    expect(first.at('inventoryItems')).toMatchObject({
      nodes: [{ sku: 'TEE' }, { sku: 'TEE-RED' }],
      pageInfo: { hasNextPage: true },
    });
    const second = await page(String(first.at('inventoryItems', 'pageInfo', 'endCursor')));
    expect(second.at('inventoryItems')).toMatchObject({
      nodes: [{ sku: 'TEE-RED-M' }],
      pageInfo: { hasNextPage: false },
    });
  });

  it.each([
    ['inventoryItems', 'barcode:1'],
    ['productVariants', 'price:1.00'],
    ['products', 'variants.sku:TEE'],
    ['locations', 'sku:TEE'],
  ])('only warns of a filter that %s does not know: %s', async (root, query) => {
    const { platform } = shop();
    const answer = await ask(platform, `{ ${root}(first: 1, query: "${query}") { nodes { id } } }`);
    expect(answer.at(root, 'nodes')).toHaveLength(1);
    expect(answer.search).toMatchObject([
      {
        path: [root],
        query,
        warnings: [{ message: 'Invalid search field for this query.', code: 'invalid_field' }],
      },
    ]);
  });

  it('narrows the levels of a location, and says where below it a filter was not known', async () => {
    const { platform, state } = shop();
    const [place] = state.locations;
    const item = state.variant('TEE-RED').inventoryItemId;
    const query = `query L($q: String) { location(id: "${place?.id}") { inventoryLevels(first: 50, query: $q) { nodes { item { sku } } } } }`;
    const found = await ask(platform, query, { q: `inventory_item_id:${item.split('/').at(-1)}` });
    expect(found.at('location', 'inventoryLevels', 'nodes')).toEqual([{ item: { sku: 'TEE-RED' } }]);
    const ignored = await ask(platform, query, { q: 'sku:TEE' });
    expect(ignored.at('location', 'inventoryLevels', 'nodes')).toHaveLength(9);
    expect(ignored.search).toMatchObject([{ path: ['location', 'inventoryLevels'], warnings: [{ field: 'sku' }] }]);
  });

  it('finds products by the SKU of a variant', async () => {
    const { platform } = shop();
    const answer = await ask(platform, '{ products(first: 5, query: "sku:TEE-RED") { nodes { title } } }');
    expect(answer.at('products', 'nodes')).toEqual([{ title: 'Product TEE-RED' }, { title: 'Product TEE-RED-M' }]);
  });
});

describe('an item', () => {
  it('has a level only where it is stocked', async () => {
    const { platform, state } = shop();
    const second = state.addLocation({ name: 'Zurich' });
    const [first] = state.locations;
    const { inventoryItemId } = state.variant('TEE');
    // Asking the state does not stock it there.
    expect(state.available('TEE', second)).toBe(0);
    const answer = await ask(
      platform,
      `{ inventoryItem(id: "${inventoryItemId}") { locationsCount { count }
        here: inventoryLevel(locationId: "${first?.id}") { quantities(names: ["available"]) { quantity } }
        there: inventoryLevel(locationId: "${second}") { id } } }`,
    );
    expect(answer.at('inventoryItem')).toEqual({
      locationsCount: { count: 1 },
      here: { quantities: [{ quantity: 5 }] },
      there: null,
    });
  });

  it('is read by id among others, with null for those that are not', async () => {
    const { platform, state } = shop();
    const { id, inventoryItemId } = state.variant('TEE');
    const answer = await ask(
      platform,
      'query N($ids: [ID!]!) { nodes(ids: $ids) { ... on InventoryItem { sku } ... on ProductVariant { sku price } } }',
      { ids: [inventoryItemId, 'gid://shopify/InventoryItem/5', id] },
    );
    expect(answer.at('nodes')).toEqual([{ sku: 'TEE' }, null, { sku: 'TEE', price: '1.00' }]);
  });
});
