import type { ReadOptions } from '@crossdock/core';
import { undoneFulfillments } from './fulfillment-statuses.ts';
import { noteOf, type OrderNote } from './order-note.ts';
import { bookKey } from './shipment-book.ts';
import type { OpenLine, ShippedLine } from './shipment-allocation.ts';
import type { ShopifyClient } from './client.ts';
import {
  fulfillmentLines,
  fulfillmentOrderLinesPage,
  orderFulfillments,
  orderToShip,
} from './documents/fulfillments.ts';
import type { Connection } from './wire/connection.ts';
import type { WireTracking } from './wire/shipment.ts';
import type {
  WireFulfillment,
  WireFulfillmentHead,
  WireFulfillmentOrderLine,
  WireOrderToShip,
} from './wire/fulfillment.ts';

/** What an order has left to ship, which fulfillments are on it, and what its book says of them. */
export interface OrderToShip {
  readonly name: string;
  readonly isCanceled: boolean;
  readonly lines: readonly OpenLine[];
  /** Oldest first, with those that were taken back. At least as new as the book. */
  readonly fulfillments: readonly OrderFulfillment[];
  readonly book: OrderNote;
}

/** A fulfillment of an order with its tracking numbers. */
export interface OrderFulfillment {
  readonly id: string;
  /** False when it was canceled or failed: it shipped nothing. */
  readonly isLive: boolean;
  /** Shopify's words for how far it is. */
  readonly words: { readonly status: string; readonly displayStatus: string | null };
  readonly tracking: readonly WireTracking[];
  readonly numbers: readonly string[];
}

const operation = 'shipments.confirm';

/** `undefined` when there is no such order. */
export async function readOrderToShip(
  client: ShopifyClient,
  id: string,
  options: ReadOptions,
): Promise<OrderToShip | undefined> {
  const lines: OpenLine[] = [];
  let after: string | null = null;
  let book: OrderNote | undefined;
  for (;;) {
    const order = await orderPage(client, id, after, options);
    if (!order) return undefined;
    book ??= noteOf(order.metafield);
    for (const each of order.fulfillmentOrders.nodes) {
      const { id: fulfillmentOrderId, status, requestStatus, assignedLocation, lineItems } = each;
      // A deleted location has no id; its fulfillment orders are not mixed with others then.
      const locationId = assignedLocation.location?.id ?? fulfillmentOrderId;
      for (const line of await allLines(client, fulfillmentOrderId, lineItems, options)) {
        lines.push({ ...toOpenLine(line), fulfillmentOrderId, status, requestStatus, locationId });
      }
    }
    const { pageInfo } = order.fulfillmentOrders;
    if (!pageInfo.hasNextPage) return { ...headOf(order), lines, book };
    after = pageInfo.endCursor;
  }
}

async function orderPage(
  client: ShopifyClient,
  id: string,
  after: string | null,
  options: ReadOptions,
): Promise<WireOrderToShip | null> {
  const variables = { id, after, book: bookKey };
  const { order } = await client.run(orderToShip, { ...reading(options), variables });
  return order;
}

function headOf(order: WireOrderToShip): Omit<OrderToShip, 'lines' | 'book'> {
  const fulfillments = toFulfillments(order.fulfillments);
  return { name: order.name, isCanceled: order.cancelledAt !== null, fulfillments };
}

function toFulfillments(wires: readonly WireFulfillmentHead[]): readonly OrderFulfillment[] {
  return wires
    .map(({ id, status, displayStatus, trackingInfo }) => ({
      id,
      isLive: !undoneFulfillments.has(status),
      words: { status, displayStatus },
      tracking: trackingInfo,
      numbers: trackingInfo.flatMap(({ number }) => number ?? []),
    }))
    .toSorted((a, b) => compareIds(a.id, b.id));
}

/** Ids grow: the lower of two was made first. They are longer than a float is exact. */
export function compareIds(a: string, b: string): number {
  const [first, second] = [a, b].map((id) => BigInt(/\d+$/.exec(id)?.[0] ?? 0));
  if (first === second || first === undefined || second === undefined) return 0;
  return first < second ? -1 : 1;
}

/** The order's fulfillments as they are now, oldest first; none when the order is gone. */
export async function readFulfillments(
  client: ShopifyClient,
  id: string,
  options: ReadOptions,
): Promise<readonly OrderFulfillment[]> {
  const { order } = await client.run(orderFulfillments, { ...reading(options), variables: { id } });
  return toFulfillments(order?.fulfillments ?? []);
}

function toOpenLine(line: WireFulfillmentOrderLine): Pick<OpenLine, 'id' | 'lineItemId' | 'sku' | 'remaining'> {
  return { id: line.id, lineItemId: line.lineItem.id, sku: line.sku ?? undefined, remaining: line.remainingQuantity };
}

async function allLines(
  client: ShopifyClient,
  id: string,
  first: Connection<WireFulfillmentOrderLine>,
  options: ReadOptions,
): Promise<readonly WireFulfillmentOrderLine[]> {
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const { fulfillmentOrder } = await client.run(fulfillmentOrderLinesPage, {
      ...reading(options),
      variables: { id, after: pageInfo.endCursor },
    });
    // Merged or rerouted since the first page: what it had stands in another one, and Shopify refuses what is not there.
    if (!fulfillmentOrder) break;
    nodes.push(...fulfillmentOrder.lineItems.nodes);
    ({ pageInfo } = fulfillmentOrder.lineItems);
  }
  return nodes;
}

/** What one fulfillment shipped. */
export async function readShipped(
  client: ShopifyClient,
  id: string,
  options: ReadOptions,
): Promise<readonly ShippedLine[]> {
  const shipped: ShippedLine[] = [];
  let after: string | null = null;
  for (;;) {
    const fulfillment = await fulfillmentPage(client, id, after, options);
    if (!fulfillment) return shipped;
    const { nodes, pageInfo } = fulfillment.fulfillmentLineItems;
    for (const { quantity, lineItem } of nodes) {
      shipped.push({ lineItemId: lineItem.id, sku: lineItem.sku ?? undefined, quantity: quantity ?? 0 });
    }
    if (!pageInfo.hasNextPage) return shipped;
    after = pageInfo.endCursor;
  }
}

async function fulfillmentPage(
  client: ShopifyClient,
  id: string,
  after: string | null,
  options: ReadOptions,
): Promise<WireFulfillment | null> {
  const variables = { id, after };
  const { fulfillment } = await client.run(fulfillmentLines, { ...reading(options), variables });
  return fulfillment;
}

function reading({ lane, signal }: ReadOptions) {
  return { operation, safety: 'read' as const, lane, signal };
}
