import type { CancelOutcome, CancelReason, Order, OrderDraft, ReadOptions, Ref, WriteOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import { cancelOrder } from './order-cancel.ts';
import { createOrder } from './order-create.ts';
import { getOrder } from './order-get.ts';

/** Sales orders. */
export function ordersPort(connection: Connection) {
  return {
    create: (draft: OrderDraft, options: WriteOptions): Promise<Ref<'order'>> =>
      createOrder(connection, draft, options),
    get: (ref: Ref<'order'>, options?: ReadOptions): Promise<Order | undefined> => getOrder(connection, ref, options),
    /** Odoo keeps no reason of a cancellation. */
    cancel: (ref: Ref<'order'>, _reason: CancelReason, options: WriteOptions): Promise<CancelOutcome> =>
      cancelOrder(connection, ref, options),
  };
}
