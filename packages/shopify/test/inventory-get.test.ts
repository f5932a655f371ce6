import { describe, expect, it } from 'vitest';
import { between, noted } from './calls.ts';
import { shopWithGoods } from './shop.ts';

describe('stock that is read', () => {
  it('is what the shop has available, with its place and moment', async () => {
    const { shop, state, clock } = shopWithGoods();
    state.setStock('TEE', 12);
    const [location] = state.locations;
    const asOf = new Date(clock.now()).toISOString();

    expect(await shop.inventory.get(['TEE', 'NEVER-SOLD'])).toEqual([
      { sku: 'TEE', available: 12, location: { system: 'shopify', kind: 'location', id: location?.id }, asOf },
    ]);
  });

  it('asks for nothing when nothing is asked', async () => {
    const { shop, fake } = shopWithGoods();

    expect(await shop.inventory.get([])).toEqual([]);
    expect(fake.journal.all).toEqual([]);
  });

  it('is of the SKU to the letter, whatever else the search finds', async () => {
    const { shop, state } = shopWithGoods();
    for (const [index, sku] of ['tee', 'TEE-RED', 'TEE RED', 'RED-TEE'].entries()) {
      state.addProduct({ title: sku, variants: [{ sku, price: '1.00', stock: index + 1 }] });
    }

    const levels = await shop.inventory.get(['tee', 'TEE-RED', 'Tee']);

    expect(levels.map(({ sku, available }) => [sku, available])).toEqual([
      ['tee', 1],
      ['TEE-RED', 2],
    ]);
  });

  const oddSkus = [
    'RED,LARGE',
    'A:B',
    'say "cheese"',
    "it's",
    'back\\slash',
    'ends\\',
    '"',
    '(x OR y)',
    'a OR b',
    'NOT c',
    'ALL*',
    '-minus',
    ' lead and trail ',
    'sku:TEE',
    'Größe-ß/ü',
    '緑茶',
  ];

  it('is found for SKUs with every sign of the search language', async () => {
    const { shop, state } = shopWithGoods();
    for (const [index, sku] of oddSkus.entries()) {
      state.addProduct({ title: `Odd ${index}`, variants: [{ sku, price: '1.00', stock: index + 1 }] });
    }

    for (const [index, sku] of oddSkus.entries()) {
      const levels = await shop.inventory.get([sku]);
      expect(levels.map((level) => [level.sku, level.available])).toEqual([[sku, index + 1]]);
    }
    expect(await shop.inventory.get(oddSkus)).toHaveLength(oddSkus.length);
  });

  it('is read over all pages of like SKUs, and over many searches', async () => {
    const { shop, state } = shopWithGoods();
    const skus = Array.from({ length: 300 }, (_, index) => `LIKE ${index}`);
    state.addProduct({ title: 'Like', variants: skus.map((sku) => ({ sku, price: '1.00', stock: 1 })) });

    expect(await shop.inventory.get(['LIKE'])).toEqual([]);
    state.addProduct({ title: 'The last of all', variants: [{ sku: 'LIKE', price: '1.00', stock: 9 }] });
    expect((await shop.inventory.get(['LIKE'])).map(({ available }) => available)).toEqual([9]);
    const levels = await shop.inventory.get(skus);
    expect(new Set(levels.map(({ sku }) => sku))).toEqual(new Set(skus));
  });

  it('is refused in words where several variants have the SKU', async () => {
    const { shop, state } = shopWithGoods();
    state.addProduct({ title: 'Another tee', variants: [{ sku: 'TEE', price: '1.00', stock: 5 }] });

    await expect(shop.inventory.get(['MUG', 'TEE'])).rejects.toMatchObject({
      code: 'record.duplicate',
      message: expect.stringContaining('SKU "TEE" was not read in "shopify": several variants have it.'),
    });
  });

  it('has no entry for what the shop does not count, or does not stock there', async () => {
    const { shop, state } = shopWithGoods();
    state.addProduct({
      title: 'Gift card',
      variants: [
        { sku: 'GIFT', price: '1.00', tracked: false },
        { sku: 'ELSEWHERE', price: '1.00', stock: {} },
      ],
    });

    expect(await shop.inventory.get(['GIFT', 'ELSEWHERE'])).toEqual([]);
  });
});

