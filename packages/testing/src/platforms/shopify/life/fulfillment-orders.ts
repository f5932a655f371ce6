import type { FulfillmentOrderLineRecord, FulfillmentOrderRecord, OrderRecord } from '../records.ts';
import { open } from './route.ts';
import { touch, type FulfillmentHappening, type Happening, type Shop } from './shop.ts';
import { shiftFor } from './stock.ts';

/** Units of lines of one fulfillment order. */
export type Units = readonly { readonly line: FulfillmentOrderLineRecord; readonly quantity: number }[];

/** All that remains of a fulfillment order. */
export function allOf({ lines }: FulfillmentOrderRecord): Units {
  return lines.filter(({ remaining }) => remaining > 0).map((line) => ({ line, quantity: line.remaining }));
}

/** What remains of a fulfillment order besides these units. */
export function restOf(record: FulfillmentOrderRecord, units: Units): Units {
  return allOf(record).flatMap(({ line, quantity }) => {
    const taken = units.filter((each) => each.line === line).reduce((total, each) => total + each.quantity, 0);
    return quantity > taken ? [{ line, quantity: quantity - taken }] : [];
  });
}

/** Gives units to another fulfillment order of the same order, and their stock with them where that is elsewhere. */
function give(shop: Shop, from: FulfillmentOrderRecord, to: FulfillmentOrderRecord, units: Units): void {
  const order = orderOf(shop, from);
  for (const { line, quantity } of units) {
    line.remaining -= quantity;
    line.total -= quantity;
    const known = to.lines.find(({ lineId }) => lineId === line.lineId);
    if (known) {
      known.total += quantity;
      known.remaining += quantity;
    } else to.lines.push({ id: shop.store.nextId(), lineId: line.lineId, total: quantity, remaining: quantity });
    if (from.locationId === to.locationId) continue;
    shiftFor(shop, order, line.lineId, from.locationId, { available: quantity, committed: -quantity });
    shiftFor(shop, order, line.lineId, to.locationId, { available: -quantity, committed: quantity });
  }
  from.lines.splice(0, from.lines.length, ...from.lines.filter(({ total }) => total > 0));
  if (from.lines.every(({ remaining }) => remaining === 0)) from.status = 'CLOSED';
  touch(shop, from, to);
}

/** Splits units off into a fulfillment order of their own at the same place. */
export function splitOff(shop: Shop, from: FulfillmentOrderRecord, units: Units): FulfillmentOrderRecord {
  const made = open(shop, orderOf(shop, from), from.locationId);
  made.fulfillAt = from.fulfillAt;
  if (from.status === 'SCHEDULED') made.status = 'SCHEDULED';
  give(shop, from, made, units);
  return made;
}

/**
 * Gives units to another location. When nothing of the fulfillment order is shipped and all of it goes, it moves itself;
 * else the units get one of their own there. shopify.dev, fulfillmentOrderMove, read 2026-11-26.
 */
export function move(
  shop: Shop,
  record: FulfillmentOrderRecord,
  locationId: bigint,
  units: Units = allOf(record),
): FulfillmentOrderRecord {
  const order = orderOf(shop, record);
  const from = record.locationId;
  const begun = record.lines.some(({ remaining, total }) => remaining < total);
  const whole = restOf(record, units).length === 0;
  let moved = record;
  if (whole && !begun) {
    for (const { line, quantity } of units) {
      shiftFor(shop, order, line.lineId, from, { available: quantity, committed: -quantity });
      shiftFor(shop, order, line.lineId, locationId, { available: -quantity, committed: quantity });
    }
    record.locationId = locationId;
    record.requestStatus = 'UNSUBMITTED';
    if (record.status !== 'ON_HOLD' && record.status !== 'SCHEDULED') record.status = 'OPEN';
  } else {
    moved = open(shop, order, locationId);
    give(shop, record, moved, units);
  }
  tell(shop, record, [{ topic: 'fulfillment_orders/moved', fulfillmentOrder: moved, original: record, from }]);
  return moved;
}

/** Puts several into the first of them. */
export function merge(
  shop: Shop,
  parts: readonly { readonly record: FulfillmentOrderRecord; readonly units: Units }[],
): FulfillmentOrderRecord | undefined {
  const [into, ...others] = parts;
  if (!into) return undefined;
  for (const { record, units } of others) give(shop, record, into.record, units);
  tell(shop, into.record, [
    {
      topic: 'fulfillment_orders/merged',
      fulfillmentOrder: into.record,
      merged: parts.map(({ record }) => record),
    },
  ]);
  return into.record;
}

/** Cancels a fulfillment order; another one stands for the work that is left. */
export function cancelFulfillmentOrder(shop: Shop, record: FulfillmentOrderRecord): FulfillmentOrderRecord | undefined {
  const left = allOf(record);
  const replacement = left.length > 0 ? splitOff(shop, record, left) : undefined;
  record.status = 'CANCELLED';
  touch(shop, record);
  tell(shop, record, [{ topic: 'fulfillment_orders/cancelled', fulfillmentOrder: record, replacement }]);
  return replacement;
}

/** Marks the fulfillment order's order as changed, and tells. */
export function tell(shop: Shop, record: FulfillmentOrderRecord, happenings: readonly FulfillmentHappening[]): void {
  const order = orderOf(shop, record);
  touch(shop, record, order);
  shop.tell([...happenings, { topic: 'orders/updated', order } satisfies Happening]);
}

function orderOf({ store }: Shop, { id, orderId }: FulfillmentOrderRecord): OrderRecord {
  const order = store.orders.get(orderId);
  if (!order) throw new Error(`The fake shop has lost the order of fulfillment order ${id}.`);
  return order;
}
