import { CommerceError } from '@crossdock/core';
import { envelopeSchema, type WireEnvelope } from './wire/notification.ts';

/** What a message says of itself, or that it is none of Amazon's. Nothing of an unknown message is repeated. */
export function readEnvelope(body: string, system: string, operation: string): WireEnvelope {
  const parsed = envelopeSchema.safeParse(unwrapped(lowered(jsonOf(body), 0)));
  if (parsed.success) return parsed.data;
  throw new CommerceError({
    code: 'webhook.malformed',
    system,
    operation,
    message: `A message in the queue of "${system}" was not read: it is no notification of Amazon's, with type, id and payload. Look who writes into the queue, and take it out.`,
  });
}

/** EventBridge puts the envelope into its own; a queue has it as it is. developer-docs.amazon.com, read 2026-08-18. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || 'notificationtype' in value) return value;
  return 'detail' in value ? value.detail : value;
}

/** Deeper than any notification, so that a stranger's brackets end nothing but their own message. */
const deepest = 16;

/** The same with all keys in small letters. */
function lowered(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => lowered(each, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toLowerCase(), lowered(each, depth + 1)]));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
