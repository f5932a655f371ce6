import { isCommerceError, type Order, type ReadOptions, type Ref } from '@crossdock/core';
import { encoded, type AmazonClient, type CallContext } from './client.ts';
import type { AmazonSettings } from './options.ts';
import { readOrder, sections } from './order-read.ts';
import { orderAnswerSchema } from './wire/order.ts';

/** One order of the store. `undefined` for one that Amazon does not know, or that was placed in another store. */
export function orderGet(client: AmazonClient, settings: AmazonSettings) {
  return async (ref: Ref<'order'>, options: ReadOptions = {}): Promise<Order | undefined> => {
    if (ref.system !== settings.system) return undefined;
    const wire = await fetchOrder(client, ref.id, sections, { operation: 'orders.get', ...options });
    if (wire === undefined) return undefined;
    const read = readOrder(wire, settings, 'orders.get');
    if ('problem' in read) throw read.problem.error;
    return isOfStore(read.order, settings) ? read.order : undefined;
  };
}

/** Whether an order was placed in this store. One that was placed outside of Amazon names none. */
function isOfStore({ attributes }: Order, { marketplaceId }: AmazonSettings): boolean {
  const placedIn = attributes?.['marketplaceId'];
  return placedIn === undefined || placedIn === marketplaceId;
}

/** The answer as it came; `undefined` where there is no such order. An id that cannot be Amazon's is not asked for. */
export async function fetchOrder(
  client: AmazonClient,
  id: string,
  includedData: string,
  { operation, lane, signal }: CallContext,
): Promise<unknown> {
  // Three groups of digits. Orders API 2026-01-01, model of 2026-08-05.
  if (!/^\d{3}-\d{7}-\d{7}$/.test(id)) return undefined;
  try {
    const { order } = await client.send({
      api: 'getOrder',
      operation,
      method: 'GET',
      path: `orders/2026-01-01/orders/${encoded(id)}`,
      search: { includedData },
      safety: 'read',
      answer: orderAnswerSchema,
      lane,
      signal,
    });
    return order;
  } catch (error) {
    if (isCommerceError(error, 'record.missing')) return undefined;
    throw error;
  }
}
