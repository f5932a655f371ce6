import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { act, actions, fulfillmentOrderFields } from './act.ts';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

/** A shop with an order that a service ships, of the app itself or of another one. */
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

const inbox = async (platform: FakePlatform<ShopifyState>, assignment: string) => {
  const answer = await ask(
    platform,
    `{ assignedFulfillmentOrders(first: 9, assignmentStatus: ${assignment}) { nodes { id merchantRequests(first: 9) { nodes { kind message requestOptions } } } } }`,
  );
  return answer.at('assignedFulfillmentOrders', 'nodes');
};

describe('a fulfillment service', () => {
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

  it.each(['fulfillmentOrderAcceptFulfillmentRequest', 'fulfillmentOrderRejectFulfillmentRequest'])(
    'does not bring back by %s what the merchant took back',
    async (name) => {
      const { platform, state, order, id } = serviced();
      state.requestFulfillment(id);
      state.cancelOrder(order.id, 'CUSTOMER');
      expect(await act(platform, name, id)).toMatchObject({
        fulfillmentOrder: null,
        userErrors: [{ field: ['id'], message: expect.stringContaining('status= cancelled') }],
      });
      expect(state.fulfillmentOrder(id)).toMatchObject({ status: 'CANCELLED', requestStatus: 'SUBMITTED' });
      expect(() => state.answerFulfillmentRequest(id, true)).toThrow('CANCELLED');
    },
  );

  it('does not begin what was refunded meanwhile', async () => {
    const { platform, state, order, id } = serviced();
    state.requestFulfillment(id);
    const lines = [
      { sku: 'TEE', quantity: 3 },
      { sku: 'CAP', quantity: 1 },
    ];
    state.refundOrder(order.id, { lines });
    expect(await act(platform, 'fulfillmentOrderAcceptFulfillmentRequest', id)).toMatchObject({
      fulfillmentOrder: null,
      userErrors: [{ field: ['id'], message: expect.stringContaining('status= closed') }],
    });
    expect(state.fulfillmentOrder(id).status).toBe('CLOSED');
    expect(state.order(order.id).fulfillmentStatus).toBe('UNFULFILLED');
  });

  it.each(['fulfillmentOrderAcceptCancellationRequest', 'fulfillmentOrderRejectCancellationRequest'])(
    'does not answer by %s for what is shipped, nor is it asked to stop it',
    async (name) => {
      const { platform, state, order, id } = serviced();
      state.requestFulfillment(id);
      state.answerFulfillmentRequest(id, true);
      state.requestCancellation(id);
      state.shipOrder(order.id);
      expect(await act(platform, name, id)).toMatchObject({ fulfillmentOrder: null });
      expect(() => state.answerCancellation(id, true)).toThrow('CLOSED');
      expect(state.fulfillmentOrder(id).status).toBe('CLOSED');
      const shipped = serviced();
      shipped.state.requestFulfillment(shipped.id);
      shipped.state.answerFulfillmentRequest(shipped.id, true);
      shipped.state.shipOrder(shipped.order.id);
      expect(await act(shipped.platform, 'fulfillmentOrderSubmitCancellationRequest', shipped.id)).toMatchObject({
        fulfillmentOrder: null,
      });
      expect(() => shipped.state.requestCancellation(shipped.id)).toThrow('CLOSED');
    },
  );

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
         submittedFulfillmentOrder { ${fulfillmentOrderFields} } unsubmittedFulfillmentOrder { ${fulfillmentOrderFields} } userErrors { message } } }`,
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
