import { fulfillmentOrderSchema } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;

async function anOrder(world: World, quantity: number) {
  const draft = aDraft({ lines: [aLine({ sku: 'TEE', quantity })], customer: world.customer });
  return world.erp.orders.create(draft, { idempotencyKey: 'o' });
}

async function pulled(world: World) {
  const items = (await all(world.erp.fulfillments.pull({}))).flatMap((page) => page.items);
  for (const item of items) expect(() => fulfillmentOrderSchema.parse(item)).not.toThrow();
  return items;
}

describe.each(versions)('what is to leave Odoo %s', (version) => {
  it('is told with its place, its order and its lines', async () => {
    const world = aWorld(version);
    const order = await anOrder(world, 10);
    const [item] = await pulled(world);
    expect(item).toMatchObject({ order, status: 'allocated', lines: [{ sku: 'TEE', quantity: 10, shipped: 0 }] });
    expect(item?.location?.kind).toBe('location');
    expect(item?.shipTo?.countryCode).toMatch(/^[A-Z]{2}$/);
    expect(item && (await world.erp.fulfillments.get(item.ref))).toEqual(item);
  });

  it('says what is not there', async () => {
    const world = aWorld(version);
    await anOrder(world, 130);
    expect(await pulled(world)).toMatchObject([{ status: 'allocated', lines: [{ quantity: 130, backordered: 30 }] }]);
  });

  it('keeps what was left over as one of its own', async () => {
    const world = aWorld(version);
    const order = await anOrder(world, 10);
    const shipment = aShipment([{ sku: 'TEE', quantity: 4 }]);
    await world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: 's' });
    const items = await pulled(world);
    expect(items.map(({ status, lines }) => [status, lines[0]?.quantity, lines[0]?.shipped])).toEqual([
      ['shipped', 4, 4],
      ['allocated', 6, 0],
    ]);
  });

  it('is no return, and nothing that another system knows', async () => {
    const world = aWorld(version);
    const order = await anOrder(world, 4);
    await world.erp.shipments.confirm(
      { order, shipment: aShipment([{ sku: 'TEE', quantity: 4 }]) },
      { idempotencyKey: 's' },
    );
    const lines = [{ id: '1', sku: 'TEE', quantity: 1 }];
    const back = await world.erp.returns.create({ number: 'R', order, lines }, { idempotencyKey: 'r' });
    expect(await pulled(world)).toHaveLength(1);
    expect(await world.erp.fulfillments.get({ ...back, kind: 'fulfillment' })).toBeUndefined();
    expect(await world.erp.fulfillments.get({ system: 'shop', kind: 'fulfillment', id: '1' })).toBeUndefined();
  });
});
