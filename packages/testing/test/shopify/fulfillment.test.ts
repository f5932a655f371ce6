import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const create = `mutation Ship($f: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $f) {
    fulfillment { id name status displayStatus trackingInfo { company number url } totalQuantity }
    userErrors { field message }
  }
}`;

async function ship(platform: FakePlatform<ShopifyState>, groups: readonly unknown[], more: object = {}) {
  return ask(platform, create, { f: { lineItemsByFulfillmentOrder: groups, ...more } });
}

function openOf(state: ShopifyState, orderId: string, index = 0) {
  const record = state.fulfillmentOrdersOf(orderId)[index];
  if (!record) throw new Error('There is no fulfillment order.');
  const [tee, cap] = record.lines;
  return { record, tee: tee?.id ?? '', cap: cap?.id ?? '' };
}

const numbers = (ids: readonly string[]) => ids.map((id) => id.split('/').at(-1)).join(', ');

describe('fulfillmentCreate', () => {
  it('ships what is named and leaves the rest', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const { record, tee } = openOf(state, order.id);
    const answer = await ship(
      platform,
      [{ fulfillmentOrderId: record.id, fulfillmentOrderLineItems: [{ id: tee, quantity: 2 }] }],
      {
        trackingInfo: { company: 'DHL', numbers: ['1', '2'], urls: ['https://track.example/1'] },
      },
    );
    expect(answer.at('fulfillmentCreate', 'userErrors')).toEqual([]);
    expect(answer.at('fulfillmentCreate', 'fulfillment')).toMatchObject({
      name: '#1001-F1',
      status: 'SUCCESS',
      displayStatus: 'FULFILLED',
      totalQuantity: 2,
      trackingInfo: [
        { company: 'DHL', number: '1', url: 'https://track.example/1' },
        { company: 'DHL', number: '2', url: null },
      ],
    });
    expect(state.order(order.id)).toMatchObject({ fulfillmentStatus: 'PARTIALLY_FULFILLED', closedAt: undefined });
    expect(state.stock('TEE')).toMatchObject({ available: 97, committed: 1, on_hand: 98 });
  });

  it('ships all that remains when no line is named, and closes what is done', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const { record } = openOf(state, order.id);
    await ship(platform, [{ fulfillmentOrderId: record.id }]);
    expect(state.fulfillmentOrdersOf(order.id)[0]?.status).toBe('CLOSED');
    expect(state.order(order.id)).toMatchObject({ fulfillmentStatus: 'FULFILLED', closedAt: '2026-11-01T00:00:00Z' });
  });

  it('ships a repeated partial shipment twice, for nothing guards it', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const { record, tee } = openOf(state, order.id);
    const group = [{ fulfillmentOrderId: record.id, fulfillmentOrderLineItems: [{ id: tee, quantity: 1 }] }];
    const parcel = { trackingInfo: { number: 'SAME' } };
    await ship(platform, group, parcel);
    await ship(platform, group, parcel);
    expect(state.fulfillmentsOf(order.id).map(({ name, tracking }) => [name, tracking[0]?.number])).toEqual([
      ['#1001-F1', 'SAME'],
      ['#1001-F2', 'SAME'],
    ]);
  });

  it('refuses a repeated full shipment', async () => {
    const { platform, state } = shopWithStock();
    const { record } = openOf(state, state.placeOrder(anOrder()).id);
    await ship(platform, [{ fulfillmentOrderId: record.id }]);
    const again = await ship(platform, [{ fulfillmentOrderId: record.id }]);
    const number = record.id.split('/').at(-1);
    expect(again.at('fulfillmentCreate')).toEqual({
      fulfillment: null,
      userErrors: [
        { field: ['fulfillment'], message: `Fulfillment order ${number} has an unfulfillable status= closed.` },
      ],
    });
    expect(state.fulfillments).toHaveLength(1);
  });

  it.each(['more than remains', 'a line of another order', 'nothing', 'what there is not', 'what is on hold'])(
    'refuses %s',
    async (what) => {
      const { platform, state } = shopWithStock();
      const order = state.placeOrder(anOrder());
      const other = openOf(state, state.placeOrder(anOrder()).id);
      const { record, tee } = openOf(state, order.id);
      const number = record.id.split('/').at(-1);
      if (what === 'what is on hold') state.holdOrder(order.id, 'HIGH_RISK_OF_FRAUD');
      const cases: Record<string, readonly [unknown, string, (readonly string[])?]> = {
        'more than remains': [
          { fulfillmentOrderId: record.id, fulfillmentOrderLineItems: [{ id: tee, quantity: 4 }] },
          'Invalid fulfillment order line item quantity requested.',
        ],
        'a line of another order': [
          { fulfillmentOrderId: record.id, fulfillmentOrderLineItems: [{ id: other.tee, quantity: 1 }] },
          'Fulfillment order line item does not exist.',
        ],
        nothing: [
          { fulfillmentOrderId: record.id, fulfillmentOrderLineItems: [{ id: tee, quantity: 0 }] },
          'Quantity must be greater than 0',
          ['fulfillment', 'lineItemsByFulfillmentOrder', '0', 'fulfillmentOrderLineItems', '0', 'quantity'],
        ],
        'what there is not': [
          { fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/5' },
          'Fulfillment order does not exist.',
        ],
        'what is on hold': [
          { fulfillmentOrderId: record.id },
          `Fulfillment order ${number} has an unfulfillable status= on_hold.`,
        ],
      };
      const [group, message, field = ['fulfillment']] = cases[what] ?? [];
      const answer = await ship(platform, [group]);
      expect(answer.at('fulfillmentCreate', 'userErrors')).toEqual([{ field, message }]);
      expect(state.fulfillments).toEqual([]);
    },
  );

  it('refuses orders and locations in one parcel', async () => {
    const { platform, state } = shopWithStock();
    const second = state.addLocation({ name: 'Second' });
    state.setStock('CAP', 10, second);
    const one = state.placeOrder(anOrder());
    const split = state.placeOrder(
      anOrder({
        lines: [
          { sku: 'TEE', quantity: 1 },
          { sku: 'CAP', quantity: 1, locationId: second },
        ],
      }),
    );
    const [a, b] = state.fulfillmentOrdersOf(split.id);
    const orders = await ship(platform, [
      { fulfillmentOrderId: openOf(state, one.id).record.id },
      { fulfillmentOrderId: a?.id },
    ]);
    expect(orders.at('fulfillmentCreate', 'userErrors', 0)).toEqual({
      field: ['fulfillment'],
      message: `All fulfillment orders must belong to the same order. Multiple orders with ids [${numbers([one.id, split.id])}] were found.`,
    });
    const places = await ship(platform, [{ fulfillmentOrderId: a?.id }, { fulfillmentOrderId: b?.id }]);
    expect(places.at('fulfillmentCreate', 'userErrors', 0)).toEqual({
      field: ['fulfillment'],
      message: `All fulfillment orders must be assigned to a single location. Multiple locations with ids [${numbers([a?.locationId ?? '', b?.locationId ?? ''])}] were found.`,
    });
  });

  it('answers an id of another kind above the payload', async () => {
    const { platform } = shopWithStock();
    const answer = await ship(platform, [{ fulfillmentOrderId: 'gid://shopify/Order/5' }]);
    expect(answer.errors[0]).toMatchObject({ message: 'invalid id', extensions: { code: 'RESOURCE_NOT_FOUND' } });
    expect(answer.at('fulfillmentCreate')).toBeNull();
  });
});

