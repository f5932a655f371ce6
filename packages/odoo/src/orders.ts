import type {
  CancelOutcome,
  CancelReason,
  Order,
  OrderDraft,
  Page,
  ReadOptions,
  Ref,
  Since,
  WriteOptions,
} from '@crossdock/core';
import type { Connection } from './connection.ts';
import { seenThrough } from './half-done.ts';
import { cancelOrder } from './order-cancel.ts';
import { confirmOrder } from './order-confirm.ts';
import { createOrder } from './order-create.ts';
import { getOrder } from './order-get.ts';
import { pullOrders } from './order-pull.ts';

/** Sales orders. */
export function ordersPort(connection: Connection) {
  return {
    pull: (since: Since, options?: ReadOptions): AsyncGenerator<Page<Order>> => pullOrders(connection, since, options),
    create: (draft: OrderDraft, options: WriteOptions): Promise<Ref<'order'>> =>
      seenThrough(connection, { operation: 'orders.create', refs: [draft.source] }, (watched) =>
        createOrder(watched, draft, options),
      ),
    get: (ref: Ref<'order'>, options?: ReadOptions): Promise<Order | undefined> => getOrder(connection, ref, options),
    confirm: (ref: Ref<'order'>, options: WriteOptions): Promise<Ref<'order'>> =>
      seenThrough(connection, { operation: 'orders.confirm', refs: [ref] }, (watched) =>
        confirmOrder(watched, ref, options),
      ),
    /** Odoo keeps no reason of a cancellation. */
    cancel: (ref: Ref<'order'>, _reason: CancelReason, options: WriteOptions): Promise<CancelOutcome> =>
      seenThrough(connection, { operation: 'orders.cancel', refs: [ref] }, (watched) =>
        cancelOrder(watched, ref, options),
      ),
  };
}
