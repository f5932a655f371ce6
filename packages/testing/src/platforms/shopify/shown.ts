import { gid } from './gid.ts';
import { moneyOf } from './money.ts';
import { currentQuantity, sumsOf } from './order-sums.ts';
import { financialStatus, fulfillmentStatus, returnStatus } from './order-status.ts';
import type { FulfillmentOrderRecord, FulfillmentRecord, OrderRecord, SubscriptionRecord } from './records.ts';
import type { ShopOrder, ShopSubscription } from './state.ts';
import type { ShopFulfillment, ShopFulfillmentOrder } from './state-fulfillment.ts';
import { isoOf, type Store } from './store.ts';

/** An order as `state` shows it: a copy, so that nobody changes the shop by it. */
export function shownOrder(store: Store, order: OrderRecord, version: string): ShopOrder {
  return {
    id: gid('Order', order.id),
    name: order.name,
    number: order.number,
    createdAt: isoOf(order.createdAt),
    updatedAt: isoOf(order.updatedAt),
    cancelledAt: moment(order.cancelledAt),
    closedAt: moment(order.closedAt),
    cancelReason: order.cancelReason,
    financialStatus: financialStatus(order),
    fulfillmentStatus: fulfillmentStatus(store, order, version),
    returnStatus: returnStatus(store, order),
    poNumber: order.poNumber,
    customAttributes: order.customAttributes.map(({ key, value }) => ({ key, value })),
    edited: order.edited,
    email: order.email,
    note: order.note,
    tags: [...order.tags],
    currency: order.currency,
    total: moneyOf(sumsOf(order).total, order.currency),
    lines: order.lines.map((line) => ({
      id: gid('LineItem', line.id),
      sku: line.sku,
      title: line.title,
      quantity: line.quantity,
      currentQuantity: currentQuantity(line),
      fulfilled: line.fulfilled,
    })),
  };
}

/** A fulfillment order as `state` shows it. */
export function shownFulfillmentOrder(store: Store, record: FulfillmentOrderRecord): ShopFulfillmentOrder {
  return {
    id: gid('FulfillmentOrder', record.id),
    orderId: gid('Order', record.orderId),
    locationId: gid('Location', record.locationId),
    status: record.words.status ?? record.status,
    requestStatus: record.words.requestStatus ?? record.requestStatus,
    holds: record.holds.map(({ id, handle, reason, notes, app }) => ({
      id: gid('FulfillmentHold', id),
      handle,
      reason,
      notes,
      app,
    })),
    requests: record.requests.map(({ kind, message, response }) => ({ kind, message, response })),
    lines: record.lines.map(({ id, lineId, total, remaining }) => ({
      id: gid('FulfillmentOrderLineItem', id),
      sku: skuOf(store, record.orderId, lineId),
      total,
      remaining,
    })),
  };
}

/** A parcel as `state` shows it. */
export function shownFulfillment(store: Store, record: FulfillmentRecord): ShopFulfillment {
  return {
    id: gid('Fulfillment', record.id),
    orderId: gid('Order', record.orderId),
    name: record.name,
    status: record.status,
    locationId: gid('Location', record.locationId),
    notifiedCustomer: record.notifiedCustomer,
    createdAt: isoOf(record.createdAt),
    tracking: record.tracking.map((each) => ({ ...each })),
    lines: record.lines.map(({ lineId, quantity }) => ({
      lineId: gid('LineItem', lineId),
      sku: skuOf(store, record.orderId, lineId),
      quantity,
    })),
    events: record.events.map(({ status, happenedAt }) => ({ status, happenedAt: isoOf(happenedAt) })),
  };
}

/** A subscription as `state` shows it. */
export function shownSubscription(record: SubscriptionRecord): ShopSubscription {
  const { topic, uri, by, name, filter, includeFields } = record;
  return { id: gid('WebhookSubscription', record.id), topic, uri, name, filter, includeFields: [...includeFields], by };
}

function moment(at: number | undefined): string | undefined {
  return at === undefined ? undefined : isoOf(at);
}

function skuOf(store: Store, orderId: bigint, lineId: bigint): string | undefined {
  return store.orders.get(orderId)?.lines.find(({ id }) => id === lineId)?.sku;
}
