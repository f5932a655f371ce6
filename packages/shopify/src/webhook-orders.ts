import { eventsOfOrder, type Delivery } from '@crossdock/core';
import type { OrderGet } from './order-get.ts';
import { gidIn, malformed, type TopicReader } from './webhook-decode.ts';

/** Deliveries about orders. One that was deleted is told of by number only, and proves nothing. */
export function orderTopics(system: string, get: OrderGet): TopicReader {
  return {
    topics: [
      'orders/create',
      'orders/updated',
      'orders/edited',
      'orders/paid',
      'orders/cancelled',
      'orders/fulfilled',
      'orders/delete',
      'orders/partially_fulfilled',
    ],
    async read(delivery, options) {
      const topic = delivery.topic.toLowerCase();
      if (topic === 'orders/delete') return [];
      const id = topic === 'orders/edited' ? editedOrder(delivery, system) : gidIn(delivery, 'Order', system);
      const order = await get({ system, kind: 'order', id }, options);
      return order === undefined ? [] : eventsOfOrder(order);
    },
  };
}

/**
 * An edit names its order by number only, `{"order_edit":{"order_id":…}}`, and the number may be larger than a float can
 * hold: it is read from the text. shopify.dev, orders/edited, API 2026-07.
 */
function editedOrder(delivery: Delivery, system: string): string {
  const number = /"order_id"\s*:\s*"?(\d+)/.exec(delivery.body)?.[1];
  if (number !== undefined) return `gid://shopify/Order/${number}`;
  throw malformed(delivery, system, 'it names no order in "order_edit.order_id"');
}
