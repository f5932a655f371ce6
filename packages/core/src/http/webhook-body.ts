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
    giveUp(request.body);
    return { ok: false, reason: 'oversized' };
  }
  // Copied as it comes: a stranger may send it byte by byte, and each piece kept for itself takes a hundred times its size.
  let bytes = new Uint8Array(Math.min(maxBytes, firstBytes));
  let size = 0;
  if (request.body) {
    const reader = request.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const end = size + part.value.byteLength;
      if (end > maxBytes) {
        giveUp(reader);
        return { ok: false, reason: 'oversized' };
      }
      if (end > bytes.length) bytes = grown(bytes, Math.min(maxBytes, Math.max(end, 2 * bytes.length)));
      bytes.set(part.value, size);
      size = end;
    }
  }
  return textOf(bytes.subarray(0, size));
}

const firstBytes = 16 * 1024;

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

/** Nobody waits for the rest: how it ends is the sender's matter, and the refusal is said already. */
function giveUp(body: { cancel(): Promise<void> } | null): void {
  body?.cancel().catch(() => {});
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
