import type { Ref, Shipment } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
type Parcel = Shipment['parcels'][number];

async function anOrder(world: World): Promise<Ref<'order'>> {
  const lines = [aLine({ sku: 'TEE', quantity: 10 }), aLine({ id: '2', sku: 'MILK', quantity: 4 })];
  world.state.addProduct({ sku: 'MILK', tracking: 'lot', price: 2 });
  for (const lot of ['L-1', 'L-2']) world.state.setStock('MILK', 5, { lot });
  return world.erp.orders.create(aDraft({ lines, customer: world.customer }), { idempotencyKey: 'o' });
}

function sent(id: string, parcels: readonly Parcel[], change: Partial<Shipment> = {}): Shipment {
  return aShipment([], { ref: { system: 'warehouse', kind: 'shipment', id }, number: id, parcels, ...change });
}

function parcel(sscc: string, trackingNumber: string, lines: Parcel['lines']): Parcel {
  return { id: sscc, carrier: 'UPS', trackingNumber, sscc, lines };
}

function tees(quantity: number): readonly Parcel[] {
  return [{ id: 'p', carrier: 'UPS', lines: [{ sku: 'TEE', quantity }] }];
}

const codes = ['340123450000000017', '340123450000000024', '340123450000000031'] as const;

describe.each(versions)('several parcels of a part of an order in Odoo %s', (version) => {
  it('keep their packages, lots and numbers, and so does the rest that leaves later', async () => {
    const world = aWorld(version);
    const ups = world.state.addCarrier({ name: 'United Parcel' });
    const erp = world.connect({ carriers: { UPS: ups } });
    const order = await anOrder(world);
    const first = sent('S-1', [
      parcel(codes[0], '1Z1', [
        { sku: 'TEE', quantity: 3 },
        { sku: 'MILK', quantity: 2, lots: [{ lot: 'L-2', quantity: 2 }] },
      ]),
      parcel(codes[1], '1Z2', [{ sku: 'TEE', quantity: 2 }]),
    ]);
    const second = sent('S-2', [
      parcel(codes[2], '1Z3', [
        { sku: 'TEE', quantity: 5 },
        {
          sku: 'MILK',
          quantity: 2,
          lots: [
            { lot: 'L-1', quantity: 1 },
            { lot: 'L-2', quantity: 1 },
          ],
        },
      ]),
    ]);
    for (const shipment of [first, second, first]) {
      await erp.shipments.confirm({ order, shipment }, { idempotencyKey: shipment.number });
    }
    expect(world.state.pickings).toMatchObject([
      { state: 'done', carrier: 'United Parcel', trackingRef: '1Z1,1Z2' },
      { state: 'done', carrier: 'United Parcel', trackingRef: '1Z3', backorderOf: world.state.pickings[0]?.name },
    ]);
    expect(world.state.stockOf('MILK').onHand).toBe(6);
    const told = (await all(erp.shipments.pull({}))).flatMap(({ items }) => items.flatMap(({ parcels }) => parcels));
    expect(told).toMatchObject([
      {
        carrier: 'UPS',
        trackingNumber: '1Z1',
        sscc: codes[0],
        lines: [
          { sku: 'TEE', quantity: 3 },
          { sku: 'MILK', quantity: 2, lots: [{ lot: 'L-2', quantity: 2 }] },
        ],
      },
      { trackingNumber: '1Z2', sscc: codes[1], lines: [{ sku: 'TEE', quantity: 2 }] },
      {
        trackingNumber: '1Z3',
        sscc: codes[2],
        lines: [
          { sku: 'TEE', quantity: 5 },
          { sku: 'MILK', quantity: 2 },
        ],
      },
    ]);
  });
});

describe.each(versions)('an order that ships from two warehouses in Odoo %s', (version) => {
  it('is booked on the delivery of the one that the shipment names, and on no other', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const client = world.client();
    const east = world.state.add('stock.warehouse', { name: 'East', code: 'EAST' });
    const there = world.state.records('stock.warehouse').find(({ id }) => id === east);
    const [picking] = world.state.records('stock.picking');
    const tee = world.state.records('stock.move').find((one) => one['picking_id'] === picking?.['id']);
    const [other = 0] = await client.create('stock.picking', [
      {
        picking_type_id: Number(there?.['out_type_id']),
        location_id: Number(there?.['lot_stock_id']),
        location_dest_id: Number(picking?.['location_dest_id']),
        sale_id: Number(order.id),
      },
    ]);
    world.state.change('stock.move', Number(tee?.['id']), { product_uom_qty: 6 });
    const product_id = Number(tee?.['product_id']);
    const rest = { picking_id: other, product_id, product_uom_qty: 4, sale_line_id: Number(tee?.['sale_line_id']) };
    await client.create('stock.move', [
      {
        ...rest,
        location_id: Number(there?.['lot_stock_id']),
        location_dest_id: Number(picking?.['location_dest_id']),
      },
    ]);
    await client.call('stock.picking', 'action_confirm', { ids: [other], answer: z.unknown(), safety: 'repeatable' });
    const location = { system: 'odoo', kind: 'location', id: String(east) } as const;
    const confirm = (shipment: Shipment) =>
      world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: shipment.number });
    await expect(confirm(sent('S-1', tees(5), { location }))).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"TEE": 1 too many, 4 open'),
    });
    expect(await confirm(sent('S-1', tees(4), { location }))).toMatchObject({ id: String(other) });
    expect(await confirm(sent('S-2', tees(6)))).toMatchObject({ id: String(Number(picking?.['id'])) });
  });
});
