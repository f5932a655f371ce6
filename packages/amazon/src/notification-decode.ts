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
import { readEnvelope } from './notification-envelope.ts';
import { checkSeller } from './notification-read.ts';
import type { AmazonSettings } from './options.ts';
import { orderChangeSchema } from './wire/notification.ts';

const operation = 'notifications.decode';
const orderChange = 'ORDER_CHANGE';

/** Types that Amazon sends and that tell of nothing which this connector offers. Notifications API v1, schemas of 2026-08-05. */
const silent: ReadonlySet<string> = new Set([
  'FBA_INVENTORY_AVAILABILITY_CHANGES',
  'FBA_OUTBOUND_SHIPMENT_STATUS',
  'FEED_PROCESSING_FINISHED',
  'FULFILLMENT_ORDER_STATUS',
  'ITEM_INVENTORY_EVENT_CHANGE',
  'LISTINGS_ITEM_ISSUES_CHANGE',
  'LISTINGS_ITEM_MFN_QUANTITY_CHANGE',
  'LISTINGS_ITEM_STATUS_CHANGE',
  'REPORT_PROCESSING_FINISHED',
  'SHIPMENT_TRACKING_MILESTONE_CHANGED',
  'TRANSACTION_UPDATE',
]);

/** How the order is read that a message hints at. */
type OrderGet = (ref: Ref<'order'>, options?: ReadOptions) => Promise<Order | undefined>;

/**
 * What a message means. Messages come late, twice and in any order, so one is only a hint: the order is read anew. An
 * order of another store, one that is not to be read (`fulfilledBy`) and one that is gone mean nothing.
 */
export function notificationDecode(settings: AmazonSettings, get: OrderGet) {
  const { system, sellerId, marketplaceId, fulfilledBy } = settings;

  return async function decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]> {
    const { topic, deliveryId, body } = delivery;
    if (silent.has(topic)) return [];
    if (topic !== orderChange) throw unknownTopic(system, delivery, [orderChange, ...silent], operation);
    const { payload } = readEnvelope(body, system, operation);
    checkSeller(payload, { system, sellerId, operation, deliveryId });
    const change = orderChangeSchema.safeParse(payload).data?.orderchangenotification;
    if (change === undefined) throw malformed(deliveryId);
    const placedIn = change.summary?.marketplaceid ?? marketplaceId;
    if (placedIn !== marketplaceId) return [];
    const order = await get({ system, kind: 'order', id: change.amazonorderid }, options);
    return order && isRead(order) ? eventsOfOrder(order) : [];
  };

  /** Whether a pull would bring it too. */
  function isRead({ attributes }: Order): boolean {
    return fulfilledBy.some((fulfiller) => fulfiller === attributes?.['fulfilledBy']);
  }

  function malformed(deliveryId: string): CommerceError {
    return new CommerceError({
      code: 'webhook.malformed',
      system,
      operation,
      message: `Notification "${deliveryId}" of "${orderChange}" from "${system}" was not understood: it names no order and seller. Compare its payload version with "1.0".`,
    });
  }
}
