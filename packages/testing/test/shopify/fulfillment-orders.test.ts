import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, textAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const fields = `id status requestStatus supportedActions { action } lineItems(first: 9) { nodes { id totalQuantity remainingQuantity } }
  assignedLocation { location { id } } fulfillmentHolds { id handle reason heldByRequestingApp heldByApp { title } }`;
const hold = `mutation($id: ID!, $h: FulfillmentOrderHoldInput!) {
  fulfillmentOrderHold(id: $id, fulfillmentHold: $h) {
    fulfillmentHold { id handle } fulfillmentOrder { ${fields} } remainingFulfillmentOrder { ${fields} } userErrors { field message code } } }`;
const release = `mutation($id: ID!, $holds: [ID!]) {
  fulfillmentOrderReleaseHold(id: $id, holdIds: $holds) { fulfillmentOrder { ${fields} } userErrors { field code } } }`;

function shop() {
  const { platform, state, warehouse } = shopWithStock();
  const order = state.placeOrder(anOrder());
  const id = state.fulfillmentOrdersOf(order.id)[0]?.id ?? '';
  const lines = state.fulfillmentOrdersOf(order.id)[0]?.lines.map((line) => line.id) ?? [];
  return { platform, state, warehouse, order, id, tee: lines[0] ?? '', cap: lines[1] ?? '' };
}

/** The same where a service of the app ships. */
function serviced(own = true) {
  const { platform, state } = shopWithStock();
  const service = state.addFulfillmentService({ name: 'Parcel House', own });
  state.setStock('TEE', 50, service.locationId);
  state.setStock('CAP', 50, service.locationId);
  const order = state.placeOrder(
    anOrder({
      lines: [
        { sku: 'TEE', quantity: 3, locationId: service.locationId },
        { sku: 'CAP', quantity: 1, locationId: service.locationId },
      ],
    }),
  );
  const id = state.fulfillmentOrdersOf(order.id)[0]?.id ?? '';
  const tee = state.fulfillmentOrdersOf(order.id)[0]?.lines[0]?.id ?? '';
  return { platform, state, service, order, id, tee };
}

/** Calls a mutation that answers a fulfillment order. */
async function act(platform: FakePlatform<ShopifyState>, name: string, id: string, args = '', code = false) {
  const answer = await ask(
    platform,
    `mutation { done: ${name}(id: "${id}"${args}) { fulfillmentOrder { ${fields} } userErrors { field message ${code ? 'code' : ''} } } }`,
  );
  expect(answer.errors).toEqual([]);
  return answer.at('done');
}

async function actions(platform: FakePlatform<ShopifyState>, id: string, version = '2026-10') {
  const answer = await ask(
    platform,
    `{ fulfillmentOrder(id: "${id}") { supportedActions { action } } }`,
    {},
    { version },
  );
  return [0, 1, 2, 3, 4, 5].flatMap((at) => answer.at('fulfillmentOrder', 'supportedActions', at, 'action') ?? []);
}

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
    const seen = await ask(platform, `{ fulfillmentOrder(id: "${id}") { ${fields} } }`);
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

