import type { Json } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;

function idOf({ state }: World, model: string, field: string, value: string): number {
  return Number(state.records(model).find((row) => row[field] === value)?.['id']);
}

/** A list in dollars and rules on it, in an Odoo where nothing else is priced. */
function withRules(world: World, ...rules: readonly { readonly [field: string]: Json }[]) {
  world.state.change('product.pricelist', idOf(world, 'product.pricelist', 'name', 'EUR'), { active: false });
  const list = world.state.addPricelist({ name: 'Wholesale', currency: 'USD' });
  const ids = rules.map((rule) => world.state.add('product.pricelist.item', { pricelist_id: list, ...rule }));
  return { list, ids };
}

function onTee(world: World) {
  const product = idOf(world, 'product.product', 'default_code', 'TEE');
  return { applied_on: '0_product_variant', product_id: product };
}

describe.each(versions)('prices of Odoo %s', (version) => {
  it('are the one of the product and those of every list, from every quantity', async () => {
    const world = aWorld(version);
    withRules(
      world,
      { ...onTee(world), compute_price: 'fixed', fixed_price: 9 },
      { ...onTee(world), compute_price: 'percentage', percent_price: 25, min_quantity: 12 },
      // From as many on the nearer rule still counts.
      { applied_on: '3_global', compute_price: 'fixed', fixed_price: 1, min_quantity: 50 },
      { ...onTee(world), compute_price: 'fixed', fixed_price: 2, date_end: '2020-01-01 00:00:00' },
    );
    const prices = await world.erp.prices.get(['TEE', 'NOPE']);
    expect(prices.map(({ amount, list, minimumQuantity }) => [amount.amount, list, minimumQuantity])).toEqual([
      ['10.00', undefined, undefined],
      ['9.00', 'Wholesale', undefined],
      ['7.50', 'Wholesale', 12],
    ]);
  });

  it('follow the rule of the nearest category, and a formula to the last cent', async () => {
    const world = aWorld(version);
    const [parent = 0] = await world.client().create('product.category', [{ name: 'Clothes' }]);
    const [child = 0] = await world.client().create('product.category', [{ name: 'Shirts', parent_id: parent }]);
    world.state.change('product.template', idOf(world, 'product.template', 'name', 'Tee, red'), { categ_id: child });
    withRules(world, {
      applied_on: '2_product_category',
      categ_id: parent,
      compute_price: 'formula',
      price_discount: 12,
      price_round: 5,
      price_surcharge: -0.01,
    });
    expect(await world.erp.prices.get(['TEE', 'CAP'])).toMatchObject([
      { sku: 'TEE', amount: { amount: '10.00' } },
      { sku: 'TEE', amount: { amount: '9.99' }, list: 'Wholesale' },
      { sku: 'CAP', amount: { amount: '5.00' } },
    ]);
  });

  it('follow the rule of the nearest category, though the one above it was made later', async () => {
    const world = aWorld(version);
    const client = world.client();
    const [child = 0] = await client.create('product.category', [{ name: 'Shirts' }]);
    const [parent = 0] = await client.create('product.category', [{ name: 'Clothes' }]);
    await client.write('product.category', [child], { parent_id: parent });
    world.state.change('product.template', idOf(world, 'product.template', 'name', 'Tee, red'), { categ_id: child });
    const rule = { applied_on: '2_product_category', compute_price: 'fixed' };
    const { list } = withRules(
      world,
      { ...rule, categ_id: child, fixed_price: 7 },
      { ...rule, categ_id: parent, fixed_price: 3 },
    );
    expect(await world.erp.prices.get(['TEE'])).toMatchObject([
      { amount: { amount: '10.00' } },
      { amount: { amount: '7.00' }, list: 'Wholesale' },
    ]);
    const product_id = idOf(world, 'product.product', 'default_code', 'TEE');
    const order = { partner_id: Number(world.customer.id), pricelist_id: list };
    await client.create('sale.order', [{ ...order, order_line: [[0, 0, { product_id, product_uom_qty: 1 }]] }]);
    expect(world.state.records('sale.order.line')).toMatchObject([{ price_unit: 7 }]);
  });

  it('are refused where nobody can say them exactly, and asked of other lists all the same', async () => {
    const world = aWorld(version);
    await expect(world.erp.prices.get(['TEE'])).rejects.toMatchObject({ code: 'price.missing' });
    const list = world.state.addPricelist({ name: 'Fair', currency: 'USD' });
    world.state.add('product.pricelist.item', {
      pricelist_id: list,
      ...onTee(world),
      compute_price: 'fixed',
      fixed_price: 8,
    });
    expect(await world.connect({ priceLists: [list] }).prices.get(['TEE'])).toMatchObject([
      { amount: { amount: '10.00' } },
      { amount: { amount: '8.00' }, list: 'Fair' },
    ]);
  });

  it('are pulled with what cannot be listed beside them, and again when their product is priced anew', async () => {
    const world = aWorld(version);
    const { platform, erp } = world;
    const { ids } = withRules(
      world,
      { ...onTee(world), compute_price: 'percentage', percent_price: 10 },
      { applied_on: '3_global', compute_price: 'percentage', percent_price: 5 },
    );
    const first = await all(erp.prices.pull({}));
    const listed = first.flatMap(({ items }) =>
      items.map(({ ref, sku, amount }) => `${ref.id} ${sku} ${amount.amount}`),
    );
    expect(new Set(listed)).toEqual(new Set([`${ids[0]} TEE 9.00`]));
    const problems = first.flatMap((page) => page.problems ?? []);
    expect(new Set(problems.map(({ ref, error }) => `${ref?.id} ${error.code}`))).toEqual(
      new Set([`${ids[1]} price.missing`]),
    );
    await platform.clock.advance(3_600_000);
    const quiet = await all(erp.prices.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    await platform.clock.advance(3_600_000);
    const template = idOf(world, 'product.template', 'name', 'Tee, red');
    await world.client().write('product.template', [template], { list_price: 20 });
    const second = await all(erp.prices.pull({ cursor: quiet.at(-1)?.cursor ?? '' }));
    expect(second.flatMap(({ items }) => items)).toMatchObject([{ sku: 'TEE', amount: { amount: '18.00' } }]);
  });
});

describe.each(versions)('categories of Odoo %s', (version) => {
  it('come with their path, and again when one above them is renamed', async () => {
    const world = aWorld(version);
    const { platform, erp } = world;
    const client = world.client();
    const [parent = 0] = await client.create('product.category', [{ name: 'Clothes / Wear' }]);
    const [child = 0] = await client.create('product.category', [{ name: 'Shirts', parent_id: parent }]);
    const first = await all(erp.categories.pull({}));
    const found = first.flatMap(({ items }) => items).find(({ ref }) => ref.id === String(child));
    expect(found).toMatchObject({ name: 'Shirts', path: ['Clothes / Wear', 'Shirts'], parent: { id: String(parent) } });
    await platform.clock.advance(3_600_000);
    const quiet = await all(erp.categories.pull({ cursor: first.at(-1)?.cursor ?? '' }));
    await platform.clock.advance(3_600_000);
    await client.write('product.category', [parent], { name: 'Garments' });
    const second = await all(erp.categories.pull({ cursor: quiet.at(-1)?.cursor ?? '' }));
    expect(second.flatMap(({ items }) => items.map(({ path }) => path))).toContainEqual(['Garments', 'Shirts']);
  });
});
