import { money, multiplyMoney } from '@crossdock/core';
import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import type { LiveState } from './live-platform.ts';
import { pooled } from './live-sales.ts';
import { refOf, type LiveShop } from './live-shop.ts';
import { withId } from './shop-hand.ts';

const refundsSchema = z.array(z.object({ refunds: z.array(withId) }));

/** Money that came in, and money that went back. */
export function liveMoney(shop: LiveShop) {
  const { hand, run, currency } = shop;
  let written = 0;

  return {
    'payments.pull': {
      seed: pooled(async (count) => (await shop.placeMany(count)).map((id) => refOf('payment', id))),
      async touch(_platform, { id }) {
        await hand.write('PUT', `/orders/${id}?_fields=id`, withId, { customer_note: `Paid ${++written}` });
      },
    },
    'refunds.pull': {
      seed: pooled(async (count) => {
        const orders = await shop.placeMany(count);
        const refund = { amount: '1.00', api_refund: false };
        const made = [];
        for (const id of orders)
          made.push(await hand.write('POST', `/orders/${id}/refunds?_fields=id`, withId, refund));
        return made.map(({ id }) => refOf('refund', id));
      }),
    },
    'refunds.create': {
      async draft({ state }, number) {
        const line_items = [{ product_id: shop.tee.id, quantity: 10 * number }];
        const id = await shop.place({ line_items });
        const [line] = (await shop.order(id)).line_items;
        const total = multiplyMoney(money('10.00', currency), number);
        const tax = money('0.00', currency);
        const lines = [{ orderLineId: String(line?.id), quantity: number, amount: total, tax, restocked: true }];
        const refundedAt = '2026-11-01T10:00:00Z';
        return { number: `R-${run}-${state.number}-${number}`, order: refOf('order', id), lines, total, refundedAt };
      },
      async created() {
        const ids: string[] = [];
        for (let page = 1; ; page++) {
          const path = `/orders?status=any&search=${run}&per_page=100&orderby=id&_fields=refunds&page=${page}`;
          const orders = await hand.read(path, refundsSchema);
          if (orders.length === 0) return ids;
          ids.push(...orders.flatMap(({ refunds }) => refunds.map(({ id }) => String(id))));
        }
      },
    },
  } satisfies Partial<Scenery<LiveState>>;
}
