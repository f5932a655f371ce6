import { describe, expect, it } from 'vitest';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'run-1/confirm' };
const whole = [
  ['TEE', 3],
  ['MUG', 2],
] as const;

describe('confirming a shipment', () => {
  it('fulfills the order, with carrier, number and link, and does not disturb the buyer', async () => {
    const { shop, state, place } = shopWithGoods();
    const order = place();
    const shipment = shipmentOf('1', [{ lines: whole, tracking: '1Z1', url: 'https://ups.example/1Z1' }]);
    const ref = await shop.shipments.confirm({ order: refOf(order.id), shipment }, key);
    const [fulfillment] = state.fulfillmentsOf(order.id);
    expect(ref).toEqual({ system: 'shopify', kind: 'shipment', id: fulfillment?.id });
    expect(fulfillment).toMatchObject({
      notifiedCustomer: false,
      tracking: [{ company: 'UPS', number: '1Z1', url: 'https://ups.example/1Z1' }],
      lines: [
        { sku: 'TEE', quantity: 3 },
        { sku: 'MUG', quantity: 2 },
      ],
    });
    expect(state.order(order.id).fulfillmentStatus).toBe('FULFILLED');
    expect((await shop.orders.get(refOf(order.id)))?.status).toBe('fulfilled');
  });

  it('tells the buyer where the team wants it', async () => {
    const { shop, state, place } = shopWithGoods({ notifyBuyer: true });
    const order = place();
    await shop.shipments.confirm(
      { order: refOf(order.id), shipment: shipmentOf('1', [{ lines: whole, tracking: '1Z1' }]) },
      key,
    );
    expect(state.fulfillmentsOf(order.id)[0]?.notifiedCustomer).toBe(true);
  });

  it('ships only what is in the parcel, and the rest with the next one', async () => {
    const { shop, state, place } = shopWithGoods();
    const order = place();
    const confirm = (number: string, lines: readonly (readonly [string, number])[]) =>
      shop.shipments.confirm(
        { order: refOf(order.id), shipment: shipmentOf(number, [{ lines, tracking: `1Z${number}` }]) },
        { idempotencyKey: number },
      );
    await confirm('1', [['TEE', 1]]);
    expect(state.order(order.id).fulfillmentStatus).toBe('PARTIALLY_FULFILLED');
    expect(state.order(order.id).lines.map(({ fulfilled }) => fulfilled)).toEqual([1, 0]);
    await confirm('2', [
      ['TEE', 2],
      ['MUG', 2],
    ]);
    expect(state.order(order.id).fulfillmentStatus).toBe('FULFILLED');
  });

  it('makes one fulfillment of parcels of one carrier, and one more for another carrier', async () => {
    const { shop, state, place } = shopWithGoods();
    const order = place();
    const shipment = shipmentOf('1', [
      { lines: [['TEE', 1]], tracking: '1Z1' },
      { lines: [['TEE', 2]], tracking: '1Z2' },
      { lines: [['MUG', 2]], tracking: 'D1', carrier: 'dhl express' },
    ]);
    await shop.shipments.confirm({ order: refOf(order.id), shipment }, key);
    const made = state
      .fulfillmentsOf(order.id)
      .map(({ tracking, lines }) => [
        tracking.map(({ company, number }) => `${company} ${number}`),
        lines.map(({ sku, quantity }) => `${quantity} ${sku}`),
      ]);
    expect(made).toEqual([
      [['UPS 1Z1', 'UPS 1Z2'], ['3 TEE']],
      [['DHL Express D1'], ['2 MUG']],
    ]);
  });

  it('makes one fulfillment a location', async () => {
    const { shop, state, place } = shopWithGoods();
    const other = state.addLocation({ name: 'York', countryCode: 'GB', city: 'York' });
    const order = place({
      lines: [
        { sku: 'TEE', quantity: 3 },
        { sku: 'MUG', quantity: 2, locationId: other },
      ],
    });
    expect(state.fulfillmentOrdersOf(order.id)).toHaveLength(2);
    await shop.shipments.confirm(
      { order: refOf(order.id), shipment: shipmentOf('1', [{ lines: whole, tracking: '1Z1' }]) },
      key,
    );
    expect(new Set(state.fulfillmentsOf(order.id).map(({ locationId }) => locationId)).size).toBe(2);
    expect(state.order(order.id).fulfillmentStatus).toBe('FULFILLED');
  });

  it('ships all 600 lines of a large order', async () => {
    const { shop, state, place } = shopWithGoods();
    const lines = Array.from({ length: 600 }, (_, index) => ({
      sku: `SKU-${index}`,
      title: `Item ${index}`,
      quantity: 1,
      unitPrice: '1.00',
    }));
    const order = place({ lines });
    const shipment = shipmentOf('1', [{ lines: lines.map(({ sku }) => [sku, 1] as const), tracking: '1Z1' }]);
    await shop.shipments.confirm({ order: refOf(order.id), shipment }, key);
    await shop.shipments.confirm({ order: refOf(order.id), shipment }, key);
    expect(state.order(order.id).fulfillmentStatus).toBe('FULFILLED');
    expect(state.fulfillmentsOf(order.id)).toHaveLength(3);
  });
});

