import {
  CommerceError,
  type CancelOutcome,
  type CancelReason,
  type OrderStatus,
  type ReadOptions,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { isOrderOf } from './order-get.ts';
import { orderStateSchema, writeStatus, type OrderState } from './order-state.ts';
import { shipmentMarksOf } from './shipment-mark.ts';
import { isDraft, isOpen, toOrderStatus } from './statuses.ts';
import type { turnsByKey } from './turns.ts';

const operation = 'orders.cancel';

export interface CancelSettings {
  readonly system: string;
  readonly statuses: Readonly<Record<string, OrderStatus>>;
}

/**
 * Cancels an order; WooCommerce gives its stock back and moves no money. WooCommerce would cancel a completed order as
 * well, so it is looked at first, and again behind the write: goods that left in between are for a person. It keeps no
 * reason. May be called again: what is canceled is not canceled twice.
 */
export function orderCancel(client: WooClient, orders: ReturnType<typeof turnsByKey>, settings: CancelSettings) {
  const { system } = settings;
  return async function cancel(
    ref: Ref<'order'>,
    _reason: CancelReason,
    options: WriteOptions,
  ): Promise<CancelOutcome> {
    if (!isOrderOf(ref, system)) throw missing(ref, system);
    return orders.take(ref.id, { ...options, operation }, async () => {
      const order = await headOf(client, ref, system, options);
      const told = settled(order, ref, settings);
      if (told) return told;
      const behind = await writeStatus(client, { operation, orderId: ref.id, status: 'cancelled', options });
      if (behind.status === 'cancelled') return canceled(behind, ref, system);
      throw new CommerceError({
        code: 'platform.conflict',
        system,
        operation,
        refs: [ref],
        message: `Order "${ref.id}" in "${system}" was not canceled: somebody set it to "${behind.status}" at the same moment. Try again.`,
      });
    });
  };
}

/** What there is to say without asking the shop. A word that nobody knows may mean that it left, so a person decides. */
function settled(
  order: OrderState,
  ref: Ref<'order'>,
  { system, statuses }: CancelSettings,
): CancelOutcome | undefined {
  const status = toOrderStatus(order, ref, statuses, shipmentMarksOf(order, ref).length > 0);
  if (status === 'canceled') return canceled(order, ref, system);
  if (status === 'partially-shipped') return { outcome: 'refused', reason: 'A part of the order has left.' };
  if (isOpen(status)) return undefined;
  return { outcome: 'refused', reason: `Everything left: the order is "${order.status}".` };
}

/** An order that is canceled, unless goods left for it all the same: then neither a yes nor a no is true. */
function canceled(order: OrderState, ref: Ref<'order'>, system: string): CancelOutcome {
  if (shipmentMarksOf(order, ref).length === 0) return { outcome: 'canceled' };
  throw new CommerceError({
    code: 'record.rejected',
    system,
    operation,
    refs: [ref],
    message: `Order "${ref.id}" in "${system}" is canceled, but a shipment of it has left. Stop the parcel or take it back, or set the order back there, then resolve.`,
  });
}

async function headOf(client: WooClient, ref: Ref<'order'>, system: string, options: ReadOptions): Promise<OrderState> {
  try {
    const path = `wc/v3/orders/${ref.id}`;
    const { data } = await client.get(path, { operation, answer: orderStateSchema, options });
    if (!isDraft(data.status)) return data;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  throw missing(ref, system);
}

function missing(ref: Ref<'order'>, system: string): CommerceError {
  return new CommerceError({
    code: 'record.missing',
    system,
    operation,
    refs: [ref],
    message: `Order "${ref.id}" was not canceled: "${system}" has no such order. Check the link to it.`,
  });
}
