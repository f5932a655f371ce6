/** A body with its packing taken off, and what is wrong where reading it fails. */
export interface UnpackedBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** `undefined` where it is not the bytes, but the connection that brings them. */
  readonly fault: () => 'oversized' | 'corrupt' | undefined;
}

/**
 * Unpacks a body that begins as gzip does, and leaves any other as it is: some runtimes unpack on the way and no longer
 * say so. What is unpacked waits until it is asked for; of the packed bytes, which a runtime reads ahead, no more than
 * `maxBytes` are taken.
 */
export async function unpackedBody(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<UnpackedBody> {
  const reader = body.getReader();
  let isBroken = false;
  let bytes = 0;
  const read = async () => {
    try {
      const part = await reader.read();
      bytes += part.value?.byteLength ?? 0;
      return part;
    } catch (error) {
      isBroken = true;
      throw error;
    }
  };
  const first = await firstBytes(read);
  let ahead = first.length > 0 ? first : undefined;
  const whole = new ReadableStream<BufferSource>(
    {
      async pull(controller) {
        if (ahead) {
          controller.enqueue(ahead);
          ahead = undefined;
          return;
        }
        const { done, value } = await read();
        if (done) {
          controller.close();
          return;
        }
        if (bytes > maxBytes) {
          await reader.cancel();
          controller.error(new RangeError('More packed bytes than are read at most'));
          return;
        }
        controller.enqueue(ownBytes(value));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  const stream = isGzip ? whole.pipeThrough(new DecompressionStream('gzip')) : whole;
  // A body passes its own chunks on, and the unpacking makes new ones: bytes in both cases.
  return { stream: stream as ReadableStream<Uint8Array>, fault };

  function fault(): 'oversized' | 'corrupt' | undefined {
    if (bytes > maxBytes) return 'oversized';
    return isGzip && !isBroken ? 'corrupt' : undefined;
  }
}

type Read = () => Promise<ReadableStreamReadResult<Uint8Array>>;

/** The first two bytes at least, where there are so many. */
async function firstBytes(read: Read): Promise<Uint8Array<ArrayBuffer>> {
  let first = new Uint8Array(0);
  while (first.length < 2) {
    const { done, value } = await read();
    if (done) break;
    const joined = new Uint8Array(first.length + value.length);
    joined.set(first);
    joined.set(value, first.length);
    first = joined;
  }
  return first;
}

/** The same bytes in memory that is nobody else's, as the unpacking wants them. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}
