import type { WebhookFeed } from '../../../fake/webhook-feed.ts';
import type { Happening } from '../life/shop.ts';
import type { SubscriptionRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { jsonOf } from './json.ts';
import { passes } from './filter.ts';
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
  /** What a subscription was last told of a record. */
  const lastBodies = new Map<string, string>();
  /** Whether it goes out: it passes the filter, and says something else than the last one where fields were left out. */
  const isWanted = (subscription: SubscriptionRecord, payload: Readonly<Record<string, unknown>>, body: string) => {
    // Other ways than HTTPS are not delivered here.
    if (!subscription.uri.startsWith('https:') || !passes(payload, subscription.filter)) return false;
    if (subscription.includeFields.length === 0) return true;
    const key = `${subscription.id} ${String(payload['admin_graphql_api_id'] ?? payload['id'])}`;
    const isNew = lastBodies.get(key) !== body;
    lastBodies.set(key, body);
    return isNew;
  };
  return {
    tell(happenings) {
      const triggeredAt = new Date(store.clock.now()).toISOString().replace('Z', '000000Z');
      let eventId: string | undefined;
      for (const happening of happenings) {
        for (const subscription of store.subscriptions.values()) {
          if (subscription.topic !== topicEnum(happening.topic)) continue;
          eventId ??= store.uuid();
          const payload = payloadOf(store, happening);
          const body = jsonOf(selected(payload, subscription));
          if (!isWanted(subscription, payload, body)) continue;
          const id = store.uuid();
          subscriptionOf.set(id, subscription.id);
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
  // "line_items.sku" takes that field of each line. shopify.dev, webhooks, read 2026-11-23.
  const picked = (value: unknown, names: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((each: unknown) => picked(each, names));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, unknown][] => {
        if (names.includes(name)) return [[name, inner]];
        const below = names.flatMap((each) => (each.startsWith(`${name}.`) ? each.slice(name.length + 1) : []));
        return below.length > 0 ? [[name, picked(inner, below)]] : [];
      }),
    );
  };
  return picked(payload, includeFields);
}
