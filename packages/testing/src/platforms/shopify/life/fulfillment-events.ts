import type { FulfillmentEventRecord, FulfillmentRecord } from '../records.ts';
import { touch, type Happening, type Shop } from './shop.ts';

type Draft = Pick<FulfillmentEventRecord, 'status' | 'happenedAt'> &
  Partial<Omit<FulfillmentEventRecord, 'id' | 'createdAt'>>;

/** Notes what happened to a parcel. Nothing guards it: a repeat is a second event. */
export function addEvent(shop: Shop, fulfillment: FulfillmentRecord, draft: Draft): FulfillmentEventRecord {
  const { store } = shop;
  const event: FulfillmentEventRecord = {
    id: store.nextId(),
    createdAt: store.second(),
    estimatedDeliveryAt: undefined,
    message: undefined,
    city: undefined,
    country: undefined,
    province: undefined,
    zip: undefined,
    address1: undefined,
    latitude: undefined,
    longitude: undefined,
    ...draft,
  };
  fulfillment.events.push(event);
  const order = store.orders.get(fulfillment.orderId);
  touch(shop, fulfillment, ...(order ? [order] : []));
  shop.tell([
    { topic: 'fulfillment_events/create', fulfillment, event },
    { topic: 'fulfillments/update', fulfillment },
    ...(order ? [{ topic: 'orders/updated', order } satisfies Happening] : []),
  ]);
  return event;
}
