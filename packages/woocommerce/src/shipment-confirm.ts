import {
  canonicalJson,
  type OrderStatus,
  type Ref,
  type ShipmentConfirmation,
  type WriteOptions,
} from '@crossdock/core';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { isOrderOf } from './order-get.ts';
import { orderStateSchema, writeStatus, type OrderState } from './order-state.ts';
import { keptUnits, readRefunds } from './order-refunds.ts';
import { parseOrder } from './order-read.ts';
import { markKey, markOf, shipmentMarksOf } from './shipment-mark.ts';
import type { Teller } from './notice.ts';
import { isAllShipped, plannedMark, shipmentPlan } from './shipment-plan.ts';
import { operation, refusal, type Confirming } from './shipment-refusals.ts';
import { isDraft, isOpen, toOrderStatus } from './statuses.ts';
import type { turnsByKey } from './turns.ts';
import type { WireOrder } from './wire/order.ts';
import * as z from 'zod';

export interface ConfirmSettings {
  readonly system: string;
  readonly completeWhenShipped: boolean;
  readonly notifyBuyer: boolean;
  readonly statuses: Readonly<Record<string, OrderStatus>>;
}

/**
 * Confirms a shipment on its order: a mark on the order with what left, the tracking numbers where the shop shows them,
 * and once everything left the status `completed`. Every step looks first whether it was taken before, so it may be called
 * again at any time and from another process.
 */
export function shipmentConfirm(
  client: WooClient,
  orders: ReturnType<typeof turnsByKey>,
  tell: Teller,
  settings: ConfirmSettings,
) {
  const { system } = settings;

  return async function confirm(
    { order: ref, shipment }: ShipmentConfirmation,
    options: WriteOptions,
  ): Promise<Ref<'shipment'>> {
    const about: Confirming = { system, order: ref, shipment };
    if (!isOrderOf(ref, system)) throw noOrder(about);
    // One at a time: two that set the status at once take the goods off the stock twice. recorded on 10.0.2, 2026-11-23
    return orders.take(ref.id, { ...options, operation }, () => confirmOne(about, options));
  };

  async function confirmOne(about: Confirming, options: WriteOptions): Promise<Ref<'shipment'>> {
    const { order: ref, shipment } = about;
    const order = await orderToShip(about, options);
    const mark = await markOf(shipment.ref);
    const name = `${shipment.ref.system}/${shipment.ref.id}`;
    const before = shipmentMarksOf(order, ref).find((one) => one.shipment === name);
    checkOpen(about, order, settings.statuses, before !== undefined);
    const kept = await keptOf(order, options);
    const plan = shipmentPlan(about, order, kept, before);
    const own = plannedMark(name, plan, order, kept, before);
    let now: OrderState = order;
    if (!before || canonicalJson(before) !== canonicalJson(own)) {
      checkOpen(about, order, settings.statuses, false);
      // First the mark: whatever happens behind it, nobody ships these goods a second time.
      now = await note(about, { key: markKey(mark), value: own }, options);
      // Whoever cancels looks for marks behind it, and we for a cancellation behind the mark: one of us sees the other.
      checkOpen(about, now, settings.statuses, false);
    }
    await tell({ about, orderId: ref.id, mark, plan, notifyBuyer: settings.notifyBuyer, options });
    // Last the status: the mail that goes out with it shows the numbers.
    if (isToComplete({ ...order, ...now }, about, kept)) await complete(about, options);
    return { system, kind: 'shipment', id: `${ref.id}/${mark}` };
  }

  function isToComplete(order: WireOrder, about: Confirming, kept: ReadonlyMap<number, number>): boolean {
    return settings.completeWhenShipped && completes(about, order, settings.statuses) && isAllShipped(order, kept);
  }

  /** Nothing keeps a status from being set over another, so the order is looked at once more just before. */
  async function complete(about: Confirming, options: WriteOptions): Promise<void> {
    const order = await orderToShip(about, options);
    checkOpen(about, order, settings.statuses, true);
    if (!isToComplete(order, about, await keptOf(order, options))) return;
    const behind = await writeStatus(client, { operation, orderId: about.order.id, status: 'completed', options });
    checkOpen(about, behind, settings.statuses, false);
  }

  async function keptOf(order: WireOrder, options: WriteOptions): Promise<ReadonlyMap<number, number>> {
    return keptUnits(order, await readRefunds(client, order, { operation, options }));
  }

  async function orderToShip(about: Confirming, options: WriteOptions): Promise<WireOrder> {
    try {
      const { data } = await client.get(`wc/v3/orders/${about.order.id}`, { operation, answer: z.unknown(), options });
      const order = parseOrder(data, system, operation);
      if (!isDraft(order.status)) return order;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    throw noOrder(about);
  }

  /** By its key a meta is set and not added, so it may be sent again. */
  async function note({ order }: Confirming, meta: object, options: WriteOptions): Promise<OrderState> {
    const json = { meta_data: [meta] };
    const call = { operation, json, safety: 'repeatable', answer: orderStateSchema, options } as const;
    return client.put(`wc/v3/orders/${order.id}`, call);
  }
}

/** What goods must not leave for any more, by the status. */
const ended: Readonly<Record<string, string>> = {
  cancelled: 'canceled',
  refunded: 'refunded',
  trash: 'put into the trash',
};

/**
 * Throws for an order that is over, and for a status that nobody knows. A shipment that stands on the order already is
 * right all the same where the order had been completed before it was over.
 */
function checkOpen(about: Confirming, order: OrderState, own: ConfirmSettings['statuses'], isRepeated: boolean): void {
  const meaning = toOrderStatus(order, about.order, own, false);
  const what = Object.hasOwn(ended, order.status) ? ended[order.status] : meaning === 'canceled' ? meaning : undefined;
  if (what === undefined || (isRepeated && order.date_completed_gmt)) return;
  const next = 'Stop the parcel or take it back, then resolve.';
  throw refusal(about, 'record.rejected', `the order was ${what} meanwhile`, next);
}

/**
 * Whether an order may be completed. One that is over may not, whatever a plugin calls that, and none that is not paid:
 * WooCommerce notes a completed order as paid. `processing` says it too, also of what costs nothing or is paid at the
 * door. recorded on WooCommerce 10.0.2, 2026-11-23
 */
function completes(about: Confirming, order: OrderState, own: ConfirmSettings['statuses']): boolean {
  const isPaid = order.status === 'processing' || Boolean(order.date_paid_gmt);
  return isPaid && isOpen(toOrderStatus(order, about.order, own, false));
}

function noOrder(about: Confirming) {
  return refusal(about, 'record.missing', 'there is no such order', 'Check the link to the order.');
}
