import { currentQuantity, sumsOf } from './order-sums.ts';
import type { FulfillmentOrderRecord, LineRecord, OrderRecord } from './records.ts';
import type { Store } from './store.ts';

/** How the shop shows the payment of an order, from its transactions. */
export function financialStatus(order: OrderRecord): string {
  if (order.statusWords.financial) return order.statusWords.financial;
  const { received, refunded, authorized, total, currentTotal } = sumsOf(order);
  if (refunded > 0n) return refunded >= received ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  // An edit can make an order dearer, and one that was paid is then partly paid; what was taken off need not be paid.
  if (received > 0n) return received >= currentTotal ? 'PAID' : 'PARTIALLY_PAID';
  if (order.transactions.some(({ kind, status }) => kind === 'VOID' && status === 'SUCCESS')) return 'VOIDED';
  if (authorized > 0n) return 'AUTHORIZED';
  if (order.authorizationExpired) return 'EXPIRED';
  // A cancelled order keeps the path of its payment: what was never paid ends as voided.
  if (order.cancelledAt !== undefined) return 'VOIDED';
  return total === 0n ? 'PAID' : 'PENDING';
}

/** Whether what is owed may be booked as paid by hand. Order.canMarkAsPaid in the schema of API 2026-10, read 2026-11-26. */
export function canMarkAsPaid(order: OrderRecord): boolean {
  const isOpenOne = ['PENDING', 'PARTIALLY_PAID', 'AUTHORIZED', 'EXPIRED'].includes(financialStatus(order));
  return order.cancelledAt === undefined && isOpenOne && sumsOf(order).outstanding > 0n;
}

/** How the shop shows the shipping of an order, from its fulfillment orders. */
export function fulfillmentStatus(store: Store, order: OrderRecord, version: string): string {
  if (order.statusWords.fulfillment) return order.statusWords.fulfillment;
  const all = fulfillmentOrdersOf(store, order.id);
  // Since 2026-10 such an order has a word of its own. Schema of the Admin API, read 2026-11-23.
  if (all.length === 0) return version >= '2026-10' ? 'FULFILLMENT_NOT_REQUIRED' : 'UNFULFILLED';
  const open = all.filter(isOpen);
  if (order.lines.some(({ fulfilled }) => fulfilled > 0))
    return open.length === 0 ? 'FULFILLED' : 'PARTIALLY_FULFILLED';
  if (open.length === 0) return 'UNFULFILLED';
  if (open.every(({ status }) => status === 'ON_HOLD')) return 'ON_HOLD';
  if (open.some(({ status }) => status === 'IN_PROGRESS')) return 'IN_PROGRESS';
  if (open.every(({ status }) => status === 'SCHEDULED')) return 'SCHEDULED';
  // A request that waits for its answer is in progress too. Schema of API 2026-10, read 2026-11-26.
  if (open.some(({ requestStatus }) => requestStatus === 'SUBMITTED')) return 'IN_PROGRESS';
  if (open.some(({ requestStatus }) => requestStatus === 'REJECTED')) return 'REQUEST_DECLINED';
  return 'UNFULFILLED';
}

/** How the shop shows the returns of an order: asked for before open before closed. Recorded on API 2026-04. */
export function returnStatus(store: Store, { id }: OrderRecord): string {
  const statuses = new Set((store.ofOrder.get(id)?.returns ?? []).map(({ status }) => status));
  if (statuses.has('REQUESTED')) return 'RETURN_REQUESTED';
  if (statuses.has('OPEN')) return 'IN_PROGRESS';
  return statuses.has('CLOSED') ? 'RETURNED' : 'NO_RETURN';
}

/** Whether something of it can still be shipped: also what a service gave back, for it is the merchant's again. */
export function isOpen({ status, requestStatus, lines }: FulfillmentOrderRecord): boolean {
  const isOver =
    status === 'CLOSED' ||
    (status === 'CANCELLED' && requestStatus !== 'CANCELLATION_ACCEPTED') ||
    (status === 'INCOMPLETE' && requestStatus !== 'CLOSED');
  return !isOver && lines.some(({ remaining }) => remaining > 0);
}

/**
 * Units of a line that are still to be shipped. What was shipped does not tell: a unit that came back left the order and
 * stays shipped.
 */
export function waitingUnits(store: Store, orderId: bigint, lineId: bigint): number {
  return fulfillmentOrdersOf(store, orderId)
    .filter(isOpen)
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineId === lineId)
    .reduce((total, { remaining }) => total + remaining, 0);
}

/** Units of a line that can be canceled, and that can come back. What is not shipped at all, such as a service, can do both. */
export function refundableUnits(
  store: Store,
  order: OrderRecord,
  line: LineRecord,
): { readonly unshipped: number; readonly shipped: number } {
  const current = currentQuantity(line);
  if (!line.requiresShipping) return { unshipped: current, shipped: current };
  const unshipped = waitingUnits(store, order.id, line.id);
  return { unshipped, shipped: current - unshipped };
}

/** An order's fulfillment orders, oldest first. */
export function fulfillmentOrdersOf(store: Store, orderId: bigint): readonly FulfillmentOrderRecord[] {
  return store.ofOrder.get(orderId)?.fulfillmentOrders ?? [];
}
