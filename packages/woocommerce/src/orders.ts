import type { PortCatalogue } from '@crossdock/core';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { orderCancel } from './order-cancel.ts';
import { orderCreate } from './order-create.ts';
import { orderGet } from './order-get.ts';
import { orderPull } from './order-pull.ts';
import { orderReader } from './order-read.ts';
import { orderUpdate } from './order-update.ts';
import type { turnsByKey } from './turns.ts';

/** The port of orders. `turns` lets one write at a time change an order. */
export function ordersPort(
  client: WooClient,
  settings: WooCommerceSettings,
  turns: ReturnType<typeof turnsByKey>,
): Pick<PortCatalogue['orders'], 'pull' | 'get' | 'create' | 'cancel' | 'update'> {
  const reader = orderReader(client, settings);
  return {
    pull: orderPull(client, reader, settings),
    get: orderGet(client, reader, settings.system),
    create: orderCreate(client, turns, settings),
    cancel: orderCancel(client, turns, settings),
    update: orderUpdate(client, turns, settings),
  };
}
