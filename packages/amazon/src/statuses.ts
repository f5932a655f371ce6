import {
  CommerceError,
  defineStatusMap,
  orderStatuses,
  shipmentStatuses,
  type OrderStatus,
  type PaymentStatus,
  type Ref,
} from '@crossdock/core';
import type { WireOrder } from './wire/order.ts';

// All words of the Orders API 2026-01-01 and the Feeds API 2021-06-30. Models of 2026-08-05.

const onlyByPackages = { held: 'Amazon says it of the packages of an order' };
const noReturns = { held: 'Amazon says nothing of returns on an order' };

/** How far an order is. That it was delivered stands on its packages. */
export const fulfillmentWords = defineStatusMap({
  name: 'amazon order.fulfillment.fulfillmentStatus',
  wire: ['PENDING_AVAILABILITY', 'PENDING', 'UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED', 'UNFULFILLABLE'],
  canonical: orderStatuses,
  decode: {
    // A pre-order: its payment is not authorized before the day on which its goods come out.
    PENDING_AVAILABILITY: 'pending',
    PENDING: 'pending',
    UNSHIPPED: 'confirmed',
    PARTIALLY_SHIPPED: 'partially-shipped',
    SHIPPED: 'fulfilled',
    CANCELLED: 'canceled',
    UNFULFILLABLE: { held: 'Amazon cannot ship it out of its own warehouse, and has not canceled it' },
  },
  encode: {
    pending: 'PENDING',
    confirmed: 'UNSHIPPED',
    'on-hold': { held: 'Amazon holds no order' },
    allocated: { held: 'Amazon knows no step between ready and shipped' },
    'partially-shipped': 'PARTIALLY_SHIPPED',
    fulfilled: 'SHIPPED',
    delivered: onlyByPackages,
    'partially-returned': noReturns,
    returned: noReturns,
    canceled: 'CANCELLED',
  },
});

/** Where a package is. */
const packageWords = defineStatusMap({
  name: 'amazon order.packages.packageStatus.status',
  wire: ['PENDING', 'IN_TRANSIT', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'UNDELIVERABLE'],
  canonical: shipmentStatuses,
  decode: {
    PENDING: 'created',
    SHIPPED: 'handed-over',
    IN_TRANSIT: 'in-transit',
    DELIVERED: 'delivered',
    UNDELIVERABLE: 'exception',
    CANCELLED: 'voided',
  },
  encode: {
    created: 'PENDING',
    'label-created': { held: 'Amazon has one word for everything before the carrier has it' },
    'handed-over': 'SHIPPED',
    'in-transit': 'IN_TRANSIT',
    'out-for-delivery': { held: 'Amazon says it in the detailed status, which is often missing' },
    delivered: 'DELIVERED',
    exception: 'UNDELIVERABLE',
    returning: { held: 'Amazon says it in the detailed status, which is often missing' },
    returned: { held: 'Amazon says it in the detailed status, which is often missing' },
    voided: 'CANCELLED',
  },
});

/** Whether a feed is still to wait for, and how it ended. */
export const feedWords = defineStatusMap({
  name: 'amazon feed.processingStatus',
  wire: ['IN_QUEUE', 'IN_PROGRESS', 'DONE', 'FATAL', 'CANCELLED'],
  canonical: ['waiting', 'done', 'aborted', 'canceled'],
  decode: { IN_QUEUE: 'waiting', IN_PROGRESS: 'waiting', DONE: 'done', FATAL: 'aborted', CANCELLED: 'canceled' },
  encode: { waiting: 'IN_PROGRESS', done: 'DONE', aborted: 'FATAL', canceled: 'CANCELLED' },
});

/**
 * The one status of an order. Delivered only where every package of it is: Amazon has no word for it. Throws
 * `status.unmapped` for one that is canceled as a whole and shipped in part.
 */
export function toOrderStatus({ fulfillment, packages, orderItems }: WireOrder, ref: Ref<'order'>): OrderStatus {
  const status = fulfillmentWords.decode(fulfillment?.fulfillmentStatus ?? 'null', ref);
  const shipped = orderItems.reduce((sum, item) => sum + (item.fulfillment?.quantityFulfilled ?? 0), 0);
  if (status === 'canceled' && shipped > 0) throw canceledAndShipped(ref, shipped);
  const states = (packages ?? []).map(({ packageStatus }) =>
    packageStatus ? packageWords.decode(packageStatus.status, ref) : undefined,
  );
  const isDelivered = states.length > 0 && states.every((state) => state === 'delivered');
  return status === 'fulfilled' && isDelivered ? 'delivered' : status;
}

/** Amazon cancels the rest of such an order by its items, and calls it shipped. */
function canceledAndShipped(ref: Ref<'order'>, shipped: number): CommerceError {
  return new CommerceError({
    code: 'status.unmapped',
    system: ref.system,
    refs: [ref],
    message: `Order "${ref.id}" was not read: Amazon says that it is canceled, and that ${shipped} of its units were shipped. See in Seller Central what was delivered, then resolve.`,
  });
}

/**
 * Where the money is. Amazon takes it and says nothing of it on an order: it is not authorized while the order is
 * pending, authorized once it may be shipped, and taken when all of it was. What the carrier collects is not there before.
 */
export function toPaymentStatus(status: OrderStatus, isCashOnDelivery: boolean): PaymentStatus {
  if (status === 'canceled') return 'voided';
  if (status === 'pending' || isCashOnDelivery) return status === 'delivered' ? 'paid' : 'pending';
  return status === 'fulfilled' || status === 'delivered' ? 'paid' : 'authorized';
}
