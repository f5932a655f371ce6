import type { FulfillmentIssue } from '@crossdock/core';
import { warehouseIssues, type WarehouseIssueCode } from '../issues.ts';
import type { WireOrder } from './wire/order.ts';
import type { WireShipment, WireStatusDetail } from './wire/shipment.ts';

/** Status details that keep an order from shipping. developer.shipbob.com, status reference, read 2026-11-23. */
const reasons: ReadonlyMap<number, WarehouseIssueCode> = new Map([
  [300, 'sku.bundle'],
  [301, 'sku.merged'],
  [302, 'sku.inactive'],
  [303, 'stock.out'],
  [304, 'sku.unknown'],
  [305, 'stock.moving'],
  [306, 'stock.moving'],
  [307, 'stock.moving'],
  [308, 'stock.partly'],
  [400, 'account.payment'],
  [401, 'address.invalid'],
  [402, 'reserve.date'],
  [404, 'customs.data'],
]);
const waitingShipments: ReadonlySet<string> = new Set(['Exception', 'OnHold', 'ImportReview']);

/**
 * What the warehouse waits for, in our words; ShipBob's own description may repeat the buyer's address. An order that
 * waits without a reason has one issue all the same, so that somebody asks.
 */
export function issuesOf(order: WireOrder): readonly FulfillmentIssue[] {
  const orderWaits = order.status === 'Exception' || order.status === 'ImportReview';
  const waiting = (order.shipments ?? []).filter(({ status }) => waitingShipments.has(status));
  const issues = waiting.flatMap((shipment) =>
    (shipment.status_details ?? [])
      // Below 300 a detail says how far the work or the parcel is.
      .filter(({ id }) => id === null || id === undefined || id >= 300)
      .map((detail) => toIssue(detail, shipment)),
  );
  if (issues.length > 0 || (!orderWaits && waiting.length === 0)) return issues;
  return [{ code: 'unknown', message: `${warehouseIssues.unknown.message} Its status is "${order.status}".` }];
}

function toIssue(detail: WireStatusDetail, shipment: WireShipment): FulfillmentIssue {
  const code = reasons.get(detail.id ?? 0) ?? 'unknown';
  const { message } = warehouseIssues[code];
  const sku = skuOf(detail, shipment);
  return {
    code,
    message: code === 'unknown' ? `${message} It says "${detail.name ?? ''}" (${detail.id ?? 'no number'}).` : message,
    ...(sku !== undefined && { sku }),
  };
}

function skuOf({ inventory_id: wanted }: WireStatusDetail, { products }: WireShipment): string | undefined {
  if (wanted === null || wanted === undefined) return undefined;
  const product = (products ?? []).find(({ inventory_items: items }) => (items ?? []).some(({ id }) => id === wanted));
  return product?.reference_id ?? product?.sku ?? undefined;
}
