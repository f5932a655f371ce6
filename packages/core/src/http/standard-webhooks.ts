import { CommerceError } from '../errors/commerce-error.ts';
import type { Clock } from '../ports/clock.ts';
import { fromBase64, hmacMatches } from './hmac.ts';
import { defaultWebhookBytes, readBody } from './webhook-body.ts';

/** The secrets and limits with which `verifyStandardWebhook` judges a delivery. */
export interface StandardWebhookOptions {
  /** Every secret that is live, each `whsec_` and the key in base64. Two while one replaces the other. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  /** Larger bodies are not read. Default 5 MiB. */
  readonly maxBytes?: number | undefined;
  /** How far the sender's clock may be from ours, either way. Default 300 000: five minutes. */
  readonly toleranceMs?: number | undefined;
}

/** A delivery that its sender signed, with its id, or why it is none. `stale` is said only of a good signature. */
export type StandardWebhook =
  | { readonly ok: true; readonly id: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly text: string }
  | { readonly ok: false; readonly reason: 'signature' | 'headers' | 'stale' | 'oversized' };

/**
 * Checks a webhook signed after the Standard Webhooks specification: `webhook-id`, `webhook-timestamp`, and in
 * `webhook-signature` one or more `v1,<base64>`, of which one has to match. Never throws for what a stranger sent;
 * throws `options.invalid` for a secret that is none.
 */
export async function verifyStandardWebhook(
  request: Request,
  options: StandardWebhookOptions,
): Promise<StandardWebhook> {
  // What is signed, and the five minutes: standardwebhooks.com, specification, read 2026-11-23.
  const keys = options.secrets.map(keyOf);
  const id = request.headers.get('webhook-id');
  const timestamp = request.headers.get('webhook-timestamp');
  const signatures = request.headers.get('webhook-signature');
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: 'headers' };
  const body = await readBody(request, options.maxBytes ?? defaultWebhookBytes);
  if (!body.ok) return { ok: false, reason: body.reason === 'oversized' ? 'oversized' : 'signature' };

  const signed = `${id}.${timestamp}.${body.text}`;
  let matches = false;
  for (const signature of signatures.split(' ')) {
    // Other versions, as `v1a` for public keys, are somebody else's to check.
    if (!signature.startsWith('v1,')) continue;
    matches = (await hmacMatches('SHA-256', keys, signed, signature.slice('v1,'.length), 'base64')) || matches;
  }
  if (!matches) return { ok: false, reason: 'signature' };
  const ageMs = Math.abs(options.clock.now() - Number(timestamp) * 1000);
  if (ageMs > (options.toleranceMs ?? 300_000)) return { ok: false, reason: 'stale' };
  return { ok: true, id, bytes: body.bytes, text: body.text };
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const key = secret.startsWith('whsec_') ? fromBase64(secret.slice('whsec_'.length)) : undefined;
  if (key && key.length > 0) return key;
  throw new CommerceError({
    code: 'options.invalid',
    message:
      'No webhook was verified: a webhook secret is not "whsec_" with a key in base64 behind it. Copy the secret again from where the webhook was made.',
  });
}