describe('confirming again', () => {
  const partial = shipmentOf('1', [{ lines: [['TEE', 1]], tracking: '1Z1' }]);

  it('ships once, from this process or another one', async () => {
    const { shop, connect, state, place } = shopWithGoods();
    const order = place();
    const first = await shop.shipments.confirm({ order: refOf(order.id), shipment: partial }, key);
    const again = await connect().shipments.confirm({ order: refOf(order.id), shipment: partial }, key);
    expect(again).toEqual(first);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });

  it.each([
    ['the connection dies after the change', { kind: 'drop', when: 'after' }],
    ['the answer is a server error', { kind: 'fail-after', status: 502 }],
    ['the answer is cut', { kind: 'malformed' }],
  ] as const)('ships once where %s', async (_what, fault) => {
    const { fake, shop, connect, state, place } = shopWithGoods();
    const order = place();
    fake.faults.next('fulfillmentCreate', fault);
    const confirmation = { order: refOf(order.id), shipment: partial };
    const first = await shop.shipments.confirm(confirmation, key);
    expect(state.fulfillmentsOf(order.id).map(({ id }) => id)).toEqual([first.id]);
    await connect().shipments.confirm(confirmation, key);
    expect(state.fulfillmentsOf(order.id)).toHaveLength(1);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });

  it('ships when the connection died before the change, once nothing of it can be under way', async () => {
    const { fake, shop, connect, state, clock, place } = shopWithGoods();
    const order = place();
    fake.faults.next('fulfillmentCreate', { kind: 'drop', when: 'before' });
    const confirmation = { order: refOf(order.id), shipment: partial };
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(connect().shipments.confirm(confirmation, key)).rejects.toMatchObject({
      code: 'write.in-flight',
      retryAfterMs: expect.any(Number),
    });
    await clock.advance(120_000);
    await shop.shipments.confirm(confirmation, key);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });

  it('sends only the call that is missing, when the second of two was lost', async () => {
    const { fake, shop, state, clock, place } = shopWithGoods();
    const order = place();
    const shipment = shipmentOf('1', [
      { lines: [['TEE', 1]], tracking: '1Z1' },
      { lines: [['MUG', 1]], tracking: 'D1', carrier: 'DHL' },
    ]);
    const confirmation = { order: refOf(order.id), shipment };
    fake.faults.next('fulfillmentCreate', { kind: 'slow', ms: 1 });
    fake.faults.next('fulfillmentCreate', { kind: 'drop', when: 'before' });
    await expect(shop.shipments.confirm(confirmation, key)).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(state.fulfillmentsOf(order.id)).toHaveLength(1);
    await clock.advance(120_000);
    await shop.shipments.confirm(confirmation, key);
    expect(state.order(order.id).lines.map(({ fulfilled }) => fulfilled)).toEqual([1, 1]);
  });

  it('tells two shipments without tracking apart, and each from its repeat', async () => {
    const { shop, connect, state, place } = shopWithGoods();
    const order = place();
    const untracked = (number: string) => ({
      order: refOf(order.id),
      shipment: shipmentOf(number, [{ lines: [['TEE', 1]] as const }]),
    });
    await shop.shipments.confirm(untracked('1'), { idempotencyKey: '1' });
    await connect().shipments.confirm(untracked('1'), { idempotencyKey: '1' });
    await shop.shipments.confirm(untracked('2'), { idempotencyKey: '2' });
    await connect().shipments.confirm(untracked('2'), { idempotencyKey: '2' });
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(2);
    expect(state.fulfillmentsOf(order.id).map(({ tracking }) => tracking[0]?.number)).toEqual([
      'warehouse/wh-1',
      'warehouse/wh-2',
    ]);
  });

  it('takes a throttled answer for a clean no, and ships once', async () => {
    const { fake, shop, state, place } = shopWithGoods();
    const order = place();
    fake.faults.next('fulfillmentCreate', { kind: 'throttle', retryAfterSeconds: 2 });
    await shop.shipments.confirm({ order: refOf(order.id), shipment: partial }, key);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });

  it('is still right when the order was canceled or shipped by hand since', async () => {
    const { shop, state, place } = shopWithGoods();
    const order = place();
    const confirmation = { order: refOf(order.id), shipment: partial };
    const first = await shop.shipments.confirm(confirmation, key);
    state.shipOrder(order.id);
    expect(await shop.shipments.confirm(confirmation, key)).toEqual(first);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(3);
  });
});

