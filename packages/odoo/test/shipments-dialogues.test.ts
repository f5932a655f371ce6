import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
const key = { idempotencyKey: 'S-1' };
const body = z.looseObject({});

/** An Odoo where a module asks all the same: whoever validates a delivery cannot skip this question. */
function insisting(world: World, skip: 'skip_backorder' | 'skip_sms' | 'skip_expired') {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const sent = await request.clone().text();
    if (!`${request.url} ${sent}`.includes('button_validate')) return world.platform.fetch(request);
    const asked = JSON.stringify(body.parse(JSON.parse(sent))).replace(`"${skip}":true`, `"${skip}":false`);
    return world.platform.fetch(request.url, { method: 'POST', headers: request.headers, body: asked });
  };
  return world.connect({ fetch });
}

function operations({ platform }: World): readonly string[] {
  return platform.journal.all.map(({ operation }) => operation);
}

async function order(world: World, sku: string, quantity: number) {
  const lines = [aLine({ sku, quantity })];
  return world.erp.orders.create(aDraft({ lines, customer: world.customer }), { idempotencyKey: sku });
}

describe.each(versions)('a dialogue of Odoo %s', (version) => {
  it('about an SMS is answered without one', async () => {
    const world = aWorld(version);
    const tees = await order(world, 'TEE', 4);
    const shipment = aShipment([{ sku: 'TEE', quantity: 4 }]);
    await insisting(world, 'skip_sms').shipments.confirm({ order: tees, shipment }, key);
    expect(operations(world)).toContain('confirm.stock.sms.dont_send_sms');
    expect(world.state.stockOf('TEE').onHand).toBe(96);
  });

  it('about goods past their day is answered: they have left', async () => {
    const world = aWorld(version);
    const { state } = world;
    state.addProduct({ sku: 'MILK', tracking: 'lot', price: 2 });
    state.setStock('MILK', 5, { lot: 'L-1' });
    const lot = Number(state.records('stock.lot')[0]?.['id']);
    state.change('stock.lot', lot, { expiration_date: '2026-01-01 00:00:00' });
    const milk = await order(world, 'MILK', 2);
    const shipment = aShipment([{ sku: 'MILK', quantity: 2, lots: [{ lot: 'L-1', quantity: 2 }] }]);
    await insisting(world, 'skip_expired').shipments.confirm({ order: milk, shipment }, key);
    expect(operations(world)).toContain('expiry.picking.confirmation.process');
    expect(state.stockOf('MILK').onHand).toBe(3);
  });

  it.each([
    ['backorder', 'process', 6, 'partial'],
    ['cancel', 'process_cancel_backorder', 0, 'full'],
  ] as const)('about the rest is answered as the options say: %s', async (unshipped, method, open, status) => {
    const world = aWorld(version, { unshipped });
    const tees = await order(world, 'TEE', 10);
    const shipment = aShipment([{ sku: 'TEE', quantity: 4 }]);
    await insisting(world, 'skip_backorder').shipments.confirm({ order: tees, shipment }, key);
    expect(operations(world)).toContain(`stock.backorder.confirmation.${method}`);
    expect(world.state.stockOf('TEE')).toMatchObject({ onHand: 96, reserved: open });
    expect(world.state.saleOrders[0]?.deliveryStatus).toBe(status);
  });
});

describe.each(versions)('the rest of a delivery in Odoo %s', (version) => {
  it('is canceled where the options say so, once, and what left is not shipped again', async () => {
    const world = aWorld(version, { unshipped: 'cancel' });
    const tees = await order(world, 'TEE', 10);
    const shipment = aShipment([{ sku: 'TEE', quantity: 4 }]);
    world.platform.faults.next('stock.picking.button_validate', { kind: 'drop', when: 'after' });
    await world.erp.shipments.confirm({ order: tees, shipment }, key);
    await world.connect().shipments.confirm({ order: tees, shipment }, key);
    expect(world.state.stockOf('TEE')).toEqual({ onHand: 96, reserved: 0, free: 96 });
    expect(world.state.saleOrders[0]).toMatchObject({
      deliveryStatus: 'full',
      lines: [{ quantity: 10, delivered: 4 }],
    });
    const late = aShipment([{ sku: 'TEE', quantity: 6 }], {
      ref: { system: 'warehouse', kind: 'shipment', id: 'S-2' },
      number: 'S-2',
    });
    await expect(
      world.erp.shipments.confirm({ order: tees, shipment: late }, { idempotencyKey: 'S-2' }),
    ).rejects.toMatchObject({
      code: 'record.rejected',
    });
  });
});

