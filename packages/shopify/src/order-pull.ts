import type { Order, Page, ReadOptions, Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { changesOfOrders, type ChangeSettings } from './order-changes.ts';
import type { OrderReader } from './order-read.ts';

const operation = 'orders.pull';

/** Pulls changed orders, each whole and as it is now. */
export function orderPull(client: ShopifyClient, reader: OrderReader, settings: ChangeSettings) {
  return function pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Order>> {
    return changesOfOrders(client, settings, operation, since, options, async (ids) => {
      const { orders, problems } = await reader.read(ids, operation, options);
      return { items: orders, ...(problems.length > 0 && { problems }) };
    });
  };
}
