import { CommerceError, momentSchema, type Clock, type Since } from '@crossdock/core';
import * as z from 'zod';
import { jsonOf } from './json-text.ts';

/**
 * Where a pull of changes stands. A sweep reads everything changed since `from`; `after` is Shopify's own cursor in it,
 * `place` the list that it belongs to where a pull reads several, and `bulk` the file that it reads instead of pages.
 * `startedAt` and `newest` decide where the next sweep starts. Between two sweeps only `from` is there.
 */
const cursorSchema = z.object({
  from: momentSchema.optional(),
  place: z.string().optional(),
  after: z.string().optional(),
  /** A bulk operation, and how many bytes of its file were handed out. */
  bulk: z.object({ id: z.string().min(1), at: z.int().nonnegative() }).optional(),
  startedAt: z.number().optional(),
  newest: momentSchema.optional(),
});
export type SweepCursor = z.infer<typeof cursorSchema>;

/** What a sweep is, in words: "Products" of `products.pull`. */
export interface SweepSettings {
  readonly system: string;
  readonly operation: string;
  readonly what: string;
  readonly overlapMs: number;
  readonly clock: Clock;
}

/** The cursor that a pull begins with. A sweep that was interrupted goes on as the one that was started then. */
export function sweepBeginning(since: Since, settings: SweepSettings): SweepCursor & { readonly startedAt: number } {
  const saved = since.cursor === undefined ? fromMoment(since.updatedAfter, settings) : read(since.cursor, settings);
  return { ...saved, startedAt: saved.startedAt ?? settings.clock.now() };
}

export function sweepText(cursor: SweepCursor): string {
  return JSON.stringify(cursor);
}

/**
 * The cursor of the last page. A change that becomes visible late was made at most `overlapMs` before it is seen, so the
 * next sweep misses nothing that is not older than the start of this one less the overlap. Our clock may run ahead of
 * Shopify's: never later than the newest change that was seen.
 */
export function sweepEnd(cursor: SweepCursor, { overlapMs }: SweepSettings): SweepCursor {
  const { from, startedAt, newest } = cursor;
  if (newest === undefined || startedAt === undefined) return { from };
  const next = Math.min(startedAt, Date.parse(newest)) - overlapMs;
  return { from: new Date(from === undefined ? next : Math.max(next, Date.parse(from))).toISOString() };
}

/** The search for what changed since, of second resolution: `>=` the second itself, so that no second is cut apart. */
export function changedSince(from: string | undefined): string | null {
  if (from === undefined) return null;
  return `updated_at:>='${new Date(from).toISOString().slice(0, 19)}Z'`;
}

/** The later of two moments. */
export function laterOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(other) > Date.parse(one) ? other : one;
}

function read(text: string, settings: SweepSettings): SweepCursor {
  const parsed = cursorSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw invalid(settings, 'the cursor is none that this connector wrote', 'Pass the cursor of a page.');
}

function fromMoment(updatedAfter: string | undefined, settings: SweepSettings): SweepCursor {
  if (updatedAfter === undefined || momentSchema.safeParse(updatedAfter).success) return { from: updatedAfter };
  throw invalid(settings, 'updatedAfter is no moment in UTC', 'Pass one such as "2026-11-01T00:00:00Z".');
}

function invalid({ system, operation, what }: SweepSettings, seen: string, next: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    system,
    operation,
    message: `${what} of "${system}" were not pulled: ${seen}. ${next}`,
  });
}
