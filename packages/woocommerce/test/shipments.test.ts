import { isCommerceError, type Shipment } from '@crossdock/core';
import type { FakeWooCommerceOptions } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { refOf, shippedOf } from './shop.ts';
import { pullAll, shipmentOf, shopWithGoods } from './world.ts';

const whole = (id = 's1') => shipmentOf(id, [{ lines: { TEE: 3, MUG: 2 }, tracking: '1Z-1' }]);
const tees = (id = 's1') => shipmentOf(id, [{ lines: { TEE: 3 }, tracking: '1Z-1' }]);
const mugs = (id = 's2') => shipmentOf(id, [{ lines: { MUG: 2 }, tracking: '1Z-2' }]);

function cancel({ shop }: ReturnType<typeof shopWithGoods>, id: number) {
  return shop.orders.cancel(refOf(id), 'customer', { idempotencyKey: 'c' });
}

const kinds: readonly (readonly [string, FakeWooCommerceOptions])[] = [
  ['notes', {}],
  ['the Shipment Tracking extension', { shipmentTracking: true }],
  ['core fulfillments', { fulfillments: true }],
];

describe.each(kinds)('a shop that shows shipments by %s', (_what, features) => {
  const world = (options = {}) => {
    const made = shopWithGoods(options, features);
    const id = made.place();
    const confirm = (shipment: Shipment, shop = made.shop) =>
      shop.shipments.confirm({ order: refOf(id), shipment }, { idempotencyKey: shipment.number });
    return { ...made, id, confirm, shipped: () => shippedOf(made.state, id, features) };
  };

  it('completes an order once everything left, and not before', async () => {
    const { confirm, id, statusOf, shipped, shop } = world();
    await confirm(tees());
    expect([statusOf(id), shipped()]).toEqual(['processing', 3]);
    expect((await shop.orders.get(refOf(id)))?.status).toBe('partially-shipped');
    await confirm(mugs());
    expect([statusOf(id), shipped()]).toEqual(['completed', 5]);
    expect((await shop.orders.get(refOf(id)))?.status).toBe('fulfilled');
  });

  it('confirms a shipment once, whoever asks, at once or a day later', async () => {
    const { confirm, shipped, connect, clock, state, id, fake, asked } = world();
    const [first, second] = await Promise.all([confirm(tees()), confirm(tees())]);
    expect(second).toEqual(first);
    await clock.advance(86_400_000);
    const since = fake.journal.all.length;
    expect(await confirm(tees(), connect())).toEqual(first);
    expect(asked(since).filter((operation) => !operation.startsWith('GET'))).toEqual([]);
    expect(shipped()).toBe(3);
    expect(state.order(id)?.status).toBe('processing');
  });

  it('counts two shipments that are confirmed at one moment by two processes', async () => {
    const { confirm, shipped, connect, fake } = world();
    const stop = fake.faults.always('*', { kind: 'slow', ms: 500 });
    await Promise.all([confirm(tees(), connect()), confirm(mugs(), connect())]);
    stop();
    expect(shipped()).toBe(5);
    // Each saw the other's half too late to complete the order; asked again, either does.
    await confirm(mugs(), connect());
    expect(shipped()).toBe(5);
  });

  it('takes the goods off the stock once when all parts are confirmed at one moment', async () => {
    const { confirm, state, id, statusOf } = world();
    await Promise.all([confirm(tees()), confirm(mugs()), confirm(tees()), confirm(mugs())]);
    expect(statusOf(id)).toBe('completed');
    expect([state.stockOf('TEE'), state.stockOf('MUG')]).toEqual([997, 998]);
  });

  it('refuses more than is open, and what was not ordered, and writes nothing', async () => {
    const { confirm, shipped } = world();
    await expect(confirm(shipmentOf('s1', [{ lines: { TEE: 4 } }]))).rejects.toMatchObject({ code: 'record.rejected' });
    await expect(confirm(shipmentOf('s1', [{ lines: { TEE: 1, HAT: 1 } }]))).rejects.toMatchObject({
      code: 'sku.unknown',
    });
    await expect(confirm(shipmentOf('s1', [{ lines: {} }]))).rejects.toMatchObject({ code: 'record.invalid' });
    await confirm(tees());
    await expect(confirm(shipmentOf('s2', [{ lines: { TEE: 1 } }]))).rejects.toMatchObject({ code: 'record.rejected' });
    expect(shipped()).toBe(3);
  });

  it.each(['cancelled', 'refunded'])('refuses an order that was %s meanwhile', async (status) => {
    const { confirm, state, id, shipped } = world();
    state.setStatus(id, status);
    await expect(confirm(whole())).rejects.toMatchObject({ code: 'record.rejected' });
    expect(shipped()).toBe(0);
  });

  it('knows from the team which statuses of plugins are over', async () => {
    const { confirm, state, id, statusOf, shipped } = world({
      statuses: { posted: 'fulfilled', withdrawn: 'canceled' },
    });
    state.setStatus(id, 'withdrawn');
    await expect(confirm(whole())).rejects.toMatchObject({ code: 'record.rejected' });
    state.setStatus(id, 'posted');
    await confirm(whole());
    expect([statusOf(id), shipped()]).toEqual(['posted', 5]);
  });

  it('says of an order that is not there that it is not there', async () => {
    const { shop, place } = world();
    for (const ref of [
      refOf(4711),
      refOf(place({ status: 'checkout-draft' })),
      { system: 'erp', kind: 'order', id: '1' } as const,
    ]) {
      const ended = shop.shipments.confirm({ order: ref, shipment: whole() }, { idempotencyKey: 'k' });
      await expect(ended).rejects.toMatchObject({ code: 'record.missing' });
    }
  });

  it('does not complete an order that nobody paid, because WooCommerce would note it as paid', async () => {
    const { shop, state, place, statusOf } = shopWithGoods({}, features);
    const id = place({ status: 'on-hold' });
    await shop.shipments.confirm({ order: refOf(id), shipment: whole() }, { idempotencyKey: 'k' });
    expect(statusOf(id)).toBe('on-hold');
    expect(shippedOf(state, id, features)).toBe(5);
  });

  it('leaves the status alone where the team wants it so', async () => {
    const { confirm, id, statusOf, shipped } = world({ completeWhenShipped: false });
    await confirm(whole());
    expect([statusOf(id), shipped()]).toEqual(['processing', 5]);
  });

  it('completes an order of which the rest was refunded, and ships none of that', async () => {
    const { confirm, state, id, statusOf } = world();
    const line = state.order(id)?.lines.find(({ quantity }) => quantity === 2);
    state.refund(id, { lines: [{ id: line?.id ?? 0, quantity: 2 }] });
    await expect(confirm(mugs())).rejects.toMatchObject({ code: 'record.rejected' });
    await confirm(tees());
    expect(statusOf(id)).toBe('completed');
  });

  it('is right to confirm again what was refunded after it left', async () => {
    const { confirm, state, id, shipped } = world();
    const first = await confirm(tees());
    const line = state.order(id)?.lines.find(({ quantity }) => quantity === 3);
    state.refund(id, { lines: [{ id: line?.id ?? 0, quantity: 3 }] });
    expect(await confirm(tees())).toEqual(first);
    expect(shipped()).toBe(3);
  });
});

