import {
  CommerceError,
  eventsOfOrder,
  hmacMatches,
  type CommerceEvent,
  type Delivery,
  type Order,
  type ReadOptions,
  type Ref,
  type Verification,
} from '@crossdock/core';
import * as z from 'zod';

export interface VerifySettings {
  readonly webhookSecrets: readonly string[];
  readonly maxWebhookBytes: number;
}

/**
 * Checks size and signature over the bytes as they came. Shopify's signature covers no time, so an old delivery is as
 * good as a new one: repetitions are told by `deliveryId`, which Shopify keeps on retries.
 */
export function webhookVerify({ webhookSecrets, maxWebhookBytes }: VerifySettings) {
  return async function verify(request: Request): Promise<Verification> {
    const signature = headerOf(request, 'hmac-sha256');
    const topic = headerOf(request, 'topic');
    const deliveryId = headerOf(request, 'webhook-id');
    const bytes = await bytesOf(request, maxWebhookBytes);
    if (bytes === 'oversized') return { ok: false, reason: 'oversized' };
    if (!signature || !topic || !deliveryId) return { ok: false, reason: 'headers' };
    if (!(await hmacMatches('SHA-256', webhookSecrets, bytes, signature, 'base64'))) {
      return { ok: false, reason: 'signature' };
    }
    return {
      ok: true,
      delivery: { deliveryId: `${topic}/${deliveryId}`, topic, body: new TextDecoder().decode(bytes) },
    };
  };
}

/** Topics that tell of an order. The rest are no error: whoever subscribed to more gets no events from it here. */
const orderTopics: ReadonlySet<string> = new Set([
  'orders/create',
  'orders/updated',
  'orders/paid',
  'orders/cancelled',
  'orders/fulfilled',
  'orders/partially_fulfilled',
]);

/**
 * What a delivery means. Deliveries come late, twice and in any order, so one is only a hint: the order is read anew. An
 * order that is gone, and a topic that tells of none, mean nothing.
 */
export function webhookDecode(
  system: string,
  get: (ref: Ref<'order'>, options?: ReadOptions) => Promise<Order | undefined>,
) {
  return async function decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]> {
    if (!orderTopics.has(delivery.topic.toLowerCase())) return [];
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

/** Webhooks have `X-Shopify-…`, the newer Events product has the same names without `X-`. shopify.dev, read 2026-11-23. */
function headerOf(request: Request, name: string): string | undefined {
  return request.headers.get(`x-shopify-${name}`) ?? request.headers.get(`shopify-${name}`) ?? undefined;
}

/** The body, or word that it is too large; the rest of it is not read then. */
async function bytesOf(request: Request, max: number): Promise<Uint8Array<ArrayBuffer> | 'oversized'> {
  if (Number(request.headers.get('content-length') ?? 0) > max) return 'oversized';
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part?.value) break;
    length += part.value.byteLength;
    if (length > max) {
      await reader?.cancel();
      return 'oversized';
    }
    parts.push(part.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
