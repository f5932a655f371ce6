import type { WooClient } from './client.ts';
import { allDigits, type OrderReader } from './order-read.ts';
import { sweepPull, type SweepSettings } from './sweep.ts';

/** Pulls changed orders, oldest change first. */
export function orderPull(client: WooClient, reader: OrderReader, settings: SweepSettings) {
  const operation = 'orders.pull';
  return sweepPull(
    client,
    {
      what: 'Orders',
      operation,
      path: 'wc/v3/orders',
      search: allDigits,
      read: (rows, options) => reader.readAll(rows, { operation, options }),
    },
    settings,
  );
}
