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
