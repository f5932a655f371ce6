import { multiplyMoney, sumMoney } from '@crossdock/core';
import type { FakePlatform, WooCommerceState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { euros } from '../drafts.ts';
import { address, email, refOf } from '../shop.ts';

type Shop = FakePlatform<WooCommerceState>;

/** How late a list may show a change: within the overlap of a pull. */
const lateMs = 110_000;

const late = {
  ms: lateMs,
  begin(platform: Shop, { id }: { readonly id: string }) {
    const order = Number(id);
    platform.state.touch(order);
    const show = platform.state.unlist(order);
    const seenAt = platform.clock.now() + lateMs;
    return async () => {
      await platform.clock.advance(seenAt - platform.clock.now());
      show();
    };
  },
};

/** Money that came in, and money that went back. */
export const moneyScenery: Pick<Scenery<WooCommerceState>, 'payments.pull' | 'refunds.pull' | 'refunds.create'> = {
  'payments.pull': {
    async seed(platform, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        refs.push({ system: 'woocommerce', kind: 'payment', id: String(sold(platform).id) } as const);
        await platform.clock.advance(1000);
      }
      return refs;
    },
    touch: ({ state }, { id }) => state.touch(Number(id)),
    late,
  },
  'refunds.pull': {
    async seed(platform, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        const { id, lines } = sold(platform);
        const [line] = lines;
        const refund = platform.state.refund(id, { lines: line ? [{ id: line.id, quantity: 1 }] : [] });
        refs.push({ system: 'woocommerce', kind: 'refund', id: String(refund.id) } as const);
        await platform.clock.advance(1000);
      }
      return refs;
    },
  },
  'refunds.create': {
    draft(platform, number) {
      const { id, lines } = sold(platform, 10 * number);
      const amount = euros(`${10 * number}.00`);
      const tax = multiplyMoney(amount, '0.19');
      const orderLineId = String(lines[0]?.id);
      return {
        number: `R-${number}`,
        order: refOf(id),
        lines: [{ orderLineId, quantity: number, amount, tax, restocked: true }],
        total: sumMoney([amount, tax], 'EUR'),
        refundedAt: '2026-11-01T10:00:00Z',
      };
    },
    created: ({ state }) => state.orders.flatMap(({ refunds }) => refunds.map(({ id }) => String(id))),
  },
};

function sold({ state }: Shop, quantity = 10) {
  const { id } = state.placeOrder({
    lines: [{ sku: 'TEE', quantity }],
    billing: { ...address, email },
    shipping: address,
  });
  return { id, lines: state.order(id)?.lines ?? [] };
}
