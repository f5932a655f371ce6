import { eventsOfPayment, eventsOfRefund, eventsOfReturn } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { orderOfTransaction } from './documents/payments.ts';
import type { PaymentRead } from './payment-read.ts';
import type { RefundReader } from './refund-read.ts';
import type { ReturnReader } from './return-read.ts';
import { gidIn, type TopicReader } from './webhook-decode.ts';

const operation = 'webhooks.decode';

/** Deliveries about money that was given back. One that a gateway has not confirmed yet is told once its order changes. */
export function refundTopics(system: string, reader: RefundReader): TopicReader {
  return {
    topics: ['refunds/create'],
    async read(delivery, options = {}) {
      const { items, problems } = await reader.byId([gidIn(delivery, 'Refund', system)], operation, options);
      const [problem] = problems ?? [];
      if (problem) throw problem.error;
      return items.flatMap(eventsOfRefund);
    },
  };
}

/** Deliveries about goods that come back. */
export function returnTopics(system: string, reader: ReturnReader): TopicReader {
  return {
    topics: [
      'returns/request',
      'returns/approve',
      'returns/decline',
      'returns/cancel',
      'returns/close',
      'returns/reopen',
      'returns/update',
      'returns/process',
    ],
    async read(delivery, options = {}) {
      const { items, problems } = await reader.byId([gidIn(delivery, 'Return', system)], operation, options);
      const [problem] = problems ?? [];
      if (problem) throw problem.error;
      return items.flatMap(eventsOfReturn);
    },
  };
}

/** Deliveries about movements of money: the whole payment of the order is read anew. */
export function transactionTopics(system: string, client: ShopifyClient, read: PaymentRead): TopicReader {
  return {
    topics: ['order_transactions/create'],
    async read(delivery, options = {}) {
      const variables = { id: gidIn(delivery, 'OrderTransaction', system) };
      const { node } = await client.run(orderOfTransaction, { operation, safety: 'read', variables, ...options });
      if (!node?.order) return [];
      const { items, problems } = await read([node.order.id], operation, options);
      const [problem] = problems ?? [];
      if (problem) throw problem.error;
      return items.flatMap(eventsOfPayment);
    },
  };
}