type Skip = Parameters<typeof insisting>[1];
const asked: readonly (readonly [string, Skip, string])[] = [
  ['the rest', 'skip_backorder', 'stock.backorder.confirmation.process'],
  ['goods past their day', 'skip_expired', 'expiry.picking.confirmation.process'],
];

/** Five bottles of milk of a lot that is past its day. */
function oldMilk({ state }: World) {
  state.addProduct({ sku: 'MILK', tracking: 'lot', price: 2 });
  state.setStock('MILK', 5, { lot: 'L-1' });
  const lot = Number(state.records('stock.lot')[0]?.['id']);
  state.change('stock.lot', lot, { expiration_date: '2026-01-01 00:00:00' });
}

const ofLot = (quantity: number) => ({ sku: 'MILK', lots: [{ lot: 'L-1', quantity }] });

describe.each(versions)('what arrives in Odoo %s', (version) => {
  it.each(asked)('from a vendor is booked where Odoo asks about %s', async (_, skip, operation) => {
    const world = aWorld(version);
    oldMilk(world);
    const line = { id: '1', sku: 'MILK', quantity: 10, unitPrice: { amount: '1.00', currency: 'USD' } };
    const purchase = await world.erp.purchases.create(
      { number: 'PO-1', supplier: world.customer, lines: [line] },
      { idempotencyKey: 'p' },
    );
    const lines = [{ ...ofLot(4), received: 4, damaged: 0 }];
    const receipt = { purchase, number: 'A-1', lines, receivedAt: '2026-11-26T08:00:00Z' };
    await insisting(world, skip).receipts.confirm(receipt, { idempotencyKey: 'a' });
    expect(operations(world)).toContain(operation);
    expect(world.state.stockOf('MILK').onHand).toBe(9);
    expect(await world.erp.purchases.get(purchase)).toMatchObject({ lines: [{ received: 4 }] });
  });

  it.each(asked)('from a buyer is booked where Odoo asks about %s', async (_, skip, operation) => {
    const world = aWorld(version);
    oldMilk(world);
    const milk = await order(world, 'MILK', 5);
    const shipment = aShipment([{ ...ofLot(5), quantity: 5 }]);
    await world.erp.shipments.confirm({ order: milk, shipment }, key);
    const draft = { number: 'RMA-1', order: milk, lines: [{ id: '1', sku: 'MILK', quantity: 4 }] };
    const ref = await world.erp.returns.create(draft, { idempotencyKey: 'r' });
    const lines = [{ ...ofLot(3), received: 3, condition: 'opened', disposition: 'restock' } as const];
    const receipt = { return: ref, lines, receivedAt: '2026-11-26T08:00:00Z' };
    await insisting(world, skip).returns.confirm(receipt, { idempotencyKey: 'a' });
    expect(operations(world)).toContain(operation);
    expect(world.state.stockOf('MILK').onHand).toBe(3);
    expect(await world.erp.returns.get(ref)).toMatchObject({ lines: [{ expected: 4, received: 3 }] });
  });

  it('from a vendor stays open, and is named, where a dialogue is asked that nobody knows', async () => {
    const world = aWorld(version);
    const line = { id: '1', sku: 'TEE', quantity: 10, unitPrice: { amount: '1.00', currency: 'USD' } };
    const purchase = await world.erp.purchases.create(
      { number: 'PO-1', supplier: world.customer, lines: [line] },
      { idempotencyKey: 'p' },
    );
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const sent = `${request.url} ${await request.clone().text()}`;
      if (!sent.includes('button_validate')) return world.platform.fetch(request);
      const result = { type: 'ir.actions.act_window', res_model: 'acme.weighing', context: {} };
      return Response.json(sent.includes('jsonrpc') ? { jsonrpc: '2.0', id: 1, result } : result);
    };
    const lines = [{ sku: 'TEE', received: 4, damaged: 0 }];
    const receipt = { purchase, number: 'A-1', lines, receivedAt: '2026-11-26T08:00:00Z' };
    await expect(world.connect({ fetch }).receipts.confirm(receipt, { idempotencyKey: 'a' })).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('acme.weighing'),
    });
    expect(world.state.stockOf('TEE').onHand).toBe(100);
    await world.erp.receipts.confirm(receipt, { idempotencyKey: 'a' });
    expect(world.state.stockOf('TEE').onHand).toBe(104);
  });
});
