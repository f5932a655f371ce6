import type { ReceiptDraft, Ref, Shipment } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
type ParcelLine = Shipment['parcels'][number]['lines'][number];
type ReceiptLine = ReceiptDraft['lines'][number];

/** A world with what is counted, what is told apart by lots, and what by serial numbers. */
function aShop(version: (typeof versions)[number]): World {
  const world = aWorld(version);
  world.state.addProduct({ sku: 'MILK', tracking: 'lot', price: 2 });
  world.state.setStock('MILK', 20, { lot: 'L-1' });
  world.state.addProduct({ sku: 'WATCH', tracking: 'serial', price: 90 });
  for (const lot of ['W-1', 'W-2']) world.state.setStock('WATCH', 1, { lot });
  return world;
}

async function ship(world: World, line: ParcelLine, ordered: number): Promise<unknown> {
  const lines = [aLine({ sku: line.sku, quantity: ordered })];
  const order = await world.erp.orders.create(aDraft({ lines, customer: world.customer }), { idempotencyKey: 'o' });
  return world.erp.shipments.confirm({ order, shipment: aShipment([line]) }, { idempotencyKey: 's' });
}

async function takeBack(world: World, line: ParcelLine, shipped: readonly ParcelLine[]): Promise<unknown> {
  const [first = line] = shipped;
  const quantity = shipped.reduce((sum, one) => sum + one.quantity, 0);
  const lines = [aLine({ sku: line.sku, quantity })];
  const order = await world.erp.orders.create(aDraft({ lines, customer: world.customer }), { idempotencyKey: 'o' });
  await world.erp.shipments.confirm({ order, shipment: aShipment([...shipped]) }, { idempotencyKey: 's' });
  const draft = { number: 'RMA-1', order, lines: [{ id: '1', sku: first.sku, quantity }] };
  const ref = await world.erp.returns.create(draft, { idempotencyKey: 'r' });
  const { sku, quantity: received, lots } = line;
  const counted = { sku, received, condition: 'opened', disposition: 'restock', ...(lots ? { lots } : {}) } as const;
  const receipt = { return: ref, lines: [counted], receivedAt: '2026-11-21T08:00:00Z' };
  return world.erp.returns.confirm(receipt, { idempotencyKey: 'a' });
}

async function receive(world: World, line: ReceiptLine, ordered: number): Promise<unknown> {
  const purchase: Ref<'purchase'> = await world.erp.purchases.create(
    {
      number: 'PO-7',
      supplier: world.customer,
      lines: [{ id: '1', sku: line.sku, quantity: ordered, unitPrice: { amount: '3.50', currency: 'USD' } }],
    },
    { idempotencyKey: 'p' },
  );
  const draft = { purchase, number: 'A-1', lines: [line], receivedAt: '2026-11-26T08:00:00Z' };
  return world.erp.receipts.confirm(draft, { idempotencyKey: 'a' });
}

/** Transfers as they were made: nothing on them is picked, and no mark of ours. */
function expectUntouched({ state }: World, from = 0): void {
  const open = state.pickings.slice(from);
  expect(open.map(({ state: word }) => word)).toEqual(open.map(() => 'assigned'));
  const moves = state.records('stock.move').filter((move) => open.some(({ id }) => id === move['picking_id']));
  expect(moves.map((move) => [move['picked'] ?? false, move['quantity']])).toEqual(
    moves.map((move) => [false, move['product_uom_qty']]),
  );
}

const lots = (quantity: number) => [{ lot: 'L-1', quantity }];
const rounded = {
  code: 'record.rejected',
  message: expect.stringMatching(/"1\.23[45]" of SKU "TEE".*steps of "0\.01"/),
};
const tooMany = {
  code: 'record.invalid',
  message: expect.stringContaining('"5" of SKU "MILK", whose line counts "2"'),
};

