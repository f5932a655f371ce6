import type { Category } from './category.ts';
import type { FulfillmentOrder } from './fulfillment.ts';
import type { Invoice } from './invoice.ts';
import type { Order } from './order.ts';
import type { Customer } from './party.ts';
import type { Payment } from './payment.ts';
import type { ListedPrice } from './price.ts';
import type { Product } from './product.ts';
import type { PurchaseOrder, Receipt } from './purchase.ts';
import type { Refund, Return } from './return.ts';
import type { Shipment } from './shipment.ts';
import type { StockLevel } from './stock.ts';

/**
 * Event name → what it carries. A flow subscribes by name and gets the payload typed. Add your own by module
 * augmentation of `@crossdock/core`.
 */
export interface EventCatalogue {
  /** It was seen before it may be worked on: not paid, or without prices and address yet. It holds stock all the same. */
  'order.pending': Order;
  /** It may be worked on. Not of an order that was canceled before anybody saw it. */
  'order.placed': Order;
  'order.updated': Order;
  'order.canceled': Order;
  'customer.updated': Customer;
  'product.updated': Product;
  'category.updated': Category;
  'price.updated': ListedPrice;
  'stock.changed': StockLevel;
  /** The levels of one page that was pulled, for who hands them on together; each is a `stock.changed` too. */
  'stock.counted': readonly StockLevel[];
  'fulfillment.updated': FulfillmentOrder;
  'shipment.dispatched': Shipment;
  'shipment.updated': Shipment;
  'return.updated': Return;
  /** Money was given back. A refund does not change afterwards. */
  'refund.issued': Refund;
  'invoice.updated': Invoice;
  'payment.updated': Payment;
  'purchase.updated': PurchaseOrder;
  /** Goods arrived and were counted. A receipt does not change afterwards. */
  'receipt.booked': Receipt;
}
/** The name of an event: `order.placed`, `shipment.dispatched` and so on. */
export type EventType = keyof EventCatalogue;

/**
 * Something that happened in a system. `id` names the fact and not its delivery: the same fact learnt from a webhook, its
 * repetition and a later poll has the same id, and is handled once.
 */
export type CommerceEvent<T extends EventType = EventType> = {
  [K in T]: {
    readonly id: string;
    readonly type: K;
    readonly system: string;
    readonly occurredAt: string;
    readonly data: EventCatalogue[K];
  };
}[T];
