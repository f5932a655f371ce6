import { CommerceError, momentSchema } from '@crossdock/core';
import * as z from 'zod';

/**
 * Where a pull stands. A sweep reads everything changed at or after the second `from`, oldest first, and moves `from` on
 * behind every page. `page` is there while one second is read that holds more orders than a page: backwards, so that an
 * order which leaves the second meanwhile hides none of the others. `start`, `startedAt` and `newest` decide where the
 * next sweep starts. Between two sweeps only `from` is there.
 */
const cursorSchema = z.object({
  from: momentSchema.optional(),
  page: z.int().positive().optional(),
  start: momentSchema.optional(),
  startedAt: z.number().optional(),
  newest: momentSchema.optional(),
});
export type OrderCursor = z.infer<typeof cursorSchema>;

export function readCursor(text: string, system: string): OrderCursor {
  const parsed = cursorSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw invalid(system, 'the cursor is none that this connector wrote', 'Pass the cursor of a page.');
}

/** The cursor of a first pull: from a moment, or from the beginning. */
export function momentCursor(updatedAfter: string | undefined, system: string): OrderCursor {
  if (updatedAfter === undefined) return {};
  if (momentSchema.safeParse(updatedAfter).success) return { from: secondOf(Date.parse(updatedAfter)) };
  throw invalid(system, 'updatedAfter is no moment in UTC', 'Pass one such as "2026-11-01T00:00:00Z".');
}

export function writeCursor(cursor: OrderCursor): string {
  return JSON.stringify(cursor);
}

/**
 * Where the next sweep starts. A change that becomes visible late was made at most `overlapMs` before it is seen, so a
 * sweep misses nothing older than its own start less the overlap. Our clock may run ahead of the shop's: never later than
 * the newest change that was seen.
 */
export function nextFrom({ from, start, startedAt, newest }: OrderCursor, overlapMs: number): string | undefined {
  if (newest === undefined || startedAt === undefined) return start ?? from;
  const next = Math.min(startedAt, Date.parse(newest)) - overlapMs;
  return secondOf(start === undefined ? next : Math.max(next, Date.parse(start)));
}

/** The second that a moment is in: WooCommerce keeps whole seconds. */
export function secondOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
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
