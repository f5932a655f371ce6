import type { FulfillmentOrderRecord, OrderRecord } from '../records.ts';
import { locationFor, shiftFor } from './stock.ts';
import type { Shop } from './shop.ts';

/** Gives an order's goods to locations: one fulfillment order each, with the stock committed there. */
export function route(
  shop: Shop,
  order: OrderRecord,
  wanted: readonly (bigint | undefined)[],
): readonly FulfillmentOrderRecord[] {
  const { store } = shop;
  const made = new Map<bigint, FulfillmentOrderRecord>();
  for (const [index, line] of order.lines.entries()) {
    if (!line.requiresShipping) continue;
    const variant = line.variantId === undefined ? undefined : store.variants.get(line.variantId);
    const locationId = wanted[index] ?? locationFor(store, variant, line.quantity).id;
    let record = made.get(locationId);
    if (!record) {
      record = open(shop, order, locationId);
      made.set(locationId, record);
    }
    record.lines.push({ id: store.nextId(), lineId: line.id, total: line.quantity, remaining: line.quantity });
    shiftFor(shop, order, line.id, locationId, { available: -line.quantity, committed: line.quantity });
  }
  return [...made.values()];
}

function open({ store }: Shop, order: OrderRecord, locationId: bigint): FulfillmentOrderRecord {
  const now = store.second();
  const record: FulfillmentOrderRecord = {
    id: store.nextId(),
    orderId: order.id,
    locationId,
    status: 'OPEN',
    requestStatus: 'UNSUBMITTED',
    createdAt: now,
    updatedAt: now,
    lines: [],
    holds: [],
  };
  store.fulfillmentOrders.set(record.id, record);
  store.ofOrder.get(order.id)?.fulfillmentOrders.push(record);
  return record;
}
