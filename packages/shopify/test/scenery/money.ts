import { money, multiplyMoney, subtractMoney, sumMoney } from '@crossdock/core';
import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { address, refOf } from '../shop.ts';
import { seenLater } from './late.ts';

type Shop = FakePlatform<ShopifyState>;
const lateMs = 110_000;
const dollars = (amount: string) => money(amount, 'USD');

/** Money that was paid, is reserved, and was given back. */
export const moneyScenery: Pick<
  Scenery<ShopifyState>,
  'payments.pull' | 'payments.capture' | 'refunds.pull' | 'refunds.create'
> = {
  'payments.pull': {
    async seed(platform, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        refs.push({ system: 'shopify', kind: 'payment', id: sold(platform).id } as const);
        await platform.clock.advance(1000);
      }
      return refs;
    },
    touch: ({ state }, { id }) => void state.touchOrder(id),
    late: {
      ms: lateMs,
      begin(platform, { id }) {
        platform.state.touchOrder(id);
        return seenLater(platform, platform.state.unlistOrder(id));
      },
    },
  },
  'payments.capture': {
    draft({ state }, number) {
      const lines = [{ title: 'Item', unitPrice: '10.00', quantity: number }];
      const { id, total } = state.placeOrder({ lines, payments: [{ kind: 'authorization', multiCapturable: true }] });
      const [authorization] = state.transactionsOf(id);
      if (!authorization) throw new Error('The order has no authorization.');
      return { order: refOf(id), authorization: authorization.id, amount: dollars(total) };
    },
    reserved({ state }, { order, authorization }) {
      const all = state.transactionsOf(order.id);
      const whole = all.find(({ id }) => id === authorization);
      const ended = all.some(({ kind, parentId }) => kind === 'VOID' && parentId === authorization);
      return ended || !whole
        ? dollars('0.00')
        : subtractMoney(dollars(whole.amount), sumMoney(captures(state, order.id), 'USD'));
    },
    taken: ({ state }, { order }) => captures(state, order.id),
    unknown: () => refOf('gid://shopify/Order/404'),
  },
  'refunds.pull': {
    async seed(platform, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        const { id } = sold(platform);
        platform.state.refundOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
        const [refund] = platform.state.refundsOf(id);
        if (refund) refs.push({ system: 'shopify', kind: 'refund', id: refund.id } as const);
        await platform.clock.advance(1000);
      }
      return refs;
    },
  },
  'refunds.create': {
    draft(platform, number) {
      const { id, lines } = sold(platform, 10 * number);
      const order = refOf(id);
      const [line] = lines;
      const amount = dollars(`${10 * number}.00`);
      const tax = multiplyMoney(amount, '0.19');
      const refunded = { orderLineId: line?.id ?? '', quantity: number, amount, tax, restocked: true };
      const total = sumMoney([amount, tax], 'USD');
      return { number: `R-${number}`, order, lines: [refunded], total, refundedAt: '2026-11-01T10:00:00Z' };
    },
    created: ({ state }) => state.orders.flatMap(({ id }) => state.refundsOf(id).map((refund) => refund.id)),
  },
};

function sold({ state }: Shop, quantity = 10) {
  const taxLines = [{ title: 'VAT', rate: '0.19' }];
  return state.placeOrder({ lines: [{ sku: 'TEE', quantity }], taxLines, shippingAddress: address });
}

function captures(state: ShopifyState, orderId: string) {
  const taken = state.transactionsOf(orderId).filter(({ kind, status }) => kind === 'CAPTURE' && status === 'SUCCESS');
  return taken.map(({ amount }) => dollars(amount));
}
