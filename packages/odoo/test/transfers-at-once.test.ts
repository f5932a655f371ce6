import type { Ref, ReturnReceipt, Shipment } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
type Lines = Parameters<typeof aShipment>[0];

async function anOrder(world: World, lines = [aLine({ sku: 'TEE', quantity: 40 })]): Promise<Ref<'order'>> {
  return world.erp.orders.create(aDraft({ lines, customer: world.customer }), { idempotencyKey: 'o' });
}

function shipment(id: string, lines: Lines): Shipment {
  return aShipment(lines, { ref: { system: 'warehouse', kind: 'shipment', id }, number: id });
}

/** A process of its own that books a shipment. */
function book(world: World, order: Ref<'order'>, one: Shipment): Promise<Ref<'shipment'>> {
  return world.connect().shipments.confirm({ order, shipment: one }, { idempotencyKey: one.number });
}

/** An Odoo in which somebody does something right before our next call of a method gets there. */
function interrupted(
  world: World,
  method: 'write' | 'button_validate' | 'search_read',
  what: () => Promise<unknown>,
  model = 'stock.picking',
) {
  let isDone = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const said = `${request.url} ${await request.clone().text()}`;
    if (!isDone && said.includes(model) && new RegExp(`/${method}\\b|"${method}"`).test(said)) {
      isDone = true;
      await what();
    }
    return world.platform.fetch(request);
  };
  return { erp: world.connect({ fetch }), isDone: () => isDone };
}

/** What a person does who types quantities by SKU into the oldest open transfer, and validates it where `isDone`. */
async function byHand(world: World, quantities: Readonly<Record<string, number>>, { isDone = true } = {}) {
  const client = world.client();
  const open = world.state.pickings.find(({ state }) => state === 'assigned');
  const id = open?.id ?? 0;
  for (const [sku, quantity] of Object.entries(quantities)) {
    const product = world.state.records('product.product').find((one) => one['default_code'] === sku);
    const move = world.state
      .records('stock.move')
      .find((one) => one['picking_id'] === id && one['product_id'] === product?.['id']);
    await client.write('stock.move', [Number(move?.['id'])], { quantity, picked: true });
  }
  if (!isDone) return;
  const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' as const };
  await client.call('stock.picking', 'button_validate', call, { context: { skip_backorder: true, skip_sms: true } });
}

/** What was done on each transfer to or from a buyer, oldest first: the sums of its moves. */
function doneIn({ state }: World): readonly number[] {
  return state.pickings
    .filter((one) => one.state === 'done')
    .map(({ moves }) => moves.reduce((sum, { quantity }) => sum + quantity, 0));
}

