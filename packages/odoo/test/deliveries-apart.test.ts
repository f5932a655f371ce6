import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;

/** A transfer of three tees between places of these kinds that a person makes and ships. */
async function transfer({ state, client }: World, code: string, from: string, to: string): Promise<number> {
  const place = (usage: string) =>
    Number(state.records('stock.location').find((one) => one['usage'] === usage)?.['id']);
  const tee = state.records('product.product').find((one) => one['default_code'] === 'TEE');
  const type = state.records('stock.picking.type').find((one) => one['code'] === code);
  const ends = { location_id: place(from), location_dest_id: place(to) };
  const move = { product_id: Number(tee?.['id']), product_uom_qty: 3, ...ends };
  const id = state.add('stock.picking', { picking_type_id: Number(type?.['id']), ...ends, move_ids: [[0, 0, move]] });
  await client().write('stock.picking', [id], { move_ids: [[1, moveOf(state, id), { quantity: 3, picked: true }]] });
  const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' } as const;
  await client().call('stock.picking', 'button_validate', call, { context: { skip_sms: true } });
  expect(state.pickings.find((picking) => picking.id === id)?.state).toBe('done');
  return id;
}

function parcel(id: string, quantity: number, sscc: string) {
  return { id, carrier: 'UPS', trackingNumber: `1Z${id}`, sscc, lines: [{ sku: 'TEE', quantity }] };
}

function moveOf(state: World['state'], picking: number): number {
  return Number(state.records('stock.move').find((one) => one['picking_id'] === picking)?.['id']);
}

describe.each(versions)('a transfer of Odoo %s', (version) => {
  it('to a vendor is nothing that leaves to a buyer', async () => {
    const world = aWorld(version);
    const id = String(await transfer(world, 'outgoing', 'internal', 'supplier'));
    const { fulfillments, shipments } = world.erp;
    expect((await all(fulfillments.pull({}))).flatMap(({ items }) => items)).toEqual([]);
    expect((await all(shipments.pull({}))).flatMap(({ items }) => items)).toEqual([]);
    expect(await fulfillments.get({ system: 'odoo', kind: 'fulfillment', id })).toBeUndefined();
  });

  it('from a buyer straight to a vendor is no return to us', async () => {
    const world = aWorld(version);
    const id = String(await transfer(world, 'incoming', 'customer', 'supplier'));
    const { returns } = world.erp;
    expect((await all(returns.pull({}))).flatMap(({ items }) => items)).toEqual([]);
    expect(await returns.get({ system: 'odoo', kind: 'return', id })).toBeUndefined();
  });

  it('to a buyer keeps what is packed by its SSCC, once', async () => {
    const world = aWorld(version);
    const lines = [aLine({ sku: 'TEE', quantity: 5 })];
    const order = await world.erp.orders.create(aDraft({ lines, customer: world.customer }), { idempotencyKey: 'o' });
    const parcels = [parcel('1', 2, '340123450000000017'), parcel('2', 3, '340123450000000024')];
    const shipment = aShipment([], { parcels });
    world.platform.faults.next(`${version === '19.0' ? 'stock.package' : 'stock.quant.package'}.load`, {
      kind: 'drop',
      when: 'after',
    });
    await world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: 's' });
    await world.connect().shipments.confirm({ order, shipment }, { idempotencyKey: 's' });
    expect(world.state.stockOf('TEE').onHand).toBe(95);
    const packages = world.state.records(version === '19.0' ? 'stock.package' : 'stock.quant.package');
    expect(packages.map(({ name }) => name)).toEqual(parcels.map(({ sscc }) => sscc));
    const [pulled] = (await all(world.erp.shipments.pull({}))).flatMap(({ items }) => items);
    expect(pulled?.parcels).toMatchObject(
      parcels.map(({ sscc, lines: own, trackingNumber }) => ({ sscc, lines: own, trackingNumber })),
    );
  });
});
