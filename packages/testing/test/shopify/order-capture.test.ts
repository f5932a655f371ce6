import type { OrderInput } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const captures = `mutation Capture($input: OrderCaptureInput!) {
  orderCapture(input: $input) {
    transaction { id kind amountSet { shopMoney { amount } presentmentMoney { amount currencyCode } } parentTransaction { id } }
    userErrors { field message }
  }
}`;

/** A shop with an order of 42.40 that is authorized. */
function authorized(more: Partial<OrderInput> = {}, multiCapturable = true) {
  const { platform, state } = shopWithStock();
  const order = state.placeOrder(anOrder({ payments: [{ kind: 'authorization', multiCapturable }], ...more }));
  const parentTransactionId = state.transactionsOf(order.id)[0]?.id ?? '';
  const capture = (amount: string, rest: object = {}) =>
    ask(platform, captures, { input: { id: order.id, parentTransactionId, amount, ...rest } });
  const capturable = async () => {
    const fields = 'capturable totalCapturableSet { shopMoney { amount } } displayFinancialStatus';
    return (await ask(platform, `{ order(id: "${order.id}") { ${fields} } }`)).at('order');
  };
  return { platform, state, order, parentTransactionId, capture, capturable };
}

/** The sum of amounts, in cents. */
const sum = (all: readonly string[]) => all.reduce((total, each) => total + Math.round(Number(each) * 100), 0);

describe('orderCapture', () => {
  it('takes money of an authorization in parts, and refuses more than is left', async () => {
    const { state, order, parentTransactionId, capture, capturable } = authorized();
    const first = await capture('20.00');
    expect(first.at('orderCapture', 'transaction')).toMatchObject({
      kind: 'CAPTURE',
      amountSet: { shopMoney: { amount: '20.0' } },
      parentTransaction: { id: parentTransactionId },
    });
    expect(await capturable()).toEqual({
      capturable: true,
      totalCapturableSet: { shopMoney: { amount: '22.4' } },
      displayFinancialStatus: 'PARTIALLY_PAID',
    });
    const tooMuch = await capture('22.41');
    expect(tooMuch.at('orderCapture')).toMatchObject({
      transaction: null,
      userErrors: [{ field: ['input', 'amount'] }],
    });
    await capture('22.40');
    expect(state.order(order.id).financialStatus).toBe('PAID');
    expect((await capture('0.01')).at('orderCapture', 'userErrors', 0, 'field')).toEqual([
      'input',
      'parentTransactionId',
    ]);
    expect(state.transactionsOf(order.id).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['AUTHORIZATION', '42.40'],
      ['CAPTURE', '20.00'],
      ['CAPTURE', '22.40'],
    ]);
  });

  it('takes the same part twice when it is asked twice, for nothing guards it', async () => {
    const { state, order, capture } = authorized();
    await capture('10.00');
    await capture('10.00');
    expect(state.transactionsOf(order.id).filter(({ kind }) => kind === 'CAPTURE')).toHaveLength(2);
  });

  it('uses up an authorization that can be captured once', async () => {
    const { capture, capturable } = authorized({}, false);
    await capture('20.00');
    expect(await capturable()).toMatchObject({
      capturable: false,
      totalCapturableSet: { shopMoney: { amount: '0.0' } },
    });
    expect((await capture('1.00')).at('orderCapture', 'userErrors')).toHaveLength(1);
  });

  it('lets go of the rest with the last capture', async () => {
    const { state, order, capture, capturable } = authorized();
    await capture('20.00', { finalCapture: true });
    expect(await capturable()).toMatchObject({ capturable: false });
    expect(state.transactionsOf(order.id).at(-1)).toMatchObject({ kind: 'VOID', amount: '22.40' });
  });

  it('wants the currency of a buyer who pays in another one, and counts both to the cent', async () => {
    const { state, order, capture } = authorized({ presentment: { currency: 'EUR', rate: '0.9137' } });
    const whole = state.transactionsOf(order.id)[0];
    expect((await capture('10.00')).at('orderCapture', 'userErrors', 0, 'field')).toEqual(['input', 'currency']);
    expect((await capture('10.00', { currency: 'USD' })).at('orderCapture', 'userErrors', 0, 'field')).toEqual([
      'input',
      'currency',
    ]);
    const rest = (Number(whole?.presented) - 11.1).toFixed(2);
    for (const amount of [...Array.from({ length: 10 }, () => '1.11'), rest])
      await capture(amount, { currency: 'EUR' });
    const taken = state.transactionsOf(order.id).filter(({ kind }) => kind === 'CAPTURE');
    expect(sum(taken.map(({ amount }) => amount))).toBe(sum([whole?.amount ?? '']));
    expect(sum(taken.map(({ presented }) => presented))).toBe(sum([whole?.presented ?? '']));
    expect(state.order(order.id).financialStatus).toBe('PAID');
  });

  it.each(['an authorization that ran out', 'a cancelled order', 'a sale', 'nothing', 'an order there is not'])(
    'refuses %s',
    async (what) => {
      const { platform, state, order, parentTransactionId } = authorized(what === 'a sale' ? { payments: [{}] } : {});
      if (what === 'an authorization that ran out') state.expireAuthorization(order.id);
      if (what === 'a cancelled order') state.cancelOrder(order.id, 'CUSTOMER');
      const before = state.transactionsOf(order.id);
      const answer = await ask(platform, captures, {
        input: {
          id: what === 'an order there is not' ? 'gid://shopify/Order/5' : order.id,
          parentTransactionId,
          amount: what === 'nothing' ? '0' : '1.00',
        },
      });
      expect(answer.at('orderCapture', 'transaction')).toBeNull();
      expect(answer.at('orderCapture', 'userErrors')).toHaveLength(1);
      expect(state.transactionsOf(order.id)).toEqual(before);
    },
  );

  it('costs 20 points, and tells of the transaction and of the payment', async () => {
    const { platform, state, capture } = authorized();
    const told: string[] = [];
    for (const topic of ['order_transactions/create', 'orders/paid'])
      state.subscribe(topic, 'https://receiver.example/hook');
    platform.webhooks.deliver = async (request) => {
      told.push(request.headers.get('x-shopify-topic') ?? '');
      return new Response('');
    };
    expect((await capture('42.40')).cost?.requestedQueryCost).toBeGreaterThanOrEqual(20);
    await platform.clock.advance(1000);
    expect(told.toSorted()).toEqual(['order_transactions/create', 'orders/paid']);
  });

  it('is found among the transactions of the order, of which a list is cut without a word', async () => {
    const { platform, order, capture } = authorized();
    await capture('1.00');
    const answer = await ask(
      platform,
      `{ order(id: "${order.id}") { transactionsCount { count } transactions(first: 1) { kind } open: transactions(capturable: true) { kind } } }`,
    );
    expect(answer.at('order')).toEqual({
      transactionsCount: { count: 2 },
      transactions: [{ kind: 'AUTHORIZATION' }],
      open: [{ kind: 'AUTHORIZATION' }],
    });
  });
});
