import type { CommerceEvent } from '../model/event.ts';
import type { Customer } from '../model/party.ts';
import type { FulfillmentOrder } from '../model/fulfillment.ts';
import type { Order } from '../model/order.ts';
import type { Product } from '../model/product.ts';
import type { Shipment, ShipmentStatus } from '../model/shipment.ts';
import type { StockLevel } from '../model/stock.ts';
import { contentMark } from './content-mark.ts';
import { eventId } from './event-id.ts';

/** The statuses of a shipment that has left the warehouse, whatever became of it afterwards. */
export const dispatchedStatuses: ReadonlySet<ShipmentStatus> = new Set([
  'handed-over',
  'in-transit',
  'out-for-delivery',
  'delivered',
  'exception',
  'returning',
  'returned',
]);

/**
 * The facts that an order's present state proves: that it waits to be accepted or was placed, that it has this version,
 * and perhaps that it was canceled. Facts that were handled before are dropped by their id, so it is right to state all of
 * them every time. An order that is canceled when it is first seen was placed for nobody to work on.
 */
export function eventsOfOrder(order: Order): readonly CommerceEvent[] {
  const { ref, status } = order;
  const base = { system: ref.system, data: order };
  const events: CommerceEvent[] = [];
  if (status !== 'canceled') {
    const type = status === 'pending' ? 'order.pending' : 'order.placed';
    events.push({ ...base, type, id: eventId(type, ref), occurredAt: order.placedAt });
  }
  events.push({
    ...base,
    type: 'order.updated',
    id: eventId('order.updated', ref, versionOf(order)),
    occurredAt: order.updatedAt,
  });
  if (status === 'canceled') {
    const occurredAt = order.canceledAt ?? order.updatedAt;
    events.push({ ...base, type: 'order.canceled', id: eventId('order.canceled', ref), occurredAt });
  }
  return events;
}

/** The facts that a shipment's present state proves. A label alone dispatches nothing. */
export function eventsOfShipment(shipment: Shipment): readonly CommerceEvent[] {
  const { ref, updatedAt } = shipment;
  const base = { system: ref.system, data: shipment };
  const events: CommerceEvent[] = [
    {
      ...base,
      type: 'shipment.updated',
      id: eventId('shipment.updated', ref, versionOf(shipment)),
      occurredAt: updatedAt,
    },
  ];
  if (dispatchedStatuses.has(shipment.status)) {
    const occurredAt = shipment.shippedAt ?? updatedAt;
    events.unshift({ ...base, type: 'shipment.dispatched', id: eventId('shipment.dispatched', ref), occurredAt });
  }
  return events;
}

/** The fact that a fulfillment order's present state proves: it has this version. */
export function eventsOfFulfillment(fulfillment: FulfillmentOrder): readonly CommerceEvent[] {
  const { ref, updatedAt: occurredAt } = fulfillment;
  const id = eventId('fulfillment.updated', ref, versionOf(fulfillment));
  return [{ id, type: 'fulfillment.updated', system: ref.system, occurredAt, data: fulfillment }];
}

/** The fact that a product's present state proves: it has this version. */
export function eventsOfProduct(product: Product): readonly CommerceEvent[] {
  const { ref, updatedAt: occurredAt } = product;
  const id = eventId('product.updated', ref, versionOf(product));
  return [{ id, type: 'product.updated', system: ref.system, occurredAt, data: product }];
}

/** The fact that a customer's present state proves: it has this version. */
export function eventsOfCustomer(customer: Customer): readonly CommerceEvent[] {
  const { ref, updatedAt: occurredAt } = customer;
  const id = eventId('customer.updated', ref, versionOf(customer));
  return [{ id, type: 'customer.updated', system: ref.system, occurredAt, data: customer }];
}

/** A level has no record of its own: SKU, place, moment and figure name the fact. */
export function eventsOfStock(level: StockLevel): readonly CommerceEvent[] {
  const id = eventId('stock.changed', level.location, `${level.sku}/${level.asOf}/${level.available}`);
  return [{ id, type: 'stock.changed', system: level.location.system, occurredAt: level.asOf, data: level }];
}

/** The fact that these levels were read together. None where there is no level: nothing was counted. */
export function eventsOfStockPage(levels: readonly StockLevel[]): readonly CommerceEvent[] {
  const [first] = levels;
  if (!first) return [];
  const { location, asOf } = first;
  const id = eventId('stock.counted', location, `${asOf}~${contentMark(levels)}`);
  return [{ id, type: 'stock.counted', system: location.system, occurredAt: asOf, data: levels }];
}

/**
 * What tells this state of a record from the one before. The moment alone does not: platforms give whole seconds, and a
 * record may change twice in one.
 */
function versionOf(record: Order | Shipment | FulfillmentOrder | Product | Customer): string {
  return `${record.updatedAt}~${contentMark(record)}`;
}
