import { describe, expect, it } from 'vitest';
import { all, aWorld, versions } from './world.ts';

describe.each(versions)('one SKU of two products of Odoo %s', (version) => {
  it('has no figures: it is a problem of its page, and the others are counted', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'DUP', onHand: 5 });
    world.state.addProduct({ sku: 'DUP', onHand: 9 });
    const conflict = { code: 'link.conflict', message: expect.stringContaining('"DUP"') };
    await expect(world.erp.inventory.get(['DUP'])).rejects.toMatchObject(conflict);
    const pages = await all(world.erp.inventory.pull({}));
    expect(pages.flatMap(({ items }) => items.map(({ sku }) => sku)).toSorted()).toEqual(['CAP', 'TEE']);
    expect(pages.flatMap(({ problems = [] }) => problems)).toMatchObject([
      { ref: { kind: 'variant' }, error: conflict },
    ]);
  });

  it('has none either where only one of the two changed', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'DUP', onHand: 9 });
    const other = world.state.addProduct({ sku: 'ALONE', onHand: 5 });
    await world.platform.clock.advance(3_600_000);
    const first = await all(world.erp.inventory.pull({}));
    await world.platform.clock.advance(3_600_000);
    await world.client().write('product.product', [other], { default_code: 'DUP' });
    const second = await all(world.erp.inventory.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    const levels = second.flatMap(({ items }) => items);
    expect(levels.filter(({ sku }) => sku === 'DUP')).toEqual([]);
    const problems = second.flatMap(({ problems: own = [] }) => own);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.error.code).toBe('link.conflict');
  });

  it('is counted again when one of them got another', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'DUP', onHand: 5 });
    const other = world.state.addProduct({ sku: 'DUP', onHand: 9 });
    await world.client().write('product.product', [other], { default_code: 'OTHER' });
    const levels = (await all(world.erp.inventory.pull({}))).flatMap(({ items }) => items);
    expect(levels.map(({ sku, available }) => [sku, available])).toEqual(
      expect.arrayContaining([
        ['DUP', 5],
        ['OTHER', 9],
      ]),
    );
  });
});
