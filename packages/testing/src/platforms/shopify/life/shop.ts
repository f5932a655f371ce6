import { CommerceError } from '@crossdock/core';
import type { BulkRecord } from '../bulk/records.ts';
import { idIn } from '../gid.ts';
import type {
  CustomerRecord,
  DispositionRecord,
  FulfillmentEventRecord,
  FulfillmentOrderRecord,
  FulfillmentRecord,
  HoldRecord,
  LevelRecord,
  MerchantRequestRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  ReturnRecord,
  ReverseFulfillmentOrderRecord,
  TransactionRecord,
} from '../records.ts';
import type { Store } from '../store.ts';
import type { ComplianceTopic } from '../webhooks/app-payload.ts';

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
  | {
      readonly topic: 'customers/create' | 'customers/update' | 'customers/delete';
      readonly customer: CustomerRecord;
    }
  | { readonly topic: 'app/uninstalled' }
  | { readonly topic: ComplianceTopic; readonly whose: CustomerRecord | undefined }
  | { readonly topic: 'bulk_operations/finish'; readonly operation: BulkRecord }
  | { readonly topic: 'products/create' | 'products/update' | 'products/delete'; readonly product: ProductRecord }
  | FulfillmentHappening
  | {
      readonly topic:
        | 'returns/request'
        | 'returns/approve'
        | 'returns/decline'
        | 'returns/cancel'
        | 'returns/close'
        | 'returns/reopen'
        | 'returns/process';
      readonly record: ReturnRecord;
    }
  | {
      readonly topic: 'returns/update';
      readonly record: ReturnRecord;
      readonly removals: readonly { readonly id: bigint; readonly delta: number }[];
    }
  | {
      readonly topic: 'reverse_fulfillment_orders/dispose';
      readonly reverse: ReverseFulfillmentOrderRecord;
      readonly disposition: DispositionRecord;
    };

/** What happens to a fulfillment order. */
export type FulfillmentHappening =
  | {
      readonly topic:
        | 'fulfillment_orders/order_routing_complete'
        | 'fulfillment_orders/hold_released'
        | 'fulfillment_orders/manually_reported_progress_stopped'
        | 'fulfillment_orders/rescheduled'
        | 'fulfillment_orders/scheduled_fulfillment_order_ready';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
    }
  | {
      readonly topic: 'fulfillment_orders/placed_on_hold';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly hold: HoldRecord;
      readonly remaining: FulfillmentOrderRecord | undefined;
    }
  | {
      readonly topic: 'fulfillment_holds/added' | 'fulfillment_holds/released';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly hold: HoldRecord;
    }
  | {
      readonly topic: 'fulfillment_orders/cancelled';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly replacement?: FulfillmentOrderRecord | undefined;
    }
  | {
      readonly topic:
        | 'fulfillment_orders/cancellation_request_accepted'
        | 'fulfillment_orders/cancellation_request_rejected'
        | 'fulfillment_orders/fulfillment_request_accepted'
        | 'fulfillment_orders/fulfillment_request_rejected'
        | 'fulfillment_orders/fulfillment_service_failed_to_complete';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly message: string | undefined;
    }
  | {
      readonly topic:
        | 'fulfillment_orders/cancellation_request_submitted'
        | 'fulfillment_orders/fulfillment_request_submitted';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly original?: FulfillmentOrderRecord | undefined;
      readonly request: MerchantRequestRecord;
    }
  | {
      readonly topic: 'fulfillment_orders/progress_reported';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly before: string;
      readonly notes: string | undefined;
    }
  | {
      readonly topic: 'fulfillment_orders/moved';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly original: FulfillmentOrderRecord;
      readonly from: bigint;
    }
  | {
      readonly topic: 'fulfillment_orders/split';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly remaining: FulfillmentOrderRecord;
    }
  | {
      readonly topic: 'fulfillment_orders/merged';
      readonly fulfillmentOrder: FulfillmentOrderRecord;
      readonly merged: readonly FulfillmentOrderRecord[];
    }
  | {
      readonly topic: 'fulfillment_events/create';
      readonly fulfillment: FulfillmentRecord;
      readonly event: FulfillmentEventRecord;
    };

/** What one edit of an order did, by line. */
type OrderChange = {
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
