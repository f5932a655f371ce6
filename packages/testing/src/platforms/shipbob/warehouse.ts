import type { Clock, Random } from '@crossdock/core';
import type { ShipBobOptions } from './options.ts';
import type { OrderBody } from './order-body.ts';
import type { ShipBobAddress, ShipBobLine, ShipBobOrder, ShipBobShipment, ShipBobStage } from './records.ts';
import { schedule } from './schedule.ts';
import { split } from './split.ts';
import { isLabelled, isPicked } from './status.ts';
import type { ShipBobStore } from './store.ts';

/** Told of what happened, so that webhooks can say it. */
export interface WarehouseNews {
  labelled(order: ShipBobOrder): void;
  shipment(topic: 'delivered' | 'exception' | 'on_hold' | 'cancelled', shipment: ShipBobShipment): void;
}

export interface Warehouse {
  receive(body: OrderBody, channelId: number): ShipBobOrder;
  /** Takes a shipment on to a stage, through the stages before it. `false`: it cannot go there. */
  advance(shipment: ShipBobShipment, to: 'picked' | 'packed' | 'labelled' | 'shipped' | 'delivered'): boolean;
  /** Does something after a while; at once when there is none. */
  soon(delayMs: number, act: () => void): void;
  cancel(shipment: ShipBobShipment): { readonly done: boolean; readonly reason: string };
  hold(shipment: ShipBobShipment): void;
  release(shipment: ShipBobShipment): void;
  /** Looks again at shipments that waited for a SKU. */
  restocked(sku: string): void;
}

const hourMs = 3_600_000;
const path = ['received', 'picked', 'packed', 'labelled', 'shipped', 'delivered'] as const;
const detailOf = { picked: 100, packed: 101, labelled: 102, shipped: 200, delivered: 203 } as const;

