import type { Order, PortCatalogue, ReadOptions, Ref } from '@crossdock/core';
import type { WooCommerceSettings } from './options.ts';
import { webhookDecode } from './webhook-decode.ts';
import { webhookVerify } from './webhook-verify.ts';

/** The port of webhooks. */
export function webhooksPort(
  settings: WooCommerceSettings,
  get: (ref: Ref<'order'>, options?: ReadOptions) => Promise<Order | undefined>,
): Pick<PortCatalogue['webhooks'], 'verify' | 'decode'> {
  return { verify: webhookVerify(settings), decode: webhookDecode(settings.system, get) };
}
