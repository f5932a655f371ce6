import {
  CommerceError,
  defineConnector,
  eventsOfOrder,
  type ErrorCode,
  type Order,
  type PageProblem,
  type Since,
} from '@crossdock/core';
import { order } from './shop.ts';

/**
 * A shop that lists its orders by the moment of their last change, two on a page, and goes on exactly behind the last one:
 * what appears behind that later is never listed again. Its webhooks name an order.
 */
export function lateShop() {
  const orders: Order[] = [];
  const problems: PageProblem[] = [];
  /** What it was asked for. */
  const asked: Since[] = [];
  /** After how many pages it breaks off. */
  const breaks: { after: number; code: ErrorCode } = { after: Number.POSITIVE_INFINITY, code: 'platform.unavailable' };
  /** What it says to a cursor that it has forgotten: all of them. */
  const forgotten: { code?: ErrorCode | undefined } = {};
  const connector = defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system: 'shop',
    ports: {
      orders: {
        async *pull(since: Since) {
          asked.push(since);
          if (since.cursor !== undefined && forgotten.code !== undefined)
            throw new CommerceError({ code: forgotten.code, message: 'The shop does not go on from there.' });
          let { cursor = since.updatedAfter ?? '' } = since;
          for (let page = 0; ; page++) {
            if (page >= breaks.after) throw new CommerceError({ code: breaks.code, message: 'The shop is down.' });
            const from = cursor;
            const items = orders
              .filter((one) => placeOf(one) > from)
              .toSorted(byPlace)
              .slice(0, 2);
            const last = items.at(-1);
            cursor = last ? placeOf(last) : from;
            yield { items, cursor, problems: page === 0 ? problems : [] };
            if (items.length < 2) return;
          }
        },
      },
      webhooks: {
        async verify(request: Request) {
          const deliveryId = request.headers.get('delivery') ?? '';
          return { ok: true, delivery: { deliveryId, topic: 'orders', body: await request.text() } } as const;
        },
        decode: async ({ body }) => orders.filter(({ ref }) => ref.id === body).flatMap(eventsOfOrder),
      },
    },
    traits: {
      'orders.pull': { cursor: 'updated-at', maxPage: 2 },
      'webhooks.verify': { scheme: 'shared-secret', signsTime: false },
    },
    check: async () => {},
    usage: () => [],
  });
  return {
    connector,
    problems,
    asked,
    breaks,
    forgotten,
    /** Adds an order that was changed last at this moment. */
    add(id: string, ms: number) {
      const updatedAt = new Date(ms).toISOString();
      orders.push(order(id, { updatedAt, placedAt: updatedAt }));
    },
    /** Deletes an order, without telling. */
    remove(id: string) {
      orders.splice(
        orders.findIndex(({ ref }) => ref.id === id),
        1,
      );
    },
    /** Changes an order at this moment, without telling. */
    change(id: string, ms: number) {
      const at = orders.findIndex(({ ref }) => ref.id === id);
      const before = orders[at];
      if (before) orders[at] = { ...before, updatedAt: new Date(ms).toISOString() };
    },
  };
}

let deliveries = 0;
export function told(id: string): Request {
  return new Request('https://hub.example', { method: 'POST', headers: { delivery: `d${deliveries++}` }, body: id });
}

function placeOf({ updatedAt, ref }: Order): string {
  return `${updatedAt}|${ref.id}`;
}

function byPlace(one: Order, other: Order): number {
  return placeOf(one) < placeOf(other) ? -1 : 1;
}
