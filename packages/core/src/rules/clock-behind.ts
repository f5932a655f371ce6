import { CommerceError } from '../errors/commerce-error.ts';

/** What a clock is allowed to go back unless stores are told otherwise, in milliseconds: no step of a time service is larger. */
export const defaultClockToleranceMs = 300_000;
/** Milliseconds that have to pass before a store notes its latest moment anew, so that not every call writes. */
export const noteMomentEveryMs = 5_000;

/** The clock of whoever asks, and the latest moment that the store has seen. */
export interface ClockReading {
  readonly now: number;
  /** In milliseconds since 1970. `undefined`: the store has seen none yet. */
  readonly latest: number | undefined;
  /** Default 300 000. `Infinity`: any step back is fine. */
  readonly toleranceMs: number;
}

/**
 * Refuses as `store.unavailable` what would be done by a clock that went far back: leases that ran out would hold again,
 * and what is due would wait for hours. `what` says what did not happen, for the message.
 */
export function refuseClockBehind(what: string, { now, latest, toleranceMs }: ClockReading): void {
  if (latest === undefined || !(latest - now > toleranceMs)) return;
  const seconds = Math.round((latest - now) / 1000);
  throw new CommerceError({
    code: 'store.unavailable',
    message: `${what}: the clock says "${momentOf(now)}", ${seconds} s behind the latest moment that these stores have seen, "${momentOf(latest)}"; at most ${toleranceMs / 1000} s are accepted. Set the clock, or wait until it has caught up. If it was ahead before and is right now, make the stores once with clockToleranceMs: Infinity, which takes the time of now for the latest.`,
  });
}

/** The latest moment to note, `undefined` when the one that is noted will do. */
export function momentToNote(now: number, latest: number | undefined): number | undefined {
  return latest === undefined || now - latest >= noteMomentEveryMs ? now : undefined;
}

function momentOf(ms: number): string {
  return new Date(ms).toISOString();
}
