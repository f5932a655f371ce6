import type { Order, Shipment } from '@crossdock/core';
import { anOrder } from '@crossdock/testing';

/** What a shop, an ERP and a warehouse have in the end. Nothing here looks at a key: two writes make two records. */
export interface World {
  readonly orders: Map<string, { version: number; updatedAt: string }>;
  /** Order number → how often it was created in the ERP, asked to be shipped, and confirmed at the shop. */
  readonly created: Map<string, string[]>;
  readonly released: Map<string, string[]>;
  readonly confirmed: Map<string, string[]>;
  /** The version of each order that the ERP was shown last, in the order in which it was shown. */
  readonly shown: Map<string, number[]>;
  /** The states of orders whose delivery was acknowledged: each has to have been worked on. */
  readonly acknowledged: Set<string>;
  /** Webhooks on their way: deliveries that may come late, twice, in any order or never. */
  readonly posted: { readonly delivery: string; readonly body: string }[];
}

export function newWorld(): World {
  return {
    orders: new Map(),
    created: new Map(),
    released: new Map(),
    confirmed: new Map(),
    shown: new Map(),
    acknowledged: new Set(),
    posted: [],
  };
}

/** One more record of that number. */
export function write(records: Map<string, string[]>, number: string, key: string): void {
  records.set(number, [...(records.get(number) ?? []), key]);
}

/** The shop's order as a connector would give it. Its version is one of its tags. */
export function orderOf({ orders }: World, number: string): Order | undefined {
  const order = orders.get(number);
  if (order === undefined) return undefined;
  return anOrder({
    ref: { system: 'shop', kind: 'order', id: number },
    number,
    tags: [String(order.version)],
    placedAt: '2026-11-01T00:00:00.000Z',
    updatedAt: order.updatedAt,
  });
}

/** What left the warehouse for an order that it was asked to ship. */
export function shipmentOf(number: string): Shipment {
  return {
    ref: { system: 'warehouse', kind: 'shipment', id: `P-${number}` },
    number,
    fulfillment: { system: 'warehouse', kind: 'fulfillment', id: `F-${number}` },
    status: 'handed-over',
    wireStatus: 'shipped',
    parcels: [],
    shippedAt: '2026-11-01T01:00:00.000Z',
    updatedAt: '2026-11-01T01:00:00.000Z',
  };
}
