import type { Page, StockLevel } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { all, aWorld, versions } from './world.ts';

/** The figures of a pull by SKU and place, the last one counting. */
function figures(pages: readonly Page<StockLevel>[]): ReadonlyMap<string, number> {
  const levels = pages.flatMap(({ items }) => items);
  return new Map(levels.map(({ sku, location, available }) => [`${sku}@${location.id}`, available]));
}

/** Odoo as one that knows no key by which a warehouse is counted alone. */
function deaf(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const body = (await asked.clone().text()).replaceAll(/"warehouse(_id)?":/g, '"nobody_knows":');
    return fetch(new Request(asked.url, { method: 'POST', headers: asked.headers, body }));
  };
}

describe.each(versions)('places of Odoo %s', (version) => {
  it('are locations where the options say so', async () => {
    const world = aWorld(version);
    const stock = world.state.records('stock.location').find(({ name }) => name === 'Stock');
    const within = { location_id: Number(stock?.['location_id']), usage: 'internal' };
    const shelf = world.state.add('stock.location', { name: 'Shelf', ...within });
    const tee = world.state.records('product.product').find((row) => row['default_code'] === 'TEE');
    world.state.add('stock.quant', { product_id: Number(tee?.['id']), location_id: shelf, quantity: 7 });
    const levels = await world.connect({ countBy: 'location' }).inventory.get(['TEE']);
    expect(levels.map(({ location, buckets }) => [location.id, buckets])).toEqual([
      [`stock-location-${Number(stock?.['id'])}`, { 'on-hand': 100, available: 100 }],
      [`stock-location-${shelf}`, { 'on-hand': 7, available: 7 }],
    ]);
    expect(await world.erp.inventory.get(['TEE'])).toMatchObject([{ available: 107 }]);
  });

  it('are not believed where each shows the stock of all', async () => {
    const world = aWorld(version);
    world.state.addWarehouse({ name: 'West DC', code: 'WEST' });
    const erp = world.connect({ fetch: deaf(world.platform.fetch) });
    await expect(erp.inventory.get(['TEE'])).rejects.toMatchObject({ code: 'response.unexpected' });
    await expect(all(erp.inventory.pull({}))).rejects.toMatchObject({ code: 'response.unexpected' });
    expect(await world.erp.inventory.get(['TEE'])).toMatchObject([{ available: 100 }, { available: 0 }]);
  });

  it('count a product that got its SKU after the first count', async () => {
    const world = aWorld(version);
    const { state, platform, erp } = world;
    const product = state.addProduct({ sku: 'NEW', onHand: 3 });
    state.change('product.product', product, { default_code: false });
    const first = await all(erp.inventory.pull({}));
    await platform.clock.advance(3_600_000);
    const second = await all(erp.inventory.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    await platform.clock.advance(3_600_000);
    await world.client().write('product.product', [product], { default_code: 'NEW' });
    const third = await all(erp.inventory.pull({ cursor: second.at(-1)?.cursor ?? '' }));
    expect(figures(third)).toEqual(new Map([['NEW@1', 3]]));
  });
});

describe.each(versions)('kits of Odoo %s', (version) => {
  function aKit() {
    const world = aWorld(version, {}, { modules: ['mrp'] });
    world.state.addKit({ sku: 'SET', components: { TEE: 2, CAP: 1 } });
    return world;
  }

  it('come with their components', async () => {
    const [kit] = await aKit().erp.products.get([{ sku: 'SET' }]);
    expect(kit?.variants[0]?.components).toEqual([
      { sku: 'TEE', quantity: 2 },
      { sku: 'CAP', quantity: 1 },
    ]);
  });

  it('have as many as their components make', async () => {
    expect(await aKit().erp.inventory.get(['SET'])).toMatchObject([{ sku: 'SET', available: 50 }]);
  });

  it('are counted again when a component moved', async () => {
    const world = aKit();
    const { platform, state, erp } = world;
    const first = await all(erp.inventory.pull({}));
    expect(figures(first).get('SET@1')).toBe(50);
    await platform.clock.advance(3_600_000);
    const quiet = await all(erp.inventory.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    await platform.clock.advance(3_600_000);
    state.setStock('CAP', 8);
    const second = await all(erp.inventory.pull({ cursor: quiet.at(-1)?.cursor ?? '' }));
    expect(figures(second)).toEqual(
      new Map([
        ['CAP@1', 8],
        ['SET@1', 8],
      ]),
    );
  });
});
