import { describe, expect, it } from 'vitest';
import { draft, shipBobWithGoods } from './caller.ts';

const hourMs = 3_600_000;

describe('an order’s way through the warehouse', () => {
  it('is picked, packed, labelled, shipped and delivered as time passes', async () => {
    const { call, state, clock } = shipBobWithGoods({
      pickAfterMs: hourMs,
      shipAfterMs: 4 * hourMs,
      deliverAfterMs: 24 * hourMs,
    });
    await call('POST', '/order', draft('1042'));
    const seen: (string | undefined)[] = [];
    for (let hour = 0; hour <= 28; hour += 1) {
      const [shipment] = state.shipmentsOf('1042');
      if (seen.at(-1) !== shipment?.stage) seen.push(shipment?.stage);
      await clock.advance(hourMs);
    }
    expect(seen).toEqual(['received', 'picked', 'packed', 'labelled', 'shipped', 'delivered']);
    expect(state.inventoryOf('TEE')).toMatchObject({ onHand: 8, committed: 0 });
  });

  it('does not make an automatic clock go on by itself', async () => {
    const { call, state, clock } = shipBobWithGoods();
    const before = clock.now();
    await call('POST', '/order', draft('1042'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(clock.now()).toBe(before);
    expect(state.shipmentsOf('1042')[0]?.stage).toBe('received');
  });

  it('stays where it is told to stay', async () => {
    const { call, state, clock } = shipBobWithGoods({ shipAfterMs: false });
    await call('POST', '/order', draft('1042'));
    await clock.advance(1000 * hourMs);
    expect(state.shipmentsOf('1042')[0]?.stage).toBe('picked');
  });

  it('says Completed for what left, and delivered only by detail 203', async () => {
    const { call, state } = shipBobWithGoods();
    const { body } = await call('POST', '/order', draft('1042'));
    state.ship('1042');
    const shipped = await call('GET', `/shipment/${state.shipmentsOf('1042')[0]?.id}`);
    expect(shipped.body).toMatchObject({
      status: 'Completed',
      status_details: [{ id: 200 }],
      tracking: { carrier: 'UPS', tracking_number: expect.stringMatching(/^1Z\d{16}$/) },
      delivery_date: null,
      measurements: { total_weight_oz: 16 },
      products: [{ sku: 'TEE', inventory_items: [{ quantity: 2 }] }],
    });
    state.deliver('1042');
    const list = await call('GET', `/order/${(body as { id: number }).id}/shipment`);
    expect(list.body).toMatchObject([
      { status: 'Completed', status_details: [{ id: 203 }], delivery_date: expect.any(String) },
    ]);
  });

  it('leaves in two shipments that share a line, when not all of it fits into one', async () => {
    const { call, state } = shipBobWithGoods({ piecesPerShipment: 2 });
    const lines = [
      ['TEE', 3],
      ['MUG', 1],
    ] as const;
    await call('POST', '/order', draft('1042', lines));
    state.ship('1042');
    const held = state
      .shipmentsOf('1042')
      .map((shipment) => shipment.lines.map(({ sku, quantity }) => [sku, quantity]));
    expect(held).toEqual([
      [['TEE', 2]],
      [
        ['TEE', 1],
        ['MUG', 1],
      ],
    ]);
    expect(state.inventoryOf('TEE')).toMatchObject({ onHand: 7, committed: 0 });
  });

  it('may leave with no carrier and no number, and is told of all the same', async () => {
    const { shipBob, call, state } = shipBobWithGoods({ shipsUntracked: true });
    state.subscribe('https://receiver.example.test/hooks', ['order.shipped']);
    shipBob.webhooks.deliver = async () => new Response(null, { status: 204 });
    await call('POST', '/order', draft('1042'));
    state.ship('1042');
    const { body } = await call('GET', `/shipment/${state.shipmentsOf('1042')[0]?.id}`);
    expect(body).toMatchObject({ status: 'Completed', tracking: null, last_tracking_update_at: null });
    expect(shipBob.webhooks.postings.map(({ topic }) => topic)).toEqual(['order.shipped']);
  });

  it('is partly fulfilled while one of two shipments is out', async () => {
    const { call, state } = shipBobWithGoods({ linesPerShipment: 1 });
    const { body } = await call(
      'POST',
      '/order',
      draft('1042', [
        ['TEE', 1],
        ['MUG', 1],
      ]),
    );
    const [first] = state.shipmentsOf('1042');
    const simulated = await call('POST', '/simulate/shipment', {
      shipment_id: first?.id,
      simulation: { action: 'ShipOrder', delay: 0 },
    });
    expect(simulated.status).toBe(202);
    expect((await call('GET', `/order/${(body as { id: number }).id}`)).body).toMatchObject({
      status: 'PartiallyFulfilled',
    });
  });

  it('ships and delivers on request, after the delay that was asked for', async () => {
    const { call, state, clock } = shipBobWithGoods();
    await call('POST', '/order', draft('1042'));
    const [shipment] = state.shipmentsOf('1042');
    const simulation = { action: 'DeliverOrder', delay: 90 };
    const { body } = await call('POST', '/simulate/shipment', { shipment_id: shipment?.id, simulation });
    const path = `/simulate/status/${(body as { simulation_id: string }).simulation_id}`;
    expect((await call('GET', path)).body).toMatchObject({ status: 'Pending' });
    await clock.advance(120_000);
    expect((await call('GET', path)).body).toMatchObject({ status: 'Completed' });
    expect(state.counts.delivered).toBe(1);
  });

  it('waits on hold, and starts over when it is released', async () => {
    const { call, state, clock } = shipBobWithGoods();
    await call('POST', '/order', draft('1042'));
    state.hold('1042');
    await clock.advance(48 * hourMs);
    expect(state.shipmentsOf('1042')[0]?.stage).toBe('on-hold');
    state.release('1042');
    await clock.advance(7 * hourMs);
    expect(state.shipmentsOf('1042')[0]?.stage).toBe('shipped');
  });

  it('ships nothing that was canceled before it was picked', async () => {
    const { call, state, clock } = shipBobWithGoods();
    const { body } = await call('POST', '/order', draft('1042'));
    await call('POST', `/order/${(body as { id: number }).id}:cancel`);
    await clock.advance(48 * hourMs);
    expect(state.counts).toMatchObject({ shipped: 0, canceled: 1 });
  });

  it('gives moments of the warehouse without an offset where it is told to', async () => {
    const { call, state } = shipBobWithGoods({ naiveTimes: true });
    await call('POST', '/order', draft('1042'));
    state.ship('1042');
    const { body } = await call('GET', `/shipment/${state.shipmentsOf('1042')[0]?.id}`);
    // 2026-11-01T00:00:00Z is 19:00 the evening before, in Wisconsin.
    expect(body).toMatchObject({
      actual_fulfillment_date: '2026-10-31T19:00:00',
      location: { timezone: 'Central Standard Time' },
    });
  });

  it('ships lots with the expiry that they were received with', async () => {
    const { call, state } = shipBobWithGoods();
    state.addInventory('JAM', 4, { lot: 'L7', expiresOn: '2027-05-01' });
    await call('POST', '/order', draft('1042', [['JAM', 1]]));
    state.ship('1042');
    const { body } = await call('GET', `/shipment/${state.shipmentsOf('1042')[0]?.id}`);
    expect(body).toMatchObject({ products: [{ inventory_items: [{ lot: 'L7', expiration_date: '2027-05-01' }] }] });
  });
});

describe('many orders', () => {
  it('takes 500 orders of 100 lines and ships them all in a few seconds', async () => {
    const { call, state, clock } = shipBobWithGoods({ requestsPerMinute: 100_000 });
    const skus = Array.from({ length: 100 }, (_, index) => `SKU-${index}`);
    for (const sku of skus) state.addInventory(sku, 500);
    const startedAt = performance.now();
    for (let number = 0; number < 500; number += 1) {
      const { status } = await call(
        'POST',
        '/order',
        draft(
          `order-${number}`,
          skus.map((sku) => [sku, 1]),
        ),
      );
      if (status !== 201) throw new Error(`Order ${number} was answered with ${status}.`);
    }
    await clock.advance(7 * hourMs);
    expect(state.counts).toMatchObject({ orders: 500, shipped: 500, exceptions: 0 });
    expect(state.inventoryOf('SKU-99')).toMatchObject({ onHand: 0, committed: 0 });
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  }, 30_000);
});
