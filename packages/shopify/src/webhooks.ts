import type { PortCatalogue } from '@crossdock/core';
import type { ShopifySettings } from './options.ts';
import type { OrderGet } from './order-get.ts';
import { webhookDecode } from './webhook-decode.ts';
import { webhookVerify } from './webhook-verify.ts';

/** What the shop posts. A delivery is only a hint, so `get` reads the order that it names. */
export function webhooksPort(
  settings: ShopifySettings,
  get: OrderGet,
): Pick<PortCatalogue['webhooks'], 'verify' | 'decode'> {
  return { verify: webhookVerify(settings), decode: webhookDecode(settings.system, get) };
}
