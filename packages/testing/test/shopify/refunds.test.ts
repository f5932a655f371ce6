import type { OrderInput } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, textAt, valueAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const creates = `mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund {
      id note totalRefundedSet { shopMoney { amount } presentmentMoney { amount } } return { id }
      refundLineItems(first: 9) { nodes { quantity restockType subtotalSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } location { id } } }
      refundShippingLines(first: 9) { nodes { subtotalAmountSet { shopMoney { amount } } taxAmountSet { shopMoney { amount } } } }
      transactions(first: 9) { nodes { kind parentTransaction { id } amountSet { presentmentMoney { amount } } } }
      orderAdjustments(first: 9) { nodes { amountSet { shopMoney { amount } } reason } }
      duties { amountSet { shopMoney { amount } } originalDuty { id } }
    }
    userErrors { field message }
  }
}`;

const suggests = `query Suggest($id: ID!, $lines: [RefundLineItemInput!], $shipping: Money, $full: Boolean, $duties: [RefundDutyInput!]) {
  order(id: $id) {
    suggestedRefund(refundLineItems: $lines, shippingAmount: $shipping, suggestFullRefund: $full, refundDuties: $duties) {
      amountSet { shopMoney { amount } presentmentMoney { amount } } subtotalSet { shopMoney { amount } }
      totalTaxSet { shopMoney { amount } } totalDutiesSet { shopMoney { amount } } maximumRefundableSet { shopMoney { amount } }
      shipping { amountSet { shopMoney { amount } } maximumRefundableSet { shopMoney { amount } } taxSet { shopMoney { amount } } }
      suggestedTransactions { kind gateway amountSet { presentmentMoney { amount } } maximumRefundableSet { presentmentMoney { amount } } parentTransaction { id } }
    }
  }
}`;

function paid(more: Partial<OrderInput> = {}) {
  const { platform, state, warehouse } = shopWithStock();
  const order = state.placeOrder(anOrder({ taxLines: [{ title: 'VAT', rate: '0.2' }], ...more }));
  const [tee = '', cap = ''] = order.lines.map(({ id }) => id);
  let keys = 0;
  const refund = (input: object, key = `key-${(keys += 1)}`) =>
    ask(platform, creates, { input: { orderId: order.id, ...input }, key });
  const suggest = async (what: object) => {
    const answer = await ask(platform, suggests, { id: order.id, ...what });
    expect(answer.errors).toEqual([]);
    return answer.at('order', 'suggestedRefund');
  };
  const payment = (at = 0) => state.transactionsOf(order.id)[at]?.id ?? '';
  const money = (amount: string, at = 0) => [
    { orderId: order.id, kind: 'REFUND', gateway: 'shopify_payments', amount, parentId: payment(at) },
  ];
  return { platform, state, warehouse, order, tee, cap, refund, suggest, payment, money };
}

/** The sum of amounts, in cents. */
const sum = (all: readonly string[]) => all.reduce((total, each) => total + Math.round(Number(each) * 100), 0);

describe('suggestedRefund', () => {
  it('reckons lines, carriage and their taxes, from the payment they came with', async () => {
    const { suggest, tee, payment } = paid();
    const found = await suggest({
      lines: [{ lineItemId: tee, quantity: 1, restockType: 'NO_RESTOCK' }],
      shipping: '2.45',
    });
    // 10.00 and 2.45 and a fifth of both.
    expect(found).toMatchObject({
      amountSet: { shopMoney: { amount: '14.94' } },
      subtotalSet: { shopMoney: { amount: '10.0' } },
      totalTaxSet: { shopMoney: { amount: '2.49' } },
      maximumRefundableSet: { shopMoney: { amount: '50.88' } },
      shipping: {
        amountSet: { shopMoney: { amount: '2.45' } },
        maximumRefundableSet: { shopMoney: { amount: '4.9' } },
        taxSet: { shopMoney: { amount: '0.49' } },
      },
      suggestedTransactions: [{ kind: 'SUGGESTED_REFUND', parentTransaction: { id: payment() } }],
    });
  });

  it('gives back all of it when it is asked for all', async () => {
    const { suggest, state, order } = paid();
    expect(await suggest({ full: true })).toMatchObject({ amountSet: { shopMoney: { amount: '50.88' } } });
    state.refundOrder(order.id, { lines: [{ sku: 'TEE', quantity: 3 }], shipping: '4.90' });
    expect(await suggest({ full: true })).toMatchObject({ amountSet: { shopMoney: { amount: '9.0' } } });
  });

  it('is what a refund by hand pays: carriage with the tax that comes on top of it', async () => {
    const { suggest, state, order, tee } = paid();
    const lines = [{ lineItemId: tee, quantity: 1, restockType: 'NO_RESTOCK' }];
    expect(await suggest({ lines, shipping: '2.45' })).toMatchObject({ amountSet: { shopMoney: { amount: '14.94' } } });
    state.refundOrder(order.id, { lines: [{ sku: 'TEE', quantity: 1 }], shipping: '2.45', restock: false });
    expect(state.transactionsOf(order.id).at(-1)).toMatchObject({ kind: 'REFUND', amount: '14.94' });
  });

  it('spreads over the payments, a gift card last', async () => {
    const { suggest, payment } = paid({ taxLines: [], payments: [{ gateway: 'gift_card', amount: '20.00' }, {}] });
    expect(valueAt(await suggest({ full: true }), ['suggestedTransactions'])).toMatchObject([
      {
        gateway: 'shopify_payments',
        amountSet: { presentmentMoney: { amount: '22.4' } },
        parentTransaction: { id: payment(1) },
      },
      {
        gateway: 'gift_card',
        amountSet: { presentmentMoney: { amount: '20.0' } },
        parentTransaction: { id: payment(0) },
      },
    ]);
  });

  it('gives duties back only when they are asked for', async () => {
    const { suggest, platform, order, tee } = paid({
      lines: [{ sku: 'TEE', quantity: 2, duties: [{ price: '4.00' }] }],
    });
    const ids = await ask(platform, `{ order(id: "${order.id}") { lineItems(first: 1) { nodes { duties { id } } } } }`);
    const dutyId = textAt(ids.at('order'), 'lineItems', 'nodes', 0, 'duties', 0, 'id');
    const lines = [{ lineItemId: tee, quantity: 1, restockType: 'NO_RESTOCK' }];
    expect(await suggest({ lines })).toMatchObject({ totalDutiesSet: { shopMoney: { amount: '0.0' } } });
    expect(await suggest({ lines, duties: [{ dutyId, refundType: 'PROPORTIONAL' }] })).toMatchObject({
      totalDutiesSet: { shopMoney: { amount: '2.0' } },
    });
    expect(await suggest({ lines, duties: [{ dutyId, refundType: 'FULL' }] })).toMatchObject({
      totalDutiesSet: { shopMoney: { amount: '4.0' } },
    });
  });
});

