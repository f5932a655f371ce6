import type { PortCatalogue, Refund } from '@crossdock/core';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { allDigits, rowReader } from './order-read.ts';
import { refundCreate } from './refund-create.ts';
import { toRefunds } from './refund-record.ts';
import { sweepPull } from './sweep.ts';
import type { turnsByKey } from './turns.ts';

/** Money that was given back. */
export function refundsPort(
  client: WooClient,
  settings: WooCommerceSettings,
  turns: ReturnType<typeof turnsByKey>,
): Pick<PortCatalogue['refunds'], 'pull' | 'create'> {
  const { system } = settings;
  const operation = 'refunds.pull';
  const reader = rowReader(client, system, (order, refunds) => toRefunds(order, refunds, system));
  return {
    /** A refund changes its order: all refunds of every order that changed. */
    pull: sweepPull<Refund>(
      client,
      {
        what: 'Refunds',
        operation,
        path: 'wc/v3/orders',
        search: allDigits,
        async read(rows, options) {
          const { items, problems } = await reader.readAll(rows, { operation, options });
          return { items: items.flat(), problems };
        },
      },
      settings,
    ),
    create: refundCreate(client, turns, settings),
  };
}
