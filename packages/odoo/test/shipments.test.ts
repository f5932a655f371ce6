import { isCommerceError, shipmentSchema, type Ref, type Shipment } from '@crossdock/core';
import { describe, expect, it, vi } from 'vitest';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'warehouse/S-1#confirm' };
type World = ReturnType<typeof aWorld>;

/** An order of ten tees and two caps, confirmed. */
async function anOrder(
  world: World,
  lines = [aLine({ sku: 'TEE', quantity: 10 }), aLine({ id: '2', sku: 'CAP', quantity: 2 })],
  id = '5001',
): Promise<Ref<'order'>> {
  const source = { system: 'shop', kind: 'order', id } as const;
  return world.erp.orders.create(aDraft({ lines, customer: world.customer, source }), { idempotencyKey: id });
}

function another(id: string, lines: Parameters<typeof aShipment>[0], change: Partial<Shipment> = {}): Shipment {
  return aShipment(lines, { ref: { system: 'warehouse', kind: 'shipment', id }, number: id, ...change });
}

const whole = aShipment([
  { sku: 'TEE', quantity: 10 },
  { sku: 'CAP', quantity: 2 },
]);

describe.each(versions)('a shipment booked in Odoo %s', (version) => {
  it('makes the delivery done, with its tracking number', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const ref = await world.erp.shipments.confirm({ order, shipment: whole }, key);
    expect(world.state.pickings).toMatchObject([{ id: Number(ref.id), state: 'done', trackingRef: '1Z999' }]);
    expect(world.state.stockOf('TEE')).toMatchObject({ onHand: 90, reserved: 0 });
    expect(world.state.saleOrders).toMatchObject([{ deliveryStatus: 'full' }]);
  });

  it('is booked once, however often, under whatever key and from whichever process', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const one = await world.erp.shipments.confirm({ order, shipment: whole }, key);
    const again = await world.erp.shipments.confirm({ order, shipment: whole }, key);
    const elsewhere = await world
      .connect()
      .shipments.confirm({ order, shipment: whole }, { idempotencyKey: 'another' });
    expect([again, elsewhere]).toEqual([one, one]);
    expect(world.state.stockOf('TEE').onHand).toBe(90);
  });

  it('leaves a backorder of what is still to come, which the next shipment makes done', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const first = another('S-1', [{ sku: 'TEE', quantity: 4 }]);
    await world.erp.shipments.confirm({ order, shipment: first }, key);
    expect(world.state.pickings.map(({ state }) => state).toSorted()).toEqual(['assigned', 'done']);
    expect(world.state.saleOrders).toMatchObject([{ deliveryStatus: 'partial' }]);
    const second = another('S-2', [
      { sku: 'TEE', quantity: 6 },
      { sku: 'CAP', quantity: 2 },
    ]);
    await world.erp.shipments.confirm({ order, shipment: second }, { idempotencyKey: 'S-2' });
    // A late repeat of the first one must not be taken for something new.
    await world.erp.shipments.confirm({ order, shipment: first }, key);
    expect(world.state.stockOf('TEE')).toMatchObject({ onHand: 90, reserved: 0 });
    expect(world.state.saleOrders).toMatchObject([{ deliveryStatus: 'full' }]);
  });

  it('of nothing but one product leaves the others reserved', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    await world.erp.shipments.confirm({ order, shipment: another('S-1', [{ sku: 'CAP', quantity: 2 }]) }, key);
    expect(world.state.stockOf('CAP').onHand).toBe(48);
    expect(world.state.stockOf('TEE')).toMatchObject({ onHand: 100, reserved: 10 });
  });

  it.each(['stock.picking.write', 'stock.picking.button_validate'])(
    'is booked once when the answer to %s is lost',
    async (operation) => {
      const world = aWorld(version);
      const order = await anOrder(world);
      world.platform.faults.next(operation, { kind: 'drop', when: 'after' });
      await world.erp.shipments.confirm({ order, shipment: another('S-1', [{ sku: 'TEE', quantity: 4 }]) }, key);
      expect(world.state.stockOf('TEE').onHand).toBe(96);
      expect(world.state.pickings).toHaveLength(2);
    },
  );

  it('goes on with what was begun when the process died before the validation', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const shipment = another('S-1', [{ sku: 'TEE', quantity: 4 }]);
    const revive = world.platform.faults.always('stock.picking.button_validate', { kind: 'drop', when: 'before' });
    await expect(world.erp.shipments.confirm({ order, shipment }, key)).rejects.toSatisfy((error) =>
      isCommerceError(error, 'write.uncertain'),
    );
    revive();
    await world.connect().shipments.confirm({ order, shipment }, key);
    expect(world.state.stockOf('TEE').onHand).toBe(96);
  });

  it('gets a tracking number that comes later, and nothing else', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const without = { ...whole, parcels: whole.parcels.map(({ trackingNumber: _number, ...parcel }) => parcel) };
    await world.erp.shipments.confirm({ order, shipment: without }, key);
    expect(world.state.pickings).toMatchObject([{ trackingRef: undefined }]);
    await world.erp.shipments.confirm({ order, shipment: whole }, { idempotencyKey: 'tracking' });
    expect(world.state.pickings).toMatchObject([{ trackingRef: '1Z999' }]);
    expect(world.state.stockOf('TEE').onHand).toBe(90);
  });

  it.each([1, 6])('of %s is refused under the key that booked four, and books nothing', async (quantity) => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const confirm = (count: number) =>
      world.connect().shipments.confirm({ order, shipment: another('S-1', [{ sku: 'TEE', quantity: count }]) }, key);
    const ref = await confirm(4);
    await expect(confirm(quantity)).rejects.toMatchObject({ code: 'key.reused' });
    const other = another('S-2', [{ sku: 'TEE', quantity: 4 }]);
    const elsewhere = world.erp.shipments.confirm({ order, shipment: other }, key);
    await expect(elsewhere).rejects.toMatchObject({ code: 'key.reused' });
    expect(await confirm(4)).toEqual(ref);
    expect(world.state.stockOf('TEE').onHand).toBe(96);
  });

  it('may grow under another key, and is not taken for done when it is said to be less', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const confirm = (count: number, idempotencyKey: string) => {
      const shipment = another('S-1', [{ sku: 'TEE', quantity: count }]);
      return world.connect().shipments.confirm({ order, shipment }, { idempotencyKey });
    };
    const ref = await confirm(4, 'a');
    await expect(confirm(1, 'b')).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(await confirm(6, 'c')).toEqual(ref);
    expect([await confirm(6, 'c'), await confirm(4, 'a')]).toEqual([ref, ref]);
    expect(world.state.stockOf('TEE').onHand).toBe(94);
  });

  it('that was begun and never booked is corrected under its key', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const confirm = (count: number) =>
      world.erp.shipments.confirm({ order, shipment: another('S-1', [{ sku: 'TEE', quantity: count }]) }, key);
    const revive = world.platform.faults.always('stock.picking.button_validate', { kind: 'drop', when: 'before' });
    await expect(confirm(4)).rejects.toMatchObject({ code: 'write.uncertain' });
    revive();
    await confirm(3);
    await expect(confirm(4)).rejects.toMatchObject({ code: 'key.reused' });
    expect(world.state.stockOf('TEE').onHand).toBe(97);
  });

  it('is refused when it is more than is open, and books nothing', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    const shipment = another('S-1', [
      { sku: 'TEE', quantity: 11 },
      { sku: 'CAP', quantity: 1 },
    ]);
    const error = await world.erp.shipments.confirm({ order, shipment }, key).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"TEE": 1 too many, 10 open') as string,
    });
    expect(world.state.pickings).toMatchObject([{ state: 'assigned' }]);
    expect(world.state.stockOf('CAP').onHand).toBe(50);
  });

  it('is refused when somebody booked it by hand', async () => {
    const world = aWorld(version);
    const order = await anOrder(world);
    world.state.ship(world.state.saleOrders[0]?.name ?? '');
    await expect(world.erp.shipments.confirm({ order, shipment: whole }, key)).rejects.toMatchObject({
      code: 'record.rejected',
    });
    expect(world.state.stockOf('TEE').onHand).toBe(90);
  });

  it('fills several lines of one product', async () => {
    const world = aWorld(version);
    const lines = [aLine({ sku: 'TEE', quantity: 3 }), aLine({ id: '2', sku: 'TEE', quantity: 4, price: '9.00' })];
    const order = await anOrder(world, lines);
    await world.erp.shipments.confirm({ order, shipment: another('S-1', [{ sku: 'TEE', quantity: 5 }]) }, key);
    expect(world.state.stockOf('TEE')).toMatchObject({ onHand: 95, reserved: 2 });
  });

  it('names lots where Odoo tracks them', async () => {
    const world = aWorld(version);
    const { state } = world;
    state.addProduct({ sku: 'MILK', tracking: 'lot', price: 2 });
    state.setStock('MILK', 5, { lot: 'L-1' });
    state.setStock('MILK', 9, { lot: 'L-2' });
    const order = await anOrder(world, [aLine({ sku: 'MILK', quantity: 6 })]);
    const lot = (name: string) => another('S-1', [{ sku: 'MILK', quantity: 6, lots: [{ lot: name, quantity: 6 }] }]);
    await expect(
      world.erp.shipments.confirm({ order, shipment: another('S-1', [{ sku: 'MILK', quantity: 6 }]) }, key),
    ).rejects.toMatchObject({ code: 'record.rejected' });
    await expect(world.erp.shipments.confirm({ order, shipment: lot('L-9') }, key)).rejects.toMatchObject({
      code: 'record.rejected',
    });
    expect(world.platform.journal.of('stock.picking.write')).toEqual([]);
    await world.erp.shipments.confirm({ order, shipment: lot('L-2') }, key);
    expect(state.stockOf('MILK')).toMatchObject({ onHand: 8 });
    const [page] = await all(world.erp.shipments.pull({}));
    expect(page?.items[0]?.parcels[0]?.lines).toEqual([
      { sku: 'MILK', quantity: 6, lots: [{ lot: 'L-2', quantity: 6 }] },
    ]);
  });
});

