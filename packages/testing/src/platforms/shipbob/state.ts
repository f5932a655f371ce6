import type { ShipBobItem, ShipBobOrder, ShipBobShipment } from './records.ts';
import { orderStatus } from './status.ts';
import type { ShipBobStore } from './store.ts';
import type { Warehouse } from './warehouse.ts';

/** The door behind the API: what a test puts into the warehouse, does in it, and finds there. */
export interface ShipBobState {
  /** Goods arrive. A SKU that was never there becomes a product. */
  addInventory(
    sku: string,
    quantity: number,
    details?: { readonly name?: string; readonly lot?: string; readonly expiresOn?: string },
  ): void;
  /** Goods are gone: a count found fewer. */
  removeInventory(sku: string, quantity: number): void;
  /** The product stays, and is not shipped any more. */
  deactivate(sku: string): void;
  inventoryOf(sku: string): Readonly<ShipBobItem> | undefined;
  /** Every order, oldest first. */
  readonly orders: readonly ShipBobOrder[];
  order(reference: string): ShipBobOrder | undefined;
  shipmentsOf(reference: string): readonly Readonly<ShipBobShipment>[];
  /** Moves all shipments of an order that can move. */
  pick(reference: string): void;
  label(reference: string): void;
  ship(reference: string): void;
  deliver(reference: string): void;
  /** Stops an order before it is picked, until it is released. */
  hold(reference: string): void;
  release(reference: string): void;
  /** Lets no list show the order until what this gives is called. By its id it is there. */
  unlist(reference: string): () => void;
  /** A subscription without the API. Default: all topics that tell of orders. Gives back its secret. */
  subscribe(url: string, topics?: readonly string[]): string;
  /** URLs of subscriptions that still get deliveries. */
  readonly enabledSubscriptions: readonly string[];
  readonly counts: Readonly<
    Record<
      | 'orders'
      | 'shipments'
      | 'shipped'
      | 'delivered'
      | 'canceled'
      | 'exceptions'
      | 'duplicatesRefused'
      | 'cancelsRefused'
      | 'throttled',
      number
    >
  >;
}

/** What a test may do and see. Orders that are not there are a mistake of the test, and said so. */
export function shipBobState(
  store: ShipBobStore,
  house: Warehouse,
  subscribe: (url: string, topics: readonly string[]) => string,
): ShipBobState {
  const each = (reference: string, act: (shipment: ShipBobShipment) => unknown) => {
    const order = store.byReference.get(reference);
    if (!order) throw new RangeError(`ShipBob has no order "${reference}".`);
    for (const shipment of order.shipments) act(shipment);
  };
  const counted = (keep: (shipment: ShipBobShipment) => boolean) => [...store.shipments.values()].filter(keep).length;
  return {
    addInventory(sku, quantity, details = {}) {
      const item = store.items.get(sku) ?? newItem(store, sku, details.name ?? sku);
      item.onHand += quantity;
      if (details.lot !== undefined) item.lots.push({ lot: details.lot, expiresOn: details.expiresOn, quantity });
      house.restocked(sku);
    },
    removeInventory(sku, quantity) {
      const item = store.items.get(sku);
      if (item) item.onHand -= quantity;
    },
    deactivate(sku) {
      const item = store.items.get(sku);
      if (item) item.isActive = false;
    },
    inventoryOf: (sku) => store.items.get(sku),
    get orders() {
      return [...store.orders.values()];
    },
    order: (reference) => store.byReference.get(reference),
    shipmentsOf: (reference) => store.byReference.get(reference)?.shipments ?? [],
    pick: (reference) => each(reference, (shipment) => house.advance(shipment, 'picked')),
    label: (reference) => each(reference, (shipment) => house.advance(shipment, 'labelled')),
    ship: (reference) => each(reference, (shipment) => house.advance(shipment, 'shipped')),
    deliver: (reference) => each(reference, (shipment) => house.advance(shipment, 'delivered')),
    hold: (reference) => each(reference, (shipment) => house.hold(shipment)),
    release: (reference) => each(reference, (shipment) => house.release(shipment)),
    unlist(reference) {
      const id = store.byReference.get(reference)?.id;
      if (id === undefined) throw new RangeError(`ShipBob has no order "${reference}".`);
      store.unlisted.add(id);
      return () => void store.unlisted.delete(id);
    },
    subscribe: (url, topics = orderTopics) => subscribe(url, topics),
    get enabledSubscriptions() {
      return [...store.subscriptions.values()].filter(({ isEnabled }) => isEnabled).map(({ url }) => url);
    },
    get counts() {
      return {
        ...store.counts,
        orders: store.orders.size,
        shipments: store.shipments.size,
        shipped: counted(({ shippedAt }) => shippedAt !== undefined),
        delivered: counted(({ deliveredAt }) => deliveredAt !== undefined),
        canceled: [...store.orders.values()].filter((order) => orderStatus(order) === 'Cancelled').length,
        exceptions: counted(({ stage }) => stage === 'exception'),
      };
    },
  };
}

const orderTopics = [
  'order.shipped',
  'order.shipment.delivered',
  'order.shipment.exception',
  'order.shipment.on_hold',
  'order.shipment.cancelled',
];

function newItem(store: ShipBobStore, sku: string, name: string): ShipBobItem {
  const item: ShipBobItem = {
    inventoryId: store.nextId('item'),
    sku,
    name,
    isActive: true,
    onHand: 0,
    committed: 0,
    lots: [],
  };
  store.items.set(sku, item);
  return item;
}
