import type { ShipBobItem, ShipBobOrder, ShipBobShipment, ShipBobSubscription } from './records.ts';

/** Everything the fake remembers, with the indexes that large tests need. */
export interface ShipBobStore {
  readonly orders: Map<number, ShipBobOrder>;
  /** Orders that no list shows for now. */
  readonly unlisted: Set<number>;
  readonly byReference: Map<string, ShipBobOrder>;
  readonly shipments: Map<number, ShipBobShipment>;
  readonly items: Map<string, ShipBobItem>;
  readonly subscriptions: Map<number, ShipBobSubscription>;
  readonly simulations: Map<number, { readonly shipmentId: number; readonly action: string; status: string }>;
  readonly counts: { duplicatesRefused: number; cancelsRefused: number; throttled: number };
  nextId(kind: 'order' | 'shipment' | 'item' | 'subscription' | 'simulation'): number;
}

export function shipBobStore(): ShipBobStore {
  const last = { order: 310_000_000, shipment: 190_000_000, item: 8_000_000, subscription: 7_000, simulation: 0 };
  return {
    orders: new Map(),
    unlisted: new Set(),
    byReference: new Map(),
    shipments: new Map(),
    items: new Map(),
    subscriptions: new Map(),
    simulations: new Map(),
    counts: { duplicatesRefused: 0, cancelsRefused: 0, throttled: 0 },
    nextId: (kind) => (last[kind] += 1),
  };
}