describe('two shipments of one order', () => {
  it('that are booked at the same moment are both booked, once', async () => {
    const world = aWorld();
    const order = await anOrder(world, [aLine({ sku: 'TEE', quantity: 10 })]);
    const parts = [another('S-1', [{ sku: 'TEE', quantity: 4 }]), another('S-2', [{ sku: 'TEE', quantity: 5 }])];
    const book = (shipment: Shipment) =>
      world.connect().shipments.confirm({ order, shipment }, { idempotencyKey: shipment.number });
    const refs = await Promise.all(parts.map(book));
    for (const [index, shipment] of parts.entries()) expect(await book(shipment)).toEqual(refs[index]);
    expect(world.state.stockOf('TEE').onHand).toBe(91);
  });
});

describe('a shipment that meets another one', () => {
  const [first, second] = [
    another('S-1', [{ sku: 'TEE', quantity: 4 }]),
    another('S-2', [{ sku: 'TEE', quantity: 5 }]),
  ];

  it('takes over a delivery on which the other one died, and the other one is booked later', async () => {
    const world = aWorld();
    const order = await anOrder(world, [aLine({ sku: 'TEE', quantity: 10 })]);
    const revive = world.platform.faults.always('stock.picking.button_validate', { kind: 'drop', when: 'before' });
    await expect(world.erp.shipments.confirm({ order, shipment: first }, key)).rejects.toMatchObject({
      code: 'write.uncertain',
    });
    revive();
    await world.erp.shipments.confirm({ order, shipment: second }, { idempotencyKey: 'S-2' });
    expect(world.state.stockOf('TEE').onHand).toBe(95);
    await world.erp.shipments.confirm({ order, shipment: first }, key);
    await world.erp.shipments.confirm({ order, shipment: second }, { idempotencyKey: 'S-2' });
    expect(world.state.stockOf('TEE').onHand).toBe(91);
  });

  it('is planned anew when the other one overwrote it before it was validated', async () => {
    const world = aWorld();
    const order = await anOrder(world, [aLine({ sku: 'TEE', quantity: 10 })]);
    world.platform.faults.next('stock.picking.write', { kind: 'slow', ms: 30_000 });
    const { clock } = world.platform;
    const release = clock.hold();
    const slow = world.erp.shipments.confirm({ order, shipment: first }, key).catch((error: unknown) => error);
    await vi.waitFor(() => expect(clock.sleepers).toBeGreaterThan(0));
    await world.connect().shipments.confirm({ order, shipment: second }, { idempotencyKey: 'S-2' });
    release();
    expect(await slow).toMatchObject({ kind: 'shipment' });
    expect(await world.erp.shipments.confirm({ order, shipment: first }, key)).toEqual(await slow);
    expect(world.state.stockOf('TEE').onHand).toBe(91);
  });

  it('changes nothing on a delivery that the other one had made done, and is booked on the rest', async () => {
    const world = aWorld();
    const order = await anOrder(world, [aLine({ sku: 'TEE', quantity: 10 })]);
    await world.connect().inventory.get(['TEE']);
    world.platform.faults.next('product.product.read', { kind: 'slow', ms: 30_000 });
    const { clock } = world.platform;
    const release = clock.hold();
    const slow = world.erp.shipments
      .confirm({ order, shipment: second }, { idempotencyKey: 'S-2' })
      .catch((error: unknown) => error);
    await vi.waitFor(() => expect(clock.sleepers).toBeGreaterThan(0));
    await world.connect().shipments.confirm({ order, shipment: first }, key);
    release();
    expect(await slow).toMatchObject({ kind: 'shipment' });
    expect(world.state.pickings.map(({ moves }) => moves.map(({ quantity }) => quantity))).toEqual([[4], [5], [1]]);
    expect(world.state.stockOf('TEE').onHand).toBe(91);
  });
});

