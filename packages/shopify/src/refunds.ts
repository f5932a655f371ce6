import type { Page, PortCatalogue, ReadOptions, Refund, Since } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { locations } from './inventory-location.ts';
import type { ShopifySettings } from './options.ts';
import { changesOfOrders } from './order-changes.ts';
import { refundCreating } from './refund-create.ts';
import type { RefundReader } from './refund-read.ts';

/** Money that was given back. */
export function refundsPort(
  client: ShopifyClient,
  reader: RefundReader,
  settings: ShopifySettings,
): Pick<PortCatalogue['refunds'], 'pull' | 'create'> {
  const operation = 'refunds.pull';
  return {
    /** A refund changes its order: all refunds of every order that changed. */
    pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Refund>> {
      return changesOfOrders(client, settings, operation, since, options, (ids) =>
        reader.ofOrders(ids, operation, options),
      );
    },
    create: refundCreating(client, locations(client, settings), settings),
  };
}
