/** Clocks of our processes, of the store and of the platform differ; ten minutes are more than any that are kept. */
const mostMarginMs = 600_000;

/**
 * Whether a platform that honours a key for `validForMs` may have forgotten one that it was first sent at `since`, or a
 * little later. A margin is kept for clocks that differ: ten minutes, or a tenth of a shorter time. A moment that lies
 * ahead comes from a clock that was set back since, so that its age cannot be told: it counts as forgotten.
 */
export function isForgotten(since: string, now: number, validForMs: number | undefined): boolean {
  if (validForMs === undefined || validForMs === Number.POSITIVE_INFINITY) return false;
  const marginMs = Math.min(mostMarginMs, validForMs / 10);
  const ageMs = now - Date.parse(since);
  // Asked this way round, what is no moment is forgotten too.
  return !(ageMs >= -marginMs && ageMs <= validForMs - marginMs);
}
