import { describe, expect, it } from 'vitest';
import { draft, shipBobWithGoods } from './caller.ts';

describe('making an order', () => {
  it('takes it in, sets goods aside and says what it knows', async () => {
    const { call, state } = shipBobWithGoods();
    const { status, body } = await call('POST', '/order', draft('1042'));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      reference_id: '1042',
      status: 'Processing',
      products: [{ reference_id: 'TEE', quantity: 2, external_line_id: 1 }],
      shipments: [{ status: 'Processing', status_details: [], tracking: null }],
    });
    expect(state.inventoryOf('TEE')).toMatchObject({ onHand: 10, committed: 2 });
  });

  it('refuses a second order with the same reference, whatever is in it', async () => {
    const { call, state } = shipBobWithGoods();
    await call('POST', '/order', draft('1042'));
    const again = await call('POST', '/order', draft('1042', [['MUG', 1]]));
    expect(again).toMatchObject({ status: 422, body: { errors: [expect.stringContaining('ReferenceId')] } });
    expect(state.orders).toHaveLength(1);
    expect(state.counts.duplicatesRefused).toBe(1);
  });

  it('has made the order although the answer was lost', async () => {
    const { shipBob, call, state } = shipBobWithGoods();
    shipBob.faults.next('POST /order', { kind: 'drop', when: 'after' });
    await expect(call('POST', '/order', draft('1042'))).rejects.toThrow('fetch failed');
    expect(state.shipmentsOf('1042')).toHaveLength(1);
    const found = await call('GET', '/order?ReferenceIds=1042,9999');
    expect(found.body).toMatchObject([{ reference_id: '1042' }]);
  });

  it.each([
    ['no reference', { reference_id: undefined }, 'reference_id'],
    ['a reference of 301 characters', { reference_id: 'x'.repeat(301) }, 'reference_id'],
    ['an unknown type', { type: 'Drone' }, 'type'],
    ['no products', { products: [] }, 'products'],
    ['half a product', { products: [{ reference_id: 'TEE', quantity: 0.5 }] }, 'products[0].quantity'],
    ['a product without a name', { products: [{ quantity: 1 }] }, 'products[0].reference_id'],
    ['no address', { recipient: { name: 'Jane Roe' } }, 'recipient.address'],
    [
      'a country by name',
      { recipient: { ...draft('1').recipient, address: { ...draft('1').recipient.address, country: 'Spain' } } },
      'recipient.address.country',
    ],
  ])('refuses %s, by field', async (_what, wrong, field) => {
    const { call, state } = shipBobWithGoods();
    const { status, body } = await call('POST', '/order', { ...draft('1042'), ...wrong });
    expect(status).toBe(400);
    expect(Object.keys(body ?? {})).toEqual([field]);
    expect(state.orders).toHaveLength(0);
  });

  it('refuses what is no JSON', async () => {
    const { call } = shipBobWithGoods();
    expect((await call('POST', '/order', '{"reference_id":')).status).toBe(400);
  });

  it('wants the channel, and the one that is the token’s', async () => {
    const { shipBob, call } = shipBobWithGoods();
    const without = await shipBob.fetch(`${shipBob.origin}/2026-01/order`, {
      method: 'POST',
      headers: { authorization: 'Bearer shipbob-token', 'content-type': 'application/json' },
      body: JSON.stringify(draft('1042')),
    });
    expect(without.status).toBe(400);
    expect(Object.keys((await without.json()) as object)).toEqual(['shipbob_channel_id']);
    expect((await call('POST', '/order', draft('1042'), { shipbob_channel_id: '7' })).status).toBe(403);
  });
});

describe('what keeps an order from shipping', () => {
  it.each([
    ['an unknown SKU', draft('1', [['HAT', 1]]), 304, 'HAT'],
    ['too few goods', draft('1', [['TEE', 11]]), 303, 'TEE'],
    [
      'too few goods for two lines of one SKU',
      draft('1', [
        ['TEE', 6],
        ['TEE', 6],
      ]),
      303,
      'TEE',
    ],
  ])('takes an order with %s, and puts it into Exception', async (_what, order, id, sku) => {
    const { call, state } = shipBobWithGoods();
    const { status, body } = await call('POST', '/order', order);
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'Exception', shipments: [{ status: 'Exception', status_details: [{ id }] }] });
    expect(JSON.stringify(body)).toContain(sku);
    expect(state.inventoryOf('TEE')?.committed).toBe(0);
  });

  it('knows no way to an address without a ZIP code, nor to a SKU that is not shipped any more', async () => {
    const { call, state } = shipBobWithGoods();
    state.deactivate('TEE');
    const order = draft('1');
    const address = { ...order.recipient.address, zip_code: null };
    const { body } = await call('POST', '/order', { ...order, recipient: { ...order.recipient, address } });
    expect(body).toMatchObject({ shipments: [{ status_details: [{ id: 401 }, { id: 302 }] }] });
  });

  it('goes on when the goods arrive, the oldest order first', async () => {
    const { call, state } = shipBobWithGoods();
    await call('POST', '/order', draft('first', [['TEE', 12]]));
    await call('POST', '/order', draft('second', [['TEE', 12]]));
    state.addInventory('TEE', 5);
    expect(state.shipmentsOf('first')[0]?.stage).toBe('received');
    expect(state.shipmentsOf('second')[0]?.stage).toBe('exception');
    const levels = await call('GET', '/inventory-level?Skus=TEE');
    expect(levels.body).toMatchObject({
      items: [
        {
          total_on_hand_quantity: 15,
          total_committed_quantity: 12,
          total_fulfillable_quantity: 3,
          total_backordered_quantity: 12,
        },
      ],
    });
  });
});

