/** The only source of time. Everything that waits, expires or stamps takes it from here. */
export interface Clock {
  /** Milliseconds since 1970 in UTC. */
  now(): number;
  /**
   * Milliseconds since some moment, which never go back when the clock is set. Leases are measured by it, so that a clock
   * that is set back prolongs none. Left out, `now` has to do.
   */
  elapsed?(): number;
  /** Resolves after `ms` of this clock's time; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Aborts after `ms` unless `clear` is called first. Apart from `sleep` so that a simulated clock can tell a limit
   * that should not be reached from a wait that should.
   */
  deadline(ms: number): { readonly signal: AbortSignal; clear(): void };
}

/** The only source of chance: a number from 0 up to and without 1. Jitter and ids draw from it. */
export type Random = () => number;
