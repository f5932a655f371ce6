import { sameBytes } from './timing-safe.ts';

/** The hash functions that platforms sign with. */
export type HmacHash = 'SHA-1' | 'SHA-256' | 'SHA-512';
/** How a signature is written in its header. */
export type HmacEncoding = 'hex' | 'base64';

/** A key as text is taken as UTF-8; a platform whose secret is encoded hands over the decoded bytes. */
export type HmacSecret = string | Uint8Array<ArrayBuffer>;

/** The keyed hash of a body, as bytes. Text is hashed as UTF-8. */
export async function hmac(
  hash: HmacHash,
  secret: HmacSecret,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HMAC', hash };
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(body)));
}

/** The keyed hash of a body, written the way a header carries it. */
export async function hmacText(
  hash: HmacHash,
  secret: HmacSecret,
  body: string | Uint8Array<ArrayBuffer>,
  encoding: HmacEncoding,
): Promise<string> {
  const digest = await hmac(hash, secret, body);
  return encoding === 'hex' ? toHex(digest) : toBase64(digest);
}

/**
 * Whether `signature` is the keyed hash of `body` under one of `secrets`; several are live while a secret is rotated.
 * A signature that is not in the encoding, or of another length, is no match. Every secret is tried, and compared
 * without a hint in the time it takes.
 */
export async function hmacMatches(
  hash: HmacHash,
  secrets: readonly HmacSecret[],
  body: string | Uint8Array<ArrayBuffer>,
  signature: string,
  encoding: HmacEncoding,
): Promise<boolean> {
  const given = encoding === 'hex' ? fromHex(signature) : fromBase64(signature);
  if (!given) return false;
  let matches = false;
  for (const secret of secrets) {
    // Anybody can sign with an empty secret.
    if (secret.length === 0) continue;
    const expected = await hmac(hash, secret, body);
    matches = sameBytes(expected, given) || matches;
  }
  return matches;
}

/** Bytes as base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bytes of padded base64 text, or `undefined` when it is none. Only the one canonical spelling is accepted. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return toBase64(bytes) === text ? bytes : undefined;
}

/** Bytes as lower-case hexadecimal text. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of hexadecimal text in either case, or `undefined` when it is none. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}

function bytesOf(value: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof value === 'string' ? new TextEncoder().encode(value) : value;
}
