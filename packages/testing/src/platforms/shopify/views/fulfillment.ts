import { gid } from '../gid.ts';
import { serviceOf } from '../life/services.ts';
import { page, type PageArgs } from '../paging.ts';
import type { FulfillmentRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { fulfillmentLineView } from './fulfillment-line.ts';
import { serviceView } from './service.ts';
import { required, type View, type Views } from './views.ts';

/** A parcel. */
export function fulfillmentView(views: Views, record: FulfillmentRecord): View {
  const { store } = views;
  const order = required(store.orders.get(record.orderId), `order ${record.orderId}`);
  const location = store.locations.get(record.locationId);
  const happened = (status: string) => {
    const event = record.events.find((each) => each.status === status);
    return event ? isoOf(event.happenedAt) : null;
  };
  const estimate = record.events.findLast(
    ({ estimatedDeliveryAt }) => estimatedDeliveryAt !== undefined,
  )?.estimatedDeliveryAt;
  const fulfillmentOrderIds = new Set(record.lines.map(({ fulfillmentOrderId }) => fulfillmentOrderId));
  return {
    __typename: 'Fulfillment',
    id: gid('Fulfillment', record.id),
    legacyResourceId: String(record.id),
    name: record.name,
    status: record.status,
    displayStatus: record.displayWord ?? displayStatus(record),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    deliveredAt: happened('DELIVERED'),
    inTransitAt: happened('IN_TRANSIT'),
    estimatedDeliveryAt: estimate === undefined ? null : isoOf(estimate),
    requiresShipping: true,
    totalQuantity: record.lines.reduce((total, { quantity }) => total + quantity, 0),
    originAddress: null,
    service: () => {
      const service = serviceOf(store, record);
      return service ? serviceView(views, service) : null;
    },
    location: location ? views.location(location) : null,
    order: () => views.order(order),
    trackingInfo: ({ first }: { first?: number | null }) => record.tracking.slice(0, first ?? undefined),
    fulfillmentLineItems: (args: PageArgs) =>
      page(record.lines, args, {
        id: ({ id }) => id,
        view: (line) => fulfillmentLineView(views, order, line),
      }),
    fulfillmentOrders: (args: PageArgs) =>
      page(
        [...fulfillmentOrderIds].map((id) => required(store.fulfillmentOrders.get(id), `fulfillment order ${id}`)),
        args,
        { id: ({ id }) => id, view: views.fulfillmentOrder },
      ),
    events: (args: PageArgs) =>
      page(record.events, args, {
        id: ({ id }) => id,
        sort: { kind: 'time', value: ({ happenedAt }) => happenedAt },
        view: (event) => ({
          ...event,
          __typename: 'FulfillmentEvent',
          id: gid('FulfillmentEvent', event.id),
          happenedAt: isoOf(event.happenedAt),
          createdAt: isoOf(event.createdAt),
          estimatedDeliveryAt: event.estimatedDeliveryAt === undefined ? null : isoOf(event.estimatedDeliveryAt),
        }),
      }),
  };
}

function displayStatus({ status, events }: FulfillmentRecord): string {
  if (status === 'CANCELLED') return 'CANCELED';
  return events.toSorted((a, b) => a.happenedAt - b.happenedAt).at(-1)?.status ?? 'FULFILLED';
}