describe('a fulfillment that somebody canceled in the shop', () => {
  it('shipped nothing: the shipment is confirmed anew', async () => {
    const { fake, shop, state, place } = shopWithGoods();
    const order = place();
    const confirmation = {
      order: refOf(order.id),
      shipment: shipmentOf('1', [{ lines: [['TEE', 1]], tracking: '1Z1' }]),
    };
    const first = await shop.shipments.confirm(confirmation, key);
    await fake.fetch(`${fake.origin}/admin/api/2026-07/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': state.accessToken },
      body: JSON.stringify({
        query: `mutation { fulfillmentCancel(id: "${first.id}") { fulfillment { status } userErrors { message } } }`,
      }),
    });
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(0);
    const again = await shop.shipments.confirm(confirmation, key);
    expect(again.id).not.toBe(first.id);
    expect(state.order(order.id).lines[0]?.fulfilled).toBe(1);
  });
});

describe('what is not confirmed', () => {
  const all = shipmentOf('1', [{ lines: whole, tracking: '1Z1' }]);

  it.each([
    [
      'an order that was canceled meanwhile',
      (state: State, id: string) => void state.cancelOrder(id, 'CUSTOMER'),
      'record.rejected',
      'canceled meanwhile',
    ],
    [
      'an order on hold',
      (state: State, id: string) => state.holdOrder(id, 'HIGH_RISK_OF_FRAUD'),
      'record.rejected',
      'on hold',
    ],
    [
      'more than is left',
      (state: State, id: string) => void state.shipOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }] }),
      'record.rejected',
      'has 2 left to ship',
    ],
  ])('%s', async (_what, before, code, words) => {
    const { shop, state, place } = shopWithGoods();
    const order = place();
    before(state, order.id);
    const made = state.fulfillmentsOf(order.id).length;
    const act = shop.shipments.confirm({ order: refOf(order.id), shipment: all }, key);
    await expect(act).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(state.fulfillmentsOf(order.id)).toHaveLength(made);
  });

  it.each([
    ['a SKU that was not ordered', shipmentOf('1', [{ lines: [['HAT', 1]], tracking: '1Z1' }]), 'sku.unknown'],
    ['parcels that name no lines', shipmentOf('1', [{ lines: [], tracking: '1Z1' }]), 'record.invalid'],
    ['half a piece', shipmentOf('1', [{ lines: [['TEE', 0.5]], tracking: '1Z1' }]), 'record.invalid'],
    [
      'a carrier’s parcel of something else besides',
      shipmentOf('1', [
        { lines: [['TEE', 1]], tracking: '1Z1' },
        { lines: [['HAT', 1]], tracking: 'D1', carrier: 'DHL' },
      ]),
      'sku.unknown',
    ],
  ])('%s, and nothing of it', async (_what, shipment, code) => {
    const { shop, state, place } = shopWithGoods();
    const order = place();
    await expect(shop.shipments.confirm({ order: refOf(order.id), shipment }, key)).rejects.toMatchObject({ code });
    expect(state.fulfillmentsOf(order.id)).toHaveLength(0);
  });

  it('a shipment of an order that is not there', async () => {
    const { shop } = shopWithGoods();
    const act = shop.shipments.confirm({ order: refOf('gid://shopify/Order/404'), shipment: all }, key);
    await expect(act).rejects.toMatchObject({ code: 'record.missing' });
  });

  it('says nothing of the buyer in what it refuses', async () => {
    const { shop, state, place } = shopWithGoods();
    const order = place({ email: 'jane.doe@canary.example', note: 'CANARY-NOTE' });
    state.cancelOrder(order.id, 'CUSTOMER');
    const act = shop.shipments.confirm({ order: refOf(order.id), shipment: all }, key);
    const error: unknown = await act.catch((caught: unknown) => caught);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/jane|canary|Elm Street|shpat_/i);
  });
});

type State = ReturnType<typeof shopWithGoods>['state'];
