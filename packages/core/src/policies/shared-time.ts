import * as z from 'zod';

/** When a state that processes share was written last. */
export const sharedMomentSchema = z.object({
  /** By the clock that all of them keep together. */
  at: z.number(),
  /** By the clock of the process that wrote it. */
  wallAt: z.number(),
});
export type SharedMoment = z.infer<typeof sharedMomentSchema>;

/** How far the clocks of two machines may be apart. Only for a process's first look at a state is it taken off. */
const clocksApartMs = 5_000;

/** A moment by the common clock, with what a process needs to know the next one. */
export interface SharedNow extends SharedMoment {
  /** By how much the common clock is ahead of this process's own. */
  readonly ahead: number;
}

/**
 * What time it is by the clock that processes keep together in one state. Time passes there only as one process measured
 * it by its own clock, from one of its looks to its next, so that clocks that differ never count a second twice; from a
 * moment that lies ahead, none has passed. A process that looks for the first time has nothing but the other's word for
 * when that was, and takes off what clocks may be apart. `ahead` is from its last look.
 */
export function sharedNow(last: SharedMoment | undefined, wallAt: number, ahead: number | undefined): SharedNow {
  const at = last === undefined ? wallAt : Math.max(last.at, measured(last, wallAt, ahead));
  return { at, wallAt, ahead: at - wallAt };
}

function measured(last: SharedMoment, wallAt: number, ahead: number | undefined): number {
  return ahead === undefined ? last.at + wallAt - last.wallAt - clocksApartMs : wallAt + ahead;
}