describe('dialogues', () => {
  it('are skipped', async () => {
    const world = aWorld();
    const order = await anOrder(world);
    await world.erp.shipments.confirm({ order, shipment: another('S-1', [{ sku: 'TEE', quantity: 4 }]) }, key);
    expect(world.platform.journal.all.filter(({ operation }) => /confirmation|sms/.test(operation))).toEqual([]);
  });

  it('about a backorder are answered when they come all the same', async () => {
    const world = aWorld();
    const order = await anOrder(world);
    const id = world.state.pickings[0]?.id ?? 0;
    const dialogue = {
      type: 'ir.actions.act_window',
      res_model: 'stock.backorder.confirmation',
      context: { button_validate_picking_ids: [id], default_pick_ids: [[4, id]] },
    };
    world.platform.faults.next('stock.picking.button_validate', {
      kind: 'answer',
      status: 200,
      body: JSON.stringify(dialogue),
    });
    await world.erp.shipments.confirm({ order, shipment: another('S-1', [{ sku: 'TEE', quantity: 4 }]) }, key);
    expect(world.state.stockOf('TEE').onHand).toBe(96);
  });

  it('that nobody knows leave the delivery open and are named', async () => {
    const world = aWorld();
    const order = await anOrder(world);
    const dialogue = { type: 'ir.actions.act_window', res_model: 'acme.weighing', context: {} };
    world.platform.faults.next('stock.picking.button_validate', {
      kind: 'answer',
      status: 200,
      body: JSON.stringify(dialogue),
    });
    const confirmed = world.erp.shipments.confirm({ order, shipment: whole }, key);
    await expect(confirmed).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('acme.weighing') as string,
    });
  });
});

