import type { PortCatalogue } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { customerCreate } from './customer-create.ts';
import { customerGet } from './customer-find.ts';
import { customerPull } from './customer-pull.ts';
import type { WooCommerceSettings } from './options.ts';
import { turnsByKey } from './turns.ts';

/** The port of customers: everybody with an account. */
export function customersPort(client: WooClient, settings: WooCommerceSettings): PortCatalogue['customers'] {
  return {
    pull: customerPull(client, settings),
    get: customerGet(client, settings),
    create: customerCreate(client, turnsByKey(settings.system), settings),
  };
}
