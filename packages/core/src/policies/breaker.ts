import type { Clock } from '../ports/clock.ts';

export interface BreakerSettings {
  readonly clock: Clock;
  /** Failures in a row that open the circuit. */
  readonly failures: number;
  /** How long it stays open before one call may try. */
  readonly coolDownMs: number;
}

/** What became of a call that was let through. `unknown` says nothing of the platform: the call never got there. */
export type Health = 'well' | 'unwell' | 'unknown';

export interface Breaker {
  /** Lets a call through, or says how long none is let through. Every call let through has to be reported. */
  enter():
    | { readonly open: false; report(health: Health): void }
    | { readonly open: true; readonly retryAfterMs: number };
}

/**
 * Stops calls to a platform that does not work, so that they neither wait for it nor add to its trouble. After the cool
 * down one call goes through as a probe: if it goes well the circuit closes, if not it stays open for as long again.
 */
export function breaker({ clock, failures, coolDownMs }: BreakerSettings): Breaker {
  let inARow = 0;
  let openedAt: number | undefined;
  let probe: { since: number } | undefined;
  // Calls that left before the circuit opened come back late; they say nothing of the platform's health since then.
  let generation = 0;

  function trip(): void {
    openedAt = clock.now();
    inARow = 0;
    generation++;
  }

  return {
    enter() {
      const isProbe = openedAt !== undefined;
      if (openedAt !== undefined) {
        // At most the cool down, also when the clock was set back.
        openedAt = Math.min(openedAt, clock.now());
        const restMs = openedAt + coolDownMs - clock.now();
        if (restMs > 0) return { open: true, retryAfterMs: restMs };
        // While a probe is out nobody knows. One that is not heard of for a whole cool down may never be.
        if (probe) {
          probe.since = Math.min(probe.since, clock.now());
          const probeRestMs = probe.since + coolDownMs - clock.now();
          if (probeRestMs > 0) return { open: true, retryAfterMs: probeRestMs };
        }
        probe = { since: clock.now() };
      }
      const own = isProbe ? probe : undefined;
      const enteredIn = generation;
      let reported = false;
      return {
        open: false,
        report(health) {
          if (reported || enteredIn !== generation) return;
          reported = true;
          // One that comes back late must not take the slot of the probe that went after it.
          if (health !== 'unknown' || probe === own) probe = undefined;
          if (health === 'unknown') return;
          if (health === 'unwell') {
            inARow++;
            if (isProbe || inARow >= failures) trip();
            return;
          }
          inARow = 0;
          if (isProbe) {
            openedAt = undefined;
            generation++;
          }
        },
      };
    },
  };
}
