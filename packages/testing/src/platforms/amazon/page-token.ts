import { fromBase64, toBase64 } from '@crossdock/core';
import * as z from 'zod';

/** Where a list goes on. Opaque to whoever holds it, and good for one filter and some time. */
export interface PageToken {
  /** The filter that it belongs to, in whatever words. */
  readonly filter: string;
  /** What the page before ended with. */
  readonly after: string;
  readonly expiresAt: number;
}

const schema = z.object({ filter: z.string(), after: z.string(), expiresAt: z.number() });

/** The token as text. */
export function writtenToken(token: PageToken): string {
  return toBase64(new TextEncoder().encode(JSON.stringify(token)))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** Where to go on. Undefined for a token that nobody gave out, of another filter, or too old. */
export function readToken(text: string, filter: string, now: number): string | undefined {
  const bytes = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (!bytes) return undefined;
  try {
    const token = schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return token.filter === filter && token.expiresAt > now ? token.after : undefined;
  } catch {
    return undefined;
  }
}
