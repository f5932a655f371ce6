import type { PageProblem, Payment, ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { paymentsById } from './documents/payments.ts';
import { eachNode } from './each-node.ts';
import { toPayment } from './payment-record.ts';
import { wirePaymentSchema } from './wire/payment.ts';

/** The money of orders, by the orders' ids. */
export type PaymentRead = (
  ids: readonly string[],
  operation: string,
  options: ReadOptions,
) => Promise<{ readonly items: readonly Payment[]; readonly problems?: readonly PageProblem[] }>;

export function paymentRead(client: ShopifyClient, system: string): PaymentRead {
  return async function read(ids, operation, options) {
    if (ids.length === 0) return { items: [] };
    const call = { operation, safety: 'read', variables: { ids }, ...options } as const;
    const { nodes } = await client.run(paymentsById, call);
    const to = (wire: Parameters<typeof toPayment>[0]) => toPayment(wire, system);
    return eachNode(ids, nodes, { system, operation, kind: 'payment', schema: wirePaymentSchema, to });
  };
}
