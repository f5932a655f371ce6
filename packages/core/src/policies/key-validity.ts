/** Clocks of the store and of the platform go at different speeds; ten minutes are more than any that are kept. */
const mostMarginMs = 600_000;

/**
 * Whether a platform that honours a key for `validForMs` may have forgotten one that it was first sent `ageMs` ago, or a
 * little later. A margin is kept for clocks that differ: ten minutes, or a tenth of a shorter time. An age far below zero
 * comes from a clock that was set back since, so that nobody can tell it: it counts as forgotten.
 */
export function isForgotten(ageMs: number, validForMs: number | undefined): boolean {
  if (validForMs === undefined || validForMs === Number.POSITIVE_INFINITY) return false;
  const marginMs = Math.min(mostMarginMs, validForMs / 10);
  // Asked this way round, what is no number is forgotten too.
  return !(ageMs >= -marginMs && ageMs <= validForMs - marginMs);
}
