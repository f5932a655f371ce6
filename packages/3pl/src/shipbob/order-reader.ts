import { isCommerceError, type HttpClient, type ReadOptions } from '@crossdock/core';
import { requests } from './client.ts';
import { orderListSchema, orderSchema, type WireOrder } from './wire/order.ts';

/** Reads orders by what they are known by. */
export interface OrderReader {
  /** `undefined` when ShipBob has no such order. */
  byId(operation: string, id: string, options?: ReadOptions): Promise<WireOrder | undefined>;
  byReference(operation: string, reference: string, options?: ReadOptions): Promise<WireOrder | undefined>;
}

export function orderReader(client: HttpClient): OrderReader {
  return {
    async byId(operation, id, options) {
      // An id of another system cannot be one of ours, and must not become a path.
      if (!/^\d{1,15}$/.test(id)) return undefined;
      try {
        const { data } = await client.send({
          operation,
          method: 'GET',
          path: `order/${id}`,
          safety: 'read',
          bucket: requests,
          lane: options?.lane,
          signal: options?.signal,
          answer: orderSchema,
        });
        return data;
      } catch (error) {
        if (isCommerceError(error, 'record.missing')) return undefined;
        throw error;
      }
    },
    async byReference(operation, reference, options) {
      const { data } = await client.send({
        operation,
        method: 'GET',
        path: 'order',
        search: { ReferenceIds: reference, Limit: 250 },
        safety: 'read',
        bucket: requests,
        lane: options?.lane,
        signal: options?.signal,
        answer: orderListSchema,
      });
      const orders = data.flatMap((order) => orderSchema.safeParse(order).data ?? []);
      return orders.find((order) => order.reference_id === reference);
    },
  };
}
