import { CommerceError } from '@crossdock/core';
import { idIn } from '../gid.ts';
import type {
  FulfillmentOrderRecord,
  FulfillmentRecord,
  LevelRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  TransactionRecord,
} from '../records.ts';
import type { Store } from '../store.ts';

/** Something that subscribers are told. */
export type Happening =
  | {
      readonly topic:
        | 'orders/create'
        | 'orders/updated'
        | 'orders/paid'
        | 'orders/cancelled'
        | 'orders/fulfilled'
        | 'orders/partially_fulfilled'
        | 'orders/risk_assessment_changed'
        | 'orders/delete';
      readonly order: OrderRecord;
    }
  | { readonly topic: 'fulfillments/create' | 'fulfillments/update'; readonly fulfillment: FulfillmentRecord }
  | { readonly topic: 'orders/edited'; readonly order: OrderRecord; readonly edit: OrderChange }
  | {
      readonly topic: 'order_transactions/create';
      readonly order: OrderRecord;
      readonly transaction: TransactionRecord;
    }
  | { readonly topic: 'refunds/create'; readonly order: OrderRecord; readonly refund: RefundRecord }
  | {
      readonly topic: 'inventory_levels/connect' | 'inventory_levels/disconnect' | 'inventory_levels/update';
      readonly level: LevelRecord;
    }
  | { readonly topic: 'products/create' | 'products/update' | 'products/delete'; readonly product: ProductRecord }
  | {
      readonly topic:
        | 'fulfillment_orders/order_routing_complete'
        | 'fulfillment_orders/placed_on_hold'
        | 'fulfillment_orders/hold_released'
        | 'fulfillment_orders/cancelled'
        | 'fulfillment_orders/moved';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
    };

/** What one edit of an order did, by line. */
export type OrderChange = {
  readonly id: bigint;
  readonly additions: readonly { readonly id: bigint; readonly delta: number }[];
  readonly removals: readonly { readonly id: bigint; readonly delta: number }[];
  readonly staffNote?: string | undefined;
  readonly notifyCustomer?: boolean | undefined;
};

/** A shop to which things happen. */
export interface Shop {
  readonly store: Store;
  /** Tells subscribers. What is said in one call is one action of the merchant and carries one event id. */
  readonly tell: (happenings: readonly Happening[]) => void;
}

/** Marks an order as changed now, in whole seconds. */
export function touch({ store }: Shop, ...records: readonly { updatedAt: number }[]): void {
  for (const record of records) record.updatedAt = Math.max(record.updatedAt, store.second());
}

/** The order of a global id. Throws when there is none. */
export function orderOf({ store }: Shop, id: string): OrderRecord {
  const number = idIn(id, 'Order');
  const order = number === undefined ? undefined : store.orders.get(number);
  if (!order)
    throw refused(
      `Nothing was done to order "${id}": the shop has no such order. Take an id that placeOrder answered.`,
    );
  return order;
}

/** What the shop's own rules do not allow. */
export function refused(message: string): CommerceError {
  return new CommerceError({ code: 'record.rejected', message, system: 'shopify' });
}
