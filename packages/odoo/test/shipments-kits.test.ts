import type { Ref, Shipment } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
type Lines = Parameters<typeof aShipment>[0];

/** An Odoo that sells a kit of two tees and a cap. */
function aKitchen(version?: (typeof versions)[number]) {
  const world = aWorld(version, {}, { modules: ['mrp'] });
  world.state.addKit({ sku: 'KIT', name: 'Team kit', price: 22, components: { TEE: 2, CAP: 1 } });
  return world;
}

async function anOrder(
  world: World,
  lines: Parameters<typeof aDraft>[0] = { lines: [aLine({ sku: 'KIT', quantity: 10 })] },
) {
  return world.erp.orders.create(aDraft({ customer: world.customer, ...lines }), { idempotencyKey: 'o' });
}

function of(id: string, lines: Lines, more: Partial<Shipment> = {}): Shipment {
  return aShipment(lines, { ref: { system: 'warehouse', kind: 'shipment', id }, number: id, ...more });
}

function book(world: World, order: Ref<'order'>, shipment: Shipment) {
  return world.connect().shipments.confirm({ order, shipment }, { idempotencyKey: shipment.number });
}

function stock({ state }: World) {
  return ['TEE', 'CAP'].map((sku) => state.stockOf(sku).onHand);
}

function change({ state, client }: World, sku: string, values: Readonly<Record<string, unknown>>) {
  const product = state.records('product.product').find((one) => one['default_code'] === sku);
  const [move] = state
    .records('stock.move')
    .filter((one) => one['product_id'] === product?.['id'] && one['state'] !== 'done');
  return client().write('stock.move', [Number(move?.['id'])], values);
}

