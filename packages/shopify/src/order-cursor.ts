import { CommerceError, momentSchema } from '@crossdock/core';
import * as z from 'zod';

/**
 * Where a pull stands. A sweep reads everything changed since `from`, oldest first; `after` is Shopify's own cursor in
 * it, and `startedAt` and `newest` decide where the next sweep starts. Between two sweeps only `from` is there.
 */
const cursorSchema = z.object({
  from: momentSchema.optional(),
  after: z.string().optional(),
  startedAt: z.number().optional(),
  newest: momentSchema.optional(),
});
export type PullCursor = z.infer<typeof cursorSchema>;

export function readCursor(text: string, about: About): PullCursor {
  const parsed = cursorSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw invalid(about, 'the cursor is none that this connector wrote', 'Pass the cursor of a page.');
}

interface About {
  readonly system: string;
  readonly operation: string;
}

/** The cursor of a first pull: from a moment, or from the beginning. */
export function momentCursor(updatedAfter: string | undefined, about: About): PullCursor {
  if (updatedAfter === undefined || momentSchema.safeParse(updatedAfter).success) return { from: updatedAfter };
  throw invalid(about, 'updatedAfter is no moment in UTC', 'Pass one such as "2026-11-01T00:00:00Z".');
}

function invalid({ system, operation }: About, seen: string, next: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    system,
    operation,
    message: `\`${operation}\` did not read from "${system}": ${seen}. ${next}`,
  });
}

export function writeCursor(cursor: PullCursor): string {
  return JSON.stringify(cursor);
}

/**
 * Where the next sweep starts. A change that becomes visible late was made at most `overlapMs` before it is seen, so a
 * sweep misses nothing older than its own start less the overlap. Our clock may run ahead of Shopify's: never later than
 * the newest change that was seen.
 */
export function nextFrom(cursor: PullCursor, overlapMs: number): string | undefined {
  if (cursor.newest === undefined || cursor.startedAt === undefined) return cursor.from;
  const next = Math.min(cursor.startedAt, Date.parse(cursor.newest)) - overlapMs;
  const from = cursor.from === undefined ? next : Math.max(next, Date.parse(cursor.from));
  return new Date(from).toISOString();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
