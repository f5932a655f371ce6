import { verifySignedWebhook, type Verification } from '@crossdock/core';

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

function headerOf(request: Request, name: string): string | undefined {
  return request.headers.get(headerName(request, name)) ?? undefined;
}

/** Webhooks have `X-Shopify-…`, the newer Events product has the same names without `X-`. shopify.dev, read 2026-11-23. */
function headerName({ headers }: Request, name: string): string {
  return headers.has(`x-shopify-${name}`) ? `x-shopify-${name}` : `shopify-${name}`;
}