describe.each(versions)('a kit that the warehouse names by its SKU, in Odoo %s', (version) => {
  it('is booked as its components, once, and the rest stays whole kits', async () => {
    const world = aKitchen(version);
    const order = await anOrder(world);
    const three = of('S-1', [{ sku: 'KIT', quantity: 3 }]);
    world.platform.faults.next('stock.picking.button_validate', { kind: 'drop', when: 'after' });
    const ref = await book(world, order, three);
    expect(stock(world)).toEqual([94, 47]);
    expect(await book(world, order, three)).toEqual(ref);
    await book(world, order, of('S-2', [{ sku: 'KIT', quantity: 7 }]));
    expect(await book(world, order, three)).toEqual(ref);
    expect(stock(world)).toEqual([80, 40]);
    expect(world.state.saleOrders[0]).toMatchObject({ deliveryStatus: 'full', lines: [{ delivered: 10 }] });
    await expect(book(world, order, of('S-3', [{ sku: 'KIT', quantity: 1 }]))).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"KIT": 1 too many, 0 open'),
    });
  });

  it('leaves goods of their own line to it, beside it and after it', async () => {
    const world = aKitchen(version);
    const lines = [aLine({ sku: 'KIT', quantity: 2 }), aLine({ id: '2', sku: 'TEE', quantity: 5 })];
    const order = await anOrder(world, { lines });
    await book(
      world,
      order,
      of('S-1', [
        { sku: 'TEE', quantity: 3 },
        { sku: 'KIT', quantity: 1 },
      ]),
    );
    expect(world.state.saleOrders[0]?.lines.map(({ delivered }) => delivered)).toEqual([1, 3]);
    await book(
      world,
      order,
      of('S-2', [
        { sku: 'KIT', quantity: 1 },
        { sku: 'TEE', quantity: 2 },
      ]),
    );
    expect(world.state.saleOrders[0]?.lines.map(({ delivered }) => delivered)).toEqual([2, 5]);
    expect(stock(world)).toEqual([91, 48]);
  });

  it('is shared out among its order lines, and alike when it is asked for again', async () => {
    const world = aKitchen(version);
    const lines = [aLine({ sku: 'KIT', quantity: 2 }), aLine({ id: '2', sku: 'KIT', quantity: 5, price: '20.00' })];
    const order = await anOrder(world, { lines });
    const first = of('S-1', [{ sku: 'KIT', quantity: 3 }]);
    const ref = await book(world, order, first);
    await book(world, order, of('S-2', [{ sku: 'KIT', quantity: 4 }]));
    expect(await book(world, order, first)).toEqual(ref);
    expect(world.state.saleOrders[0]?.lines.map(({ delivered }) => delivered)).toEqual([2, 5]);
    expect(stock(world)).toEqual([86, 43]);
  });

  it('is not booked again where its first order line grew meanwhile', async () => {
    const world = aKitchen(version);
    const lines = [aLine({ sku: 'KIT', quantity: 2 }), aLine({ id: '2', sku: 'KIT', quantity: 5, price: '20.00' })];
    const order = await anOrder(world, { lines });
    const first = of('S-1', [{ sku: 'KIT', quantity: 3 }]);
    const ref = await book(world, order, first);
    await world
      .client()
      .write('sale.order.line', [world.state.saleOrders[0]?.lines[0]?.id ?? 0], { product_uom_qty: 6 });
    expect(await book(world, order, first)).toEqual(ref);
    expect(stock(world)).toEqual([94, 47]);
  });

  it('is still booked by its components where they are named', async () => {
    const world = aKitchen(version);
    const order = await anOrder(world);
    await book(
      world,
      order,
      of('S-1', [
        { sku: 'TEE', quantity: 4 },
        { sku: 'CAP', quantity: 2 },
      ]),
    );
    await book(world, order, of('S-2', [{ sku: 'KIT', quantity: 8 }]));
    expect(stock(world)).toEqual([80, 40]);
  });

  it('has components that are kits themselves', async () => {
    const world = aKitchen(version);
    world.state.addKit({ sku: 'BOX', name: 'Box of kits', price: 60, components: { KIT: 3, CAP: 1 } });
    const order = await anOrder(world, { lines: [aLine({ sku: 'BOX', quantity: 2 })] });
    await book(world, order, of('S-1', [{ sku: 'BOX', quantity: 1 }]));
    expect(stock(world)).toEqual([94, 46]);
  });

  it('is booked by two processes at one moment, each of its shipments once', async () => {
    const world = aKitchen(version);
    const order = await anOrder(world);
    const parts = [1, 2, 3].map((quantity) => of(`S-${quantity}`, [{ sku: 'KIT', quantity }]));
    const refs = await Promise.all(parts.flatMap((part) => [book(world, order, part), book(world, order, part)]));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(3);
    expect(stock(world)).toEqual([88, 44]);
  });

  it.each([
    ['somebody changed what is open of a component', 'TEE', { product_uom_qty: 19 }, '"TEE": 1.9 each, 2 in the bill'],
    ['a component was taken off', 'CAP', { product_uom_qty: 0 }, '"CAP": 0 each, 1 in the bill'],
  ])('is refused by name where %s', async (_, sku, values, seen) => {
    const world = aKitchen(version);
    const order = await anOrder(world);
    await change(world, sku, values);
    await expect(book(world, order, of('S-1', [{ sku: 'KIT', quantity: 1 }]))).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining(seen),
    });
    expect(stock(world)).toEqual([100, 50]);
  });

  it('is refused by name where its components left in other numbers', async () => {
    const world = aKitchen(version);
    const order = await anOrder(world);
    await book(world, order, of('S-1', [{ sku: 'TEE', quantity: 3 }]));
    await expect(book(world, order, of('S-2', [{ sku: 'KIT', quantity: 1 }]))).rejects.toMatchObject({
      message: expect.stringContaining('"TEE": 17; "CAP": 10'),
    });
    expect(stock(world)).toEqual([97, 50]);
  });

  it('keeps what is booked when its bill changes, and refuses what would be booked by guess', async () => {
    const world = aKitchen(version);
    const order = await anOrder(world);
    const first = of('S-1', [{ sku: 'KIT', quantity: 3 }]);
    const ref = await book(world, order, first);
    const [line] = world.state.records('mrp.bom.line');
    world.state.change('mrp.bom.line', Number(line?.['id']), { product_qty: 3 });
    expect(await book(world, order, first)).toEqual(ref);
    await expect(book(world, order, of('S-2', [{ sku: 'KIT', quantity: 1 }]))).rejects.toMatchObject({
      message: expect.stringContaining('"TEE": 2 each, 3 in the bill'),
    });
    expect(stock(world)).toEqual([94, 47]);
  });

  it('has no lots, and comes whole', async () => {
    const world = aKitchen(version);
    const order = await anOrder(world);
    const wrong = [
      { sku: 'KIT', quantity: 1, lots: [{ lot: 'L-1', quantity: 1 }] },
      { sku: 'KIT', quantity: 0.5 },
    ];
    for (const line of wrong) {
      await expect(book(world, order, of('S-1', [line]))).rejects.toMatchObject({
        code: 'record.rejected',
        message: expect.stringContaining('of the kit "KIT"'),
      });
    }
    expect(stock(world)).toEqual([100, 50]);
  });

  it('is packed with its components', async () => {
    const world = aKitchen(version);
    const order = await anOrder(world);
    const sscc = ['340123450000000017', '340123450000000024'];
    const parcels = sscc.map((code, index) => ({
      id: code,
      carrier: 'UPS',
      trackingNumber: `1Z${index}`,
      sscc: code,
      lines: [{ sku: 'KIT', quantity: index + 1 }],
    }));
    await book(world, order, of('S-1', [], { parcels }));
    expect(stock(world)).toEqual([94, 47]);
    const names = new Map(
      ['stock.package', 'stock.quant.package'].flatMap((model) => {
        try {
          return world.state.records(model).map((row) => [row['id'], row['name']] as const);
        } catch {
          return [];
        }
      }),
    );
    const packed = world.state.records('stock.move.line').filter((row) => row['result_package_id']);
    expect(packed.map((row) => [names.get(row['result_package_id']), row['quantity']])).toEqual([
      [sscc[0], 2],
      [sscc[1], 4],
      [sscc[0], 1],
      [sscc[1], 2],
    ]);
  });
});

