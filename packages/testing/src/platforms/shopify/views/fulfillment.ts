import { gid } from '../gid.ts';
import { divided } from '../money.ts';
import { netOf } from '../order-sums.ts';
import { isOpen } from '../order-status.ts';
import { page, type PageArgs } from '../paging.ts';
import type { FulfillmentOrderRecord, FulfillmentRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { destinationView } from './address.ts';
import { bag, both, required, type View, type Views } from './views.ts';

/** What one location has to ship of an order. */
export function fulfillmentOrderView(views: Views, record: FulfillmentOrderRecord): View {
  const { store } = views;
  const order = required(store.orders.get(record.orderId), `order ${record.orderId}`);
  const location = required(store.locations.get(record.locationId), `location ${record.locationId}`);
  const { address } = location;
  const shipping = order.shippingLines[0];
  const view: View = {
    __typename: 'FulfillmentOrder',
    id: gid('FulfillmentOrder', record.id),
    orderId: gid('Order', order.id),
    orderName: order.name,
    orderProcessedAt: isoOf(order.processedAt),
    order: () => views.order(order),
    status: record.status,
    requestStatus: record.requestStatus,
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    fulfillAt: isoOf(record.createdAt),
    fulfillBy: null,
    assignedLocation: {
      name: location.name,
      countryCode: address.countryCode ?? 'US',
      address1: address.address1 ?? null,
      address2: address.address2 ?? null,
      city: address.city ?? null,
      province: address.province ?? null,
      zip: address.zip ?? null,
      phone: address.phone ?? null,
      location: () => views.location(location),
    },
    destination: order.shippingAddress
      ? destinationView(record.id, order.shippingAddress, {
          ...(order.email === undefined ? {} : { email: order.email }),
          ...(order.phone === undefined ? {} : { phone: order.phone }),
        })
      : null,
    deliveryMethod: {
      id: gid('DeliveryMethod', record.id),
      methodType: 'SHIPPING',
      serviceCode: shipping?.code ?? null,
      presentedName: shipping?.title ?? null,
      sourceReference: null,
      minDeliveryDateTime: null,
      maxDeliveryDateTime: null,
    },
    supportedActions: actionsOf(record).map((action) => ({ action, externalUrl: null })),
    fulfillmentHolds: record.holds.map(({ id, handle, reason, notes }) => ({
      id: gid('FulfillmentHold', id),
      handle,
      reason,
      reasonNotes: notes ?? null,
      displayReason: reason.charAt(0) + reason.slice(1).toLowerCase().replaceAll('_', ' '),
      heldByApp: null,
      heldByRequestingApp: true,
    })),
    lineItems: (args: PageArgs) =>
      page(record.lines, args, {
        id: ({ id }) => id,
        view: ({ id, lineId, total, remaining }) => {
          const line = required(
            order.lines.find((each) => each.id === lineId),
            `line ${lineId}`,
          );
          const variant = line.variantId === undefined ? undefined : store.variants.get(line.variantId);
          return {
            __typename: 'FulfillmentOrderLineItem',
            id: gid('FulfillmentOrderLineItem', id),
            lineItem: () => views.line(order, line),
            totalQuantity: total,
            remainingQuantity: remaining,
            requiresShipping: line.requiresShipping,
            sku: line.sku ?? null,
            productTitle: line.title,
            variantTitle: line.variantTitle ?? null,
            vendor: line.vendor ?? null,
            variant: variant ? views.variant(variant) : null,
            inventoryItemId: variant ? gid('InventoryItem', variant.itemId) : null,
            originalUnitPriceSet: bag(order, line.unitPrice),
            weight: { unit: 'GRAMS', value: line.grams },
          };
        },
      }),
    fulfillments: (args: PageArgs) =>
      page(
        (store.ofOrder.get(order.id)?.fulfillments ?? []).filter(({ lines }) =>
          lines.some(({ fulfillmentOrderId }) => fulfillmentOrderId === record.id),
        ),
        args,
        { id: ({ id }) => id, view: views.fulfillment },
      ),
    merchantRequests: (args: PageArgs) => page<{ id: bigint }>([], args, { id: ({ id }) => id, view: () => null }),
  };
  return view;
}

/** What may be done now. The set of an open merchant-managed one as recorded on API 2026-04. */
function actionsOf(record: FulfillmentOrderRecord): readonly string[] {
  if (!isOpen(record)) return [];
  if (record.status === 'ON_HOLD') return ['RELEASE_HOLD', 'HOLD', 'MOVE'];
  if (record.status === 'SCHEDULED') return ['MARK_AS_OPEN'];
  const several = record.lines.reduce((total, { remaining }) => total + remaining, 0) > 1;
  return ['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MOVE', 'HOLD', ...(several ? ['SPLIT'] : [])];
}

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
    displayStatus: displayStatus(record),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    deliveredAt: happened('DELIVERED'),
    inTransitAt: happened('IN_TRANSIT'),
    estimatedDeliveryAt: estimate === undefined ? null : isoOf(estimate),
    requiresShipping: true,
    totalQuantity: record.lines.reduce((total, { quantity }) => total + quantity, 0),
    originAddress: null,
    service: null,
    location: location ? views.location(location) : null,
    order: () => views.order(order),
    trackingInfo: ({ first }: { first?: number | null }) => record.tracking.slice(0, first ?? undefined),
    fulfillmentLineItems: (args: PageArgs) =>
      page(record.lines, args, {
        id: ({ id }) => id,
        view: ({ id, lineId, quantity }) => {
          const line = required(
            order.lines.find((each) => each.id === lineId),
            `line ${lineId}`,
          );
          const discounted = divided(netOf(line) * BigInt(quantity), BigInt(line.quantity));
          return {
            __typename: 'FulfillmentLineItem',
            id: gid('FulfillmentLineItem', id),
            quantity,
            lineItem: () => views.line(order, line),
            ...both(order, 'originalTotal', line.unitPrice * BigInt(quantity)),
            ...both(order, 'discountedTotal', discounted),
          };
        },
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
