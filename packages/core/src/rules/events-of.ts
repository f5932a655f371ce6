import type { Category } from '../model/category.ts';
import type { CommerceEvent, EventCatalogue } from '../model/event.ts';
import type { Invoice } from '../model/invoice.ts';
import type { Customer } from '../model/party.ts';
import type { FulfillmentOrder } from '../model/fulfillment.ts';
import type { Payment } from '../model/payment.ts';
import type { ListedPrice } from '../model/price.ts';
import type { PurchaseOrder, Receipt } from '../model/purchase.ts';
import type { Refund, Return } from '../model/return.ts';
import type { Order } from '../model/order.ts';
import type { Product } from '../model/product.ts';
import type { Ref } from '../model/ref.ts';
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
  return [changed('fulfillment.updated', fulfillment)];
}

/** The fact that a product's present state proves: it has this version. */
export function eventsOfProduct(product: Product): readonly CommerceEvent[] {
  return [changed('product.updated', product)];
}

/** The fact that a customer's present state proves: it has this version. */
export function eventsOfCustomer(customer: Customer): readonly CommerceEvent[] {
  return [changed('customer.updated', customer)];
}

/** The fact that a category's present state proves: it has this version. */
export function eventsOfCategory(category: Category): readonly CommerceEvent[] {
  return [changed('category.updated', category)];
}

/** The fact that a listed price proves: it has this version. One that was taken off the list is not there to prove it. */
export function eventsOfPrice(price: ListedPrice): readonly CommerceEvent[] {
  return [changed('price.updated', price)];
}

/** The fact that a return's present state proves: it has this version. */
export function eventsOfReturn(given: Return): readonly CommerceEvent[] {
  return [changed('return.updated', given)];
}

/** The fact that a refund proves: that it was issued, once. */
export function eventsOfRefund(refund: Refund): readonly CommerceEvent[] {
  const { ref, refundedAt: occurredAt } = refund;
  return [{ id: eventId('refund.issued', ref), type: 'refund.issued', system: ref.system, occurredAt, data: refund }];
}

/** The fact that an invoice's present state proves: it has this version. */
export function eventsOfInvoice(invoice: Invoice): readonly CommerceEvent[] {
  return [changed('invoice.updated', invoice)];
}

/** The fact that a payment's present state proves: it has this version. */
export function eventsOfPayment(payment: Payment): readonly CommerceEvent[] {
  return [changed('payment.updated', payment)];
}

/** The fact that a purchase order's present state proves: it has this version. */
export function eventsOfPurchase(purchase: PurchaseOrder): readonly CommerceEvent[] {
  return [changed('purchase.updated', purchase)];
}

/** The fact that a receipt proves: that these goods were booked, once. */
export function eventsOfReceipt(receipt: Receipt): readonly CommerceEvent[] {
  const { ref, receivedAt: occurredAt } = receipt;
  const id = eventId('receipt.booked', ref);
  return [{ id, type: 'receipt.booked', system: ref.system, occurredAt, data: receipt }];
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

type Changing = {
  readonly [T in keyof EventCatalogue]: EventCatalogue[T] extends { readonly ref: Ref; readonly updatedAt: string }
    ? T
    : never;
}[keyof EventCatalogue];

function changed<T extends Changing>(
  type: T,
  record: EventCatalogue[T] & { readonly ref: Ref; readonly updatedAt: string },
) {
  const { ref, updatedAt: occurredAt } = record;
  const id = eventId(type, ref, versionOf(record));
  // The type names what the record is; the compiler does not tie the two together through the union.
  return { id, type, system: ref.system, occurredAt, data: record } as unknown as CommerceEvent<T>;
}

/**
 * What tells this state of a record from the one before. The moment alone does not: platforms give whole seconds, and a
 * record may change twice in one.
 */
function versionOf(record: { readonly updatedAt: string }): string {
  return `${record.updatedAt}~${contentMark(record)}`;
}