describe('an order that cannot be shipped', () => {
  it('is said to be canceled', async () => {
    const world = aWorld();
    const order = await anOrder(world);
    await world.erp.orders.cancel(order, 'customer', { idempotencyKey: 'c' });
    await expect(world.erp.shipments.confirm({ order, shipment: whole }, key)).rejects.toMatchObject({
      code: 'record.rejected',
    });
  });

  it('is said to be missing', async () => {
    const world = aWorld();
    const order = { system: 'odoo', kind: 'order', id: '4711' } as const;
    await expect(world.erp.shipments.confirm({ order, shipment: whole }, key)).rejects.toMatchObject({
      code: 'record.missing',
    });
  });

  it('is said to be of another system', async () => {
    const world = aWorld();
    const order = { system: 'shop', kind: 'order', id: '1' } as const;
    await expect(world.erp.shipments.confirm({ order, shipment: whole }, key)).rejects.toMatchObject({
      code: 'record.invalid',
    });
  });
});

describe('carriers', () => {
  it('are Odoo’s where the options name them, and stand in the note where not', async () => {
    const world = aWorld();
    const ups = world.state.addCarrier({ name: 'United Parcel' });
    const order = await anOrder(world);
    const erp = world.connect({ carriers: { UPS: ups } });
    await erp.shipments.confirm({ order, shipment: whole }, key);
    expect(world.state.pickings).toMatchObject([{ carrier: 'United Parcel' }]);
    const [page] = await all(erp.shipments.pull({}));
    expect(page?.items[0]?.parcels[0]).toMatchObject({ carrier: 'UPS', trackingNumber: '1Z999' });
  });

  it('have several numbers for several parcels', async () => {
    const world = aWorld();
    const order = await anOrder(world);
    const parcels = ['1Z1', '1Z2'].map((trackingNumber, index) => ({
      id: trackingNumber,
      carrier: 'Åland Post',
      trackingNumber,
      lines: [index === 0 ? { sku: 'TEE', quantity: 10 } : { sku: 'CAP', quantity: 2 }],
    }));
    await world.erp.shipments.confirm({ order, shipment: { ...whole, parcels } }, key);
    expect(world.state.pickings).toMatchObject([{ trackingRef: '1Z1,1Z2' }]);
    expect(world.state.records('stock.picking')[0]?.['note']).toContain('Åland Post 1Z1');
    const [page] = await all(world.erp.shipments.pull({}));
    expect(page?.items[0]?.parcels.map(({ trackingNumber }) => trackingNumber)).toEqual(['1Z1', '1Z2']);
  });
});

describe('pulling shipments', () => {
  it.each(versions)('gives what was done on %s, and goes on from its cursor', async (version) => {
    const world = aWorld(version);
    const { state, platform } = world;
    await anOrder(world);
    await anOrder(world, [aLine({ sku: 'CAP', quantity: 1 })], '5002');
    const [one, two] = state.saleOrders;
    state.ship(one?.name ?? '', { quantities: { TEE: 3 }, trackingRef: '1Z3' });
    const pages = await all(world.erp.shipments.pull({}));
    const [shipment] = pages.flatMap(({ items }) => items);
    expect(() => shipmentSchema.parse(shipment)).not.toThrow();
    expect(shipment).toMatchObject({
      status: 'handed-over',
      order: { id: String(one?.id) },
      parcels: [{ trackingNumber: '1Z3', lines: [{ sku: 'TEE', quantity: 3 }] }],
    });
    await platform.clock.advance(3_600_000);
    state.ship(two?.name ?? '');
    const later = await all(world.erp.shipments.pull({ cursor: pages.at(-1)?.cursor ?? '' }));
    expect(later.flatMap(({ items }) => items.map(({ order }) => order?.id))).toContain(String(two?.id));
  });
});
