import { CommerceError, momentSchema } from '@crossdock/core';
import * as z from 'zod';

/**
 * Where a pull stands. A sweep reads everything changed at or after the second `from`, oldest first, and moves `from` on
 * behind every page. `page` is there while one second is read that holds more records than a page: backwards, so that an
 * record that leaves the second meanwhile hides none of the others. `start`, `startedAt` and `newest` decide where the
 * next sweep starts. Between two sweeps only `from` is there.
 */
const cursorSchema = z.object({
  from: momentSchema.optional(),
  page: z.int().positive().optional(),
  start: momentSchema.optional(),
  startedAt: z.number().optional(),
  newest: momentSchema.optional(),
});
export type SweepCursor = z.infer<typeof cursorSchema>;

/** What is pulled, in words: "Orders" of `orders.pull`. */
export interface SweepName {
  readonly what: string;
  readonly operation: string;
  readonly system: string;
}

export function readCursor(text: string, name: SweepName): SweepCursor {
  const parsed = cursorSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw invalid(name, 'the cursor is none that this connector wrote', 'Pass the cursor of a page.');
}

/** The cursor of a first pull: from a moment, or from the beginning. */
export function momentCursor(updatedAfter: string | undefined, name: SweepName): SweepCursor {
  if (updatedAfter === undefined) return {};
  if (momentSchema.safeParse(updatedAfter).success) return { from: secondOf(Date.parse(updatedAfter)) };
  throw invalid(name, 'updatedAfter is no moment in UTC', 'Pass one such as "2026-11-01T00:00:00Z".');
}

export function writeCursor(cursor: SweepCursor): string {
  return JSON.stringify(cursor);
}

/**
 * Where the next sweep starts. A change that becomes visible late was made at most `overlapMs` before it is seen, so a
 * sweep misses nothing older than its own start less the overlap. Our clock may run ahead of the shop's: never later than
 * the newest change that was seen.
 */
export function nextFrom({ from, start, startedAt, newest }: SweepCursor, overlapMs: number): string | undefined {
  if (newest === undefined || startedAt === undefined) return start ?? from;
  const next = Math.min(startedAt, Date.parse(newest)) - overlapMs;
  return secondOf(start === undefined ? next : Math.max(next, Date.parse(start)));
}

/** The second that a moment is in: WooCommerce keeps whole seconds. */
export function secondOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function invalid({ what, operation, system }: SweepName, seen: string, next: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    system,
    operation,
    message: `${what} of "${system}" were not pulled: ${seen}. ${next}`,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
