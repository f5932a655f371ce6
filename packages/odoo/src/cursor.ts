import { CommerceError, type Since } from '@crossdock/core';
import * as z from 'zod';
import { fromMoment, shifted, utcDatetime } from './wire/value.ts';

/** How far each watched source was read. */
export type Marks = Readonly<Record<string, string>>;
export interface Position {
  readonly marks: Marks;
  /** The last id of a first reading that is not finished. */
  readonly after?: number | undefined;
}

const position = z.object({
  v: z.literal(1),
  marks: z.record(z.string(), utcDatetime),
  after: z.int().nonnegative().optional(),
});

/** Before everything that an Odoo can hold. */
export const beginning = '1970-01-01 00:00:00';

export function cursorOf({ marks, after }: Position): string {
  return JSON.stringify({ v: 1, marks, ...(after === undefined ? {} : { after }) });
}

/** Where a pull goes on; `undefined` where it starts at the beginning. Throws `request.rejected` for a strange cursor. */
export function positionOf(since: Since, sources: readonly string[], system: string): Position | undefined {
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
  return { marks: Object.fromEntries(sources.map((name) => [name, fromMoment(updatedAfter)])) };
}

/**
 * Where reading of a source starts again: an overlap behind its mark. Odoo stamps a row when its transaction begins and
 * shows it when it ends, so a slow one appears behind a mark that was passed. Proved on Odoo 19.0, 2026-11-23.
 */
export function startOf(marks: Marks, source: string, overlapSeconds: number): string {
  const mark = Object.hasOwn(marks, source) ? marks[source] : undefined;
  return mark === undefined || mark === beginning ? beginning : shifted(mark, -overlapSeconds);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON is no cursor of ours, which the schema says with one message for all of them.
    return undefined;
  }
}
