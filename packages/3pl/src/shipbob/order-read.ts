import { isCommerceError, type HttpClient, type ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import { requests } from './client.ts';
import { misfitOf } from './misfit.ts';
import { orderListSchema, orderSchema, type WireOrder } from './wire/order.ts';

/** Reads orders by what they are known by. */
export interface OrderReader {
  /** `undefined` when ShipBob has no such order. */
  byId(operation: string, id: string, options?: ReadOptions): Promise<WireOrder | undefined>;
  /** `undefined` only when ShipBob lists none: one that cannot be read is there all the same. */
  byReference(operation: string, reference: string, options?: ReadOptions): Promise<Found | undefined>;
}

/** An order in a list, or where it does not fit. */
type Found = { readonly order: WireOrder } | { readonly misfit: string };

/** An id of another system cannot be one of ShipBob's, and must not become a path. */
export function isOrderId(id: string): boolean {
  return /^[1-9]\d{0,14}$/.test(id);
}

export function orderReader(client: HttpClient): OrderReader {
  return {
    async byId(operation, id, options) {
      if (!isOrderId(id)) return undefined;
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
      return foundIn(data, reference);
    },
  };
}

const referenceSchema = z.object({ reference_id: z.string() });

/** A filter may find more than was asked for; an order that does not even say its reference may be the one. */
function foundIn(list: readonly unknown[], reference: string): Found | undefined {
  let unread: Found | undefined;
  for (const entry of list) {
    const { data: named } = referenceSchema.safeParse(entry);
    if (named && named.reference_id !== reference) continue;
    const { data: order, error } = orderSchema.safeParse(entry);
    if (order) return { order };
    unread ??= { misfit: misfitOf(error) };
  }
  return unread;
}
