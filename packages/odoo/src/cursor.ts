import { CommerceError, type Since } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';
import { fromMoment, shifted, utcDatetime } from './wire/value.ts';

/** How far a watched source was read. */
export interface Mark {
  /** When the newest row that was read had been written, by Odoo's time. */
  readonly at: string;
  /** When it was read first, in milliseconds since 1970 by ours. Only the time between two of these counts. */
  readonly readAt: number;
  /** Whether everything up to the mark has been read for certain: no slow transaction can appear behind it any more. */
  readonly settled: boolean;
}
export type Marks = Readonly<Record<string, Mark>>;
export interface Position {
  readonly marks: Marks;
  /** The last id of a first reading that is not finished. */
  readonly after?: number | undefined;
}

const position = z.object({
  v: z.literal(1),
  marks: z.record(z.string(), z.object({ at: utcDatetime, readAt: z.number(), settled: z.boolean() })),
  after: z.int().nonnegative().optional(),
});

/** Before everything that an Odoo can hold. */
const beginning = '1970-01-01 00:00:00';

export function cursorOf({ marks, after }: Position): string {
  return JSON.stringify({ v: 1, marks, ...(after === undefined ? {} : { after }) });
}

/** Where a pull goes on; `undefined` where it starts at the beginning. Throws `request.rejected` for a strange cursor. */
export function positionOf(since: Since, sources: readonly string[], connection: Connection): Position | undefined {
  const system = connection.settings.name;
  const { cursor, updatedAfter } = since;
  if (cursor !== undefined) {
    const parsed = position.safeParse(jsonOf(cursor));
    if (parsed.success) return parsed.data;
    throw new CommerceError({
      code: 'request.rejected',
      message: `The pull from "${system}" was not begun: the cursor is none of this connector. Pass the last one it gave, or none.`,
      system,
    });
  }
  if (updatedAfter === undefined) return undefined;
  if (Number.isNaN(Date.parse(updatedAfter))) {
    throw new CommerceError({
      code: 'request.rejected',
      message: `The pull from "${system}" was not begun: updatedAfter is no moment. Pass one such as "2026-11-20T00:00:00Z".`,
      system,
    });
  }
  const mark = markOf(fromMoment(updatedAfter), connection);
  return { marks: Object.fromEntries(sources.map((name) => [name, mark])) };
}

/** A mark at a moment of Odoo's, read now. */
export function markOf(at: string, { now }: Connection): Mark {
  return { at, readAt: Date.parse(now()), settled: false };
}

/**
 * Where reading of a source starts again: an overlap behind its mark, until that was read once more after the time of
 * the overlap. Odoo stamps a row when its transaction begins and shows it when it ends, so a slow one appears behind a
 * mark that was passed; and a row that was written twice in a second looks as if it was once. Proved on 19.0, 2026-11-23.
 */
export function startOf(marks: Marks, source: string, overlapSeconds: number): string {
  const mark = markIn(marks, source);
  return mark === undefined ? beginning : shifted(mark.at, mark.settled ? 1 : -overlapSeconds);
}

/**
 * One reading of a source from `startOf` on. What it returns says where the marks are when everything up to `newest` was
 * handled; `finished` is true when nothing was left to read.
 */
export function reading(marks: Marks, source: string, connection: Connection) {
  const begunAt = Date.parse(connection.now());
  const patienceMs = connection.settings.overlapSeconds * 1000;
  let mark = markIn(marks, source);
  return (newest: string | undefined, finished: boolean): Marks => {
    if (newest !== undefined && newest > (mark?.at ?? beginning)) mark = markOf(newest, connection);
    else if (mark && finished && begunAt - mark.readAt >= patienceMs) mark = { ...mark, settled: true };
    return mark === undefined ? marks : { ...marks, [source]: mark };
  };
}

function markIn(marks: Marks, source: string): Mark | undefined {
  return Object.hasOwn(marks, source) ? marks[source] : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON is no cursor of ours, which the schema says with one message for all of them.
    return undefined;
  }
}
