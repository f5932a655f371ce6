import {
  CommerceError,
  eventsOfFulfillment,
  eventsOfShipment,
  isCommerceError,
  verifyStandardWebhook,
  unknownTopic,
} from '@crossdock/core';
import type { CommerceEvent, Delivery, PortCatalogue } from '@crossdock/core';
import { toFulfillmentOrder } from './fulfillment-record.ts';
import type { ShipBobSettings } from './options.ts';
import type { OrderReader } from './order-read.ts';
import { toShipment } from './shipment-record.ts';
import type { WireOrder } from './wire/order.ts';
import { hintSchema } from './wire/webhook.ts';

/** Topics about orders and their shipments: 2026-01, and those that 2026-07 adds. developer.shipbob.com, read 2026-11-23. */
const topics: ReadonlyMap<string, 'order' | 'shipment'> = new Map([
  ['order.shipped', 'order'],
  ['order.delivered', 'order'],
  ['order.shipment.delivered', 'shipment'],
  ['order.shipment.exception', 'shipment'],
  ['order.shipment.on_hold', 'shipment'],
  ['order.shipment.cancelled', 'shipment'],
  ['order.shipment.tracking.updated', 'shipment'],
]);

/**
 * Deliveries. A delivery is a hint that an order changed, never the state itself: they come late and out of turn, so the
 * order is read again.
 */
export function webhooksPort(
  orders: OrderReader,
  settings: ShipBobSettings,
): Pick<PortCatalogue['webhooks'], 'verify' | 'decode'> {
  const { system, clock, webhookSecrets: secrets, maxWebhookBytes: maxBytes } = settings;
  return {
    async verify(request) {
      const topic = request.headers.get('x-webhook-topic');
      if (!topic) return { ok: false, reason: 'headers' };
      const verified = await verifyStandardWebhook(request, { secrets, clock, maxBytes });
      if (!verified.ok) return verified;
      return { ok: true, delivery: { deliveryId: verified.id, topic, body: verified.text } };
    },
    async decode(delivery, options) {
      const subject = topics.get(delivery.topic);
      if (!subject) throw unknownTopic(system, delivery, topics.keys());
      const { orderId, shipmentId } = hintOf(delivery, subject, system);
      const order = await orders.byId('webhooks.decode', String(orderId), options);
      // Deliveries come late: an order that is gone by now tells of nothing.
      return order ? eventsOf(order, shipmentId, system) : [];
    },
  };
}

/**
 * What the order's state proves, with all of its shipments or with the one that a delivery is about. What nobody can read
 * hides nothing else: a pull reports each such shipment, and `get` the order. It is thrown where it is what the delivery
 * is about, or all there is.
 */
function eventsOf(order: WireOrder, shipmentId: number | undefined, system: string): readonly CommerceEvent[] {
  const events: CommerceEvent[] = [];
  let unread: CommerceError | undefined;
  const tell = (read: () => readonly CommerceEvent[]) => {
    try {
      events.push(...read());
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      unread ??= error;
      return error;
    }
    return undefined;
  };
  tell(() => eventsOfFulfillment(toFulfillmentOrder(order, system)));
  for (const shipment of order.shipments ?? []) {
    if (shipmentId !== undefined && shipment.id !== shipmentId) continue;
    const failure = tell(() => eventsOfShipment(toShipment(order, shipment, system)));
    if (failure && shipmentId !== undefined) throw failure;
  }
  if (unread && events.length === 0) throw unread;
  return events;
}

function hintOf(
  { deliveryId, topic, body }: Delivery,
  subject: 'order' | 'shipment',
  system: string,
): { readonly orderId: number; readonly shipmentId: number | undefined } {
  const { id, order_id: orderId } = hintSchema.safeParse(jsonOf(body)).data ?? {};
  if (typeof orderId === 'number')
    return { orderId, shipmentId: subject === 'shipment' ? (id ?? undefined) : undefined };
  if (subject === 'order' && typeof id === 'number') return { orderId: id, shipmentId: undefined };
  throw new CommerceError({
    code: 'webhook.malformed',
    system,
    operation: 'webhooks.decode',
    message: `Delivery "${deliveryId}" of "${topic}" from "${system}" was not decoded: it names no order. Pull shipments, and compare it with the API version this connector is written for.`,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
