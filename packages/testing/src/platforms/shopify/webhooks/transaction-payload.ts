import { gid } from '../gid.ts';
import { moneyOf } from '../money.ts';
import { buyersCurrency } from '../presented.ts';
import type { OrderRecord, TransactionRecord } from '../records.ts';
import { offsetOf } from './moment.ts';

type Payload = Readonly<Record<string, unknown>>;

/** A movement of money in the older REST form: in the buyer's currency. shopify.dev, Transaction, read 2026-11-26. */
export function transactionPayload(order: OrderRecord, record: TransactionRecord): Payload {
  const { id, kind, status, gateway, amount, presented, at, parentId, errorCode } = record;
  const currency = buyersCurrency(order);
  return {
    id,
    admin_graphql_api_id: gid('OrderTransaction', id),
    order_id: order.id,
    kind: kind.toLowerCase(),
    status: status.toLowerCase(),
    gateway,
    message: null,
    amount: moneyOf(presented ?? amount, currency),
    currency,
    created_at: offsetOf(at),
    processed_at: offsetOf(at),
    parent_id: parentId ?? null,
    payment_id: `${order.name}.${order.transactions.findIndex((each) => each.id === id) + 1}`,
    test: order.test,
    error_code: errorCode?.toLowerCase() ?? null,
    authorization: null,
    device_id: null,
    location_id: null,
    user_id: null,
    source_name: order.sourceName,
    receipt: {},
  };
}

/** That an order's risk is seen otherwise. */
export function riskPayload(order: OrderRecord): Payload {
  const last = order.risk.assessments.at(-1);
  return {
    order_id: order.id,
    admin_graphql_api_order_id: gid('Order', order.id),
    risk_level: last?.level.toLowerCase() ?? 'none',
    provider_title: last?.provider ?? null,
    created_at: offsetOf(order.updatedAt),
  };
}
