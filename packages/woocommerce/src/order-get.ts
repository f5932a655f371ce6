import type { Order, ReadOptions, Ref } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { allDigits, type OrderReader } from './order-read.ts';
import { siteMoments } from './site-moments.ts';

/** Whether an id can be one of this shop's, so that it is worth asking. */
export function isOrderOf(ref: Ref<'order'>, system: string): boolean {
  return ref.system === system && /^[1-9]\d{0,15}$/.test(ref.id);
}

/**
 * One order. An order in the trash is `canceled`: whoever works on it has to stop, and its status says that it may come
 * back. One that was deleted for good, and a cart that is no order yet, are not there.
 */
export function orderGet(client: WooClient, reader: OrderReader, system: string) {
  const inUtc = siteMoments(client);
  return async function get(ref: Ref<'order'>, options?: ReadOptions): Promise<Order | undefined> {
    if (!isOrderOf(ref, system)) return undefined;
    const operation = 'orders.get';
    try {
      const { data } = await client.get(`wc/v3/orders/${ref.id}`, {
        operation,
        search: allDigits,
        answer: z.unknown(),
        options,
      });
      const [row] = await inUtc([data], { operation, options });
      return await reader.read(row, { operation, options });
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
}