describe('finding orders', () => {
  it('gives pages with their number, newest first, and at most 250 a page', async () => {
    const { call } = shipBobWithGoods();
    for (let number = 1; number <= 5; number += 1) await call('POST', '/order', draft(`${number}`, [['MUG', 1]]));
    const page = await call('GET', '/order?Page=2&Limit=2');
    expect(page.body).toMatchObject([{ reference_id: '3' }, { reference_id: '2' }]);
    expect(page.headers.get('total-count')).toBe('5');
    expect(page.headers.get('total-pages')).toBe('3');
    expect((await call('GET', '/order?Limit=251')).status).toBe(400);
    expect((await call('GET', '/order?LastUpdateStartDate=yesterday')).status).toBe(400);
  });

  it('shows a new order in no list for a while, and by its id at once', async () => {
    const { call, clock } = shipBobWithGoods({ listLagMs: 3_000 });
    const { body } = await call('POST', '/order', draft('1042'));
    const listed = async () => (await call('GET', '/order?ReferenceIds=1042')).body;
    expect(await listed()).toEqual([]);
    expect((await call('POST', '/order', draft('1042'))).status).toBe(422);
    expect((await call('GET', `/order/${idOf(body)}`)).status).toBe(200);
    await clock.advance(3_000);
    expect(await listed()).toMatchObject([{ reference_id: '1042' }]);
  });

  it('finds by when something last changed', async () => {
    const { call, state, clock } = shipBobWithGoods({ pickAfterMs: false });
    await call('POST', '/order', draft('old', [['MUG', 1]]));
    await call('POST', '/order', draft('changed', [['MUG', 1]]));
    await clock.advance(60_000);
    const since = new Date(clock.now()).toISOString();
    state.label('changed');
    const tracked = await call('GET', '/order?HasTracking=true');
    expect(tracked.body).toMatchObject([{ reference_id: 'changed' }]);
    expect(tracked.body).toHaveLength(1);
    const found = await call('GET', `/order?LastUpdateStartDate=${since}`);
    expect(found.body).toHaveLength(1);
    expect(found.body).toMatchObject([{ reference_id: 'changed', shipments: [{ status: 'LabeledCreated' }] }]);
  });

  it('knows no order that is not there, and no version that ended', async () => {
    const { shipBob, call } = shipBobWithGoods();
    expect(await call('GET', '/order/1')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    const old = await shipBob.fetch(`${shipBob.origin}/1.0/order`, {
      headers: { authorization: 'Bearer shipbob-token' },
    });
    expect(old.status).toBe(404);
  });
});

describe('canceling', () => {
  it('gives the goods free, and again does no harm', async () => {
    const { call, state } = shipBobWithGoods();
    const { body } = await call('POST', '/order', draft('1042'));
    const id = idOf(body);
    const first = await call('POST', `/order/${id}:cancel`);
    expect(first).toMatchObject({ status: 200, body: { status: 'Success', order: { status: 'Cancelled' } } });
    expect((await call('POST', `/order/${id}:cancel`)).body).toMatchObject({ status: 'Success' });
    expect(state.inventoryOf('TEE')).toMatchObject({ onHand: 10, committed: 0 });
  });

  it('says 200 and Failure once it was picked', async () => {
    const { call, state } = shipBobWithGoods();
    const { body } = await call('POST', '/order', draft('1042'));
    state.pick('1042');
    const refused = await call('POST', `/order/${idOf(body)}:cancel`);
    expect(refused).toMatchObject({
      status: 200,
      body: {
        status: 'Failure',
        canceled_shipment_results: [{ is_success: false, reason: expect.stringContaining('picked') }],
      },
    });
    expect(state.counts.cancelsRefused).toBe(1);
  });

  it('cancels what it can of an order in two shipments', async () => {
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
    await call('POST', '/simulate/shipment', { shipment_id: first?.id, simulation: { action: 'ShipOrder' } });
    const partial = await call('POST', `/order/${idOf(body)}:cancel`);
    expect(partial.body).toMatchObject({ status: 'PartialSuccess', order: { status: 'Fulfilled' } });
  });

  it('cancels shipments one by one and in a batch', async () => {
    const { call, state } = shipBobWithGoods({ linesPerShipment: 1 });
    await call(
      'POST',
      '/order',
      draft('1042', [
        ['TEE', 1],
        ['MUG', 1],
      ]),
    );
    const [one, other] = state.shipmentsOf('1042');
    expect((await call('POST', `/shipment/${one?.id}:cancel`)).body).toMatchObject({ is_success: true });
    expect((await call('POST', '/shipment:batchCancel', { shipment_ids: [other?.id, 1] })).body).toMatchObject({
      results: [{ is_success: true }, { is_success: false }],
    });
    expect(state.counts.canceled).toBe(1);
  });
});

function idOf(body: unknown): number {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'number') return body.id;
  throw new TypeError('The answer has no id.');
}
