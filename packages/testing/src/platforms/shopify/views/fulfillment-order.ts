import { gid } from '../gid.ts';
import { fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import { page, type PageArgs } from '../paging.ts';
import type { FulfillmentOrderRecord, LocationRecord } from '../records.ts';
import { isoOf, levelKey } from '../store.ts';
import { destinationView } from './address.ts';
import { appView, ownApp } from './app.ts';
import { actionsOf } from './fulfillment-actions.ts';
import { shippingLineView } from './line.ts';
import { bag, required, type View, type Views } from './views.ts';

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
    status: record.words.status ?? record.status,
    requestStatus: record.words.requestStatus ?? record.requestStatus,
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    fulfillAt: isoOf(record.fulfillAt),
    fulfillBy: record.fulfillBy === undefined ? null : isoOf(record.fulfillBy),
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
    supportedActions: actionsOf(store, record, views.version).map((action) => ({ action, externalUrl: null })),
    fulfillmentHolds: record.holds.map(({ id, handle, reason, notes, app }) => ({
      id: gid('FulfillmentHold', id),
      handle,
      reason,
      reasonNotes: notes ?? null,
      displayReason: reason.charAt(0) + reason.slice(1).toLowerCase().replaceAll('_', ' '),
      heldByApp: app === undefined ? null : app === 'own' ? ownApp : appView(app),
      heldByRequestingApp: app === 'own',
    })),
    lineItems: (args: PageArgs) =>
      page(record.lines, args, {
        id: ({ id }) => id,
        view: (line) => orderLineView(views, record, line),
      }),
    fulfillments: (args: PageArgs) =>
      page(
        (store.ofOrder.get(order.id)?.fulfillments ?? []).filter(({ lines }) =>
          lines.some(({ fulfillmentOrderId }) => fulfillmentOrderId === record.id),
        ),
        args,
        { id: ({ id }) => id, view: views.fulfillment },
      ),
    merchantRequests: (args: PageArgs & { readonly kind?: string | null }) =>
      page(
        record.requests.filter(({ kind }) => args.kind == null || kind === args.kind),
        args,
        {
          id: ({ id }) => id,
          view: ({ id, kind, message, options, response, sentAt }) => ({
            __typename: 'FulfillmentOrderMerchantRequest',
            id: gid('FulfillmentOrderMerchantRequest', id),
            kind,
            message: message ?? null,
            requestOptions: options,
            responseData: response ?? null,
            sentAt: isoOf(sentAt),
            fulfillmentOrder: () => views.fulfillmentOrder(record),
          }),
        },
      ),
    fulfillmentOrdersForMerge: (args: PageArgs) =>
      page(
        fulfillmentOrdersOf(store, order.id).filter(
          (each) => each !== record && each.locationId === record.locationId && each.status === 'OPEN' && isOpen(each),
        ),
        args,
        { id: ({ id }) => id, view: views.fulfillmentOrder },
      ),
    locationsForMove: (args: PageArgs) =>
      page(
        [...store.locations.values()].filter(({ id, active }) => active && id !== record.locationId),
        args,
        {
          id: ({ id }) => id,
          view: (place) => locationForMove(views, record, place),
        },
      ),
  };
  return view;
}

function orderLineView(
  views: Views,
  record: FulfillmentOrderRecord,
  { id, lineId, total, remaining }: FulfillmentOrderRecord['lines'][number],
): View {
  const { store } = views;
  const order = required(store.orders.get(record.orderId), `order ${record.orderId}`);
  const line = required(
    order.lines.find((each) => each.id === lineId),
    `line ${lineId}`,
  );
  const variant = line.variantId === undefined ? undefined : store.variants.get(line.variantId);
  const shipping = order.shippingLines[0];
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
    shippingLine: shipping ? shippingLineView(order, shipping) : null,
    warnings: warningsOf(record, id),
  };
}

/** Why a service said that it cannot ship a line. */
function warningsOf({ warnings, requestStatus }: FulfillmentOrderRecord, id: bigint): readonly View[] {
  const description = warnings[gid('FulfillmentOrderLineItem', id)];
  if (requestStatus !== 'REJECTED' || description === undefined) return [];
  return [{ title: 'Fulfillment request rejected', description }];
}

function locationForMove(views: Views, record: FulfillmentOrderRecord, place: LocationRecord): View {
  const { store } = views;
  const order = store.orders.get(record.orderId);
  const isStocked = ({ lineId }: FulfillmentOrderRecord['lines'][number]) => {
    const variantId = order?.lines.find(({ id }) => id === lineId)?.variantId;
    const variant = variantId === undefined ? undefined : store.variants.get(variantId);
    return !variant?.tracked || store.levels.has(levelKey(variant.itemId, place.id));
  };
  const [there, missing] = [record.lines.filter(isStocked), record.lines.filter((line) => !isStocked(line))];
  const pageOf = (lines: FulfillmentOrderRecord['lines']) => (args: PageArgs) =>
    page(lines, args, { id: ({ id }) => id, view: (line) => orderLineView(views, record, line) });
  return {
    location: () => views.location(place),
    movable: missing.length === 0,
    message: missing.length === 0 ? null : 'Some items are not stocked at this location.',
    availableLineItems: pageOf(there),
    availableLineItemsCount: { count: there.length, precision: 'EXACT' },
    unavailableLineItems: pageOf(missing),
    unavailableLineItemsCount: { count: missing.length, precision: 'EXACT' },
  };
}