describe.each(versions)('counts that Odoo %s would not book as they are', (version) => {
  it.each([1.234, 1.235])('are refused before anything of a shipment of %s is written', async (quantity) => {
    const world = aShop(version);
    await expect(ship(world, { sku: 'TEE', quantity }, 2)).rejects.toMatchObject(rounded);
    expectUntouched(world);
  });

  it('are refused for an arrival', async () => {
    const world = aShop(version);
    await expect(receive(world, { sku: 'TEE', received: 1.234, damaged: 0 }, 2)).rejects.toMatchObject(rounded);
    expectUntouched(world);
  });

  it('are refused for what came back', async () => {
    const world = aShop(version);
    const back = takeBack(world, { sku: 'TEE', quantity: 1.234 }, [{ sku: 'TEE', quantity: 2 }]);
    await expect(back).rejects.toMatchObject(rounded);
    expectUntouched(world, 1);
  });

  it('are refused for each lot, though the lots make a whole', async () => {
    const world = aShop(version);
    const lot = [...lots(1.234), { lot: 'L-2', quantity: 0.766 }];
    world.state.setStock('MILK', 20, { lot: 'L-2' });
    const line = { sku: 'MILK', quantity: 2, lots: lot };
    await expect(ship(world, line, 2)).rejects.toMatchObject({ code: 'record.rejected' });
    expectUntouched(world);
  });

  it('are refused in a unit that is kept whole', async () => {
    const world = aShop(version);
    const [unit] = world.state.records('uom.uom').filter(({ name }) => name === 'Units');
    world.state.change('uom.uom', Number(unit?.['id']), { rounding: 1 });
    await expect(ship(world, { sku: 'TEE', quantity: 1.5 }, 2)).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('steps of "1"'),
    });
    expectUntouched(world);
  });

  it('are booked where the unit keeps them', async () => {
    const world = aShop(version);
    await ship(world, { sku: 'TEE', quantity: 1.25 }, 2);
    expect(world.state.stockOf('TEE').onHand).toBe(98.75);
  });
});

describe.each(versions)('lots and serial numbers in Odoo %s', (version) => {
  it('that are more than their line are refused for a shipment', async () => {
    const world = aShop(version);
    await expect(ship(world, { sku: 'MILK', quantity: 2, lots: lots(5) }, 8)).rejects.toMatchObject(tooMany);
    expectUntouched(world);
  });

  it('that are more than their line are refused for what came back', async () => {
    const world = aShop(version);
    const shipped = [{ sku: 'MILK', quantity: 8, lots: lots(8) }];
    const back = takeBack(world, { sku: 'MILK', quantity: 2, lots: lots(5) }, shipped);
    await expect(back).rejects.toMatchObject(tooMany);
    expectUntouched(world, 1);
  });

  it('that are more than their line are refused for an arrival', async () => {
    const world = aShop(version);
    const line = { sku: 'MILK', received: 2, damaged: 0, lots: lots(5) };
    await expect(receive(world, line, 8)).rejects.toMatchObject({ code: 'record.invalid' });
    expectUntouched(world);
  });

  it.each<readonly [string, Partial<ParcelLine>]>([
    ['the same number twice', { serials: ['W-1', 'W-1'] }],
    ['more numbers than pieces', { quantity: 1, serials: ['W-1', 'W-2'] }],
    ['a number for two pieces', { lots: [{ lot: 'W-1', quantity: 2 }] }],
    ['a number for half a piece', { quantity: 0.5, lots: [{ lot: 'W-1', quantity: 0.5 }] }],
  ])('are refused for a shipment with %s', async (_case, change) => {
    const world = aShop(version);
    const line = { sku: 'WATCH', quantity: 2, ...change };
    await expect(ship(world, line, 2)).rejects.toMatchObject({ code: 'record.invalid' });
    expectUntouched(world);
  });

  it('are refused for an arrival with a serial number for two pieces', async () => {
    const world = aShop(version);
    const line = { sku: 'WATCH', received: 2, damaged: 0, lots: [{ lot: 'W-9', quantity: 2 }] };
    await expect(receive(world, line, 2)).rejects.toMatchObject({ code: 'record.invalid' });
    expectUntouched(world);
  });

  it('are refused for what came back under one serial number twice', async () => {
    const world = aShop(version);
    const shipped = [{ sku: 'WATCH', quantity: 2, serials: ['W-1', 'W-2'] }];
    const twice = { lot: 'W-1', quantity: 1 };
    const back = takeBack(world, { sku: 'WATCH', quantity: 2, lots: [twice, twice] }, shipped);
    await expect(back).rejects.toMatchObject({ code: 'record.invalid' });
    expectUntouched(world, 1);
  });
});
