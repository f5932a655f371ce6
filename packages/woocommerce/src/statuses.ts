import { defineStatusMap, orderStatuses, type OrderStatus, type PaymentStatus, type Ref } from '@crossdock/core';
import type { WireOrder } from './wire/order.ts';

/** What WooCommerce calls no order: a cart on its way through the checkout, and one begun by hand. */
const drafts: ReadonlySet<string> = new Set(['checkout-draft', 'auto-draft']);

/** Whether it is no order yet, so that nobody may see it. */
export function isDraft(status: string): boolean {
  return drafts.has(status);
}

/** The words of the core. WooCommerce knows no order between them: any may follow any. recorded on 10.0.2, 2026-11-23 */
const orderWords = defineStatusMap({
  name: 'woocommerce order.status',
  wire: ['pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed', 'trash'],
  canonical: orderStatuses,
  decode: {
    pending: 'pending',
    processing: 'confirmed',
    'on-hold': 'on-hold',
    completed: 'fulfilled',
    cancelled: 'canceled',
    // Where something had left, `toOrderStatus` says otherwise.
    refunded: 'canceled',
    // The payment did; the buyer may try again. `toOrderStatus` says otherwise where it had been paid.
    failed: 'pending',
    // Shown to nobody but who asks for the order itself, and deleted for good some day.
    trash: 'canceled',
  },
  encode: {
    pending: 'pending',
    confirmed: 'processing',
    'on-hold': 'on-hold',
    allocated: { held: 'WooCommerce has no word for it' },
    'partially-shipped': { held: 'WooCommerce has no word for it' },
    fulfilled: 'completed',
    delivered: { held: 'WooCommerce has no word for it' },
    'partially-returned': { held: 'WooCommerce has no word for it' },
    returned: { held: 'WooCommerce has no word for it' },
    canceled: 'cancelled',
  },
});

/** The one status of an order. A plugin's own words come first, and none of them has a likely meaning. */
export function toOrderStatus(
  order: Pick<WireOrder, 'status' | 'date_paid_gmt' | 'date_completed_gmt'>,
  ref: Ref<'order'>,
  own: Readonly<Record<string, OrderStatus>>,
  isPartlyShipped: boolean,
): OrderStatus {
  const { status } = order;
  const given = ownMeaning(status, own);
  const word = given ?? orderWords.decode(status, ref);
  // The money went back after goods had left, all or a part: nothing more will, and whether they came back WooCommerce
  // does not say.
  if (given === undefined && status === 'refunded' && (order.date_completed_gmt || isPartlyShipped)) return 'fulfilled';
  // It was paid once, so somebody may be packing it already: it stops, and a person looks.
  if (given === undefined && status === 'failed' && order.date_paid_gmt) return 'on-hold';
  return isPartlyShipped && stillToLeave.has(word) ? 'partially-shipped' : word;
}

/** What the team says that a plugin's word means. */
function ownMeaning(status: string, own: Readonly<Record<string, OrderStatus>>): OrderStatus | undefined {
  return Object.hasOwn(own, status) ? own[status] : undefined;
}

/** Statuses in which goods are still to leave. */
const stillToLeave: ReadonlySet<OrderStatus> = new Set(['pending', 'confirmed', 'on-hold', 'allocated']);

/** Whether goods of the order are still to leave the warehouse. */
export function isOpen(status: OrderStatus): boolean {
  return status === 'partially-shipped' || stillToLeave.has(status);
}

/** Where the money is. WooCommerce knows no authorization and no payment in parts. */
export function toPaymentStatus(
  order: Pick<WireOrder, 'status' | 'date_paid_gmt'>,
  refunded: 'nothing' | 'a part' | 'everything',
): PaymentStatus {
  if (order.status === 'refunded' || refunded === 'everything') return 'refunded';
  if (order.date_paid_gmt) return refunded === 'a part' ? 'partially-refunded' : 'paid';
  // Of a canceled order nobody will pay; a failed payment may be tried again.
  return order.status === 'cancelled' || order.status === 'trash' ? 'voided' : 'pending';
}