describe.each(versions)('shipments of one order at one moment in Odoo %s', (version) => {
  it.each([2, 8])('are all booked, each once: %i of them', async (count) => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const parts = Array.from({ length: count }, (_, index) =>
      shipment(`S-${index}`, [{ sku: 'TEE', quantity: index + 1 }]),
    );
    const refs = await Promise.all(parts.flatMap((part) => [book(world, order, part), book(world, order, part)]));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(count);
    const sum = (count * (count + 1)) / 2;
    expect(world.state.stockOf('TEE')).toMatchObject({ onHand: 100 - sum, reserved: 40 - sum });
    expect(doneIn(world).toSorted((a, b) => a - b)).toEqual(parts.map((_, index) => index + 1));
    // One chain: every transfer but the first is the rest of another one.
    const above = world.state.records('stock.picking').map((row) => row['backorder_id']);
    expect(new Set(above).size).toBe(above.length);
    expect(above).toHaveLength(count + 1);
    for (const [index, part] of parts.entries()) expect(await book(world, order, part)).toEqual(refs[index * 2]);
    const [page] = await all(world.erp.shipments.pull({}));
    const told = page?.items.flatMap(({ parcels }) => parcels.flatMap(({ lines }) => lines.map((one) => one.quantity)));
    expect(told?.toSorted((a, b) => a - b)).toEqual(parts.map((_, index) => index + 1));
  });

  it('are all booked where each has goods of its own', async () => {
    const world = aWorld(version);
    const order = await anOrder(world, [
      aLine({ sku: 'TEE', quantity: 10 }),
      aLine({ id: '2', sku: 'CAP', quantity: 6 }),
    ]);
    const parts = [
      shipment('S-1', [{ sku: 'TEE', quantity: 10 }]),
      shipment('S-2', [{ sku: 'CAP', quantity: 2 }]),
      shipment('S-3', [{ sku: 'CAP', quantity: 4 }]),
    ];
    const refs = await Promise.all(parts.map((part) => book(world, order, part)));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(3);
    expect(['TEE', 'CAP'].map((sku) => world.state.stockOf(sku).onHand)).toEqual([90, 44]);
    expect(world.state.saleOrders[0]?.deliveryStatus).toBe('full');
  });

  it('are refused by name where they are more than was ordered, and the rest is booked', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const parts = ['S-1', 'S-2', 'S-3'].map((id) => shipment(id, [{ sku: 'TEE', quantity: 15 }]));
    const answers = await Promise.allSettled(parts.map((part) => book(world, order, part)));
    const reasons = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(reasons).toMatchObject([
      { code: 'record.rejected', message: expect.stringContaining('5 too many, 10 open') },
    ]);
    expect(world.state.stockOf('TEE').onHand).toBe(70);
  });

  it('are planned anew where a person validates first', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const { erp, isDone } = interrupted(world, 'write', () => byHand(world, { TEE: 30 }));
    const ours = shipment('S-1', [{ sku: 'TEE', quantity: 10 }]);
    await erp.shipments.confirm({ order, shipment: ours }, { idempotencyKey: 's' });
    expect(isDone()).toBe(true);
    expect(doneIn(world)).toEqual([30, 10]);
    expect(world.state.stockOf('TEE').onHand).toBe(60);
  });

  it.each([
    ['another shipment', 'S-2', 10],
    ['the same one in another process', 'S-1', 4],
  ])('are planned anew where the deliveries were read while %s was booked', async (_, id, quantity) => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const other = shipment(id, [{ sku: 'TEE', quantity }]);
    const { erp, isDone } = interrupted(world, 'search_read', () => book(world, order, other), 'stock.move');
    const ours = shipment('S-1', [{ sku: 'TEE', quantity: 4 }]);
    await erp.shipments.confirm({ order, shipment: ours }, { idempotencyKey: 'S-1' });
    expect(isDone()).toBe(true);
    expect(doneIn(world)).toEqual(id === 'S-1' ? [4] : [10, 4]);
  });

  it('say so where a person leaves too little for them', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const { erp } = interrupted(world, 'write', () => byHand(world, { TEE: 35 }));
    const ours = shipment('S-1', [{ sku: 'TEE', quantity: 10 }]);
    const confirmed = erp.shipments.confirm({ order, shipment: ours }, { idempotencyKey: 's' });
    await expect(confirmed).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"TEE": 5 too many, 5 open'),
    });
    expect(doneIn(world)).toEqual([35]);
  });

  it('go on with what is missing where a person typed less after they were written', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const { erp } = interrupted(world, 'button_validate', () => byHand(world, { TEE: 6 }));
    const ours = shipment('S-1', [{ sku: 'TEE', quantity: 10 }]);
    await erp.shipments.confirm({ order, shipment: ours }, { idempotencyKey: 's' });
    expect(doneIn(world)).toEqual([6, 4]);
    expect(world.state.stockOf('TEE').onHand).toBe(90);
  });

  it('wait for a person where one typed more after they were written', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const { erp } = interrupted(world, 'button_validate', () => byHand(world, { TEE: 12 }, { isDone: false }));
    const ours = shipment('S-1', [{ sku: 'TEE', quantity: 10 }]);
    const confirmed = erp.shipments.confirm({ order, shipment: ours }, { idempotencyKey: 's' });
    await expect(confirmed).rejects.toMatchObject({ code: 'write.uncertain', message: expect.stringContaining('S-1') });
    expect(doneIn(world)).toEqual([12]);
  });

  it('book nothing of what somebody picks while they are written', async () => {
    const world = aWorld(version);
    const order = await anOrder(world, [
      aLine({ sku: 'TEE', quantity: 10 }),
      aLine({ id: '2', sku: 'CAP', quantity: 2 }),
    ]);
    const { erp } = interrupted(world, 'write', () => byHand(world, { CAP: 1 }, { isDone: false }));
    const ours = shipment('S-1', [{ sku: 'TEE', quantity: 4 }]);
    await erp.shipments.confirm({ order, shipment: ours }, { idempotencyKey: 's' });
    expect(['TEE', 'CAP'].map((sku) => world.state.stockOf(sku).onHand)).toEqual([96, 50]);
  });
});

async function aReturn(world: World, quantity: number): Promise<Ref<'return'>> {
  const order = await anOrder(world);
  await book(world, order, shipment('S-1', [{ sku: 'TEE', quantity: 40 }]));
  const draft = { number: 'RMA-1', order, lines: [{ id: '1', sku: 'TEE', quantity }] };
  return world.erp.returns.create(draft, { idempotencyKey: 'r' });
}

function arrived(ref: Ref<'return'>, received: number): ReturnReceipt {
  const line = { sku: 'TEE', received, condition: 'opened', disposition: 'restock' } as const;
  return { return: ref, lines: [line], receivedAt: '2026-11-21T08:00:00Z' };
}

function confirm(world: World, receipt: ReturnReceipt, idempotencyKey: string) {
  return world.connect().returns.confirm(receipt, { idempotencyKey });
}

describe.each(versions)('arrivals of one return at one moment in Odoo %s', (version) => {
  it.each([2, 8])('are all booked, each once: %i of them', async (count) => {
    const world = aWorld(version);
    const ref = await aReturn(world, 38);
    const keys = Array.from({ length: count }, (_, index) => index + 1);
    const answers = await Promise.all(
      keys.flatMap((size) => [1, 2].map(() => confirm(world, arrived(ref, size), `a${size}`))),
    );
    for (const answer of answers) expect(answer).toEqual(ref);
    const sum = (count * (count + 1)) / 2;
    expect(world.state.stockOf('TEE').onHand).toBe(60 + sum);
    expect(
      doneIn(world)
        .slice(1)
        .toSorted((a, b) => a - b),
    ).toEqual(keys);
    for (const size of keys) expect(await confirm(world, arrived(ref, size), `a${size}`)).toEqual(ref);
    expect(await world.erp.returns.get(ref)).toMatchObject({ lines: [{ expected: 38, received: sum }] });
  });

  it('are planned anew where a person validates first, and wait for a person who typed more', async () => {
    const world = aWorld(version);
    const ref = await aReturn(world, 20);
    const first = interrupted(world, 'write', () => byHand(world, { TEE: 5 }));
    await first.erp.returns.confirm(arrived(ref, 6), { idempotencyKey: 'a' });
    expect(doneIn(world)).toEqual([40, 5, 6]);
    const second = interrupted(world, 'button_validate', () => byHand(world, { TEE: 8 }, { isDone: false }));
    const confirmed = second.erp.returns.confirm(arrived(ref, 2), { idempotencyKey: 'b' });
    await expect(confirmed).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(doneIn(world)).toEqual([40, 5, 6, 8]);
  });
});
