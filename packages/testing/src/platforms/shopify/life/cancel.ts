import { currentQuantity, sumsOf } from '../order-sums.ts';
import { fulfillmentOrdersOf } from '../order-status.ts';
import type { CancelReason, OrderRecord } from '../records.ts';
import { capturableTheirs, release } from './payments.ts';
import { refund, refundTold } from './refund.ts';
import { dutiesBack, refundable } from './refundable.ts';
import { touch, type Happening, type Shop } from './shop.ts';

/** How an order is cancelled. */
export type Cancellation = {
  readonly reason: CancelReason;
  readonly restock: boolean;
  /** Whether what was paid goes back. */
  readonly refund: boolean;
  readonly staffNote?: string | undefined;
};

/** Why an order cannot be cancelled now, in the platform's words; undefined when it can. Recorded on API 2026-04. */
export function whyNotCancelled({ store }: Shop, order: OrderRecord): string | undefined {
  if (order.cancelledAt !== undefined) return 'Cannot cancel an order that has already been canceled';
  const shipped = store.ofOrder.get(order.id)?.fulfillments.some(({ status }) => status === 'SUCCESS');
  if (shipped) return 'Cannot cancel an order that has outstanding fulfillments';
  const returning = store.ofOrder
    .get(order.id)
    ?.returns.some(({ status }) => status !== 'CANCELED' && status !== 'DECLINED');
  return returning ? 'Cannot cancel an order that has returns' : undefined;
}

/** Cancels an order: units, stock, fulfillment orders and, if asked, money. Whoever calls has checked that it can be. */
export function cancel(shop: Shop, order: OrderRecord, how: Cancellation): void {
  const { store, tell } = shop;
  const lines = order.lines
    .filter((line) => currentQuantity(line) > 0)
    .map((line) => ({
      line,
      quantity: currentQuantity(line),
      restockType: how.restock ? ('CANCEL' as const) : ('NO_RESTOCK' as const),
    }));
  const record = refund(shop, order, {
    lines,
    shipping: how.refund ? sumsOf(order).currentShipping : 0n,
    duties: how.refund ? order.lines.flatMap((line) => dutiesBack(order, line, currentQuantity(line))) : [],
    payments: how.refund ? refundable(order) : [],
  });
  const open = order.transactions.filter((each) => capturableTheirs(order, each) > 0n);
  for (const authorization of open) release(shop, order, authorization);
  const cancelled = fulfillmentOrdersOf(store, order.id);
  for (const fulfillmentOrder of cancelled) {
    fulfillmentOrder.status = 'CANCELLED';
    touch(shop, fulfillmentOrder);
  }
  order.cancelledAt = store.second();
  order.cancelReason = how.reason;
  order.staffNote = how.staffNote;
  order.closedAt = order.cancelledAt;
  touch(shop, order);
  tell([
    { topic: 'orders/cancelled', order },
    { topic: 'orders/updated', order },
    ...(record.transactionIds.length > 0 ? refundTold(order, record).slice(0, -1) : []),
    ...cancelled.map((fulfillmentOrder): Happening => ({ topic: 'fulfillment_orders/cancelled', fulfillmentOrder })),
  ]);
}
