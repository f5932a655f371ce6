import type { PortCatalogue } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { ShopifySettings } from './options.ts';
import { webhookDecode, type TopicReader } from './webhook-decode.ts';
import { webhookSubscribe } from './webhook-subscribe.ts';
import { subscriptionList } from './webhook-subscriptions.ts';
import { webhookVerify } from './webhook-verify.ts';

/** What the shop posts, and to whom. A delivery is only a hint, so `readers` read the record that it names. */
export function webhooksPort(
  client: ShopifyClient,
  settings: ShopifySettings,
  readers: readonly TopicReader[],
): Pick<PortCatalogue['webhooks'], 'verify' | 'decode' | 'subscribe' | 'subscriptions'> {
  return {
    verify: webhookVerify(settings),
    decode: webhookDecode(settings.system, readers),
    subscribe: webhookSubscribe(client, settings),
    subscriptions: subscriptionList(client, settings),
  };
}
