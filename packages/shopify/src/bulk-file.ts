import { CommerceError, type Clock } from '@crossdock/core';
import { isSafeLink } from './safe-link.ts';
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
  /** Whether it belongs to an operation that ended early, so that its last line may be half of one. */
  readonly isPartial?: boolean | undefined;
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
 * that breaks goes on behind the last whole line. Throws `request.rejected` when the link is dead, `response.unexpected`
 * for one that is not safe to follow, and `network.unreachable` when nothing comes any more.
 */
export async function* fileLines(
  file: BulkFile,
  start: number,
  settings: FileSettings,
  call: Waiting,
): AsyncGenerator<readonly FileLine[], void, undefined> {
  const { url, size, isPartial = false } = file;
  if (!isSafeLink(url)) throw unsafe(settings.system, call.operation);
  let at = start;
  let failures = 0;
  let seen = 'an early end';
  for (;;) {
    if (size !== undefined && at >= size) return;
    const before = at;
    try {
      let isWhole = true;
      for await (const { lines, open } of download(url, at, settings, call)) {
        // Without its end the last line is the half of one, unless the file is over there.
        const last = open && size !== undefined && open.end >= size ? [open] : [];
        isWhole = open === undefined || last.length > 0 || isPartial;
        const all = [...lines, ...last];
        at = all.at(-1)?.end ?? at;
        const full = all.filter(({ text }) => text.trim() !== '');
        if (full.length > 0) yield full;
      }
      // A connection that ends early may look like the end of the file.
      if (isWhole && (size === undefined || at >= size)) return;
      seen = 'an early end';
    } catch (error) {
      if (error instanceof TooLong) throw unreadable(settings.system, call.operation, at);
      if (!(error instanceof BrokenDownload)) throw error;
      seen = error.message;
    }
    failures = at > before ? 0 : failures + 1;
    const waitMs = waitsMs[failures];
    if (waitMs === undefined) throw unreachable(settings.system, call.operation, at, seen);
    await waitFor(settings.clock, waitMs, settings.system, call);
  }
}

/** The download broke, in words without its link, and another one may go on where it did. */
class BrokenDownload extends Error {}

/** More than any object has; a file without line ends would be held whole. */
const mostLineBytes = 64_000_000;
class TooLong extends Error {}

/** Whole lines, and at the end what is behind the last of them. */
interface Piece {
  readonly lines: readonly FileLine[];
  readonly open?: FileLine | undefined;
}

async function* download(
  url: string,
  start: number,
  settings: FileSettings,
  call: Waiting,
): AsyncGenerator<Piece, void, undefined> {
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
      throw new BrokenDownload(nameOf(error));
    } finally {
      limit.signal.removeEventListener('abort', abort);
      limit.clear();
    }
  }
  try {
    // As it is: a packed file would have other places. The token stays with the shop.
    const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
    const response = await inTime(fetch(url, { headers, redirect: 'manual', signal: stop.signal }));
    // Nothing is behind the end.
    if (response.status === 416) return;
    if (response.status >= 500 || response.status === 429) throw new BrokenDownload(`the status ${response.status}`);
    if (!response.ok || !response.body) throw dead(system, operation, response.status);
    const reader = response.body.getReader();
    const split = lineSplitter(response.status === 206 ? start : 0);
    for (;;) {
      const { done, value } = await inTime(reader.read());
      if (done) {
        const open = split.rest();
        if (open && open.end > start) yield { lines: [], open };
        return;
      }
      // A server that knows no ranges begins at the beginning.
      const lines = split.add(value).filter(({ end }) => end > start);
      if (lines.length > 0) yield { lines };
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
  let heldBytes = 0;
  let at = start;

  function lineOf(last: Uint8Array, newline: number): FileLine {
    const bytes = held.length === 0 ? last : joined([...held, last]);
    held = [];
    heldBytes = 0;
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
      if (from < piece.length) {
        held.push(piece.slice(from));
        heldBytes += piece.length - from;
        if (heldBytes > mostLineBytes) throw new TooLong();
      }
      return lines;
    },
    rest(): FileLine | undefined {
      return held.length === 0 ? undefined : lineOf(new Uint8Array(), 0);
    },
  };
}

/** What broke, by its code or name: the words of an error may have the link in them. */
function nameOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  if (typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)) return code;
  return cause instanceof Error ? cause.name : 'no answer';
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

function unsafe(system: string, operation: string): CommerceError {
  return new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    message: `The file of a bulk operation of "${system}" was not read: its link does not go over https. Report it.`,
  });
}

function unreadable(system: string, operation: string, at: number): CommerceError {
  return new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    message: `The file of a bulk operation of "${system}" was not read further than byte ${at}: no line ends within ${mostLineBytes} bytes from there, so it is no file of lines. Report it.`,
  });
}

function unreachable(system: string, operation: string, at: number, seen: string): CommerceError {
  return new CommerceError({
    code: 'network.unreachable',
    system,
    operation,
    message: `The file of a bulk operation of "${system}" was not read further than byte ${at}: the download broke ${waitsMs.length} times without another line, the last time by "${seen}". Go on from the last saved cursor.`,
  });
}
