import type { AmazonItemRecord, AmazonOrderRecord, AmazonOrderStatus } from './records.ts';

/** How many of an item the packages hold. */
export function itemShipped(order: AmazonOrderRecord, item: AmazonItemRecord): number {
  if (order.isShippedByAmazon) return item.quantity - item.cancelled;
  let shipped = 0;
  for (const { items } of order.packages.values()) {
    for (const { itemId, quantity } of items) if (itemId === item.id) shipped += quantity;
  }
  return shipped;
}

/** How many of an item are still to be sent. */
export function itemLeft(order: AmazonOrderRecord, item: AmazonItemRecord): number {
  return item.quantity - item.cancelled - itemShipped(order, item);
}

/** Whether all of it was cancelled. Where something was sent, only its items are. */
export function isCancelled({ items }: AmazonOrderRecord): boolean {
  return items.every(({ quantity, cancelled }) => cancelled === quantity);
}

/** The order's status in the words of the API of 2026. */
export function statusOf(order: AmazonOrderRecord): AmazonOrderStatus {
  if (isCancelled(order)) return 'CANCELLED';
  if (order.isPending) return order.isPreorder ? 'PENDING_AVAILABILITY' : 'PENDING';
  if (order.isUnfulfillable) return 'UNFULFILLABLE';
  const isComplete = order.items.every((item) => itemLeft(order, item) === 0);
  if (isComplete) return 'SHIPPED';
  return order.items.some((item) => itemShipped(order, item) > 0) ? 'PARTIALLY_SHIPPED' : 'UNSHIPPED';
}

/** Whether something of it can still be sent or cancelled. */
export function isOpen(order: AmazonOrderRecord): boolean {
  const status = statusOf(order);
  return status !== 'CANCELLED' && status !== 'SHIPPED';
}
