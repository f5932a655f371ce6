import { productSchema } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooClientOf } from '../src/index.ts';
import { all, aWorld, versions } from './world.ts';

describe.each(versions)('products of Odoo %s', (version) => {
  it('come with price, barcode and whether they are counted', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'OLD', name: 'Old, “worn”', price: 3, archived: true, tracking: 'serial' });
    const products = (await all(world.erp.products.pull({}))).flatMap(({ items }) => items);
    for (const product of products) expect(() => productSchema.parse(product)).not.toThrow();
    const bySku = new Map(
      products.flatMap((product) => product.variants.map((variant) => [variant.sku, { product, variant }])),
    );
    expect(bySku.get('TEE')).toMatchObject({
      product: { title: 'Tee, red', status: 'active' },
      variant: {
        barcode: '4000000000017',
        stocked: true,
        tracking: 'none',
        price: { amount: { amount: '10.00', currency: 'USD' } },
      },
    });
    expect(bySku.get('SHIP')?.variant.stocked).toBe(false);
    expect(bySku.get('OLD')).toMatchObject({
      product: { status: 'archived', title: 'Old, “worn”' },
      variant: { tracking: 'serial' },
    });
  });

  it('come again when they or one of their variants changed, and only then', async () => {
    const world = aWorld(version);
    const { platform, erp } = world;
    const first = await all(erp.products.pull({}));
    await platform.clock.advance(3_600_000);
    const client = odooClientOf({
      url: platform.origin,
      database: 'odoo',
      apiKey: 'odoo-api-key',
      login: 'connector',
      fetch: platform.fetch,
      clock: platform.clock,
    });
    const cap = world.state.records('product.product').find((row) => row['default_code'] === 'CAP');
    await client.write('product.product', [Number(cap?.['id'])], { barcode: '4000000000024' });
    const again = async (cursor: string) => {
      const pages = await all(erp.products.pull({ cursor }));
      await platform.clock.advance(3_600_000);
      const seen = pages.flatMap(({ items }) =>
        items.flatMap(({ variants }) => variants.map(({ sku, barcode }) => [sku, barcode])),
      );
      return { seen, cursor: pages.at(-1)?.cursor ?? '' };
    };
    const second = await again(first.at(-1)?.cursor ?? '');
    expect(second.seen).toContainEqual(['CAP', '4000000000024']);
    // Once more, for transactions that were slow to commit; then no more.
    const third = await again(second.cursor);
    expect(third.seen).toContainEqual(['CAP', '4000000000024']);
    expect((await again(third.cursor)).seen).toEqual([]);
  });
});

describe('a pull of products', () => {
  it('goes past one that has no SKU, and says which it is', async () => {
    const world = aWorld();
    const client = odooClientOf({
      url: world.platform.origin,
      database: 'odoo',
      apiKey: 'odoo-api-key',
      fetch: world.platform.fetch,
      clock: world.platform.clock,
    });
    const nameless = world.state.addProduct({ sku: 'GONE' });
    await client.write('product.product', [nameless], { default_code: false });
    const pages = await all(world.erp.products.pull({}));
    expect(pages.flatMap(({ problems = [] }) => problems.map(({ error }) => error.code))).toContain('sku.missing');
    expect(pages.flatMap(({ items }) => items.flatMap(({ variants }) => variants.map(({ sku }) => sku)))).toContain(
      'TEE',
    );
  });

  it('reaches every page, also when all were written in one second', async () => {
    const world = aWorld();
    for (let index = 0; index < 350; index += 1) world.state.addProduct({ sku: `P-${index}` });
    const pages = await all(world.erp.products.pull({}));
    expect(pages.length).toBeGreaterThan(3);
    const skus = new Set(pages.flatMap(({ items }) => items.flatMap(({ variants }) => variants.map(({ sku }) => sku))));
    for (let index = 0; index < 350; index += 1) expect(skus).toContain(`P-${index}`);
  });

  it('gives a product of long ago once, and not again by its variant', async () => {
    const world = aWorld();
    await world.platform.clock.advance(3_600_000);
    world.state.addProduct({ sku: 'NEW' });
    const skus = (await all(world.erp.products.pull({}))).flatMap(({ items }) =>
      items.flatMap(({ variants }) => variants.map(({ sku }) => sku)),
    );
    expect(skus.filter((sku) => sku === 'TEE')).toHaveLength(1);
  });

  it('sees what was committed late with an earlier date', async () => {
    const world = aWorld();
    const { platform, erp } = world;
    const client = odooClientOf({
      url: platform.origin,
      database: 'odoo',
      apiKey: 'odoo-api-key',
      fetch: platform.fetch,
      clock: platform.clock,
    });
    const idOf = (sku: string) =>
      Number(world.state.records('product.product').find((row) => row['default_code'] === sku)?.['id']);
    await platform.clock.advance(3_600_000);
    world.state.commitLate('product.product.write', 4000);
    const slow = client.write('product.product', [idOf('TEE')], { barcode: 'SLOW' });
    await platform.clock.advance(2000);
    await client.write('product.product', [idOf('CAP')], { barcode: 'FAST' });
    const first = await all(erp.products.pull({}));
    await platform.clock.advance(10_000);
    await slow;
    const second = await all(erp.products.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    const barcodes = second.flatMap(({ items }) =>
      items.flatMap(({ variants }) => variants.map(({ barcode }) => barcode)),
    );
    expect(barcodes).toContain('SLOW');
  });
});
