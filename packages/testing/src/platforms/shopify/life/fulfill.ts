import { financialStatus, fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import type {
  FulfillmentOrderLineRecord,
  FulfillmentOrderRecord,
  FulfillmentRecord,
  OrderRecord,
  TrackingRecord,
} from '../records.ts';
import { touch, type Happening, type Shop } from './shop.ts';
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

/** Takes a parcel back: its units can be shipped again. A second time changes nothing and is no error. */
export function cancelFulfillment(shop: Shop, order: OrderRecord, fulfillment: FulfillmentRecord): void {
  if (fulfillment.status === 'CANCELLED') return;
  const { store, tell } = shop;
  fulfillment.status = 'CANCELLED';
  for (const { lineId, fulfillmentOrderId, fulfillmentOrderLineId, quantity } of fulfillment.lines) {
    const fulfillmentOrder = store.fulfillmentOrders.get(fulfillmentOrderId);
    const line = fulfillmentOrder?.lines.find(({ id }) => id === fulfillmentOrderLineId);
    const ordered = order.lines.find(({ id }) => id === lineId);
    if (line) line.remaining += quantity;
    if (ordered) ordered.fulfilled -= quantity;
    if (fulfillmentOrder) {
      fulfillmentOrder.status = fulfillmentOrder.lines.every(({ remaining, total }) => remaining === total)
        ? 'OPEN'
        : 'IN_PROGRESS';
      touch(shop, fulfillmentOrder);
      shiftFor(shop, order, lineId, fulfillmentOrder.locationId, { committed: quantity });
    }
  }
  order.closedAt = undefined;
  touch(shop, order, fulfillment);
  const told: readonly Happening[] = [
    { topic: 'fulfillments/update', fulfillment },
    { topic: 'orders/updated', order },
  ];
  tell(told);
}
