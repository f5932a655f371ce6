import type { FulfillmentOrderRecord, LineRecord, OrderRecord } from '../records.ts';
import type { Share } from './allot.ts';
import type { Shop } from './shop.ts';
import { shiftFor } from './stock.ts';

/**
 * Gives an order's goods to the locations they were allotted to: one fulfillment order each, with the stock committed
 * there. What is not shipped leaves the stock at once.
 */
export function route(
  shop: Shop,
  order: OrderRecord,
  allotted: readonly (readonly Share[])[],
  lines: readonly LineRecord[] = order.lines,
): readonly FulfillmentOrderRecord[] {
  const { store } = shop;
  const made = new Map<bigint, FulfillmentOrderRecord>();
  for (const [index, line] of lines.entries()) {
    for (const { locationId, quantity } of allotted[index] ?? []) {
      const committed = line.requiresShipping ? quantity : 0;
      shiftFor(shop, order, line.id, locationId, { available: -quantity, committed });
      if (!line.requiresShipping) continue;
      const record = made.get(locationId) ?? open(shop, order, locationId);
      made.set(locationId, record);
      record.lines.push({ id: store.nextId(), lineId: line.id, total: quantity, remaining: quantity });
    }
  }
  return [...made.values()];
}

/** A fulfillment order without lines at a location. */
export function open({ store }: Shop, order: OrderRecord, locationId: bigint): FulfillmentOrderRecord {
  const now = store.second();
  const record: FulfillmentOrderRecord = {
    id: store.nextId(),
    orderId: order.id,
    locationId,
    status: 'OPEN',
    requestStatus: 'UNSUBMITTED',
    fulfillAt: now,
    fulfillBy: undefined,
    progress: false,
    requests: [],
    words: {},
    warnings: {},
    createdAt: now,
    updatedAt: now,
    lines: [],
    holds: [],
  };
  store.fulfillmentOrders.set(record.id, record);
  store.ofOrder.get(order.id)?.fulfillmentOrders.push(record);
  return record;
}