describe('what people see', () => {
  it('is a note with the numbers, which the buyer is mailed only where the team wants it', async () => {
    for (const notifyBuyer of [false, true]) {
      const { shop, state, place } = shopWithGoods({ notifyBuyer });
      const id = place();
      const shipment = shipmentOf('s1', [
        { lines: { TEE: 3 }, tracking: '1Z-1', url: 'https://track.example/1Z-1' },
        { lines: { MUG: 2 }, tracking: 'N/A' },
      ]);
      await shop.shipments.confirm({ order: refOf(id), shipment }, { idempotencyKey: 'k' });
      const notes = state.notes(id).filter(({ note }) => note.includes('Shipment s1'));
      expect(notes).toHaveLength(1);
      expect(notes[0]?.note).toMatch(
        /^Shipment s1 has left: UPS 1Z-1 https:\/\/track\.example\/1Z-1 \(ref\. [0-9a-f]{20}\)$/,
      );
      expect(notes[0]?.customerNote).toBe(notifyBuyer);
    }
  });

  it('is a number that came later in a note of its own', async () => {
    const { shop, state, place } = shopWithGoods();
    const id = place();
    const confirm = (tracking?: string) => {
      const shipment = shipmentOf('s1', [{ lines: { TEE: 3 }, ...(tracking !== undefined && { tracking }) }]);
      return shop.shipments.confirm({ order: refOf(id), shipment }, { idempotencyKey: 'k' });
    };
    for (const tracking of [undefined, undefined, '1Z-9', '1Z-9']) await confirm(tracking);
    const notes = state.notes(id).filter(({ note }) => note.startsWith('Shipment s1'));
    expect(notes.map(({ note }) => note.includes('1Z-9'))).toEqual([false, true]);
  });

  it('are the numbers in the extension, with the carrier as it knows it', async () => {
    const { shop, state, place } = shopWithGoods({}, { shipmentTracking: true });
    const id = place();
    const shipment = shipmentOf('s1', [
      { lines: { TEE: 3 }, tracking: '1Z-1', carrier: 'ups' },
      { lines: { MUG: 2 }, tracking: 'QX 1', carrier: 'Bike Sam', url: 'https://sam.example/1' },
    ]);
    await shop.shipments.confirm({ order: refOf(id), shipment }, { idempotencyKey: 'k' });
    expect(state.trackings(id)).toMatchObject([
      { number: '1Z-1', provider: 'UPS', shippedOn: '2026-11-01' },
      { number: 'QX 1', provider: 'Bike Sam', link: 'https://sam.example/1', shippedOn: '2026-11-01' },
    ]);
  });

  it('is a fulfillment a parcel, with its lines', async () => {
    const { shop, state, place } = shopWithGoods({}, { fulfillments: true });
    const id = place();
    const shipment = shipmentOf('s1', [
      { lines: { TEE: 2 }, tracking: '1Z-1' },
      { lines: { TEE: 1, MUG: 2 }, tracking: '1Z-2' },
      { lines: {}, tracking: '1Z-3' },
    ]);
    await shop.shipments.confirm({ order: refOf(id), shipment }, { idempotencyKey: 'k' });
    const [tee, mug] = state.order(id)?.lines ?? [];
    const meta = state
      .fulfillments(id)
      .map(({ meta: all }) => Object.fromEntries(all.map(({ key, value }) => [key, value])));
    expect(meta).toMatchObject([
      { _items: [{ item_id: tee?.id, qty: 2 }], _tracking_number: '1Z-1, 1Z-3', _shipment_provider: 'UPS' },
      {
        _items: [
          { item_id: tee?.id, qty: 1 },
          { item_id: mug?.id, qty: 2 },
        ],
        _tracking_number: '1Z-2',
      },
    ]);
  });

  it('is one fulfillment though two processes made it at one moment', async () => {
    const { connect, state, place, fake } = shopWithGoods({}, { fulfillments: true });
    const id = place();
    const stop = fake.faults.always('*', { kind: 'slow', ms: 500 });
    const confirm = () => connect().shipments.confirm({ order: refOf(id), shipment: tees() }, { idempotencyKey: 'k' });
    await Promise.all([confirm(), confirm()]);
    stop();
    expect(shippedOf(state, id, { fulfillments: true })).toBe(3);
    expect(state.fulfillments(id)).toHaveLength(1);
  });
});

