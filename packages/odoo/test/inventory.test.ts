import { stockLevelSchema, type Page, type StockLevel } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

const figures = (pages: readonly Page<StockLevel>[]) =>
  new Map(pages.flatMap(({ items }) => items.map((level) => [`${level.sku}@${level.location.id}`, level.available])));

describe.each(versions)('stock in Odoo %s', (version) => {
  it('is counted by warehouse', async () => {
    const world = aWorld(version);
    const west = world.state.addWarehouse({ name: 'West DC', code: 'WEST' });
    world.state.setStock('TEE', 7, { warehouse: 'WEST' });
    const levels = await world.erp.inventory.get(['TEE']);
    expect(levels.map(({ location, available }) => [location.id, available])).toEqual([
      ['1', 100],
      [String(west), 7],
    ]);
    expect(await world.connect({ warehouse: 'WEST' }).inventory.get(['TEE'])).toMatchObject([{ available: 7 }]);
    for (const level of levels) expect(() => stockLevelSchema.parse(level)).not.toThrow();
  });

  it('tells what is on hand from what is free', async () => {
    const world = aWorld(version);
    const draft = aDraft({ lines: [aLine({ sku: 'TEE', quantity: 4 })], customer: world.customer });
    await world.erp.orders.create(draft, { idempotencyKey: 'a' });
    expect(await world.connect({ warehouse: 'WH' }).inventory.get(['TEE'])).toMatchObject([
      { sku: 'TEE', available: 96, buckets: { 'on-hand': 100, available: 96, committed: 4, inbound: 0 } },
    ]);
  });

  it('has no level of what is unknown or not counted', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'TAPE', type: 'consumable' });
    expect(await world.erp.inventory.get(['NOPE', 'SHIP', 'TAPE'])).toEqual([]);
  });

  it('is pulled in full first, then where it changed', async () => {
    const world = aWorld(version);
    const { state, platform, erp } = world;
    const pull = async (cursor?: string) => {
      const pages = await all(erp.inventory.pull(cursor === undefined ? {} : { cursor }));
      await platform.clock.advance(3_600_000);
      return { levels: figures(pages), cursor: pages.at(-1)?.cursor ?? '' };
    };
    const first = await pull();
    expect(first.levels).toEqual(
      new Map([
        ['TEE@1', 100],
        ['CAP@1', 50],
      ]),
    );
    state.setStock('CAP', 41);
    const second = await pull(first.cursor);
    expect(second.levels.get('CAP@1')).toBe(41);
    // Once more, for transactions that were slow to commit; then no more.
    const third = await pull(second.cursor);
    expect(third.levels).toEqual(new Map([['CAP@1', 41]]));
    const fourth = await pull(third.cursor);
    expect(fourth.levels).toEqual(new Map());
    await erp.orders.create(aDraft({ lines: [aLine({ sku: 'TEE', quantity: 4 })], customer: world.customer }), {
      idempotencyKey: 'a',
    });
    expect((await pull(fourth.cursor)).levels).toEqual(new Map([['TEE@1', 96]]));
  });

  it('is pulled when it is wanted, although there is none to reserve', async () => {
    const world = aWorld(version);
    const { state, platform, erp } = world;
    state.addProduct({ sku: 'GONE' });
    const first = await all(erp.inventory.pull({}));
    await platform.clock.advance(3_600_000);
    const draft = aDraft({ lines: [aLine({ sku: 'GONE', quantity: 3 })], customer: world.customer });
    await erp.orders.create(draft, { idempotencyKey: 'a' });
    const second = await all(erp.inventory.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    const gone = second.flatMap(({ items }) => items).find(({ sku }) => sku === 'GONE');
    expect(gone).toMatchObject({ available: 0, buckets: { committed: 3 } });
  });

  it('is seen to be sold out, although Odoo deletes what stands at zero', async () => {
    const world = aWorld(version);
    const { state, platform, erp } = world;
    const order = await erp.orders.create(
      aDraft({ lines: [aLine({ sku: 'CAP', quantity: 50 })], customer: world.customer }),
      { idempotencyKey: 'a' },
    );
    const first = await all(erp.inventory.pull({}));
    await platform.clock.advance(3_600_000);
    state.ship(state.saleOrders.find(({ id }) => String(id) === order.id)?.name ?? '');
    state.sweepEmptyQuants();
    const second = await all(erp.inventory.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    expect(figures(second).get('CAP@1')).toBe(0);
  });
});

describe('a long count', () => {
  it('goes on where it broke off, and misses nothing', async () => {
    const world = aWorld();
    for (let index = 0; index < 450; index += 1)
      world.state.addProduct({ sku: `P-${String(index).padStart(3, '0')}`, onHand: index });
    const seen: Page<StockLevel>[] = [];
    for await (const page of world.erp.inventory.pull({})) {
      seen.push(page);
      break;
    }
    const rest = await all(world.connect().inventory.pull({ cursor: seen[0]?.cursor ?? '' }));
    expect(figures([...seen, ...rest]).size).toBe(452);
    expect(figures(rest).has('TEE@1')).toBe(false);
  });

  it('of many changes in one second ends, and misses none', async () => {
    const world = aWorld();
    const { state, platform, erp } = world;
    for (let index = 0; index < 1200; index += 1) state.addProduct({ sku: `P-${index}`, onHand: 1 });
    const first = await all(erp.inventory.pull({}));
    await platform.clock.advance(3_600_000);
    for (let index = 0; index < 1200; index += 1) state.setStock(`P-${index}`, 2);
    const second = await all(erp.inventory.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    expect([...figures(second).values()].filter((available) => available === 2)).toHaveLength(1200);
  });

  it('refuses a cursor that is none of its own', async () => {
    const { erp } = aWorld();
    await expect(all(erp.inventory.pull({ cursor: 'abc' }))).rejects.toMatchObject({ code: 'request.rejected' });
    await expect(all(erp.inventory.pull({ updatedAfter: 'soon' }))).rejects.toMatchObject({ code: 'request.rejected' });
  });

  it('refuses a warehouse that is not there', async () => {
    await expect(aWorld('19.0', { warehouse: 'MOON' }).erp.inventory.get(['TEE'])).rejects.toMatchObject({
      code: 'options.invalid',
    });
  });
});
