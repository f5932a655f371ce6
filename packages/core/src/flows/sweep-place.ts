import * as z from 'zod';
import { momentSchema } from '../model/moment.ts';
import type { EventPage, PullOperation } from './pulls.ts';
import { later, type Telling } from './told-facts.ts';

const sweepPlaceSchema = z.object({
  /** What changed since is read again. */
  from: momentSchema,
  /** When it began, by our clock. */
  beganAt: momentSchema,
  /** When its last page landed, by our clock. */
  landedAt: momentSchema,
  /** Where the system's pages go on; left out once the sweep came to its end. */
  cursor: z.string().optional(),
  /** The latest moment that the system gave any of its facts, of all that sweeps have found. */
  newest: momentSchema.optional(),
  /** Facts that it has found so far, or that one which broke off before it had found, and no delivery had told of. */
  missed: z.int().nonnegative(),
  /** When the latest of the facts happened that it saw and a delivery had told of. */
  toldAt: momentSchema.optional(),
  /** What sweeps found and no delivery had told of, and when the latest of it changed, until one happened later and was told. */
  untold: z.object({ count: z.int().positive(), at: momentSchema }).optional(),
  /** The last sweep that came to its end. */
  last: z.object({ at: momentSchema }).optional(),
});
/** Where a sweep stands, or how the last one ended. */
export type SweepPlace = z.infer<typeof sweepPlaceSchema>;

/** The name under which the place is kept. A poll of the same operation has its own. */
export function sweepName(system: string, operation: PullOperation): string {
  return `sweep/${system}/${operation}`;
}

/** `undefined` before the first sweep, and for what another version kept: the next one looks back as far as a first one. */
export function readPlace(text: string | undefined): SweepPlace | undefined {
  return text === undefined ? undefined : sweepPlaceSchema.safeParse(jsonOf(text)).data;
}

export function writePlace(place: SweepPlace): string {
  return JSON.stringify(place);
}

/** A system may forget its pages: a sweep that nobody went on with for a day begins anew where it began. */
const forgottenMs = 86_400_000;

/**
 * Where a sweep begins, or goes on after one that broke off. Who says how far to look begins anew, and never later than it
 * would begin anyway.
 */
export function beginning(
  before: SweepPlace | undefined,
  {
    now,
    overlapMs,
    updatedAfter,
  }: { readonly now: number; readonly overlapMs: number; readonly updatedAfter?: string | undefined },
): SweepPlace {
  const unfinished = before?.cursor === undefined ? undefined : before;
  const isKnown = unfinished && now - Date.parse(unfinished.landedAt) < forgottenMs;
  if (isKnown && updatedAfter === undefined) return unfinished;
  const own = unfinished?.from ?? momentOf(Math.max(0, startBehind(before, now, overlapMs)));
  // The next one looks back from here: what lies between the one before and `updatedAfter` would be read by none.
  const isFurther = updatedAfter !== undefined && Date.parse(updatedAfter) < Date.parse(own);
  return anew({ ...before, from: isFurther ? updatedAfter : own }, now);
}

/** From the beginning of one that broke off, or of one to come. What was found stays so. */
export function anew(
  { from, cursor, newest, missed = 0, untold, last }: Pick<SweepPlace, 'from'> & Partial<SweepPlace>,
  now: number,
): SweepPlace {
  const at = momentOf(now);
  return {
    from,
    beganAt: at,
    landedAt: at,
    missed: cursor === undefined ? 0 : missed,
    ...(newest !== undefined && { newest }),
    ...(untold && { untold }),
    ...(last && { last }),
  };
}

/**
 * Behind the beginning of the sweep before. Our clock may run ahead of the system's: never later than behind the latest
 * moment that the system gave, and as long as it gave none, where the one before began.
 */
function startBehind(before: SweepPlace | undefined, now: number, overlapMs: number): number {
  if (before === undefined) return now - overlapMs;
  const { from, beganAt, newest } = before;
  const known = newest === undefined ? Date.parse(from) : Date.parse(newest) - overlapMs;
  return Math.min(known, Date.parse(beganAt) - overlapMs, now - overlapMs);
}

/** Behind a page. */
export function behind(place: SweepPlace, page: EventPage, now: number): SweepPlace {
  const newest = page.events.reduce((latest, { occurredAt }) => later(latest, occurredAt), place.newest);
  return { ...place, cursor: page.cursor, landedAt: momentOf(now), ...(newest !== undefined && { newest }) };
}

/** With what its last page showed of how the system tells. */
export function informed(place: SweepPlace, { missed, missedAt, toldAt: seenAt }: Telling): SweepPlace {
  const toldAt = later(place.toldAt, seenAt);
  const at = later(place.untold?.at, missedAt);
  const count = (place.untold?.count ?? 0) + missed;
  return {
    ...place,
    missed: place.missed + missed,
    ...(toldAt !== undefined && { toldAt }),
    ...(at !== undefined && { untold: { count, at } }),
  };
}

/** Behind the last page. */
export function ended({ cursor: _cursor, untold, ...place }: SweepPlace, now: number): SweepPlace {
  const isOver = untold === undefined || tellsAgain(place, untold.at);
  return { ...place, ...(!isOver && { untold }), last: { at: momentOf(now) } };
}

/** A quiet hour proves nothing: what was missed is known by now, and would not be found again. */
function tellsAgain({ missed, toldAt }: Pick<SweepPlace, 'missed' | 'toldAt'>, untoldAt: string): boolean {
  return missed === 0 && toldAt !== undefined && Date.parse(toldAt) >= Date.parse(untoldAt);
}

function momentOf(ms: number): string {
  return new Date(ms).toISOString();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
