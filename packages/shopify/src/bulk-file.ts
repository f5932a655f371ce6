import { CommerceError, type Clock } from '@crossdock/core';
import { stopped, waitFor, type Waiting } from './bulk-wait.ts';

/** One line of a file, and where in the file the next one begins, in bytes. */
export interface FileLine {
  readonly text: string;
  readonly end: number;
}

/** A file that Shopify wrote, behind a link that needs no token and works for seven days. shopify.dev, bulk operations, read 2026-11-23. */
export interface BulkFile {
  readonly url: string;
  /** In bytes; `undefined` where Shopify does not say. */
  readonly size: number | undefined;
}

export interface FileSettings {
  readonly system: string;
  readonly clock: Clock;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timeoutMs?: number | undefined;
}

/** Waits before a broken download goes on, as long as nothing comes. */
const waitsMs = [1000, 2000, 4000, 8000, 16_000];
/** How long it may be before the next piece comes. */
const defaultTimeoutMs = 30_000;

/**
 * Reads the lines of a file from a place on, in the pieces in which they come, and holds one piece at a time. A download
 * that breaks goes on behind the last whole line. Throws `request.rejected` when the link is dead, and
 * `network.unreachable` when nothing comes any more.
 */
export async function* fileLines(
  { url, size }: BulkFile,
  start: number,
  settings: FileSettings,
  call: Waiting,
): AsyncGenerator<readonly FileLine[], void, undefined> {
  let at = start;
  let failures = 0;
  let cause: unknown;
  for (;;) {
    if (size !== undefined && at >= size) return;
    const before = at;
    try {
      for await (const lines of download(url, at, settings, call)) {
        at = lines.at(-1)?.end ?? at;
        yield lines;
      }
      // A connection that ends early may look like the end of the file.
      if (size === undefined || at >= size) return;
    } catch (error) {
      if (!(error instanceof BrokenDownload)) throw error;
      ({ cause } = error);
    }
    failures = at > before ? 0 : failures + 1;
    const waitMs = waitsMs[failures];
    if (waitMs === undefined) throw unreachable(settings.system, call.operation, at, cause);
    await waitFor(settings.clock, waitMs, settings.system, call);
  }
}

/** The download broke, and another one may go on where it did. */
class BrokenDownload extends Error {}

async function* download(
  url: string,
  start: number,
  settings: FileSettings,
  call: Waiting,
): AsyncGenerator<readonly FileLine[], void, undefined> {
  const { system, clock, fetch = globalThis.fetch, timeoutMs = defaultTimeoutMs } = settings;
  const { operation, signal } = call;
  if (signal?.aborted === true) throw stopped(system, call);
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal?.addEventListener('abort', abort);
  /** What comes within the limit, else the download is given up. */
  async function inTime<T>(promised: Promise<T>): Promise<T> {
    const limit = clock.deadline(timeoutMs);
    limit.signal.addEventListener('abort', abort);
    try {
      return await promised;
    } catch (error) {
      if (signal?.aborted === true) throw stopped(system, call);
      throw new BrokenDownload('It broke.', { cause: error });
    } finally {
      limit.signal.removeEventListener('abort', abort);
      limit.clear();
    }
  }
  try {
    // As it is: a packed file would have other places. The token stays with the shop.
    const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
    const response = await inTime(fetch(url, { headers, signal: stop.signal }));
    // Nothing is behind the end.
    if (response.status === 416) return;
    if (response.status >= 500 || response.status === 429) throw new BrokenDownload(String(response.status));
    if (!response.ok || !response.body) throw dead(system, operation, response.status);
    const reader = response.body.getReader();
    const split = lineSplitter(response.status === 206 ? start : 0);
    for (;;) {
      const { done, value } = await inTime(reader.read());
      const lines = done ? split.rest() : split.add(value);
      // A server that knows no ranges begins at the beginning.
      const wanted = lines.filter(({ end }) => end > start);
      if (wanted.length > 0) yield wanted;
      if (done) return;
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    stop.abort();
  }
}

/** Cuts pieces of bytes into lines. A line may lie in several pieces, and a letter as well. */
function lineSplitter(start: number) {
  const decoder = new TextDecoder();
  let held: Uint8Array[] = [];
  let at = start;

  function lineOf(last: Uint8Array, newline: number): FileLine {
    const bytes = held.length === 0 ? last : joined([...held, last]);
    held = [];
    at += bytes.length + newline;
    return { text: decoder.decode(bytes), end: at };
  }

  return {
    add(piece: Uint8Array): readonly FileLine[] {
      const lines: FileLine[] = [];
      let from = 0;
      for (let to = piece.indexOf(10); to >= 0; to = piece.indexOf(10, from)) {
        lines.push(lineOf(piece.subarray(from, to), 1));
        from = to + 1;
      }
      if (from < piece.length) held.push(piece.slice(from));
      return lines.filter(({ text }) => text.trim() !== '');
    },
    rest(): readonly FileLine[] {
      return held.length === 0 ? [] : [lineOf(new Uint8Array(), 0)].filter(({ text }) => isWhole(text));
    },
  };
}

/** A last line without its end is either the file's last or the half of a line where the connection ended early. */
function isWhole(text: string): boolean {
  return text.trimEnd().endsWith('}');
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function dead(system: string, operation: string, status: number): CommerceError {
  return new CommerceError({
    code: 'request.rejected',
    system,
    operation,
    message: `The file of a bulk operation of "${system}" was not read: its link answered with ${status}, and works for seven days only. Begin anew without a cursor.`,
  });
}

function unreachable(system: string, operation: string, at: number, cause: unknown): CommerceError {
  return new CommerceError({
    code: 'network.unreachable',
    system,
    operation,
    message: `The file of a bulk operation of "${system}" was not read further than byte ${at}: the download broke ${waitsMs.length} times without another line. Go on from the last saved cursor.`,
    cause,
  });
}