describe('a SKU that no delivery has', () => {
  it('and that is no kit, is refused by name', async () => {
    const world = aKitchen();
    const order = await anOrder(world);
    await expect(book(world, order, of('S-1', [{ sku: 'SOCK', quantity: 1 }]))).rejects.toMatchObject({
      message: expect.stringContaining('"SOCK" is in no delivery of the order'),
    });
  });

  it('because somebody put another product in its place, is refused by name', async () => {
    const world = aWorld();
    const order = await anOrder(world, { lines: [aLine({ sku: 'TEE', quantity: 4 })] });
    const cap = world.state.records('product.product').find((one) => one['default_code'] === 'CAP');
    const [move] = world.state.records('stock.move').filter((one) => one['picking_id']);
    world.state.change('stock.move', Number(move?.['id']), { product_id: Number(cap?.['id']) });
    await expect(book(world, order, of('S-1', [{ sku: 'TEE', quantity: 1 }]))).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"TEE"'),
    });
  });
});

async function aShippedOrder(world: World) {
  const lines = [aLine({ sku: 'TEE', quantity: 5 }), aLine({ id: '2', sku: 'KIT', quantity: 4 })];
  const order = await anOrder(world, { lines });
  await book(
    world,
    order,
    of('S-1', [
      { sku: 'KIT', quantity: 3 },
      { sku: 'TEE', quantity: 5 },
    ]),
  );
  await book(world, order, of('S-2', [{ sku: 'KIT', quantity: 1 }]));
  return order;
}

function open(world: World, order: Ref<'order'>, sku: string, quantity: number, number: string) {
  const draft = { number, order, lines: [{ id: '1', sku, quantity }] };
  return world.connect().returns.create(draft, { idempotencyKey: number });
}

function counted(sku: string, received: number) {
  return { sku, received, condition: 'opened', disposition: 'restock' } as const;
}

describe.each(versions)('a kit that comes back to Odoo %s', (version) => {
  it('is announced and counted by its SKU, on the order line that it was sold on', async () => {
    const world = aKitchen(version);
    const order = await aShippedOrder(world);
    const [ref, same] = await Promise.all([1, 2].map(() => open(world, order, 'KIT', 4, 'RMA-1')));
    if (!ref) throw new Error('no return');
    expect(same).toEqual(ref);
    expect(await world.erp.returns.get(ref)).toMatchObject({
      lines: [
        { sku: 'TEE', expected: 8 },
        { sku: 'CAP', expected: 4 },
      ],
    });
    const arrived = { return: ref, receivedAt: '2026-11-21T08:00:00Z' };
    const first = { ...arrived, lines: [counted('KIT', 2)] };
    await world.erp.returns.confirm(first, { idempotencyKey: 'a' });
    await world.connect().returns.confirm(first, { idempotencyKey: 'a' });
    expect(stock(world)).toEqual([91, 48]);
    await world.erp.returns.confirm(
      { ...arrived, lines: [counted('TEE', 4), counted('CAP', 2)] },
      { idempotencyKey: 'b' },
    );
    expect(stock(world)).toEqual([95, 50]);
    const more = world.erp.returns.confirm({ ...arrived, lines: [counted('KIT', 1)] }, { idempotencyKey: 'c' });
    await expect(more).rejects.toMatchObject({ message: expect.stringContaining('"KIT": 1 too many, 0 open') });
    const lines = world.state.records('sale.order.line').map((row) => row['id']);
    const back = world.state.records('stock.move').filter((row) => row['origin_returned_move_id']);
    expect(new Set(back.map((row) => row['sale_line_id']))).toEqual(new Set([lines[1]]));
  });

  it('is no more than left, and whole', async () => {
    const world = aKitchen(version);
    const order = await aShippedOrder(world);
    await expect(open(world, order, 'KIT', 5, 'RMA-1')).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"KIT": 1 too many'),
    });
    await expect(open(world, order, 'KIT', 0.5, 'RMA-1')).rejects.toMatchObject({ code: 'record.rejected' });
    await open(world, order, 'CAP', 1, 'RMA-2');
    await expect(open(world, order, 'KIT', 1, 'RMA-3')).rejects.toMatchObject({
      message: expect.stringContaining('makes no whole kits'),
    });
    expect(world.state.pickings.filter(({ name }) => name.startsWith('RET/'))).toHaveLength(1);
  });
});
