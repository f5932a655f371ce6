import { hmacMatches, type HmacEncoding, type HmacHash, type HmacSecret } from './hmac.ts';
import { defaultWebhookBytes, readBody } from './webhook-body.ts';

/** How a platform signs its deliveries, for `verifySignedWebhook`. */
export interface SignedWebhookOptions {
  /** The header that carries the signature: `x-shopify-hmac-sha256`. */
  readonly header: string;
  /** Every secret that is live; two while one replaces the other. */
  readonly secrets: readonly HmacSecret[];
  /** Default `SHA-256`. */
  readonly hash?: HmacHash | undefined;
  /** Default `base64`. */
  readonly encoding?: HmacEncoding | undefined;
  /** Larger bodies are not read. Default 5 MiB. */
  readonly maxBytes?: number | undefined;
}

/** A body that its sender signed, or why it is none. A missing header is told apart from one that does not match. */
export type SignedWebhook =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly text: string }
  | { readonly ok: false; readonly reason: 'signature' | 'headers' | 'oversized' };

/**
 * Checks a webhook whose header is the keyed hash of its body, as Shopify, WooCommerce and ShipHero send it. Reads the
 * body once. Never throws for what a stranger sent; a body that is no UTF-8 cannot be kept as it was signed, and counts
 * as not signed.
 */
export async function verifySignedWebhook(request: Request, options: SignedWebhookOptions): Promise<SignedWebhook> {
  const { secrets, hash = 'SHA-256', encoding = 'base64', maxBytes = defaultWebhookBytes } = options;
  const signature = request.headers.get(options.header);
  if (!signature) return { ok: false, reason: 'headers' };
  const body = await readBody(request, maxBytes);
  if (!body.ok) return { ok: false, reason: body.reason === 'oversized' ? 'oversized' : 'signature' };
  if (!(await hmacMatches(hash, secrets, body.bytes, signature, encoding))) return { ok: false, reason: 'signature' };
  return body;
}
