import {
  CommerceError,
  eventsOfOrder,
  verifySignedWebhook,
  type CommerceEvent,
  type Delivery,
  type Order,
  type ReadOptions,
  type Ref,
  type Verification,
  unknownTopic,
} from '@crossdock/core';
import * as z from 'zod';

export interface VerifySettings {
  readonly shop: string;
  readonly webhookSecrets: readonly string[];
  readonly maxWebhookBytes: number;
}

/**
 * Checks whose delivery it is, size and signature over the bytes as they came. One app's secret signs for all its shops,
 * so a delivery of another shop is refused by its header. Shopify's signature covers no time, so an old delivery is as
 * good as a new one: repetitions are told by `deliveryId`, which Shopify keeps on retries.
 */
export function webhookVerify({ shop, webhookSecrets, maxWebhookBytes }: VerifySettings) {
  const domain = `${shop}.myshopify.com`;
  return async function verify(request: Request): Promise<Verification> {
    const topic = headerOf(request, 'topic');
    const deliveryId = headerOf(request, 'webhook-id');
    const isOurs = headerOf(request, 'shop-domain')?.toLowerCase() === domain;
    if (!topic || !deliveryId || !isOurs) return { ok: false, reason: 'headers' };
    const signed = await verifySignedWebhook(request, {
      header: headerName(request, 'hmac-sha256'),
      secrets: webhookSecrets,
      maxBytes: maxWebhookBytes,
    });
    if (!signed.ok) return signed;
    return { ok: true, delivery: { deliveryId: `${topic}/${deliveryId}`, topic, body: signed.text } };
  };
}

/** Topics that tell of an order. An order that is deleted is only read and found gone. */
const orderTopics: ReadonlySet<string> = new Set([
  'orders/create',
  'orders/updated',
  'orders/paid',
  'orders/cancelled',
  'orders/fulfilled',
  'orders/delete',
  'orders/partially_fulfilled',
]);

/**
 * What a delivery means. Deliveries come late, twice and in any order, so one is only a hint: the order is read anew. An
 * order that is gone means nothing; a topic that is none of an order's is refused as `webhook.unknown`.
 */
export function webhookDecode(
  system: string,
  get: (ref: Ref<'order'>, options?: ReadOptions) => Promise<Order | undefined>,
) {
  return async function decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]> {
    if (!orderTopics.has(delivery.topic.toLowerCase())) throw unknownTopic(system, delivery, orderTopics);
    const order = await get({ system, kind: 'order', id: orderIdOf(delivery, system) }, options);
    return order === undefined ? [] : eventsOfOrder(order);
  };
}

// The numeric `id` may be larger than a float can hold; the text beside it is exact.
const orderHintSchema = z.object({ admin_graphql_api_id: z.string().startsWith('gid://shopify/Order/') });

function orderIdOf({ body, topic, deliveryId }: Delivery, system: string): string {
  const parsed = orderHintSchema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data.admin_graphql_api_id;
  throw new CommerceError({
    code: 'webhook.malformed',
    system,
    operation: 'webhooks.decode',
    message: `Delivery "${deliveryId}" of "${topic}" from "${system}" was not understood: it names no order in "admin_graphql_api_id". Look whether the subscription leaves that field out.`,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function headerOf(request: Request, name: string): string | undefined {
  return request.headers.get(headerName(request, name)) ?? undefined;
}

/** Webhooks have `X-Shopify-…`, the newer Events product has the same names without `X-`. shopify.dev, read 2026-11-23. */
function headerName({ headers }: Request, name: string): string {
  return headers.has(`x-shopify-${name}`) ? `x-shopify-${name}` : `shopify-${name}`;
}
