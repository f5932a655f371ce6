import type { Order, ReadOptions, Ref } from '@crossdock/core';
import { isOrderId } from './order-id.ts';
import type { OrderReader } from './order-read.ts';

/** One order as it is now; `undefined` when this shop has no such order. */
export function orderGet(reader: OrderReader, system: string) {
  return async function get(ref: Ref<'order'>, options?: ReadOptions): Promise<Order | undefined> {
    // Another system's order, or no order: Shopify would call the id wrong, and the answer is that it has none.
    if (!isOrderId(ref, system)) return undefined;
    const { orders, problems } = await reader.read([ref.id], 'orders.get', options);
    const [problem] = problems;
    if (problem) throw problem.error;
    return orders[0];
  };
}

/** Reads one order; `undefined` when the shop has none of that reference. */
export type OrderGet = ReturnType<typeof orderGet>;