describe('a cancellation', () => {
  it('gives the stock back once, and moves no money', async () => {
    const world = shopWithGoods();
    const id = world.place();
    expect(world.state.stockOf('TEE')).toBe(997);
    for (let time = 0; time < 3; time += 1) expect(await cancel(world, id)).toEqual({ outcome: 'canceled' });
    expect(world.state.stockOf('TEE')).toBe(1000);
    expect(world.state.order(id)?.refunds ?? []).toEqual([]);
  });

  it.each(['completed', 'shipped in part'])('of an order that is %s is refused', async (how) => {
    const world = shopWithGoods();
    const id = world.place();
    if (how === 'completed') world.state.setStatus(id, 'completed');
    else await world.shop.shipments.confirm({ order: refOf(id), shipment: tees() }, { idempotencyKey: 'k' });
    const before = world.statusOf(id);
    expect(await cancel(world, id)).toMatchObject({ outcome: 'refused' });
    expect(world.statusOf(id)).toBe(before);
  });

  it('of an order that a plugin calls shipped is refused, and of one nobody knows is for a person', async () => {
    const world = shopWithGoods({ statuses: { shipped: 'fulfilled', withdrawn: 'canceled' } });
    const id = world.place();
    for (const [status, told] of [
      ['shipped', { outcome: 'refused' }],
      ['withdrawn', { outcome: 'canceled' }],
    ] as const) {
      world.state.setStatus(id, status);
      expect(await cancel(world, id)).toMatchObject(told);
    }
    world.state.setStatus(id, 'on-its-way');
    await expect(cancel(world, id)).rejects.toMatchObject({ code: 'status.unmapped' });
    expect(world.statusOf(id)).toBe('on-its-way');
  });

  it('of what is not there says so', async () => {
    const world = shopWithGoods();
    await expect(cancel(world, 4711)).rejects.toMatchObject({ code: 'record.missing' });
    const cart = world.place({ status: 'checkout-draft' });
    await expect(cancel(world, cart)).rejects.toMatchObject({ code: 'record.missing' });
  });

  it('waits for a shipment of the same order that is being confirmed', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const confirmed = world.shop.shipments.confirm({ order: refOf(id), shipment: tees() }, { idempotencyKey: 'k' });
    expect(await cancel(world, id)).toMatchObject({ outcome: 'refused' });
    await confirmed;
    const { orders } = await pullAll(world.shop.orders.pull({}));
    expect(orders[0]?.status).toBe('partially-shipped');
  });

  it('is stopped by its caller while it waits for its turn', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const stop = world.fake.faults.always('*', { kind: 'slow', ms: 5000 });
    const first = cancel(world, id);
    const controller = new AbortController();
    const second = world.shop.orders.cancel(refOf(id), 'customer', { idempotencyKey: 'd', signal: controller.signal });
    controller.abort();
    await expect(second).rejects.toSatisfy((error: unknown) => isCommerceError(error, 'call.aborted'));
    expect(await first).toEqual({ outcome: 'canceled' });
    stop();
  });
});
