import type { ReceiptDraft, Ref, Shipment } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
type ParcelLine = Shipment['parcels'][number]['lines'][number];

/** A world with two watches, of which the first left with an order of its own. */
async function aShop(version: (typeof versions)[number]): Promise<World> {
  const world = aWorld(version);
  world.state.addProduct({ sku: 'WATCH', tracking: 'serial', price: 90 });
  for (const lot of ['W-1', 'W-2']) world.state.setStock('WATCH', 1, { lot });
  const order = await anOrder(world, 'first', [aLine({ sku: 'WATCH' })]);
  const gone = shipmentOf('first', [watch('W-1')]);
  await world.erp.shipments.confirm({ order, shipment: gone }, { idempotencyKey: 'first' });
  return world;
}

async function anOrder(
  { erp, customer }: World,
  id: string,
  lines = [aLine({ sku: 'WATCH' }), aLine({ id: '2', sku: 'TEE', quantity: 3 })],
): Promise<Ref<'order'>> {
  const source = { system: 'shop', kind: 'order', id } as const;
  return erp.orders.create(aDraft({ lines, customer, source }), { idempotencyKey: id });
}

function shipmentOf(number: string, lines: readonly ParcelLine[]): Shipment {
  return aShipment([...lines], { ref: { system: 'warehouse', kind: 'shipment', id: number }, number });
}

const watch = (serial: string) => ({ sku: 'WATCH', quantity: 1, serials: [serial] });
const tees = { sku: 'TEE', quantity: 2 };
const left = { code: 'record.rejected', message: expect.stringMatching(/its mark stay on "WH\/OUT\/\d+"/) };

/** What stands on the open transfers of an order. */
function standing({ state }: World, order: Ref<'order'>) {
  const pickings = state.records('stock.picking').filter((one) => one['sale_id'] === Number(order.id));
  const moves = state.records('stock.move').filter((one) => pickings.some(({ id }) => id === one['picking_id']));
  const lines = state.records('stock.move.line').filter((one) => moves.some(({ id }) => id === one['move_id']));
  return {
    pickings: pickings.map((one) => [one['state'], one['note'] ?? '', one['carrier_tracking_ref'] ?? '']),
    moves: moves.map((one) => [one['state'], one['quantity'], one['picked'] ?? false]),
    lines: lines.map((one) => [one['lot_id'], one['quantity'], one['picked'] ?? false]),
  };
}

describe.each(versions)('a shipment that Odoo %s refuses to validate', (version) => {
  it('leaves the delivery as it was, and is booked once it is corrected', async () => {
    const world = await aShop(version);
    const order = await anOrder(world, 'second');
    const before = standing(world, order);
    const confirm = (serial: string) =>
      world.erp.shipments.confirm(
        { order, shipment: shipmentOf('S-2', [watch(serial), tees]) },
        { idempotencyKey: 'S-2' },
      );
    await expect(confirm('W-1')).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringMatching(/already been assigned.*was taken back/s),
    });
    expect(standing(world, order)).toEqual(before);
    await confirm('W-2');
    expect(world.state.stockOf('WATCH').onHand).toBe(0);
  });

  it('stays for a person, by name, where somebody had picked before', async () => {
    const world = await aShop(version);
    const order = await anOrder(world, 'second');
    await world.client().write('stock.move', [openTees(world)], { picked: true });
    const shipment = shipmentOf('S-2', [watch('W-1'), tees]);
    const shipped = world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: 'S-2' });
    await expect(shipped).rejects.toMatchObject(left);
  });

  it('stays for a person where somebody wrote in between', async () => {
    const world = await aShop(version);
    const order = await anOrder(world, 'second');
    const shipment = shipmentOf('S-2', [watch('W-1'), tees]);
    const change = () => world.client().write('stock.move', [openTees(world)], { quantity: 1 });
    const shipped = beforeValidation(world, change).shipments.confirm({ order, shipment }, { idempotencyKey: 'S-2' });
    await expect(shipped).rejects.toMatchObject(left);
    expect(world.state.records('stock.move').find(({ id }) => id === openTees(world))).toMatchObject({ quantity: 1 });
  });

  it('stays for a person where it cannot be set back', async () => {
    const world = await aShop(version);
    const order = await anOrder(world, 'second');
    const shipment = shipmentOf('S-2', [watch('W-1'), tees]);
    const refuse = async () =>
      world.platform.faults.next('stock.picking.write', { kind: 'answer', status: 503, body: 'away' });
    const shipped = beforeValidation(world, refuse).shipments.confirm({ order, shipment }, { idempotencyKey: 'S-2' });
    await expect(shipped).rejects.toMatchObject({ code: 'record.rejected', refs: expect.arrayContaining([order]) });
  });

  it('is taken back for an arrival, too', async () => {
    const world = await aShop(version);
    const purchase = await world.erp.purchases.create(
      {
        number: 'PO-7',
        supplier: world.customer,
        lines: [{ id: '1', sku: 'WATCH', quantity: 1, unitPrice: { amount: '3.50', currency: 'USD' } }],
      },
      { idempotencyKey: 'p' },
    );
    const lots = [{ lot: 'W-2', quantity: 1 }];
    const lines: ReceiptDraft['lines'] = [{ sku: 'WATCH', received: 1, damaged: 0, lots }];
    const draft = { purchase, number: 'A-1', lines, receivedAt: '2026-11-26T08:00:00Z' };
    await expect(world.erp.receipts.confirm(draft, { idempotencyKey: 'a' })).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('was taken back'),
    });
    const picking = world.state.records('stock.picking').findLast((one) => one['state'] === 'assigned');
    expect(picking).toMatchObject({ note: false });
  });
});

/** The move of tees that is open. */
function openTees({ state }: World): number {
  const product = state.records('product.product').find((one) => one['default_code'] === 'TEE');
  const moves = state.records('stock.move').filter((one) => one['product_id'] === product?.['id']);
  const move = moves.find((one) => one['state'] !== 'done' && one['state'] !== 'cancel');
  return Number(move?.['id']);
}

/** An Odoo in which something happens right before it validates a transfer. */
function beforeValidation(world: World, what: () => Promise<unknown>) {
  let isDone = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const said = `${request.url} ${await request.clone().text()}`;
    if (!isDone && said.includes('button_validate')) {
      isDone = true;
      await what();
    }
    return world.platform.fetch(request);
  };
  return world.connect({ fetch });
}
