import type { WebhookFeed } from '../../../fake/webhook-feed.ts';
import type { Happening } from '../life/shop.ts';
import type { SubscriptionRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { jsonOf } from './json.ts';
import { payloadOf } from './payloads.ts';

// Deadline 5 s; then 8 retries over 4 hours, each wait twice the one before. shopify.dev, webhooks, read 2026-11-23.
/** How long the shop waits for an answer, in milliseconds. */
export const deliveryTimeoutMs = 5000;
const retriesTakeMs = 4 * 60 * 60 * 1000;
/** The waits before the eight retries: doubled each time, four hours in all. */
export const retryDelaysMs: readonly number[] = Array.from({ length: 8 }, (_, retry) =>
  Math.round((retriesTakeMs * 2 ** retry) / (2 ** 8 - 1)),
);

/** What sends a shop's deliveries. */
export interface Sender {
  readonly tell: (happenings: readonly Happening[]) => void;
  /** The subscription whose delivery failed for good loses its place when the API made it. */
  readonly givenUp: (deliveryId: string) => void;
}

/** Makes the sender of one shop. `version` is the app's: a subscription has none of its own. */
export function webhookSender(options: {
  readonly store: Store;
  readonly feed: WebhookFeed;
  readonly secret: string;
  readonly version: string;
}): Sender {
  const { store, feed, secret, version } = options;
  const subscriptionOf = new Map<string, bigint>();
  return {
    tell(happenings) {
      const eventId = store.uuid();
      const triggeredAt = new Date(store.clock.now()).toISOString().replace('Z', '000000Z');
      for (const happening of happenings) {
        for (const subscription of store.subscriptions.values()) {
          if (subscription.topic !== topicEnum(happening.topic)) continue;
          const id = store.uuid();
          subscriptionOf.set(id, subscription.id);
          const body = jsonOf(selected(payloadOf(store, happening), subscription));
          const headers = {
            'content-type': 'application/json',
            'user-agent': 'Shopify-Captain-Hook',
            'x-shopify-topic': happening.topic,
            'x-shopify-shop-domain': `${store.shop}.myshopify.com`,
            'x-shopify-api-version': version,
            'x-shopify-webhook-id': id,
            'x-shopify-event-id': eventId,
            'x-shopify-triggered-at': triggeredAt,
            ...(subscription.name === undefined ? {} : { 'x-shopify-name': subscription.name }),
          };
          feed.post({
            id,
            topic: happening.topic,
            body,
            url: subscription.uri,
            headers: async () => ({ ...headers, 'x-shopify-hmac-sha256': await signatureOf(body, secret) }),
          });
        }
      }
    },
    givenUp(deliveryId) {
      const id = subscriptionOf.get(deliveryId);
      const subscription = id === undefined ? undefined : store.subscriptions.get(id);
      if (subscription?.by === 'api') store.subscriptions.delete(subscription.id);
    },
  };
}

/** `orders/create` as the API writes it: `ORDERS_CREATE`. */
export function topicEnum(topic: string): string {
  return topic.replace('/', '_').toUpperCase();
}

/** Base64 of HMAC-SHA256 over the raw body, keyed with the app's client secret. */
async function signatureOf(body: string, secret: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(body));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

function selected(payload: Readonly<Record<string, unknown>>, { includeFields }: SubscriptionRecord): unknown {
  if (includeFields.length === 0) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([name]) => includeFields.includes(name)));
}
