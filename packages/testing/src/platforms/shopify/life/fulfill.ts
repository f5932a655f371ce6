import { financialStatus, fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import type {
  FulfillmentOrderLineRecord,
  FulfillmentOrderRecord,
  FulfillmentRecord,
  OrderRecord,
  TrackingRecord,
} from '../records.ts';
import { open } from './route.ts';
import { touch, type Shop } from './shop.ts';
import { shiftFor } from './stock.ts';

/** What goes into a parcel: units of lines of fulfillment orders of one order and one location. */
export type Packed = {
  readonly fulfillmentOrder: FulfillmentOrderRecord;
  readonly line: FulfillmentOrderLineRecord;
  readonly quantity: number;
};

/** Ships a parcel. Whoever calls has checked that the units are there. */
export function fulfill(
  shop: Shop,
  order: OrderRecord,
  packed: readonly Packed[],
  parcel: { readonly tracking: readonly TrackingRecord[]; readonly notifyCustomer: boolean },
): FulfillmentRecord {
  const { store, tell } = shop;
  const related = store.ofOrder.get(order.id);
  const first = packed[0];
  if (!related || !first) throw new Error(`The fake shop was told to ship nothing of order "${order.name}".`);
  const now = store.second();
  const fulfillment: FulfillmentRecord = {
    id: store.nextId(),
    orderId: order.id,
    locationId: first.fulfillmentOrder.locationId,
    name: `${order.name}-F${related.fulfillments.length + 1}`,
    status: 'SUCCESS',
    displayWord: undefined,
    tracking: parcel.tracking,
    notifiedCustomer: parcel.notifyCustomer,
    createdAt: now,
    updatedAt: now,
    lines: packed.map(({ fulfillmentOrder, line, quantity }) => ({
      id: store.nextId(),
      lineId: line.lineId,
      fulfillmentOrderId: fulfillmentOrder.id,
      fulfillmentOrderLineId: line.id,
      quantity,
    })),
    events: [],
  };
  for (const { fulfillmentOrder, line, quantity } of packed) {
    line.remaining -= quantity;
    const ordered = order.lines.find(({ id }) => id === line.lineId);
    if (ordered) ordered.fulfilled += quantity;
    shiftFor(shop, order, line.lineId, fulfillmentOrder.locationId, { committed: -quantity });
    fulfillmentOrder.status = fulfillmentOrder.lines.every(({ remaining }) => remaining === 0)
      ? 'CLOSED'
      : 'IN_PROGRESS';
    touch(shop, fulfillmentOrder);
  }
  store.fulfillments.set(fulfillment.id, fulfillment);
  related.fulfillments.push(fulfillment);
  const shipped = !fulfillmentOrdersOf(store, order.id).some(isOpen);
  // The shop archives what is paid and shipped by itself, unless it is told not to.
  if (shipped && financialStatus(order) === 'PAID') order.closedAt = now;
  touch(shop, order);
  tell([
    { topic: 'fulfillments/create', fulfillment },
    { topic: shipped ? 'orders/fulfilled' : 'orders/partially_fulfilled', order },
    { topic: 'orders/updated', order },
  ]);
  return fulfillment;
}

/**
 * Takes a parcel back: its units can be shipped again. What was shipped whole stays closed, and its units get a
 * fulfillment order of their own. A second time changes nothing and is no error. shopify.dev, fulfillmentCancel, read
 * 2026-11-26.
 */
export function cancelFulfillment(shop: Shop, order: OrderRecord, fulfillment: FulfillmentRecord): void {
  if (fulfillment.status === 'CANCELLED') return;
  const { store, tell } = shop;
  fulfillment.status = 'CANCELLED';
  const anew = new Map<bigint, FulfillmentOrderRecord>();
  for (const { lineId, fulfillmentOrderId, fulfillmentOrderLineId, quantity } of fulfillment.lines) {
    const ordered = order.lines.find(({ id }) => id === lineId);
    if (ordered) ordered.fulfilled -= quantity;
    const before = store.fulfillmentOrders.get(fulfillmentOrderId);
    const line = before?.lines.find(({ id }) => id === fulfillmentOrderLineId);
    if (!before || !line) continue;
    shiftFor(shop, order, lineId, before.locationId, { committed: quantity });
    if (before.status === 'CLOSED') {
      const replacement = anew.get(before.id) ?? open(shop, order, before.locationId);
      anew.set(before.id, replacement);
      replacement.lines.push({ id: store.nextId(), lineId, total: quantity, remaining: quantity });
      continue;
    }
    line.remaining += quantity;
    if (before.status === 'IN_PROGRESS' && !before.progress && before.requestStatus === 'UNSUBMITTED') {
      before.status = before.lines.every(({ remaining, total }) => remaining === total) ? 'OPEN' : 'IN_PROGRESS';
    }
    touch(shop, before);
  }
  order.closedAt = undefined;
  touch(shop, order, fulfillment);
  tell([
    { topic: 'fulfillments/update', fulfillment },
    { topic: 'orders/updated', order },
  ]);
}
