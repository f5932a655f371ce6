import { systemClock, type PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { customerCreation } from './customer-create.ts';
import { customerFinder } from './customer-find.ts';
import { customerGet } from './customer-get.ts';
import { customerPull } from './customer-pull.ts';
import { customerReader } from './customer-read.ts';
import type { ShopifySettings } from './options.ts';

/** Whom the shop knows. */
export function customersPort(
  client: ShopifyClient,
  settings: ShopifySettings,
): Pick<PortCatalogue['customers'], 'pull' | 'get' | 'create'> {
  const { system, overlapMs, clock = systemClock } = settings;
  const finder = customerFinder(client, settings);
  const reader = customerReader(client, settings);
  return {
    pull: customerPull(client, reader, { system, overlapMs, clock, operation: 'customers.pull', what: 'Customers' }),
    get: customerGet(finder, reader),
    create: customerCreation(client, finder, reader, settings),
  };
}