describe('a parcel', () => {
  it('is followed by events, each kept however often it is told', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const { id } = state.shipOrder(order.id);
    const tell = () =>
      ask(
        platform,
        'mutation E($e: FulfillmentEventInput!) { fulfillmentEventCreate(fulfillmentEvent: $e) { fulfillmentEvent { status } userErrors { message } } }',
        {
          e: { fulfillmentId: id, status: 'IN_TRANSIT', happenedAt: '2026-11-01T10:00:00Z' },
        },
      );
    await tell();
    await tell();
    expect(state.fulfillmentsOf(order.id)[0]?.events).toHaveLength(2);
    const answer = await ask(platform, `{ fulfillment(id: "${id}") { displayStatus inTransitAt deliveredAt } }`);
    expect(answer.at('fulfillment')).toEqual({
      displayStatus: 'IN_TRANSIT',
      inTransitAt: '2026-11-01T10:00:00Z',
      deliveredAt: null,
    });
  });

  it('gets other tracking by the last write', async () => {
    const { platform, state } = shopWithStock();
    const { id } = state.shipOrder(state.placeOrder(anOrder()).id, { tracking: { number: 'OLD' } });
    await ask(
      platform,
      `mutation { fulfillmentTrackingInfoUpdate(fulfillmentId: "${id}", trackingInfoInput: { number: "NEW" }) { userErrors { message } } }`,
    );
    expect(state.fulfillments[0]?.tracking[0]?.number).toBe('NEW');
  });

  it('comes back once, and its units can be shipped again', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const { id } = state.shipOrder(order.id);
    const cancel = () =>
      ask(
        platform,
        `mutation { fulfillmentCancel(id: "${id}") { fulfillment { status displayStatus } userErrors { message } } }`,
      );
    expect((await cancel()).at('fulfillmentCancel', 'fulfillment')).toEqual({
      status: 'CANCELLED',
      displayStatus: 'CANCELED',
    });
    expect((await cancel()).at('fulfillmentCancel', 'userErrors')).toEqual([]);
    // What was shipped whole stays closed; its units get a fulfillment order of their own.
    expect(state.fulfillmentOrdersOf(order.id)).toMatchObject([
      { status: 'CLOSED', lines: [{ remaining: 0 }, { remaining: 0 }] },
      { status: 'OPEN', lines: [{ remaining: 3 }, { remaining: 1 }] },
    ]);
    expect(state.stock('TEE')).toMatchObject({ available: 97, committed: 3, on_hand: 100 });
  });

  it('is not packed while its order is held, and again when it is released', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const { record } = openOf(state, order.id);
    const hold = (handle: string) =>
      ask(
        platform,
        'mutation H($id: ID!, $h: FulfillmentOrderHoldInput!) { fulfillmentOrderHold(id: $id, fulfillmentHold: $h) { fulfillmentHold { handle reason } userErrors { code } } }',
        {
          id: record.id,
          h: { reason: 'AWAITING_PAYMENT', handle },
        },
      );
    expect((await hold('mine')).at('fulfillmentOrderHold', 'fulfillmentHold')).toEqual({
      handle: 'mine',
      reason: 'AWAITING_PAYMENT',
    });
    expect((await hold('mine')).at('fulfillmentOrderHold', 'userErrors')).toEqual([
      { code: 'DUPLICATE_FULFILLMENT_HOLD_HANDLE' },
    ]);
    expect(state.order(order.id).fulfillmentStatus).toBe('ON_HOLD');
    await ask(platform, `mutation { fulfillmentOrderReleaseHold(id: "${record.id}") { userErrors { code } } }`);
    expect(state.order(order.id).fulfillmentStatus).toBe('UNFULFILLED');
  });

  it('is not needed for what is not shipped, which 2026-10 has a word for', async () => {
    const { platform, state } = shopWithStock();
    state.placeOrder(
      anOrder({ lines: [{ title: 'Gift card', unitPrice: '25.00', quantity: 1, requiresShipping: false }] }),
    );
    const status = async (version: string) =>
      (await ask(platform, '{ orders(first: 1) { nodes { displayFulfillmentStatus } } }', {}, { version })).at(
        'orders',
        'nodes',
        0,
        'displayFulfillmentStatus',
      );
    expect([await status('2026-07'), await status('2026-10')]).toEqual(['UNFULFILLED', 'FULFILLMENT_NOT_REQUIRED']);
  });

  it('leaves from another location after a move', async () => {
    const { state, warehouse } = shopWithStock();
    const second = state.addLocation({ name: 'Second' });
    state.setStock('TEE', 10, second);
    const order = state.placeOrder(anOrder({ lines: [{ sku: 'TEE', quantity: 3 }] }));
    state.moveOrder(order.id, second);
    expect(state.fulfillmentOrdersOf(order.id).map(({ status, locationId }) => [status, locationId])).toEqual([
      ['OPEN', second],
    ]);
    expect([state.stock('TEE', warehouse).available, state.stock('TEE', second).available]).toEqual([100, 7]);
  });
});
