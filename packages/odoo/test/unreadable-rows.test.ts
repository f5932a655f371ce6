import type { Page } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine } from './drafts.ts';
import { spoiling, type Spoiled } from './spoiled.ts';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
type Change = Spoiled['change'];

/** An Odoo of which one record looks otherwise than it should, as after somebody's module changed it. */
function spoiled(world: World, model: string, id: number, change: Change) {
  return world.connect({ fetch: spoiling(world.platform.fetch, [{ model, id, change }]) });
}

function idOf(world: World, model: string, field: string, value: unknown): number {
  return Number(world.state.records(model).find((record) => record[field] === value)?.['id']);
}

async function pulled<T>(pages: AsyncIterable<Page<T>>) {
  const list = await all(pages);
  return {
    items: list.flatMap(({ items }) => items),
    problems: list
      .flatMap(({ problems }) => problems ?? [])
      .map(({ ref, error }) => ({ id: ref?.id, code: error.code })),
    cursor: list.at(-1)?.cursor ?? '',
  };
}

describe.each(versions)('a record of Odoo %s that cannot be read', (version) => {
  it.each<[string, string, Change]>([
    ['template', 'product.template', { name: 7 }],
    ['template without a date', 'product.template', { write_date: false }],
    ['variant', 'product.product', { lst_price: 'free' }],
    ['variant without a currency', 'product.template', { currency_id: 'EUR' }],
  ])('is a problem of its page, and the other products come: %s', async (_, model, change) => {
    const world = aWorld(version);
    const bad = idOf(world, 'product.template', 'name', 'Cap');
    const id = model === 'product.template' ? bad : idOf(world, 'product.product', 'default_code', 'CAP');
    const { items, problems } = await pulled(spoiled(world, model, id, change).products.pull({}));
    const skus = items.flatMap(({ variants }) => variants.map(({ sku }) => sku));
    expect(skus).toContain('TEE');
    expect(skus).not.toContain('CAP');
    expect(problems).toContainEqual({ id: String(bad), code: 'record.invalid' });
  });

  it('stops no pull of stock, of everything or of what changed', async () => {
    const world = aWorld(version);
    const cap = idOf(world, 'product.product', 'default_code', 'CAP');
    const erp = spoiled(world, 'product.product', cap, { free_qty: null, default_code: 12 });
    const first = await pulled(erp.inventory.pull({}));
    expect(first.items).toMatchObject([{ sku: 'TEE', available: 100 }]);
    expect(first.problems).toContainEqual({ id: String(cap), code: 'record.invalid' });
    world.state.setStock('TEE', 90);
    world.state.setStock('CAP', 40);
    const second = await pulled(erp.inventory.pull({ cursor: first.cursor }));
    expect(second.items).toContainEqual(expect.objectContaining({ sku: 'TEE', available: 90 }));
    expect(second.problems).toContainEqual({ id: String(cap), code: 'record.invalid' });
  });

  it('stops no pull of stock when it is the move', async () => {
    const world = aWorld(version);
    const { cursor } = await pulled(world.erp.inventory.pull({}));
    world.state.setStock('CAP', 40);
    world.state.setStock('TEE', 90);
    const bad = Number(world.state.records('stock.move.line').at(-2)?.['id']);
    const erp = spoiled(world, 'stock.move.line', bad, { product_id: 'CAP' });
    const { items, problems } = await pulled(erp.inventory.pull({ cursor }));
    expect(items).toContainEqual(expect.objectContaining({ sku: 'TEE', available: 90 }));
    expect(problems).toContainEqual({ id: undefined, code: 'record.invalid' });
  });

  it.each<[string, string, Change]>([
    ['delivery', 'stock.picking', { name: false }],
    ['move', 'stock.move', { quantity: 'two' }],
    ['line', 'stock.move.line', { product_id: 3 }],
  ])('is a problem of its page, and the other deliveries come: %s', async (_, model, change) => {
    const world = aWorld(version);
    for (const id of ['1', '2', '3']) {
      const draft = aDraft({
        number: id,
        source: { system: 'shop', kind: 'order', id },
        lines: [aLine({ sku: 'TEE' })],
        customer: world.customer,
      });
      await world.erp.orders.create(draft, { idempotencyKey: id });
    }
    const [first, second, third] = world.state.saleOrders.map(({ name }) => world.state.ship(name).id);
    const id = model === 'stock.picking' ? Number(second) : idOf(world, model, 'picking_id', second);
    const { items, problems } = await pulled(spoiled(world, model, id, change).shipments.pull({}));
    expect(items.map(({ ref }) => ref.id)).toEqual([String(first), String(third)]);
    expect(problems).toEqual([{ id: String(second), code: 'record.invalid' }]);
  });
});

describe('a problem', () => {
  it('says which record it is and where it does not fit, and nothing of what stands there', async () => {
    const world = aWorld();
    const id = idOf(world, 'product.template', 'name', 'Cap');
    const pages = await all(spoiled(world, 'product.template', id, { name: { canary: 'Jane Doe' } }).products.pull({}));
    const [problem] = pages.flatMap(({ problems }) => problems ?? []);
    expect(problem?.error.message).toContain(`"${id}" of "product.template"`);
    expect(problem?.error.message).toContain('"name"');
    expect(problem?.error.message).not.toContain('Jane');
  });
});