describe('a fulfillment service', () => {
  const inbox = async (platform: FakePlatform<ShopifyState>, assignment: string) => {
    const answer = await ask(
      platform,
      `{ assignedFulfillmentOrders(first: 9, assignmentStatus: ${assignment}) { nodes { id merchantRequests(first: 9) { nodes { kind message requestOptions } } } } }`,
    );
    return answer.at('assignedFulfillmentOrders', 'nodes');
  };

  it('is made with a location of its own', async () => {
    const { platform, state } = shopWithStock();
    const answer = await ask(
      platform,
      `mutation { fulfillmentServiceCreate(name: "Parcel House", callbackUrl: "https://parcels.example", trackingSupport: true) {
         fulfillmentService { id handle serviceName type trackingSupport location { id name isFulfillmentService } } userErrors { field message } } }`,
    );
    expect(answer.at('fulfillmentServiceCreate')).toMatchObject({
      fulfillmentService: {
        handle: 'parcel-house',
        type: 'THIRD_PARTY',
        trackingSupport: true,
        location: { name: 'Parcel House', isFulfillmentService: true },
      },
      userErrors: [],
    });
    expect(state.locations).toHaveLength(2);
  });

  it('sees what it is asked, says yes, ships and is done', async () => {
    const { platform, state, order, id } = serviced();
    expect(await inbox(platform, 'FULFILLMENT_UNSUBMITTED')).toMatchObject([{ id }]);
    state.requestFulfillment(id, { message: 'With a bow', notifyCustomer: true });
    expect(await inbox(platform, 'FULFILLMENT_REQUESTED')).toEqual([
      {
        id,
        merchantRequests: {
          nodes: [{ kind: 'FULFILLMENT_REQUEST', message: 'With a bow', requestOptions: { notify_customer: true } }],
        },
      },
    ]);
    expect(await actions(platform, id)).toEqual(['CANCEL_FULFILLMENT_ORDER']);
    expect(state.order(order.id).fulfillmentStatus).toBe('IN_PROGRESS');
    const accepted = await act(platform, 'fulfillmentOrderAcceptFulfillmentRequest', id, ', message: "With pleasure"');
    expect(accepted).toMatchObject({ fulfillmentOrder: { status: 'IN_PROGRESS', requestStatus: 'ACCEPTED' } });
    expect(state.fulfillmentOrder(id).requests).toMatchObject([{ response: { message: 'With pleasure' } }]);
    expect(await inbox(platform, 'FULFILLMENT_ACCEPTED')).toMatchObject([{ id }]);
    expect(await act(platform, 'fulfillmentOrderAcceptFulfillmentRequest', id)).toMatchObject({
      fulfillmentOrder: null,
      userErrors: [{ field: ['id'] }],
    });
    const shipped = await ask(
      platform,
      `mutation { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: "${id}" }] }) { fulfillment { service { handle } } userErrors { message } } }`,
    );
    expect(shipped.at('fulfillmentCreate')).toEqual({
      fulfillment: { service: { handle: 'parcel-house' } },
      userErrors: [],
    });
    expect(await inbox(platform, 'FULFILLMENT_ACCEPTED')).toEqual([]);
  });

  it('says no with a reason, and can be asked again', async () => {
    const { platform, state, order, id, tee } = serviced();
    expect(await act(platform, 'fulfillmentOrderRejectFulfillmentRequest', id)).toMatchObject({
      fulfillmentOrder: null,
    });
    state.requestFulfillment(id);
    const early = await ask(
      platform,
      `mutation { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: "${id}" }] }) { fulfillment { id } userErrors { message } } }`,
    );
    expect(early.at('fulfillmentCreate', 'fulfillment')).toBeNull();
    const rejected = await act(
      platform,
      'fulfillmentOrderRejectFulfillmentRequest',
      id,
      `, reason: INVENTORY_OUT_OF_STOCK, message: "None left", lineItems: [{ fulfillmentOrderLineItemId: "${tee}", message: "Sold out" }]`,
    );
    expect(rejected).toMatchObject({ fulfillmentOrder: { status: 'OPEN', requestStatus: 'REJECTED' } });
    expect(state.order(order.id).fulfillmentStatus).toBe('REQUEST_DECLINED');
    const seen = await ask(
      platform,
      `{ fulfillmentOrder(id: "${id}") { lineItems(first: 1) { nodes { warnings { description } } } } }`,
    );
    expect(seen.at('fulfillmentOrder', 'lineItems', 'nodes', 0, 'warnings')).toEqual([{ description: 'Sold out' }]);
    state.requestFulfillment(id);
    expect(state.fulfillmentOrder(id).requestStatus).toBe('SUBMITTED');
  });

  it.each([true, false])('stops when it is asked to, or goes on: %s', async (accepts) => {
    const { platform, state, id } = serviced();
    state.requestFulfillment(id);
    state.answerFulfillmentRequest(id, true);
    const asked = await act(platform, 'fulfillmentOrderSubmitCancellationRequest', id, ', message: "Please stop"');
    expect(asked).toMatchObject({
      fulfillmentOrder: { requestStatus: 'CANCELLATION_REQUESTED', status: 'IN_PROGRESS' },
    });
    expect(await inbox(platform, 'CANCELLATION_REQUESTED')).toMatchObject([{ id }]);
    const name = accepts ? 'fulfillmentOrderAcceptCancellationRequest' : 'fulfillmentOrderRejectCancellationRequest';
    expect(await act(platform, name, id, ', message: "As you like"')).toMatchObject({
      fulfillmentOrder: accepts
        ? {
            status: 'CANCELLED',
            requestStatus: 'CANCELLATION_ACCEPTED',
            supportedActions: [{ action: 'REQUEST_FULFILLMENT' }, { action: 'CREATE_FULFILLMENT' }, { action: 'HOLD' }],
          }
        : { status: 'IN_PROGRESS', requestStatus: 'CANCELLATION_REJECTED' },
    });
    expect(await act(platform, name, id)).toMatchObject({ fulfillmentOrder: null });
  });

  it('gives back what it cannot ship', async () => {
    const { platform, state, order, id } = serviced();
    state.requestFulfillment(id);
    expect(await act(platform, 'fulfillmentOrderClose', id)).toMatchObject({ fulfillmentOrder: null });
    state.answerFulfillmentRequest(id, true);
    expect(await act(platform, 'fulfillmentOrderClose', id, ', message: "Fire"')).toMatchObject({
      fulfillmentOrder: { status: 'INCOMPLETE', requestStatus: 'CLOSED' },
    });
    expect(state.order(order.id).fulfillmentStatus).toBe('UNFULFILLED');
  });

  it('answers for its own locations only', async () => {
    const { platform, state, id } = serviced(false);
    state.requestFulfillment(id);
    expect(await act(platform, 'fulfillmentOrderAcceptFulfillmentRequest', id)).toMatchObject({
      fulfillmentOrder: null,
      userErrors: [{ field: ['id'] }],
    });
    expect(await inbox(platform, 'FULFILLMENT_REQUESTED')).toEqual([]);
  });

  it('is asked for some units, and the rest waits unasked', async () => {
    const { platform, state, order, id, tee } = serviced();
    const answer = await ask(
      platform,
      `mutation { fulfillmentOrderSubmitFulfillmentRequest(id: "${id}", fulfillmentOrderLineItems: [{ id: "${tee}", quantity: 1 }]) {
         submittedFulfillmentOrder { ${fields} } unsubmittedFulfillmentOrder { ${fields} } userErrors { message } } }`,
    );
    expect(answer.at('fulfillmentOrderSubmitFulfillmentRequest')).toMatchObject({
      submittedFulfillmentOrder: { requestStatus: 'SUBMITTED', lineItems: { nodes: [{ remainingQuantity: 1 }] } },
      unsubmittedFulfillmentOrder: {
        requestStatus: 'UNSUBMITTED',
        lineItems: { nodes: [{ remainingQuantity: 2 }, { remainingQuantity: 1 }] },
      },
      userErrors: [],
    });
    expect(state.fulfillmentOrdersOf(order.id)).toHaveLength(2);
  });

  it('is cancelled before it answered: another one stands for the work', async () => {
    const { platform, state, order, id } = serviced();
    state.requestFulfillment(id);
    const answer = await ask(
      platform,
      `mutation { fulfillmentOrderCancel(id: "${id}") { fulfillmentOrder { status } replacementFulfillmentOrder { status requestStatus } userErrors { code message } } }`,
    );
    expect(answer.at('fulfillmentOrderCancel')).toEqual({
      fulfillmentOrder: { status: 'CANCELLED' },
      replacementFulfillmentOrder: { status: 'OPEN', requestStatus: 'UNSUBMITTED' },
      userErrors: [],
    });
    expect(state.fulfillmentOrdersOf(order.id).map(({ status }) => status)).toEqual(['CANCELLED', 'OPEN']);
    expect(state.stock('TEE', state.fulfillmentOrdersOf(order.id)[1]?.locationId)).toMatchObject({ committed: 3 });
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
    expect(await seenWith('read_merchant_managed_fulfillment_orders')).toEqual(['TEE']);
    expect(await seenWith('read_assigned_fulfillment_orders')).toEqual(['CAP']);
    expect(await seenWith('read_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders')).toEqual([
      'TEE',
      'CAP',
    ]);
  });

  it('tells subscribers what is asked and answered', async () => {
    const { platform, state, id } = serviced();
    const told: { readonly topic: string; readonly body: unknown }[] = [];
    platform.webhooks.deliver = async (request) => {
      told.push({ topic: request.headers.get('x-shopify-topic') ?? '', body: await request.json() });
      return new Response('');
    };
    for (const name of [
      'fulfillment_request_submitted',
      'fulfillment_request_accepted',
      'cancellation_request_submitted',
      'cancellation_request_accepted',
    ]) {
      state.subscribe(`fulfillment_orders/${name}`, 'https://receiver.example/hook');
    }
    state.requestFulfillment(id, { message: 'Soon' });
    state.answerFulfillmentRequest(id, true, 'Yes');
    state.requestCancellation(id, 'Stop');
    state.answerCancellation(id, true);
    await platform.clock.advance(1000);
    expect(told).toMatchObject([
      {
        topic: 'fulfillment_orders/fulfillment_request_submitted',
        body: {
          submitted_fulfillment_order: { id, request_status: 'submitted' },
          fulfillment_order_merchant_request: { message: 'Soon' },
        },
      },
      {
        topic: 'fulfillment_orders/fulfillment_request_accepted',
        body: { fulfillment_order: { id, status: 'in_progress' }, message: 'Yes' },
      },
      {
        topic: 'fulfillment_orders/cancellation_request_submitted',
        body: { fulfillment_order_merchant_request: { message: 'Stop' } },
      },
      {
        topic: 'fulfillment_orders/cancellation_request_accepted',
        body: { fulfillment_order: { id, status: 'cancelled' } },
      },
    ]);
  });
});
