import { describe, expect, it } from 'vitest';
import { act, actions, fulfillmentOrderFields } from './act.ts';
import { ask, textAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const hold = `mutation($id: ID!, $h: FulfillmentOrderHoldInput!) {
  fulfillmentOrderHold(id: $id, fulfillmentHold: $h) {
    fulfillmentHold { id handle } fulfillmentOrder { ${fulfillmentOrderFields} } remainingFulfillmentOrder { ${fulfillmentOrderFields} } userErrors { field message code } } }`;
const release = `mutation($id: ID!, $holds: [ID!]) {
  fulfillmentOrderReleaseHold(id: $id, holdIds: $holds) { fulfillmentOrder { ${fulfillmentOrderFields} } userErrors { field code } } }`;

function shop() {
  const { platform, state, warehouse } = shopWithStock();
  const order = state.placeOrder(anOrder());
  const id = state.fulfillmentOrdersOf(order.id)[0]?.id ?? '';
  const lines = state.fulfillmentOrdersOf(order.id)[0]?.lines.map((line) => line.id) ?? [];
  return { platform, state, warehouse, order, id, tee: lines[0] ?? '', cap: lines[1] ?? '' };
}

/** The SKUs of the fulfillment orders that a token of these scopes sees. */
const seenWith = async (...scopes: readonly string[]) => {
  const { platform, state } = shopWithStock({ scopes });
  const service = state.addFulfillmentService({ name: 'Parcel House' });
  state.setStock('CAP', 5, service.locationId);
  state.placeOrder(
    anOrder({
      lines: [
        { sku: 'TEE', quantity: 1 },
        { sku: 'CAP', quantity: 1, locationId: service.locationId },
      ],
    }),
  );
  const answer = await ask(
    platform,
    '{ fulfillmentOrders(first: 9) { nodes { lineItems(first: 1) { nodes { sku } } } } }',
  );
  return [0, 1].flatMap((at) => answer.at('fulfillmentOrders', 'nodes', at, 'lineItems', 'nodes', 0, 'sku') ?? []);
};

describe('a hold', () => {
  it('holds some units, and splits the rest off', async () => {
    const { platform, state, order, id, tee } = shop();
    const answer = await ask(platform, hold, {
      id,
      h: { reason: 'AWAITING_PAYMENT', handle: 'mine', fulfillmentOrderLineItems: [{ id: tee, quantity: 2 }] },
    });
    expect(answer.at('fulfillmentOrderHold')).toMatchObject({
      fulfillmentHold: { handle: 'mine' },
      fulfillmentOrder: { id, status: 'ON_HOLD', lineItems: { nodes: [{ totalQuantity: 2 }] } },
      remainingFulfillmentOrder: {
        status: 'OPEN',
        lineItems: { nodes: [{ remainingQuantity: 1 }, { remainingQuantity: 1 }] },
      },
      userErrors: [],
    });
    expect(state.stock('TEE')).toMatchObject({ committed: 3 });
    expect(state.fulfillmentOrdersOf(order.id)).toHaveLength(2);
    const again = await ask(platform, hold, {
      id,
      h: { reason: 'OTHER', handle: 'two', fulfillmentOrderLineItems: [{ id: tee, quantity: 1 }] },
    });
    expect(again.at('fulfillmentOrderHold', 'userErrors', 0, 'code')).toBe('FULFILLMENT_ORDER_NOT_SPLITTABLE');
  });

  it('is one of at most ten of an app, which those of others do not count to', async () => {
    const { platform, state, id } = shop();
    state.holdFulfillmentOrder(id, { reason: 'HIGH_RISK_OF_FRAUD', handle: 'h1', app: 'Watchdog' });
    for (let count = 1; count <= 10; count += 1) {
      const answer = await ask(platform, hold, { id, h: { reason: 'OTHER', handle: `h${count}` } });
      expect(answer.at('fulfillmentOrderHold', 'userErrors')).toEqual([]);
    }
    const eleventh = await ask(platform, hold, { id, h: { reason: 'OTHER', handle: 'h11' } });
    expect(eleventh.at('fulfillmentOrderHold')).toMatchObject({
      fulfillmentHold: null,
      userErrors: [{ field: ['id'], code: 'FULFILLMENT_ORDER_HOLD_LIMIT_REACHED' }],
    });
    const twice = await ask(platform, hold, { id, h: { reason: 'OTHER', handle: 'h3' } });
    expect(twice.at('fulfillmentOrderHold', 'userErrors', 0, 'code')).toBe('DUPLICATE_FULFILLMENT_HOLD_HANDLE');
    const seen = await ask(platform, `{ fulfillmentOrder(id: "${id}") { ${fulfillmentOrderFields} } }`);
    expect(seen.at('fulfillmentOrder', 'fulfillmentHolds', 0)).toMatchObject({
      heldByRequestingApp: false,
      heldByApp: { title: 'Watchdog' },
    });
    expect(seen.at('fulfillmentOrder', 'fulfillmentHolds', 1)).toMatchObject({ heldByRequestingApp: true });
  });

  it('ends by its id, and without ids every hold ends, also those of others', async () => {
    const { platform, state, id } = shop();
    state.holdFulfillmentOrder(id, { reason: 'OTHER', app: 'Watchdog' });
    const mine = await ask(platform, hold, { id, h: { reason: 'OTHER' } });
    const holdId = textAt(mine.at('fulfillmentOrderHold'), 'fulfillmentHold', 'id');
    const one = await ask(platform, release, { id, holds: [holdId] });
    expect(one.at('fulfillmentOrderReleaseHold', 'fulfillmentOrder')).toMatchObject({ status: 'ON_HOLD' });
    await ask(platform, hold, { id, h: { reason: 'OTHER' } });
    const all = await ask(platform, release, { id });
    expect(all.at('fulfillmentOrderReleaseHold', 'fulfillmentOrder')).toMatchObject({
      status: 'OPEN',
      fulfillmentHolds: [],
    });
  });

  it('is refused on what is shipped, and on what there is not', async () => {
    const { platform, state, order, id } = shop();
    state.shipOrder(order.id);
    const closed = await ask(platform, hold, { id, h: { reason: 'OTHER' } });
    expect(closed.at('fulfillmentOrderHold', 'userErrors')).toHaveLength(1);
    const none = await ask(platform, hold, { id: 'gid://shopify/FulfillmentOrder/5', h: { reason: 'OTHER' } });
    expect(none.at('fulfillmentOrderHold', 'userErrors', 0, 'code')).toBe('FULFILLMENT_ORDER_NOT_FOUND');
  });

  it('is told once when it begins and once when it is over, and each hold by itself', async () => {
    const { platform, state, id } = shop();
    const told: string[] = [];
    platform.webhooks.deliver = async (request) => {
      told.push(request.headers.get('x-shopify-topic') ?? '');
      return new Response('');
    };
    for (const topic of ['fulfillment_orders/placed_on_hold', 'fulfillment_orders/hold_released']) {
      state.subscribe(topic, 'https://receiver.example/hook');
    }
    for (const topic of ['fulfillment_holds/added', 'fulfillment_holds/released']) {
      state.subscribe(topic, 'https://receiver.example/hook');
    }
    state.holdFulfillmentOrder(id, { reason: 'OTHER', handle: 'a' });
    state.holdFulfillmentOrder(id, { reason: 'OTHER', handle: 'b' });
    state.releaseFulfillmentOrder(id);
    await platform.clock.advance(1000);
    expect(told).toEqual([
      'fulfillment_orders/placed_on_hold',
      'fulfillment_holds/added',
      'fulfillment_holds/added',
      'fulfillment_orders/hold_released',
      'fulfillment_holds/released',
      'fulfillment_holds/released',
    ]);
  });
});

describe('a fulfillment order', () => {
  it('says what may be done with it, in the words of the version', async () => {
    const { platform, id } = shop();
    expect(await actions(platform, id)).toEqual(['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MOVE', 'HOLD', 'SPLIT']);
    expect(await actions(platform, id, '2026-01')).toEqual(['CREATE_FULFILLMENT', 'MOVE', 'HOLD', 'SPLIT']);
  });

  it('reports progress, is not moved then, and is marked open again', async () => {
    const { platform, state, order, id } = shop();
    const second = state.addLocation({ name: 'Second' });
    state.setStock('TEE', 10, second);
    state.setStock('CAP', 10, second);
    expect(await act(platform, 'fulfillmentOrderReportProgress', id, '', true)).toMatchObject({
      fulfillmentOrder: { status: 'IN_PROGRESS' },
    });
    expect(state.order(order.id).fulfillmentStatus).toBe('IN_PROGRESS');
    const move = `mutation { fulfillmentOrderMove(id: "${id}", newLocationId: "${second}") { movedFulfillmentOrder { id } userErrors { code } } }`;
    expect((await ask(platform, move)).at('fulfillmentOrderMove')).toEqual({
      movedFulfillmentOrder: null,
      userErrors: [{ code: 'CANNOT_MOVE_FULFILLMENT_ORDER_WITH_REPORTED_PROGRESS' }],
    });
    expect(await act(platform, 'fulfillmentOrderOpen', id)).toMatchObject({ fulfillmentOrder: { status: 'OPEN' } });
    expect((await ask(platform, move)).at('fulfillmentOrderMove', 'movedFulfillmentOrder', 'id')).toBe(id);
    expect([state.stock('TEE').committed, state.stock('TEE', second).committed]).toEqual([3, 3]);
  });

  it('leaves behind what is shipped when the rest moves', async () => {
    const { platform, state, order, id, warehouse } = shop();
    const second = state.addLocation({ name: 'Second' });
    state.setStock('TEE', 10, second);
    state.setStock('CAP', 10, second);
    state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    const answer = await ask(
      platform,
      `mutation { fulfillmentOrderMove(id: "${id}", newLocationId: "${second}") { movedFulfillmentOrder { id } originalFulfillmentOrder { id status } userErrors { code } } }`,
    );
    expect(answer.at('fulfillmentOrderMove', 'originalFulfillmentOrder')).toEqual({ id, status: 'CLOSED' });
    expect(answer.at('fulfillmentOrderMove', 'movedFulfillmentOrder', 'id')).not.toBe(id);
    expect(
      state
        .fulfillmentOrdersOf(order.id)
        .map(({ locationId, lines }) => [locationId, lines.map(({ remaining }) => remaining)]),
    ).toEqual([
      [warehouse, [0]],
      [second, [2, 1]],
    ]);
  });

  it('does not move to where its goods are not kept', async () => {
    const { platform, state, id } = shop();
    const second = state.addLocation({ name: 'Second' });
    const answer = await ask(
      platform,
      `mutation { fulfillmentOrderMove(id: "${id}", newLocationId: "${second}") { movedFulfillmentOrder { id } userErrors { field } } }`,
    );
    expect(answer.at('fulfillmentOrderMove')).toEqual({
      movedFulfillmentOrder: null,
      userErrors: [{ field: ['newLocationId'] }],
    });
  });

  it('is split and put together again', async () => {
    const { platform, state, order, id, tee } = shop();
    const split = await ask(
      platform,
      `mutation { fulfillmentOrderSplit(fulfillmentOrderSplits: [{ fulfillmentOrderId: "${id}", fulfillmentOrderLineItems: [{ id: "${tee}", quantity: 2 }] }]) {
         fulfillmentOrderSplits { fulfillmentOrder { id } remainingFulfillmentOrder { id } } userErrors { code } } }`,
    );
    const other = textAt(
      split.at('fulfillmentOrderSplit'),
      'fulfillmentOrderSplits',
      0,
      'remainingFulfillmentOrder',
      'id',
    );
    expect(state.fulfillmentOrder(other).lines).toMatchObject([{ total: 2, remaining: 2 }]);
    expect(await actions(platform, id)).toContain('MERGE');
    const merged = await ask(
      platform,
      `mutation { fulfillmentOrderMerge(fulfillmentOrderMergeInputs: [{ mergeIntents: [{ fulfillmentOrderId: "${id}" }, { fulfillmentOrderId: "${other}" }] }]) {
         fulfillmentOrderMerges { fulfillmentOrder { id } } userErrors { code } } }`,
    );
    expect(merged.at('fulfillmentOrderMerge', 'userErrors')).toEqual([]);
    expect(
      state.fulfillmentOrdersOf(order.id).map(({ status, lines }) => [status, lines.map(({ total }) => total)]),
    ).toEqual([
      ['OPEN', [1 + 2, 1]],
      ['CLOSED', []],
    ]);
    expect(state.stock('TEE')).toMatchObject({ committed: 3, available: 97 });
  });

  it('is neither split nor put together with others while it is held', async () => {
    const { platform, state, order, id, tee } = shop();
    const split = (quantity: number) =>
      ask(
        platform,
        `mutation { fulfillmentOrderSplit(fulfillmentOrderSplits: [{ fulfillmentOrderId: "${id}", fulfillmentOrderLineItems: [{ id: "${tee}", quantity: ${quantity} }] }]) {
           fulfillmentOrderSplits { remainingFulfillmentOrder { id } } userErrors { field message code } } }`,
      );
    const other = textAt(
      (await split(1)).at('fulfillmentOrderSplit', 'fulfillmentOrderSplits', 0),
      'remainingFulfillmentOrder',
      'id',
    );
    state.holdFulfillmentOrder(id, { reason: 'HIGH_RISK_OF_FRAUD' });
    expect(await actions(platform, id)).not.toContain('SPLIT');
    expect((await split(1)).at('fulfillmentOrderSplit')).toMatchObject({
      fulfillmentOrderSplits: null,
      userErrors: [
        {
          field: ['fulfillmentOrderSplits', '0', 'fulfillmentOrderId'],
          message: expect.stringContaining('status= on_hold'),
          code: null,
        },
      ],
    });
    const merged = await ask(
      platform,
      `mutation { fulfillmentOrderMerge(fulfillmentOrderMergeInputs: [{ mergeIntents: [{ fulfillmentOrderId: "${other}" }, { fulfillmentOrderId: "${id}" }] }]) {
         fulfillmentOrderMerges { fulfillmentOrder { id } } userErrors { field message code } } }`,
    );
    expect(merged.at('fulfillmentOrderMerge')).toMatchObject({
      fulfillmentOrderMerges: null,
      userErrors: [{ message: expect.stringContaining('status= on_hold') }],
    });
    expect(state.fulfillmentOrdersOf(order.id).map(({ status, lines }) => [status, lines.length])).toEqual([
      ['ON_HOLD', 2],
      ['OPEN', 1],
    ]);
  });

  it('waits until its time, and is put off or opened', async () => {
    const { platform, state, order, id } = shop();
    state.scheduleOrder(order.id, '2026-12-01T00:00:00Z');
    expect(state.order(order.id).fulfillmentStatus).toBe('SCHEDULED');
    const later = await act(platform, 'fulfillmentOrderReschedule', id, ', fulfillAt: "2026-12-24T00:00:00Z"', true);
    expect(later).toMatchObject({ fulfillmentOrder: { status: 'SCHEDULED' } });
    const seen = await ask(platform, `{ fulfillmentOrder(id: "${id}") { fulfillAt supportedActions { action } } }`);
    expect(seen.at('fulfillmentOrder')).toEqual({
      fulfillAt: '2026-12-24T00:00:00Z',
      supportedActions: [{ action: 'MARK_AS_OPEN' }],
    });
    expect(await act(platform, 'fulfillmentOrderOpen', id)).toMatchObject({ fulfillmentOrder: { status: 'OPEN' } });
  });

  it('is listed by its last change, without what is closed', async () => {
    const { platform, state, order, id } = shop();
    await platform.clock.advance(5000);
    const second = state.placeOrder(anOrder());
    state.shipOrder(order.id);
    await platform.clock.advance(5000);
    state.holdOrder(second.id, 'OTHER');
    const list = async (args: string) => {
      const answer = await ask(
        platform,
        `{ fulfillmentOrders(first: 9, sortKey: UPDATED_AT, ${args}) { nodes { id status } } }`,
      );
      return [0, 1, 2].flatMap((at) => answer.at('fulfillmentOrders', 'nodes', at, 'id') ?? []);
    };
    const held = state.fulfillmentOrdersOf(second.id)[0]?.id;
    expect(await list('reverse: true')).toEqual([held]);
    expect(await list('includeClosed: true')).toEqual([id, held]);
    expect(await list(`includeClosed: true, query: "updated_at:>='2026-11-01T00:00:10Z'"`)).toEqual([held]);
    expect(await list('includeClosed: true, query: "status:closed"')).toEqual([id]);
    const back = state.unlist(held ?? '');
    expect(await list('reverse: true')).toEqual([]);
    back();
    expect(await list('query: "status:on_hold"')).toEqual([held]);
  });

  it('is seen by the scope of who ships it', async () => {
    expect(await seenWith('read_merchant_managed_fulfillment_orders')).toEqual(['TEE']);
    expect(await seenWith('read_assigned_fulfillment_orders')).toEqual(['CAP']);
    expect(await seenWith('read_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders')).toEqual([
      'TEE',
      'CAP',
    ]);
  });
});
