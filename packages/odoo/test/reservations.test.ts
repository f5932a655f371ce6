import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;

async function sell(world: World, number: string, quantity: number) {
  const lines = [aLine({ sku: 'FEW', quantity })];
  const source = { system: 'shop', kind: 'order', id: number } as const;
  return world.erp.orders.create(aDraft({ number, source, lines, customer: world.customer }), {
    idempotencyKey: number,
  });
}

function moves({ state }: World) {
  return state.pickings.flatMap((picking) => picking.moves.map((move) => [move.demand, move.quantity, move.state]));
}

async function figures({ erp }: World) {
  const [level] = await erp.inventory.get(['FEW']);
  return [level?.buckets?.['on-hand'], level?.available, level?.buckets?.committed];
}

// The figures are those of the same calls on Odoo 19.0, recorded 2026-11-26.
describe.each(versions)('goods of Odoo %s that were reserved for one order and shipped for another', (version) => {
  it('are missing where they were reserved, and sold no second time', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'FEW', price: 1, onHand: 5 });
    const first = await sell(world, 'A', 5);
    const second = await sell(world, 'B', 3);
    expect(moves(world)).toEqual([
      [5, 5, 'assigned'],
      [3, 0, 'confirmed'],
    ]);
    const shipment = aShipment([{ sku: 'FEW', quantity: 3 }]);
    await world.erp.shipments.confirm({ order: second, shipment }, { idempotencyKey: 'b' });
    expect(moves(world)).toEqual([
      [5, 2, 'partially_available'],
      [3, 3, 'done'],
    ]);
    expect(await figures(world)).toEqual([2, 0, 5]);
    const ref = { system: 'wh', kind: 'shipment', id: '2' } as const;
    const whole = { ...aShipment([{ sku: 'FEW', quantity: 5 }]), ref };
    await world.erp.shipments.confirm({ order: first, shipment: whole }, { idempotencyKey: 'a' });
    expect(await figures(world)).toEqual([-3, -3, 0]);
  });

  it('are taken of the youngest orders first', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'FEW', price: 1, onHand: 5 });
    for (const [number, quantity] of [
      ['A', 2],
      ['B', 2],
      ['C', 1],
    ] as const)
      await sell(world, number, quantity);
    const order = await sell(world, 'D', 4);
    const shipment = aShipment([{ sku: 'FEW', quantity: 4 }]);
    await world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: 'd' });
    expect(moves(world)).toEqual([
      [2, 1, 'partially_available'],
      [2, 0, 'confirmed'],
      [1, 0, 'confirmed'],
      [4, 4, 'done'],
    ]);
    expect(await figures(world)).toEqual([1, 0, 5]);
  });

  it('stay where they were picked already', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'FEW', price: 1, onHand: 5 });
    await sell(world, 'A', 5);
    const order = await sell(world, 'B', 3);
    const [line] = world.state.records('stock.move.line').toReversed();
    await world.client().write('stock.move.line', [Number(line?.['id'])], { picked: true });
    const shipment = aShipment([{ sku: 'FEW', quantity: 3 }]);
    await world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: 'b' });
    expect(moves(world)).toEqual([
      [5, 5, 'assigned'],
      [3, 3, 'done'],
    ]);
    expect(await figures(world)).toEqual([2, -3, 5]);
  });
});
