import type { CommerceEvent } from '../model/event.ts';
import type { Customer } from '../model/party.ts';
import type { FulfillmentOrder } from '../model/fulfillment.ts';
import type { Order } from '../model/order.ts';
import type { Product } from '../model/product.ts';
import type { Shipment } from '../model/shipment.ts';
import type { StockLevel } from '../model/stock.ts';
import { contentMark } from './content-mark.ts';
import { eventId } from './event-id.ts';

/** Statuses in which a shipment has left the warehouse. */
const left: ReadonlySet<Shipment['status']> = new Set([
  'handed-over',
  'in-transit',
  'out-for-delivery',
  'delivered',
  'exception',
  'returning',
  'returned',
]);

/**
 * The facts that an order's present state proves: it was placed, it has this version, and perhaps it was canceled. Facts
 * that were handled before are dropped by their id, so it is right to state all of them every time.
 */
export function eventsOfOrder(order: Order): readonly CommerceEvent[] {
  const { ref } = order;
  const base = { system: ref.system, data: order };
  const events: CommerceEvent[] = [
    { ...base, type: 'order.placed', id: eventId('order.placed', ref), occurredAt: order.placedAt },
    {
      ...base,
      type: 'order.updated',
      id: eventId('order.updated', ref, versionOf(order)),
      occurredAt: order.updatedAt,
    },
  ];
  if (order.status === 'canceled') {
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
  if (left.has(shipment.status)) {
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

/**
 * What tells this state of a record from the one before. The moment alone does not: platforms give whole seconds, and a
 * record may change twice in one.
 */
function versionOf(record: Order | Shipment | FulfillmentOrder | Product | Customer): string {
  return `${record.updatedAt}~${contentMark(record)}`;
}
