import type { Page, Payment, ReadOptions, Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { changesOfOrders, type ChangeSettings } from './order-changes.ts';
import type { PaymentRead } from './payment-read.ts';

const operation = 'payments.pull';

/** Pulls the money of changed orders: one payment an order, with every transaction of it. */
export function paymentPull(client: ShopifyClient, read: PaymentRead, settings: ChangeSettings) {
  return function pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Payment>> {
    return changesOfOrders(client, settings, operation, since, options, (ids) => read(ids, operation, options));
  };
}
