import type { Ref, ReturnReceipt } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
type Counted = ReturnReceipt['lines'][number];

async function anOrder(world: World, sku: string, quantity: number): Promise<Ref<'order'>> {
  const lines = [aLine({ sku, quantity })];
  return world.erp.orders.create(aDraft({ lines, customer: world.customer }), { idempotencyKey: 'o' });
}

function backOf(order: Ref<'order'>, sku: string, quantity: number, number = 'RMA-1') {
  return { number, order, lines: [{ id: '1', sku, quantity }] };
}

function arrived(ref: Ref<'return'>, ...lines: readonly Partial<Counted>[]): ReturnReceipt {
  const counted = { sku: 'TEE', received: 1, condition: 'opened', disposition: 'restock' } as const;
  return { return: ref, lines: lines.map((line) => ({ ...counted, ...line })), receivedAt: '2026-11-21T08:00:00Z' };
}

function lots(one: number, other: number) {
  return [
    { lot: 'L-1', quantity: one },
    { lot: 'L-2', quantity: other },
  ];
}

function named(...names: readonly string[]) {
  return names.map((lot) => ({ lot, quantity: 1 }));
}

const aside = { condition: 'defective', disposition: 'quarantine' } as const;

describe.each(versions)('what came back to Odoo %s', (version) => {
  it('is told and booked by its lots', async () => {
    const world = aWorld(version);
    const { state, erp } = world;
    state.addProduct({ sku: 'MILK', tracking: 'lot', price: 2 });
    state.setStock('MILK', 5, { lot: 'L-1' });
    state.setStock('MILK', 5, { lot: 'L-2' });
    const order = await anOrder(world, 'MILK', 8);
    const shipment = aShipment([{ sku: 'MILK', quantity: 8, lots: lots(5, 3) }]);
    await erp.shipments.confirm({ order, shipment }, { idempotencyKey: 's' });
    const ref = await erp.returns.create(backOf(order, 'MILK', 5), { idempotencyKey: 'r' });
    const nameless = erp.returns.confirm(arrived(ref, { sku: 'MILK', received: 4 }), { idempotencyKey: 'a' });
    await expect(nameless).rejects.toMatchObject({ code: 'record.rejected' });
    const unknown = [{ lot: 'L-9', quantity: 4 }];
    const strange = erp.returns.confirm(arrived(ref, { sku: 'MILK', received: 4, lots: unknown }), {
      idempotencyKey: 'a',
    });
    await expect(strange).rejects.toMatchObject({ code: 'record.rejected' });
    expect(state.stockOf('MILK').onHand).toBe(2);
    await erp.returns.confirm(arrived(ref, { sku: 'MILK', received: 4, lots: lots(3, 1) }), { idempotencyKey: 'a' });
    expect(state.stockOf('MILK').onHand).toBe(6);
    expect(await erp.returns.get(ref)).toMatchObject({ lines: [{ sku: 'MILK', received: 4, lots: lots(3, 1) }] });
    const rest = arrived(ref, { sku: 'MILK', received: 1, lots: [{ lot: 'L-1', quantity: 1 }] });
    await erp.returns.confirm(rest, { idempotencyKey: 'b' });
    expect(await erp.returns.get(ref)).toMatchObject({ lines: [{ sku: 'MILK', received: 5, lots: lots(4, 1) }] });
  });

  it('is booked and told in the product’s unit where its transfer counts in dozens', async () => {
    const world = aWorld(version);
    const { state, erp } = world;
    const order = await anOrder(world, 'TEE', 40);
    await erp.shipments.confirm(
      { order, shipment: aShipment([{ sku: 'TEE', quantity: 40 }]) },
      { idempotencyKey: 's' },
    );
    const ref = await erp.returns.create(backOf(order, 'TEE', 36), { idempotencyKey: 'r' });
    inDozens(world, Number(ref.id));
    expect(await erp.returns.get(ref)).toMatchObject({ lines: [{ sku: 'TEE', expected: 36, received: 0 }] });
    const more = erp.returns.create(backOf(order, 'TEE', 5, 'RMA-2'), { idempotencyKey: 'r2' });
    await expect(more).rejects.toMatchObject({ code: 'record.rejected' });
    const odd = erp.returns.confirm(arrived(ref, { received: 7 }), { idempotencyKey: 'odd' });
    await expect(odd).rejects.toMatchObject({ code: 'record.rejected' });
    expect(state.stockOf('TEE').onHand).toBe(60);
    await erp.returns.confirm(arrived(ref, { received: 24 }), { idempotencyKey: 'a' });
    expect(state.stockOf('TEE').onHand).toBe(84);
    expect(await erp.returns.get(ref)).toMatchObject({ lines: [{ sku: 'TEE', expected: 36, received: 24 }] });
  });

  it('is booked by its lots where its transfer counts in dozens', async () => {
    const world = aWorld(version);
    const { state, erp } = world;
    state.addProduct({ sku: 'MILK', tracking: 'lot', price: 2 });
    state.setStock('MILK', 30, { lot: 'L-1' });
    state.setStock('MILK', 10, { lot: 'L-2' });
    const order = await anOrder(world, 'MILK', 40);
    const shipment = aShipment([{ sku: 'MILK', quantity: 40, lots: lots(30, 10) }]);
    await erp.shipments.confirm({ order, shipment }, { idempotencyKey: 's' });
    const ref = await erp.returns.create(backOf(order, 'MILK', 36), { idempotencyKey: 'r' });
    inDozens(world, Number(ref.id));
    const odd = erp.returns.confirm(arrived(ref, { sku: 'MILK', received: 11, lots: lots(6, 5) }), {
      idempotencyKey: 'odd',
    });
    await expect(odd).rejects.toMatchObject({ code: 'record.rejected' });
    expect(state.stockOf('MILK').onHand).toBe(0);
    const two = arrived(ref, { sku: 'MILK', received: 24, lots: lots(17, 7) });
    await erp.returns.confirm(two, { idempotencyKey: 'a' });
    await world.connect().returns.confirm(two, { idempotencyKey: 'a' });
    expect(state.stockOf('MILK').onHand).toBe(24);
    expect(await erp.returns.get(ref)).toMatchObject({ lines: [{ expected: 36, received: 24, lots: lots(17, 7) }] });
    await erp.returns.confirm(arrived(ref, { sku: 'MILK', received: 12, lots: lots(10, 2) }), { idempotencyKey: 'b' });
    expect(state.stockOf('MILK').onHand).toBe(36);
  });

  it('is booked by its serial numbers, each once', async () => {
    const world = aWorld(version);
    const { state, erp } = world;
    state.addProduct({ sku: 'WATCH', tracking: 'serial', price: 90 });
    const serials = ['W-1', 'W-2', 'W-3'];
    for (const lot of serials) state.setStock('WATCH', 1, { lot });
    const order = await anOrder(world, 'WATCH', 3);
    const shipment = aShipment([{ sku: 'WATCH', quantity: 3, serials }]);
    await erp.shipments.confirm({ order, shipment }, { idempotencyKey: 's' });
    const ref = await erp.returns.create(backOf(order, 'WATCH', 3), { idempotencyKey: 'r' });
    const first = arrived(ref, { sku: 'WATCH', received: 2, lots: named('W-3', 'W-1') });
    await erp.returns.confirm(first, { idempotencyKey: 'a' });
    await world.connect().returns.confirm(first, { idempotencyKey: 'a' });
    expect(state.stockOf('WATCH').onHand).toBe(2);
    expect(await erp.returns.get(ref)).toMatchObject({ lines: [{ expected: 3, received: 2 }] });
    await erp.returns.confirm(arrived(ref, { sku: 'WATCH', received: 1, lots: named('W-2') }), { idempotencyKey: 'b' });
    expect(state.stockOf('WATCH').onHand).toBe(3);
  });

  it('is not set aside where it would be for sale', async () => {
    const world = aWorld(version);
    const { state } = world;
    const [warehouse] = state.records('stock.warehouse');
    const inside = state.add('stock.location', {
      name: 'Quarantine',
      location_id: Number(warehouse?.['view_location_id']),
    });
    const erp = world.connect({ returnLocations: { quarantine: inside } });
    const order = await anOrder(world, 'TEE', 4);
    await erp.shipments.confirm({ order, shipment: aShipment([{ sku: 'TEE', quantity: 4 }]) }, { idempotencyKey: 's' });
    const ref = await erp.returns.create(backOf(order, 'TEE', 2), { idempotencyKey: 'r' });
    const booked = erp.returns.confirm(arrived(ref, { received: 2, ...aside }), { idempotencyKey: 'a' });
    await expect(booked).rejects.toMatchObject({
      code: 'options.invalid',
      message: expect.stringContaining('whose goods are for sale') as string,
    });
    expect(state.stockOf('TEE').onHand).toBe(96);
  });
});

