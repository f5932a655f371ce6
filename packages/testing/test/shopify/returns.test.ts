import { describe, expect, it } from 'vitest';
import { ask, textAt, valueAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const fields = `id name status totalQuantity closedAt requestApprovedAt decline { reason note }
  order { id returnStatus }
  returnLineItems(first: 9) { nodes { id quantity processedQuantity unprocessedQuantity processableQuantity refundedQuantity
    returnReasonNote customerNote returnReasonDefinition { handle }
    ... on ReturnLineItem { fulfillmentLineItem { id lineItem { sku } } } } }
  reverseFulfillmentOrders(first: 9) { nodes { id status lineItems(first: 9) { nodes {
    id totalQuantity dispositions { type quantity location { id } } } } } }`;
const doing = {
  create: `mutation($i: ReturnInput!) { done: returnCreate(returnInput: $i) { return { ${fields} } userErrors { field message code } } }`,
  request: `mutation($i: ReturnRequestInput!) { done: returnRequest(input: $i) { return { ${fields} } userErrors { field code } } }`,
  approve: `mutation($id: ID!) { done: returnApproveRequest(input: { id: $id }) { return { ${fields} } userErrors { field code } } }`,
  decline: `mutation($id: ID!) { done: returnDeclineRequest(input: { id: $id, declineReason: FINAL_SALE, declineNote: "Sold off" }) { return { ${fields} } userErrors { field code } } }`,
  process: `mutation($i: ReturnProcessInput!) { done: returnProcess(input: $i) { return { ${fields} refunds(first: 9) { nodes { id totalRefundedSet { shopMoney { amount } } } } } userErrors { field message code } } }`,
  close: `mutation($id: ID!) { done: returnClose(id: $id) { return { ${fields} } userErrors { field code } } }`,
  reopen: `mutation($id: ID!) { done: returnReopen(id: $id) { return { ${fields} } userErrors { field code } } }`,
  cancel: `mutation($id: ID!) { done: returnCancel(id: $id) { return { ${fields} } userErrors { field code } } }`,
  remove: `mutation($id: ID!, $lines: [ReturnLineItemRemoveFromReturnInput!]) { done: removeFromReturn(returnId: $id, returnLineItems: $lines) { return { ${fields} } userErrors { field code } } }`,
};

/** A shop with an order of three tees and a cap that is shipped. */
function shipped() {
  const { platform, state, warehouse } = shopWithStock();
  const order = state.placeOrder(anOrder());
  state.shipOrder(order.id);
  const act = async (what: keyof typeof doing, variables: object) => {
    const answer = await ask(platform, doing[what], { ...variables });
    expect(answer.errors).toEqual([]);
    return answer.at('done');
  };
  const returnable = async () => {
    const answer = await ask(
      platform,
      `{ returnableFulfillments(orderId: "${order.id}", first: 9) { nodes { fulfillment { id }
         returnableFulfillmentLineItems(first: 9) { nodes { quantity fulfillmentLineItem { id lineItem { sku } } } } } } }`,
    );
    return [0, 1].flatMap((at) => {
      const row = answer.at('returnableFulfillments', 'nodes', 0, 'returnableFulfillmentLineItems', 'nodes', at);
      return row === undefined
        ? []
        : [{ id: textAt(row, 'fulfillmentLineItem', 'id'), quantity: valueAt(row, ['quantity']) }];
    });
  };
  const open = async (quantity = 2, more: object = {}) => {
    const [tee] = await returnable();
    const line = { fulfillmentLineItemId: tee?.id, quantity, ...more };
    return act('create', { i: { orderId: order.id, returnLineItems: [line] } });
  };
  const status = async () =>
    (await ask(platform, `{ order(id: "${order.id}") { returnStatus } }`)).at('order', 'returnStatus');
  return { platform, state, warehouse, order, act, returnable, open, status };
}

const inReturn = (done: unknown, ...path: readonly (string | number)[]) => textAt(done, 'return', ...path);
const lineOf = (done: unknown) => inReturn(done, 'returnLineItems', 'nodes', 0, 'id');
const reverseOf = (done: unknown) =>
  inReturn(done, 'reverseFulfillmentOrders', 'nodes', 0, 'lineItems', 'nodes', 0, 'id');

describe('a return', () => {
  it('is opened for what was shipped, and leaves the rest for another one', async () => {
    const { state, order, open, returnable, status } = shipped();
    expect((await returnable()).map(({ quantity }) => quantity)).toEqual([3, 1]);
    expect(state.order(order.id).closedAt).toBeDefined();
    const done = await open(2, { returnReasonNote: 'Too wide' });
    expect(done).toMatchObject({
      userErrors: [],
      return: {
        name: '#1001-R1',
        status: 'OPEN',
        totalQuantity: 2,
        returnLineItems: {
          nodes: [
            {
              quantity: 2,
              processedQuantity: 0,
              unprocessedQuantity: 2,
              returnReasonNote: 'Too wide',
              returnReasonDefinition: { handle: 'unknown' },
              fulfillmentLineItem: { lineItem: { sku: 'TEE' } },
            },
          ],
        },
        reverseFulfillmentOrders: {
          nodes: [{ status: 'OPEN', lineItems: { nodes: [{ totalQuantity: 2, dispositions: [] }] } }],
        },
      },
    });
    expect((await returnable()).map(({ quantity }) => quantity)).toEqual([1, 1]);
    expect(await status()).toBe('IN_PROGRESS');
    // An archived order comes out of the archive.
    expect(state.order(order.id).closedAt).toBeUndefined();
  });

  it('is opened again by a repeat while units are left, for nothing else guards it', async () => {
    const { state, order, open } = shipped();
    await open(1);
    await open(1);
    expect(state.returnsOf(order.id)).toHaveLength(2);
    expect(await open(2)).toMatchObject({
      return: null,
      userErrors: [{ field: ['returnInput', 'returnLineItems', '0', 'quantity'], code: 'INVALID' }],
    });
  });

  it('takes goods back to a shelf, and stays open until it is closed', async () => {
    const { state, order, warehouse, act, open, status } = shipped();
    const before = state.stock('TEE').available;
    const opened = await open(3);
    const done = await act('process', {
      i: {
        returnId: inReturn(opened, 'id'),
        returnLineItems: [
          {
            id: lineOf(opened),
            quantity: 2,
            dispositions: [
              {
                reverseFulfillmentOrderLineItemId: reverseOf(opened),
                quantity: 1,
                dispositionType: 'RESTOCKED',
                locationId: warehouse,
              },
              { reverseFulfillmentOrderLineItemId: reverseOf(opened), quantity: 1, dispositionType: 'NOT_RESTOCKED' },
            ],
          },
        ],
      },
    });
    expect(done).toMatchObject({
      userErrors: [],
      return: {
        status: 'OPEN',
        returnLineItems: { nodes: [{ processedQuantity: 2, unprocessedQuantity: 1, refundedQuantity: 0 }] },
        reverseFulfillmentOrders: {
          nodes: [
            {
              status: 'OPEN',
              lineItems: {
                nodes: [
                  {
                    dispositions: [
                      { type: 'RESTOCKED', quantity: 1, location: { id: warehouse } },
                      { type: 'NOT_RESTOCKED', quantity: 1, location: null },
                    ],
                  },
                ],
              },
            },
          ],
        },
      },
    });
    expect(state.stock('TEE').available).toBe(before + 1);
    // The units left the order; no money moved.
    expect(state.order(order.id).lines[0]).toMatchObject({ quantity: 3, currentQuantity: 1 });
    expect(state.refundsOf(order.id)).toMatchObject([{ total: '0.00', returnId: inReturn(opened, 'id') }]);
    expect(state.order(order.id).financialStatus).toBe('PAID');
    expect(await act('close', { id: inReturn(opened, 'id') })).toMatchObject({ return: { status: 'CLOSED' } });
    expect(await status()).toBe('RETURNED');
    expect(await act('close', { id: inReturn(opened, 'id') })).toMatchObject({
      return: null,
      userErrors: [{ field: ['id'], code: 'INVALID_STATE' }],
    });
    expect(await act('reopen', { id: inReturn(opened, 'id') })).toMatchObject({ return: { status: 'OPEN' } });
  });

  it('pays back where that is asked for', async () => {
    const { state, order, act, open } = shipped();
    const opened = await open(1);
    const payment = state.transactionsOf(order.id)[0]?.id;
    const pay = (amount: string) =>
      act('process', {
        i: {
          returnId: inReturn(opened, 'id'),
          returnLineItems: [{ id: lineOf(opened), quantity: 1 }],
          financialTransfer: {
            issueRefund: {
              orderTransactions: [{ parentId: payment, transactionAmount: { amount, currencyCode: 'USD' } }],
            },
          },
        },
      });
    expect(await pay('1000.00')).toMatchObject({ return: null, userErrors: [{ code: 'INVALID' }] });
    expect(await pay('10.00')).toMatchObject({
      return: {
        returnLineItems: { nodes: [{ refundedQuantity: 1 }] },
        refunds: { nodes: [{ totalRefundedSet: { shopMoney: { amount: '10.0' } } }] },
      },
    });
    expect(state.order(order.id).financialStatus).toBe('PARTIALLY_REFUNDED');
  });

  it.each([
    'more than it has',
    'a shelf that is not named',
    'more dispositions than units',
    'a line of another return',
  ])('refuses to process %s, and does nothing', async (what) => {
    const { state, order, warehouse, act, open } = shipped();
    const opened = await open(1);
    const other = await open(1);
    const before = state.stock('TEE').available;
    const dispose = (quantity: number, more: object = { locationId: warehouse }) => ({
      reverseFulfillmentOrderLineItemId: what === 'a line of another return' ? reverseOf(other) : reverseOf(opened),
      quantity,
      dispositionType: 'RESTOCKED',
      ...more,
    });
    const done = await act('process', {
      i: {
        returnId: inReturn(opened, 'id'),
        returnLineItems: [
          {
            id: lineOf(opened),
            quantity: what === 'more than it has' ? 2 : 1,
            dispositions: [
              dispose(
                what === 'more dispositions than units' ? 2 : 1,
                what === 'a shelf that is not named' ? {} : undefined,
              ),
            ],
          },
        ],
      },
    });
    expect(done).toMatchObject({ return: null });
    expect(valueAt(done, ['userErrors', 0])).toBeDefined();
    expect(state.stock('TEE').available).toBe(before);
    expect(state.returnsOf(order.id).flatMap(({ lines }) => lines.map(({ processed }) => processed))).toEqual([0, 0]);
  });

  it('is canceled only before anybody worked on it, and gives its units free', async () => {
    const { state, act, open, returnable, status } = shipped();
    const first = inReturn(await open(2), 'id');
    expect(await act('cancel', { id: first })).toMatchObject({ return: { status: 'CANCELED' } });
    expect(await status()).toBe('NO_RETURN');
    expect((await returnable())[0]?.quantity).toBe(3);
    const second = inReturn(await open(2), 'id');
    state.processReturn(second, { lines: [{ sku: 'TEE', quantity: 1 }] });
    expect(await act('cancel', { id: second })).toMatchObject({
      return: null,
      userErrors: [{ code: 'INVALID_STATE' }],
    });
  });

  it('loses units that never came', async () => {
    const { act, open, returnable } = shipped();
    const opened = await open(3);
    const lines = [{ returnLineItemId: lineOf(opened), quantity: 1 }];
    expect(await act('remove', { id: inReturn(opened, 'id'), lines })).toMatchObject({ return: { totalQuantity: 2 } });
    expect((await returnable())[0]?.quantity).toBe(1);
  });

  it('cannot be made of what was refunded or not shipped', async () => {
    const { state, platform } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const none = await ask(platform, `{ returnableFulfillments(orderId: "${order.id}", first: 9) { nodes { id } } }`);
    expect(none.at('returnableFulfillments', 'nodes')).toEqual([]);
    state.shipOrder(order.id, { lines: [{ sku: 'TEE', quantity: 3 }] });
    state.refundOrder(order.id, { lines: [{ sku: 'TEE', quantity: 2 }] });
    expect(() => state.openReturn(order.id, { lines: [{ sku: 'TEE', quantity: 2 }] })).toThrow('too many');
    expect(state.openReturn(order.id, { lines: [{ sku: 'TEE', quantity: 1 }] }).status).toBe('OPEN');
  });

  it('keeps its order from being cancelled', async () => {
    const { state, platform, order } = shipped();
    state.openReturn(order.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    state.cancelFulfillment(state.fulfillmentsOf(order.id)[0]?.id ?? '');
    const answer = await ask(
      platform,
      `mutation { orderCancel(orderId: "${order.id}", reason: OTHER, restock: true) { orderCancelUserErrors { message } } }`,
    );
    expect(answer.at('orderCancel', 'orderCancelUserErrors', 0, 'message')).toBe(
      'Cannot cancel an order that has returns',
    );
  });
});

describe('a return that a buyer asks for', () => {
  it.each(['approve', 'decline'] as const)('waits for the merchant to %s it', async (answer) => {
    const { state, order, act, returnable, status } = shipped();
    const [tee] = await returnable();
    const line = { fulfillmentLineItemId: tee?.id, quantity: 1, customerNote: 'It itches' };
    const asked = await act('request', { i: { orderId: order.id, returnLineItems: [line] } });
    expect(asked).toMatchObject({
      return: {
        status: 'REQUESTED',
        reverseFulfillmentOrders: { nodes: [] },
        returnLineItems: { nodes: [{ customerNote: 'It itches' }] },
      },
    });
    expect(await status()).toBe('RETURN_REQUESTED');
    const done = await act(answer, { id: inReturn(asked, 'id') });
    expect(done).toMatchObject({
      return:
        answer === 'approve'
          ? { status: 'OPEN', reverseFulfillmentOrders: { nodes: [{ status: 'OPEN' }] } }
          : { status: 'DECLINED', decline: { reason: 'FINAL_SALE', note: 'Sold off' } },
    });
    expect(await status()).toBe(answer === 'approve' ? 'IN_PROGRESS' : 'NO_RETURN');
    expect(await act(answer, { id: inReturn(asked, 'id') })).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    expect(state.returnsOf(order.id)).toHaveLength(1);
  });
});

describe('what a return is seen by', () => {
  it('is found by its id, in its order, and among the orders that have one', async () => {
    const { platform, order, open } = shipped();
    const opened = await open(1);
    const id = inReturn(opened, 'id');
    const answer = await ask(
      platform,
      `{ return(id: "${id}") { id } nodes(ids: ["${id}", "${lineOf(opened)}"]) { __typename }
         order(id: "${order.id}") { returns(first: 5, query: "status:open") { nodes { id } } }
         orders(first: 5, query: "return_status:in_progress") { nodes { id } }
         returnReasonDefinitions(first: 5, handles: ["defective"]) { nodes { handle name deleted } } }`,
    );
    expect(answer.errors).toEqual([]);
    expect(answer.at('return', 'id')).toBe(id);
    expect(answer.at('nodes')).toEqual([{ __typename: 'Return' }, { __typename: 'ReturnLineItem' }]);
    expect(answer.at('order', 'returns', 'nodes')).toEqual([{ id }]);
    expect(answer.at('orders', 'nodes')).toEqual([{ id: order.id }]);
    expect(answer.at('returnReasonDefinitions', 'nodes')).toEqual([
      { handle: 'defective', name: 'Defective', deleted: false },
    ]);
  });

  it('tells subscribers, and moves the moment of its order’s last change', async () => {
    const { platform, state, order } = shipped();
    const told: { readonly topic: string; readonly body: unknown }[] = [];
    platform.webhooks.deliver = async (request) => {
      told.push({ topic: request.headers.get('x-shopify-topic') ?? '', body: await request.json() });
      return new Response('');
    };
    for (const topic of ['request', 'approve', 'decline', 'cancel', 'close', 'reopen', 'process', 'update']) {
      state.subscribe(`returns/${topic}`, 'https://receiver.example/hook');
    }
    state.subscribe('reverse_fulfillment_orders/dispose', 'https://receiver.example/hook');
    state.subscribe('refunds/create', 'https://receiver.example/hook');
    await platform.clock.advance(60_000);
    const { id } = state.openReturn(order.id, { lines: [{ sku: 'TEE', quantity: 2 }], requested: true });
    expect(state.order(order.id).updatedAt).toBe('2026-11-01T00:01:00Z');
    state.approveReturn(id);
    state.processReturn(id);
    state.closeReturn(id);
    await platform.clock.advance(1000);
    expect(told.map(({ topic }) => topic)).toEqual([
      'returns/request',
      'returns/approve',
      'reverse_fulfillment_orders/dispose',
      'refunds/create',
      'returns/process',
      'returns/close',
    ]);
    expect(told[0]?.body).toMatchObject({
      admin_graphql_api_id: id,
      status: 'requested',
      order: { admin_graphql_api_id: order.id },
      name: '#1001-R1',
      total_return_line_items: 1,
      return_line_items: [{ quantity: 2, return_reason: 'unknown' }],
    });
    expect(told.at(-1)?.body).toMatchObject({ admin_graphql_api_id: id, status: 'closed' });
    expect(told[3]?.body).toMatchObject({ return: { admin_graphql_api_id: id } });
  });

  it('says aloud that it knows no exchange and no fee', async () => {
    const { platform, order, returnable } = shipped();
    const [tee] = await returnable();
    const line = { fulfillmentLineItemId: tee?.id, quantity: 1 };
    for (const more of [
      { returnLineItems: [line], exchangeLineItems: [{ quantity: 1 }] },
      { returnLineItems: [{ ...line, restockingFee: { percentage: 10 } }] },
      { returnLineItems: [line], returnShippingFee: { amount: { amount: '5.00', currencyCode: 'USD' } } },
    ]) {
      const answer = await ask(platform, doing.create, { i: { orderId: order.id, ...more } });
      expect(answer.errors[0]?.extensions.code).toBe('FAKE_UNSUPPORTED');
    }
  });
});
