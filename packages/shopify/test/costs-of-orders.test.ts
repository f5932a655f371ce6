import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { requestedCost } from '../src/costs.ts';
import { orderIds, ordersById } from '../src/documents/orders.ts';
import { orderCapture, paymentsById } from '../src/documents/payments.ts';
import { refundCreate, refundsById, refundsByOrder, suggestedRefund } from '../src/documents/refunds.ts';
import { returnableGoods, returnsById, returnsOfOrders } from '../src/documents/returns.ts';
import { dayOfMoney } from './day-of-money.ts';
import { shopWithGoods } from './shop.ts';

const called = z.object({ query: z.string(), operationName: z.string() });
const answered = z.object({ extensions: z.object({ cost: z.object({ requestedQueryCost: z.number() }) }) });

describe('what Shopify asks for orders and their money', () => {
  it.each([
    ['a page of 250 ids', orderIds, 13],
    ['whole orders by id', ordersById, 96],
    ['the money of orders', paymentsById, 3],
    ['which refunds orders have', refundsByOrder, 2],
    ['whole refunds', refundsById, 48],
    ['which returns orders have', returnsOfOrders, 12],
    ['whole returns', returnsById, 130],
    ['what can come back', returnableGoods, 225],
    ['what a refund comes to', suggestedRefund, 5],
    ['a refund', refundCreate, 20],
    ['a capture', orderCapture, 20],
  ])('is for %s what the formula says, and less than a call may take', (_what, { text }, cost) => {
    expect(requestedCost(text)).toBe(cost);
    expect(cost).toBeLessThan(1000);
  });

  it('is what the shop says that it asked', async () => {
    const { fake, connect, state, place } = shopWithGoods();
    const asked = new Map<string, readonly number[]>();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const { query, operationName } = called.parse(await request.clone().json());
      const response = await fake.fetch(request);
      const { extensions } = answered.parse(await response.clone().json());
      asked.set(operationName, [requestedCost(query), extensions.cost.requestedQueryCost]);
      return response;
    };
    const shop = connect({ fetch });
    await dayOfMoney(shop, state, place);
    for await (const page of shop.orders.pull({})) expect(page.items.length).toBeGreaterThan(0);
    for (const { pull } of [shop.payments, shop.refunds, shop.returns]) {
      for await (const page of pull({})) expect(page.items.length).toBeGreaterThan(0);
    }
    expect([...asked].filter(([, [reckoned, said]]) => reckoned !== said)).toEqual([]);
    expect(asked.size).toBeGreaterThan(18);
  });
});
