import type { Order, PortCatalogue, ReadOptions, Ref } from '@crossdock/core';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { webhookDecode } from './webhook-decode.ts';
import { webhookSubscribe } from './webhook-subscribe.ts';
import { subscriptionList } from './webhook-subscriptions.ts';
import { webhookVerify } from './webhook-verify.ts';

/** The port of webhooks. */
export function webhooksPort(
  client: WooClient,
  settings: WooCommerceSettings,
  get: (ref: Ref<'order'>, options?: ReadOptions) => Promise<Order | undefined>,
): PortCatalogue['webhooks'] {
  return {
    verify: webhookVerify(settings),
    decode: webhookDecode(settings.system, get),
    subscribe: webhookSubscribe(client, settings),
    subscriptions: subscriptionList(client, settings),
  };
}
