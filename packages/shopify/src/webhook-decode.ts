import {
  CommerceError,
  eventsOfOrder,
  unknownTopic,
  type CommerceEvent,
  type Delivery,
  type ReadOptions,
} from '@crossdock/core';
import * as z from 'zod';
import type { OrderGet } from './order-get.ts';

/**
 * What a delivery means. Deliveries come late, twice and in any order, so one is only a hint: the order is read anew. An
 * order that is gone means nothing; a topic that is none of an order's is refused as `webhook.unknown`.
 */
export function webhookDecode(system: string, get: OrderGet) {
  return async function decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]> {
    if (!orderTopics.has(delivery.topic.toLowerCase())) throw unknownTopic(system, delivery, orderTopics);
    const order = await get({ system, kind: 'order', id: orderIdOf(delivery, system) }, options);
    return order === undefined ? [] : eventsOfOrder(order);
  };
}

/** Topics that tell of an order. An order that is deleted is only read and found gone. */
const orderTopics: ReadonlySet<string> = new Set([
  'orders/create',
  'orders/updated',
  'orders/paid',
  'orders/cancelled',
  'orders/fulfilled',
  'orders/delete',
  'orders/partially_fulfilled',
]);

// The numeric `id` may be larger than a float can hold; the text beside it is exact.
const orderHintSchema = z.object({ admin_graphql_api_id: z.string().startsWith('gid://shopify/Order/') });

function orderIdOf({ body, topic, deliveryId }: Delivery, system: string): string {
  const parsed = orderHintSchema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data.admin_graphql_api_id;
  throw new CommerceError({
    code: 'webhook.malformed',
    system,
    operation: 'webhooks.decode',
    message: `Delivery "${deliveryId}" of "${topic}" from "${system}" was not understood: it names no order in "admin_graphql_api_id". Look whether the subscription leaves that field out.`,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