describe('refundCreate', () => {
  it('takes shipped units back to a shelf and pays them by their payment', async () => {
    const { state, order, warehouse, tee, refund, money, payment } = paid();
    state.shipOrder(order.id);
    const before = state.stock('TEE').available;
    const answer = await refund({
      note: 'Broken',
      refundLineItems: [{ lineItemId: tee, quantity: 2, restockType: 'RETURN', locationId: warehouse }],
      transactions: money('24.00'),
    });
    expect(answer.at('refundCreate', 'userErrors')).toEqual([]);
    expect(answer.at('refundCreate', 'refund')).toMatchObject({
      note: 'Broken',
      totalRefundedSet: { shopMoney: { amount: '24.0' } },
      return: null,
      refundLineItems: {
        nodes: [
          {
            quantity: 2,
            restockType: 'RETURN',
            subtotalSet: { shopMoney: { amount: '20.0' } },
            totalTaxSet: { shopMoney: { amount: '4.0' } },
            location: { id: warehouse },
          },
        ],
      },
      transactions: { nodes: [{ kind: 'REFUND', parentTransaction: { id: payment() } }] },
      orderAdjustments: { nodes: [] },
    });
    expect(state.stock('TEE').available).toBe(before + 2);
    expect(state.order(order.id)).toMatchObject({
      financialStatus: 'PARTIALLY_REFUNDED',
      fulfillmentStatus: 'FULFILLED',
    });
    expect(state.refundsOf(order.id)).toMatchObject([{ total: '24.00', lines: [{ sku: 'TEE', quantity: 2 }] }]);
  });

  it('takes units off what is to be shipped', async () => {
    const { state, order, warehouse, tee, refund, money } = paid();
    await refund({
      refundLineItems: [{ lineItemId: tee, quantity: 3, restockType: 'CANCEL', locationId: warehouse }],
      transactions: money('36.00'),
    });
    expect(state.fulfillmentOrdersOf(order.id)[0]?.lines.map(({ remaining }) => remaining)).toEqual([0, 1]);
    expect(state.stock('TEE')).toMatchObject({ available: 100, committed: 0 });
  });

  it('notes what was paid beyond or below the worth of what came back', async () => {
    const { refund, tee, money, platform, order } = paid();
    const answer = await refund({
      refundLineItems: [{ lineItemId: tee, quantity: 1, restockType: 'NO_RESTOCK' }],
      transactions: money('10.00'),
      discrepancyReason: 'CUSTOMER',
    });
    expect(answer.at('refundCreate', 'refund', 'orderAdjustments', 'nodes')).toEqual([
      { amountSet: { shopMoney: { amount: '2.0' } }, reason: 'CUSTOMER' },
    ]);
    const now = await ask(platform, `{ order(id: "${order.id}") { refundDiscrepancySet { shopMoney { amount } } } }`);
    expect(now.at('order', 'refundDiscrepancySet', 'shopMoney', 'amount')).toBe('2.0');
  });

  it('pays carriage back with its tax', async () => {
    const { refund, money, suggest } = paid();
    const answer = await refund({ shipping: { fullRefund: true }, transactions: money('5.88') });
    expect(answer.at('refundCreate', 'refund', 'refundShippingLines', 'nodes')).toEqual([
      { subtotalAmountSet: { shopMoney: { amount: '4.9' } }, taxAmountSet: { shopMoney: { amount: '0.98' } } },
    ]);
    expect(await suggest({ full: true })).toMatchObject({
      shipping: { maximumRefundableSet: { shopMoney: { amount: '0.0' } } },
    });
  });

  it('wants the buyer’s currency where it is another one, and pays it back exactly', async () => {
    const { state, order, refund, suggest, payment, money } = paid({
      presentment: { currency: 'EUR', rate: '0.9137' },
    });
    const whole = state.transactionsOf(order.id)[0];
    const found = await suggest({ full: true });
    expect(valueAt(found, ['suggestedTransactions', 0, 'amountSet', 'presentmentMoney', 'amount'])).toBe(
      String(Number(whole?.presented)),
    );
    expect((await refund({ transactions: money('10.00') })).at('refundCreate', 'userErrors', 0, 'field')).toEqual([
      'currency',
    ]);
    const parts = ['10.00', (Number(whole?.presented) - 10).toFixed(2)];
    for (const amount of parts) {
      const answer = await refund({
        currency: 'EUR',
        transactions: [{ orderId: order.id, kind: 'REFUND', gateway: 'shopify_payments', amount, parentId: payment() }],
      });
      expect(answer.at('refundCreate', 'userErrors')).toEqual([]);
    }
    const back = state.transactionsOf(order.id).filter(({ kind }) => kind === 'REFUND');
    expect(sum(back.map(({ amount }) => amount))).toBe(sum([whole?.amount ?? '']));
    expect(state.order(order.id).financialStatus).toBe('REFUNDED');
  });

  it.each([
    ['more than was paid', { amount: '50.89' }, ['transactions']],
    ['a payment of another order', { orderId: 'gid://shopify/Order/5' }, ['transactions', '0', 'orderId']],
    ['a parent there is not', { parentId: 'gid://shopify/OrderTransaction/5' }, ['transactions', '0', 'parentId']],
    ['a capture', { kind: 'CAPTURE' }, ['transactions', '0', 'kind']],
    ['nothing', { amount: '0' }, ['transactions', '0', 'amount']],
  ])('refuses %s', async (_what, change, field) => {
    const { state, order, refund, money } = paid();
    const answer = await refund({ transactions: money('1.00').map((each) => ({ ...each, ...change })) });
    expect(answer.at('refundCreate')).toMatchObject({ refund: null, userErrors: [{ field }] });
    expect(state.refundsOf(order.id)).toEqual([]);
  });

  it('refuses units that are not there, and to cancel what is shipped', async () => {
    const { state, order, tee, warehouse, refund } = paid();
    const many = await refund({ refundLineItems: [{ lineItemId: tee, quantity: 4, restockType: 'NO_RESTOCK' }] });
    expect(many.at('refundCreate', 'userErrors', 0, 'field')).toEqual(['refundLineItems', '0', 'quantity']);
    state.shipOrder(order.id);
    const late = await refund({
      refundLineItems: [{ lineItemId: tee, quantity: 1, restockType: 'CANCEL', locationId: warehouse }],
    });
    expect(late.at('refundCreate', 'userErrors', 0, 'field')).toEqual(['refundLineItems', '0', 'restockType']);
  });

  it('is one refund for one key, and tells by words alone when the key is misused', async () => {
    const { state, order, refund, money } = paid();
    const first = await refund({ transactions: money('5.00') }, 'one');
    const again = await refund({ transactions: money('5.00') }, 'one');
    expect(again.at('refundCreate', 'refund', 'id')).toBe(first.at('refundCreate', 'refund', 'id'));
    const other = await refund({ transactions: money('6.00') }, 'one');
    expect(other.at('refundCreate')).toEqual({
      refund: null,
      userErrors: [
        { field: null, message: 'The same idempotency key cannot be used with different operation parameters.' },
      ],
    });
    expect(state.refundsOf(order.id)).toHaveLength(1);
  });

  it('does not know store credit, and says so', async () => {
    const { refund } = paid();
    const answer = await refund({
      refundMethods: [{ storeCreditRefund: { amount: { amount: '5.00', currencyCode: 'USD' } } }],
    });
    expect(answer.errors[0]?.extensions.code).toBe('FAKE_UNSUPPORTED');
  });

  it('is found by its id, and costs 20 points', async () => {
    const { platform, refund, money } = paid();
    const answer = await refund({ transactions: money('5.00') });
    const id = textAt(answer.at('refundCreate'), 'refund', 'id');
    const found = await ask(platform, `{ refund(id: "${id}") { id order { id } } node(id: "${id}") { __typename } }`);
    expect(found.at('refund', 'id')).toBe(id);
    expect(answer.cost?.requestedQueryCost).toBeGreaterThanOrEqual(20);
  });
});