describe('an item that was found before', () => {
  it('is read by its id, for a tenth of the points', async () => {
    const { fake, connect, state } = shopWithGoods();
    const { calls, fetch } = noted(fake.fetch);
    const shop = connect({ fetch });
    await shop.inventory.get(['TEE', 'MUG']);
    state.setStock('TEE', 3);

    const levels = await shop.inventory.get(['TEE', 'MUG']);

    expect(levels.find(({ sku }) => sku === 'TEE')?.available).toBe(3);
    expect(calls.map(({ operationName }) => operationName)).toEqual([
      'ActiveLocations',
      'InventoryItemsBySku',
      'InventoryItemsById',
    ]);
  });

  it('is searched anew when its SKU went to another variant', async () => {
    const { fake, shop, state } = shopWithGoods();
    await shop.inventory.get(['TEE']);
    await rename(fake, 'TEE', 'TEE-OLD');
    state.addProduct({ title: 'New tee', variants: [{ sku: 'TEE', price: '1.00', stock: 7 }] });

    expect((await shop.inventory.get(['TEE'])).map(({ available }) => available)).toEqual([7]);
    expect((await shop.inventory.get(['TEE-OLD'])).map(({ available }) => available)).toEqual([100_000]);
  });

  it('is refused when another variant got its SKU too', async () => {
    const { shop, state } = shopWithGoods();
    await shop.inventory.get(['TEE']);
    state.addProduct({ title: 'Another tee', variants: [{ sku: 'TEE', price: '1.00', stock: 5 }] });

    await expect(shop.inventory.get(['TEE'])).rejects.toMatchObject({ code: 'record.duplicate' });
  });
});

describe('the place of stock', () => {
  it('has to be named where the shop has several', async () => {
    const { shop, state, connect } = shopWithGoods();
    const berlin = state.addLocation({ name: 'Berlin', countryCode: 'DE' });
    state.setStock('TEE', 4, berlin);

    await expect(shop.inventory.get(['TEE'])).rejects.toMatchObject({
      code: 'options.invalid',
      message:
        '`inventory.get` has no place: shopify() was given no location and "shopify" has several active locations. Pass the id of one of its active locations as location, such as "gid://shopify/Location/1".',
    });
    for (const location of [berlin, berlin.replace(/\D/g, '')]) {
      expect((await connect({ location }).inventory.get(['TEE'])).map(({ available }) => available)).toEqual([4]);
    }
  });

  it('has to be one of the shop', async () => {
    const { connect } = shopWithGoods();

    await expect(connect({ location: 404 }).inventory.get(['TEE'])).rejects.toMatchObject({
      code: 'options.invalid',
      message: expect.stringContaining('shopify({ location: "gid://shopify/Location/404" }) is no active location'),
    });
  });

  it('has to be open', async () => {
    const { fake, connect, state } = shopWithGoods();
    const [location] = state.locations;
    const closed = { nodes: [{ id: location?.id, isActive: false }] };
    const fetch = between(fake.fetch, ({ operationName }) => (operationName === 'LocationsById' ? closed : undefined));

    await expect(connect({ fetch, location: location?.id }).inventory.get(['TEE'])).rejects.toMatchObject({
      code: 'options.invalid',
    });
  });
});

/** Somebody in the admin gives a variant another SKU. */
async function rename(fake: ReturnType<typeof shopWithGoods>['fake'], sku: string, to: string): Promise<void> {
  const { productId, id } = fake.state.variant(sku);
  const query =
    'mutation R($p: ID!, $v: [ProductVariantsBulkInput!]!) { productVariantsBulkUpdate(productId: $p, variants: $v) { userErrors { message } } }';
  await fake.fetch(`${fake.origin}/admin/api/2026-07/graphql.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': fake.state.accessToken },
    body: JSON.stringify({ query, variables: { p: productId, v: [{ id, inventoryItem: { sku: to } }] } }),
  });
}
