/** A delivery's body. `text` is exactly what the bytes say; `not-text`: they are no UTF-8, so no text says it. */
export type WebhookBody =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly text: string }
  | { readonly ok: false; readonly reason: 'oversized' | 'not-text' };

/** Larger than any order we know of, small enough that a stranger cannot fill the memory. */
export const defaultWebhookBytes = 5 * 1024 * 1024;

/**
 * Reads a body once, and stops reading as soon as it is larger than `maxBytes`, whatever `content-length` says. A body
 * that breaks off throws what the runtime throws.
 */
export async function readBody(request: Request, maxBytes: number = defaultWebhookBytes): Promise<WebhookBody> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    await request.body?.cancel();
    return { ok: false, reason: 'oversized' };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    const reader = request.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > maxBytes) {
        await reader.cancel();
        return { ok: false, reason: 'oversized' };
      }
      chunks.push(part.value);
    }
  }
  return textOf(joined(chunks, size));
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function textOf(bytes: Uint8Array<ArrayBuffer>): WebhookBody {
  try {
    // The byte order mark stays: the text is what was signed.
    return { ok: true, bytes, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, reason: 'not-text' };
    throw error;
  }
}
