import { hexOf, sha256 } from './fingerprint.ts';

/**
 * A UUID that is always the same for the same text: version 8 of RFC 9562, filled from SHA-256. For platforms that
 * accept only a UUID where we have an idempotency key.
 */
export async function stableUuid(text: string): Promise<string> {
  const bytes = (await sha256(text)).subarray(0, 16);
  // Version and variant have fixed places in every UUID. RFC 9562, sections 4.1 and 4.2.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = hexOf(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