/** The building: takes orders in, sets goods aside, picks, packs, labels, ships, and hears of the delivery. */
export function warehouse(
  store: ShipBobStore,
  clock: Pick<Clock, 'now' | 'deadline'>,
  random: Random,
  options: ShipBobOptions,
  news: WarehouseNews,
): Warehouse {
  const plan = schedule(clock);
  const knowsAddress = options.knowsAddress ?? looksDeliverable;
  const waiting = new Set<ShipBobShipment>();

  function change(shipment: ShipBobShipment, stage: ShipBobStage, details: ShipBobShipment['details']): void {
    if (stage === 'exception') waiting.add(shipment);
    else waiting.delete(shipment);
    shipment.stage = stage;
    shipment.details = details;
    shipment.updatedAt = clock.now();
  }

  function orderOf({ orderId }: ShipBobShipment): ShipBobOrder | undefined {
    return store.orders.get(orderId);
  }

  /** Sets goods aside and plans the way out, or says what is in the way. */
  function begin(shipment: ShipBobShipment): void {
    const address = orderOf(shipment)?.recipient.address;
    const obstacles = [...(address && knowsAddress(address) ? [] : [{ id: 401 }]), ...missingOf(shipment)];
    if (obstacles.length > 0) {
      change(shipment, 'exception', obstacles);
      news.shipment('exception', shipment);
      return;
    }
    for (const { sku, quantity } of shipment.lines) {
      const item = store.items.get(sku);
      if (item) item.committed += quantity;
    }
    shipment.isCommitted = true;
    change(shipment, 'received', []);
    planStages(shipment);
  }

  function missingOf(shipment: ShipBobShipment): { readonly id: number; readonly sku: string }[] {
    const wanted = new Map<string, number>();
    for (const { sku, quantity } of shipment.lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
    return [...wanted].flatMap(([sku, quantity]) => {
      const item = store.items.get(sku);
      if (!item) return [{ id: 304, sku }];
      if (!item.isActive) return [{ id: 302, sku }];
      return item.onHand - item.committed < quantity ? [{ id: 303, sku }] : [];
    });
  }

  function planStages(shipment: ShipBobShipment): void {
    const { pickAfterMs = 2 * hourMs, shipAfterMs = 6 * hourMs } = options;
    const start = clock.now();
    if (pickAfterMs === false) return;
    plan.at(start + pickAfterMs, () => advance(shipment, 'picked'));
    if (shipAfterMs === false) return;
    const rest = Math.max(0, shipAfterMs - pickAfterMs);
    plan.at(start + pickAfterMs + rest / 3, () => advance(shipment, 'packed'));
    plan.at(start + pickAfterMs + (2 * rest) / 3, () => advance(shipment, 'labelled'));
    plan.at(start + pickAfterMs + rest, () => advance(shipment, 'shipped'));
  }

  function advance(shipment: ShipBobShipment, to: (typeof path)[number]): boolean {
    const target = path.indexOf(to);
    // Held, refused and canceled shipments are on no path.
    let at = path.findIndex((stage) => stage === shipment.stage);
    if (at < 0) return false;
    while (at < target) {
      at += 1;
      const stage = path[at];
      if (stage === undefined || stage === 'received') return false;
      enter(shipment, stage);
    }
    return true;
  }

  function enter(shipment: ShipBobShipment, stage: Exclude<(typeof path)[number], 'received'>): void {
    change(shipment, stage, [{ id: detailOf[stage] }]);
    if (stage === 'labelled') label(shipment);
    if (stage === 'shipped') {
      shipment.shippedAt = clock.now();
      takeOut(shipment);
      const { deliverAfterMs = 72 * hourMs } = options;
      if (deliverAfterMs !== false) plan.at(clock.now() + deliverAfterMs, () => advance(shipment, 'delivered'));
    }
    if (stage === 'delivered') {
      shipment.deliveredAt = clock.now();
      news.shipment('delivered', shipment);
    }
  }

  function label(shipment: ShipBobShipment): void {
    if (options.shipsUntracked !== true) {
      const number = `1Z${digits(random, 6)}${String(shipment.id).padStart(10, '0')}`;
      shipment.tracking = { number, url: `https://www.ups.com/track?tracknum=${number}` };
      shipment.trackingUpdatedAt = clock.now();
    }
    const order = orderOf(shipment);
    const live = order?.shipments.filter(({ stage }) => stage !== 'canceled') ?? [];
    if (order && live.every(isLabelled)) news.labelled(order);
  }

  function takeOut(shipment: ShipBobShipment): void {
    for (const { sku, quantity } of shipment.lines) {
      const item = store.items.get(sku);
      if (!item) continue;
      item.onHand -= quantity;
      item.committed -= quantity;
      const lot = item.lots.find((candidate) => candidate.quantity >= quantity);
      if (lot) lot.quantity -= quantity;
    }
    shipment.isCommitted = false;
  }

  function putBack(shipment: ShipBobShipment): void {
    if (!shipment.isCommitted) return;
    for (const { sku, quantity } of shipment.lines) {
      const item = store.items.get(sku);
      if (item) item.committed -= quantity;
    }
    shipment.isCommitted = false;
  }

  /** Shipments that wait for this SKU, the oldest first, get what is there. */
  function restocked(sku: string): void {
    for (const shipment of waiting) {
      if (!shipment.details.some((detail) => detail.sku === sku)) continue;
      if (missingOf(shipment).length === 0) begin(shipment);
    }
  }

  return {
    advance,
    restocked,
    soon(delayMs, act) {
      if (delayMs === 0) act();
      else plan.at(clock.now() + delayMs, act);
    },
    receive(body, channelId) {
      const now = clock.now();
      const lines = body.products.map((product) => toLine(product, store));
      const id = store.nextId('order');
      const shipments = split(lines, options).map((part): ShipBobShipment => ({
        id: store.nextId('shipment'),
        orderId: id,
        reference: body.reference_id,
        lines: part,
        createdAt: now,
        updatedAt: now,
        stage: 'received',
        details: [],
        isCommitted: false,
        tracking: undefined,
        trackingUpdatedAt: undefined,
        isTrackingUploaded: false,
        shippedAt: undefined,
        deliveredAt: undefined,
      }));
      const order: ShipBobOrder = {
        id,
        reference: body.reference_id,
        number: body.order_number ?? undefined,
        channelId,
        type: body.type,
        shippingMethod: body.shipping_method,
        recipient: body.recipient,
        lines,
        tags: body.tags ?? [],
        giftMessage: body.gift_message ?? undefined,
        purchasedAt: body.purchase_date ?? undefined,
        createdAt: now,
        shipments,
      };
      store.orders.set(id, order);
      store.byReference.set(order.reference, order);
      for (const shipment of shipments) {
        store.shipments.set(shipment.id, shipment);
        begin(shipment);
      }
      return order;
    },
    cancel(shipment) {
      if (shipment.stage === 'canceled') return { done: true, reason: 'The shipment was canceled before.' };
      if (isPicked(shipment)) {
        store.counts.cancelsRefused += 1;
        return { done: false, reason: `The shipment cannot be canceled: it was ${shipment.stage}.` };
      }
      putBack(shipment);
      change(shipment, 'canceled', []);
      news.shipment('cancelled', shipment);
      for (const { sku } of shipment.lines) restocked(sku);
      return { done: true, reason: '' };
    },
    hold(shipment) {
      if (shipment.stage !== 'received') return;
      change(shipment, 'on-hold', []);
      news.shipment('on_hold', shipment);
    },
    release(shipment) {
      if (shipment.stage !== 'on-hold') return;
      change(shipment, 'received', []);
      planStages(shipment);
    },
  };
}

function toLine(product: OrderBody['products'][number], store: ShipBobStore): ShipBobLine {
  const byId = [...(product.id == null ? [] : store.items.values())].find(
    ({ inventoryId }) => inventoryId === product.id,
  );
  return {
    sku: byId?.sku ?? product.reference_id ?? `#${product.id ?? ''}`,
    quantity: product.quantity,
    externalLineId: product.external_line_id ?? undefined,
    unitPrice: product.unit_price ?? undefined,
  };
}

/** A carrier needs a state and a ZIP code in the US; of other countries this fake knows nothing. */
function looksDeliverable({ country, state, zip_code: zip }: ShipBobAddress): boolean {
  return country !== 'US' || (Boolean(state) && /^\d{5}(-\d{4})?$/.test(zip ?? ''));
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}
