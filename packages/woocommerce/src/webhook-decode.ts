import {
  CommerceError,
  eventsOfOrder,
  unknownTopic,
  type CommerceEvent,
  type Delivery,
  type Order,
  type ReadOptions,
  type Ref,
} from '@crossdock/core';
import * as z from 'zod';

/** Topics that tell of an order. One that went into the trash is read, and found canceled. */
const orderTopics: ReadonlySet<string> = new Set(['order.created', 'order.updated', 'order.deleted', 'order.restored']);

/** Topics of what this connector does not hand out. A shop that reports its goods means nothing wrong by it. */
const silentTopics: ReadonlySet<string> = new Set([
  'product.created',
  'product.updated',
  'product.deleted',
  'product.restored',
]);

/**
 * What a delivery means. Deliveries come late, in any order, or not at all, and show what was there when they were sent,
 * so one is only a hint: the order is read anew. One that is gone means nothing; a topic that is none of an order's is
 * refused as `webhook.unknown`.
 */
export function webhookDecode(
  system: string,
  get: (ref: Ref<'order'>, options?: ReadOptions) => Promise<Order | undefined>,
) {
  return async function decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]> {
    const { topic } = delivery;
    if (silentTopics.has(topic)) return [];
    if (!orderTopics.has(topic)) throw unknownTopic(system, delivery, [...orderTopics, ...silentTopics]);
    const id = orderIdOf(delivery, system);
    const order = id === undefined ? undefined : await get({ system, kind: 'order', id }, options);
    return order === undefined ? [] : eventsOfOrder(order);
  };
}

const hintSchema = z.object({ id: z.int().positive() });

/** An order that was gone when the delivery was made is reported as an error. recorded on WooCommerce 10.0.2, 2026-11-23 */
const goneSchema = z.object({ code: z.string().regex(/_invalid_id$/), data: z.object({ status: z.literal(404) }) });

function orderIdOf({ body, topic, deliveryId }: Delivery, system: string): string | undefined {
  const json = jsonOf(body);
  const hint = hintSchema.safeParse(json);
  if (hint.success) return String(hint.data.id);
  if (goneSchema.safeParse(json).success) return undefined;
  throw new CommerceError({
    code: 'webhook.malformed',
    system,
    operation: 'webhooks.decode',
    message: `Delivery "${deliveryId}" of "${topic}" from "${system}" was not understood: it names no order in "id". Look for a plugin that changes the payload of webhooks.`,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
