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
import { keptUnits, readRefunds } from './order-refunds.ts';
import { parseOrder } from './order-read.ts';
import { markKey, markOf, shipmentMarksOf, type ShipmentMark } from './shipment-mark.ts';
import type { Teller } from './notice.ts';
import { isAllShipped, marksBut, shipmentPlan } from './shipment-plan.ts';
import { operation, refusal, type Confirming } from './shipment-refusals.ts';
import { isDraft, isOpen, ownMeaning } from './statuses.ts';
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
    if (isDraft(order.status)) throw noOrder(about);
    const mark = await markOf(shipment.ref);
    const name = `${shipment.ref.system}/${shipment.ref.id}`;
    const marked = shipmentMarksOf(order).find((one) => one.shipment === name);
    if (!marked) checkOpen(about, order, settings.statuses);
    const kept = keptUnits(order, await readRefunds(client, order, { operation, options }));
    const others = marksBut(order, name);
    // What has left already may be refunded later: a repeated confirmation is as right as the first.
    const plan = shipmentPlan(about, order, others, marked ? new Map() : kept);
    const own: ShipmentMark = { shipment: name, lines: [...plan.units] };
    // First the mark: whatever happens behind it, nobody ships these goods a second time.
    if (!marked || canonicalJson(marked) !== canonicalJson(own))
      await write(about, { meta_data: [{ key: markKey(mark), value: own }] }, options);
    await tell({ about, orderId: ref.id, mark, plan, notifyBuyer: settings.notifyBuyer, options });
    // Last the status: the mail that goes out with it shows the numbers.
    if (
      settings.completeWhenShipped &&
      completes(order, settings.statuses) &&
      isAllShipped(order, [...others, own], kept)
    ) {
      await write(about, { status: 'completed' }, options);
    }
    return { system, kind: 'shipment', id: `${ref.id}/${mark}` };
  }

  async function orderToShip(about: Confirming, options: WriteOptions): Promise<WireOrder> {
    try {
      const { data } = await client.get(`wc/v3/orders/${about.order.id}`, { operation, answer: z.unknown(), options });
      return parseOrder(data, system, operation);
    } catch (error) {
      if (isMissing(error)) throw noOrder(about);
      throw error;
    }
  }

  /** By its key a meta is set and not added, and a status is what it is: both may be sent again. */
  async function write({ order }: Confirming, json: object, options: WriteOptions): Promise<void> {
    const answer = z.object({ id: z.int() });
    await client.put(`wc/v3/orders/${order.id}`, { operation, json, safety: 'repeatable', answer, options });
  }
}

/** What goods must not leave for any more, by the status. */
const ended: Readonly<Record<string, string>> = {
  cancelled: 'canceled',
  refunded: 'refunded',
  trash: 'put into the trash',
};

function checkOpen(about: Confirming, { status }: WireOrder, own: ConfirmSettings['statuses']): void {
  const what =
    ownMeaning(status, own) === 'canceled' ? 'canceled' : Object.hasOwn(ended, status) ? ended[status] : undefined;
  if (what === undefined) return;
  const next = 'Stop the parcel or take it back, then resolve.';
  throw refusal(about, 'record.rejected', `the order was ${what} meanwhile`, next);
}

/**
 * Whether an order may be completed. One that is over may not, whatever a plugin calls that, and none that is not paid:
 * WooCommerce notes a completed order as paid. recorded on WooCommerce 10.0.2, 2026-11-23
 */
function completes({ status, date_paid_gmt: paidAt }: WireOrder, own: ConfirmSettings['statuses']): boolean {
  const meaning = ownMeaning(status, own);
  const isOver = status === 'completed' || Object.hasOwn(ended, status) || (meaning !== undefined && !isOpen(meaning));
  const isUnpaid = (status === 'pending' || status === 'on-hold' || status === 'failed') && !paidAt;
  return !isOver && !isUnpaid;
}

function noOrder(about: Confirming) {
  return refusal(about, 'record.missing', 'there is no such order', 'Check the link to the order.');
}
