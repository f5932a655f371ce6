import { CommerceError, momentSchema } from '@crossdock/core';
import * as z from 'zod';

/**
 * Where a pull stands. A sweep reads everything changed from `from` to `until`, the end that Amazon named on its first
 * page; `token` is Amazon's own place in it, good for a day from `tokenAt`. Between two sweeps only `from` is there.
 */
const cursorSchema = z.object({
  from: momentSchema,
  until: momentSchema.optional(),
  token: z.string().optional(),
  tokenAt: z.number().optional(),
});
export type PullCursor = z.infer<typeof cursorSchema>;

/** Before Amazon had its first seller. A search needs a beginning. */
const beginning = '2000-01-01T00:00:00Z';

/**
 * Amazon answers for nothing younger than two minutes, and refuses to be asked from a later moment; another minute is for
 * a clock of ours that runs ahead. Orders API 2026-01-01, model of 2026-08-05.
 */
export const settleMs = 120_000;
const aheadMs = 60_000;

/** A token lives a day; the last hour is left to Amazon's clock. developer-docs.amazon.com, read 2026-08-18. */
const tokenLifeMs = 23 * 3_600_000;

export function readCursor(text: string, system: string): PullCursor {
  const parsed = cursorSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw invalid(system, 'the cursor is none that this connector wrote', 'Pass the cursor of a page.');
}

/** The cursor of a first pull: from a moment, or from the beginning. */
export function momentCursor(updatedAfter: string | undefined, system: string): PullCursor {
  if (updatedAfter === undefined) return { from: beginning };
  if (momentSchema.safeParse(updatedAfter).success) return { from: updatedAfter };
  throw invalid(system, 'updatedAfter is no moment in UTC', 'Pass one such as "2026-11-01T00:00:00Z".');
}

export function writeCursor(cursor: PullCursor): string {
  return JSON.stringify(cursor);
}

/** The same place, without what is no good any more: a sweep whose token has ended is read again from its beginning. */
export function usable(cursor: PullCursor, now: number): PullCursor {
  const { from, token, tokenAt, until } = cursor;
  const isAlive =
    token !== undefined && tokenAt !== undefined && now - tokenAt < tokenLifeMs && now >= tokenAt - aheadMs;
  if (isAlive) return { from, until, token, tokenAt };
  const latest = now - settleMs - aheadMs;
  return { from: Date.parse(from) > latest ? new Date(latest).toISOString() : from };
}

/** Where the next sweep starts: at the end of this one, less the overlap, and never before this one's own start. */
export function nextFrom({ from, until }: PullCursor, overlapMs: number): string {
  if (until === undefined) return from;
  return new Date(Math.max(Date.parse(from), Date.parse(until) - overlapMs)).toISOString();
}

function invalid(system: string, seen: string, next: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    system,
    operation: 'orders.pull',
    message: `Orders of "${system}" were not pulled: ${seen}. ${next}`,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
