import { fingerprint, readBody, verifySignedWebhook, type Verification } from '@crossdock/core';
import * as z from 'zod';

export interface VerifySettings {
  readonly webhookSecrets: readonly string[];
  readonly maxWebhookBytes: number;
}

/**
 * Checks size and signature over the bytes as they came. A new webhook first asks, unsigned, whether somebody is there:
 * that is a `ping`. The signature covers no time, so an old delivery is as good as a new one.
 */
export function webhookVerify({ webhookSecrets, maxWebhookBytes }: VerifySettings) {
  const secrets = webhookSecrets.map(decodedSecret);
  return async function verify(request: Request): Promise<Verification> {
    if (looksLikePing(request)) return pingOf(request);
    const [topic, webhook] = [headerOf(request, 'topic'), headerOf(request, 'id')];
    if (!topic || !webhook) return { ok: false, reason: 'headers' };
    const signed = await verifySignedWebhook(request, {
      header: 'x-wc-webhook-signature',
      secrets,
      maxBytes: maxWebhookBytes,
    });
    if (!signed.ok) return signed;
    const deliveryId = await deliveryIdOf({ topic, webhook, sent: headerOf(request, 'delivery-id') }, signed.text);
    return { ok: true, delivery: { deliveryId, topic, body: signed.text } };
  };
}

/** WooCommerce signs with the secret after PHP's htmlspecialchars_decode. recorded on 10.0.2, 2026-11-23 */
export function decodedSecret(secret: string): string {
  return secret.replaceAll(
    /&(?:(amp|lt|gt|quot)|#0*(?:39|34);?|#x0*(?:27|22));?/gi,
    (entity, name: string | undefined) => {
      if (!entity.endsWith(';')) return entity;
      if (name !== undefined) return named[name.toLowerCase()] ?? entity;
      return /39|27/.test(entity) ? "'" : '"';
    },
  );
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** A form without any header of a webhook. recorded on WooCommerce 10.0.2, 2026-11-23 */
function looksLikePing({ method, headers }: Request): boolean {
  const isForm = headers.get('content-type')?.split(';')[0]?.trim() === 'application/x-www-form-urlencoded';
  return method === 'POST' && isForm && ![...headers.keys()].some((name) => name.startsWith('x-wc-webhook-'));
}

/** Longer than any number of a webhook. */
const pingBytes = 64;

async function pingOf(request: Request): Promise<Verification> {
  const body = await readBody(request, pingBytes);
  const isPing = body.ok && /^webhook_id=\d{1,20}$/.test(body.text);
  if (isPing) return { ok: false, reason: 'ping' };
  return { ok: false, reason: body.ok || body.reason !== 'oversized' ? 'headers' : 'oversized' };
}

/**
 * What makes a delivery one. WooCommerce's own id names the webhook and the second, and orders of one second share it
 * (recorded on 10.0.2, 2026-11-23): so it is the webhook, the record and what is said of it. Where nothing is said but the
 * number, a second deletion after a restoration looks like the first, and the second has to tell them apart.
 */
async function deliveryIdOf(
  { topic, webhook, sent }: { readonly topic: string; readonly webhook: string; readonly sent: string | undefined },
  body: string,
): Promise<string> {
  const record = z.object({ id: z.union([z.number(), z.string()]) }).safeParse(jsonOf(body)).data;
  const isDated = z.object({ date_modified_gmt: z.string() }).safeParse(jsonOf(body)).success;
  const content = (await fingerprint(body)).slice(0, 32);
  const parts = [webhook, topic, String(record?.id ?? 'none').slice(0, 40), content];
  return (isDated || sent === undefined ? parts : [...parts, sent]).join('/');
}

function headerOf({ headers }: Request, name: string): string | undefined {
  const value = headers.get(`x-wc-webhook-${name}`)?.trim();
  return value === undefined || value === '' ? undefined : value.slice(0, 100);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
