import type { HttpAnswer } from './call.ts';
import { unpackedBody } from './gunzip.ts';

/**
 * Reads an answer to its end, or says that it is larger than `maxBytes`, in which case the rest is not read, or that it
 * is gzip which cannot be unpacked. Where `gunzip` is asked for, the limit counts the unpacked bytes.
 */
export async function readAnswer(
  response: Response,
  maxBytes: number,
  gunzip = false,
): Promise<HttpAnswer | 'oversized' | 'corrupt'> {
  const packed = gunzip && response.body ? await unpackedBody(response.body, maxBytes) : undefined;
  try {
    const body = packed ? await counted(packed.stream, maxBytes) : await readText(response, maxBytes);
    if (body === undefined) return 'oversized';
    return { status: response.status, headers: response.headers, body, json: jsonOf(body) };
  } catch (error) {
    const fault = packed?.fault();
    if (fault) return fault;
    throw error;
  }
}

async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  const { body, headers } = response;
  if (!body) return '';
  const length = Number(headers.get('content-length') ?? Number.NaN);
  if (length > maxBytes) {
    await body.cancel();
    return undefined;
  }
  // The platform said how much it is, and nothing unpacks it on the way: no need to count.
  if (length >= 0 && !headers.has('content-encoding')) {
    const text = await response.text();
    return text.length > maxBytes ? undefined : text;
  }
  return counted(body, maxBytes);
}

async function counted(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function jsonOf(body: string): unknown {
  if (body === '') return null;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // Said as a value: whether a body that is no JSON matters is decided where its status and schema are known.
    return undefined;
  }
}