describe('two returns of the same goods', () => {
  it('of which one was planned before the other stood: the later one is taken back, and tried again on what is left', async () => {
    const world = aWorld();
    const { state, platform } = world;
    const order = await anOrder(world, 'TEE', 10);
    await world.erp.shipments.confirm(
      { order, shipment: aShipment([{ sku: 'TEE', quantity: 10 }]) },
      { idempotencyKey: 's' },
    );
    // The other one comes between our look at what is left and our wizard.
    let comes: (() => Promise<unknown>) | undefined = () =>
      world.connect().returns.create(backOf(order, 'TEE', 8, 'FIRST'), { idempotencyKey: 'first' });
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const between = request.url.endsWith('/stock.return.picking/create') ? comes : undefined;
      if (between) comes = undefined;
      await between?.();
      return platform.fetch(request);
    };
    const ours = world.connect({ fetch });
    const draft = backOf(order, 'TEE', 8, 'SECOND');
    await expect(ours.returns.create(draft, { idempotencyKey: 'second' })).rejects.toMatchObject({
      code: 'platform.conflict',
    });
    const announced = () =>
      state.pickings.filter(({ name }) => name.startsWith('RET/')).flatMap(({ moves }) => moves.map((m) => m.demand));
    expect(announced()).toEqual([8]);
    await expect(ours.returns.create(draft, { idempotencyKey: 'second' })).rejects.toMatchObject({
      code: 'record.rejected',
    });
    expect(announced()).toEqual([8]);
    expect((await all(world.erp.returns.pull({}))).flatMap(({ items }) => items)).toHaveLength(1);
  });
});

/** Counts a transfer in dozens, as somebody would who orders by them. */
function inDozens({ state }: World, picking: number): void {
  const modern = state.records('uom.uom').some((unit) => 'relative_factor' in unit);
  const size = modern ? { relative_factor: 12, relative_uom_id: 1 } : { uom_type: 'bigger', factor_inv: 12 };
  const dozen = state.add('uom.uom', { name: 'Crate of twelve', ...size });
  for (const move of state.records('stock.move').filter((one) => one['picking_id'] === picking)) {
    for (const line of state.records('stock.move.line').filter((one) => one['move_id'] === move['id'])) {
      state.change('stock.move.line', Number(line['id']), { product_uom_id: dozen, quantity: 3 });
    }
    state.change('stock.move', Number(move['id']), { product_uom: dozen, product_uom_qty: 3 });
  }
}
