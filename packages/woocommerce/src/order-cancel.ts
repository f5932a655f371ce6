import {
  CommerceError,
  type CancelOutcome,
  type CancelReason,
  type OrderStatus,
  type ReadOptions,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { isOrderOf } from './order-get.ts';
import { shipmentMarksOf } from './shipment-mark.ts';
import { isDraft, isOpen, toOrderStatus } from './statuses.ts';
import type { turnsByKey } from './turns.ts';
import { gmtSchema } from './wire/order.ts';

const operation = 'orders.cancel';

const headSchema = z.object({
  status: z.string(),
  date_paid_gmt: gmtSchema.nullish(),
  date_completed_gmt: gmtSchema.nullish(),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })),
});
type Head = z.infer<typeof headSchema>;

export interface CancelSettings {
  readonly system: string;
  readonly statuses: Readonly<Record<string, OrderStatus>>;
}

/**
 * Cancels an order; WooCommerce gives its stock back and moves no money. WooCommerce would cancel a completed order as
 * well, so it is looked at first. It keeps no reason. Harmless to repeat: a status is set and not changed.
 */
export function orderCancel(client: WooClient, orders: ReturnType<typeof turnsByKey>, settings: CancelSettings) {
  const { system, statuses } = settings;
  return async function cancel(
    ref: Ref<'order'>,
    _reason: CancelReason,
    options: WriteOptions,
  ): Promise<CancelOutcome> {
    if (!isOrderOf(ref, system)) throw missing(ref, system);
    return orders.take(ref.id, { ...options, operation }, async () => {
      const order = await headOf(client, ref, system, options);
      const told = settled(order, ref, statuses);
      if (told) return told;
      const { status } = await client.put(`wc/v3/orders/${ref.id}`, {
        operation,
        json: { status: 'cancelled' },
        safety: 'repeatable',
        answer: headSchema,
        options,
      });
      if (status === 'cancelled') return { outcome: 'canceled' };
      throw new CommerceError({
        code: 'platform.conflict',
        system,
        operation,
        refs: [ref],
        message: `Order "${ref.id}" in "${system}" was not canceled: somebody set it to "${status}" at the same moment. Try again.`,
      });
    });
  };
}

/** What there is to say without asking the shop. A word that nobody knows may mean that it left, so a person decides. */
function settled(order: Head, ref: Ref<'order'>, statuses: CancelSettings['statuses']): CancelOutcome | undefined {
  const status = toOrderStatus(order, ref, statuses, shipmentMarksOf(order).length > 0);
  if (status === 'canceled') return { outcome: 'canceled' };
  if (status === 'partially-shipped') return { outcome: 'refused', reason: 'A part of the order has left.' };
  if (isOpen(status)) return undefined;
  return { outcome: 'refused', reason: `Everything left: the order is "${order.status}".` };
}

async function headOf(client: WooClient, ref: Ref<'order'>, system: string, options: ReadOptions): Promise<Head> {
  try {
    const path = `wc/v3/orders/${ref.id}`;
    const { data } = await client.get(path, { operation, answer: headSchema, options });
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
