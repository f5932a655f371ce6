import type { PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import { paymentCapture } from './payment-capture.ts';
import { paymentPull } from './payment-pull.ts';
import type { PaymentRead } from './payment-read.ts';

/** What buyers paid, and what is still reserved. */
export function paymentsPort(
  client: ShopifyClient,
  read: PaymentRead,
  settings: ShopifySettings,
): Pick<PortCatalogue['payments'], 'pull' | 'capture'> {
  return {
    pull: paymentPull(client, read, settings),
    capture: paymentCapture({ ...settings, client }),
  };
}
