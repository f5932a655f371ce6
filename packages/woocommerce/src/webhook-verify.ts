import { fingerprint, readBody, verifySignedWebhook, type Verification } from '@crossdock/core';
import * as z from 'zod';

export interface VerifySettings {
  readonly webhookSecrets: readonly string[];
  readonly maxWebhookBytes: number;
}

/**
 * Checks size and signature over the bytes as they came. A new webhook first asks, unsigned, whether somebody is there:
 * that is a `ping`. The signature covers no time, so an old delivery is as good as a new one, and no header: a topic is let
 * in only where it reads like one, and an action's only as its body names it.
 */
export function webhookVerify({ webhookSecrets, maxWebhookBytes }: VerifySettings) {
  const secrets = webhookSecrets.map(decodedSecret);
  return async function verify(request: Request): Promise<Verification> {
    if (looksLikePing(request)) return pingOf(request);
    const topic = headerOf(request, 'topic');
    if (topic === undefined || !(wordedTopic.test(topic) || action.test(topic)))
      return { ok: false, reason: 'headers' };
    const signed = await verifySignedWebhook(request, {
      header: 'x-wc-webhook-signature',
      secrets,
      maxBytes: maxWebhookBytes,
    });
    if (!signed.ok) return signed;
    if (action.test(topic) && topic !== actionOf(signed.text)) return { ok: false, reason: 'headers' };
    const deliveryId = await deliveryIdOf(topic, headerOf(request, 'delivery-id'), signed.text);
    return { ok: true, delivery: { deliveryId, topic, body: signed.text } };
  };
}

/** Topics of records, also of plugins' own: "order.updated". */
const wordedTopic = /^(?!action\.)[a-z_]{1,30}\.[a-z_]{1,30}$/;

/** Topics of anything that happens in WordPress: "action.woocommerce_payment_complete". */
const action = /^action\.[A-Za-z0-9_]{1,90}$/;

function actionOf(body: string): string | undefined {
  const told = z.object({ action: z.string() }).safeParse(jsonOf(body)).data;
  return told && `action.${told.action}`;
}

/**
 * WooCommerce signs with the secret after PHP's htmlspecialchars_decode (recorded on 10.0.2, 2026-11-23): five signs, by
 * name in small letters or by number, each decoded once.
 */
export function decodedSecret(secret: string): string {
  return secret.replaceAll(
    /&(?:(amp|lt|gt|quot)|#(\d+)|#[xX]([0-9a-fA-F]+));/g,
    (entity: string, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
      if (name !== undefined) return named[name] ?? entity;
      return numbered[Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10)] ?? entity;
    },
  );
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const numbered: Readonly<Record<number, string>> = { 34: '"', 38: '&', 39: "'", 60: '<', 62: '>' };

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
 * (recorded on 10.0.2, 2026-11-23), and nobody signs it or the webhook's number: so it is what kind of record, the record
 * and what is said of it. Where nothing is said but the number, a second deletion after a restoration looks like the
 * first, and WooCommerce's id has to tell them apart.
 */
async function deliveryIdOf(topic: string, sent: string | undefined, body: string): Promise<string> {
  const json = jsonOf(body);
  const record = z.object({ id: z.union([z.number(), z.string()]) }).safeParse(json).data;
  const isDated = z.object({ date_modified_gmt: z.string() }).safeParse(json).success;
  const content = (await fingerprint(body)).slice(0, 32);
  const parts = [kindOf(topic), String(record?.id ?? 'none').slice(0, 40), content];
  const isTold = !isDated && sent !== undefined && /^[0-9a-f]{32}$/.test(sent);
  return (isTold ? [...parts, sent] : parts).join('/');
}

/** A made-up topic makes no new delivery of an old one. */
function kindOf(topic: string): string {
  if (action.test(topic)) return 'action';
  return /^(?:order|product|customer|coupon)\.(?:created|updated|deleted|restored)$/.test(topic) ? topic : 'other';
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
