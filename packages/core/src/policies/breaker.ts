import type { Clock } from '../ports/clock.ts';
import { closedCircuit, enter, report, type CircuitSettings, type Health } from './circuit.ts';

export interface BreakerSettings extends CircuitSettings {
  readonly clock: Clock;
}

/** How a call is let through, or for how long none is. */
export type BreakerEntry<Reported = undefined> =
  | { readonly open: false; report(health: Health): Reported }
  | { readonly open: true; readonly retryAfterMs: number };

export interface Breaker {
  /** Lets a call through, or says how long none is let through. Every call let through has to be reported. */
  enter(): BreakerEntry;
}

/**
 * Stops calls to a platform that does not work, so that they neither wait for it nor add to its trouble. After the cool
 * down `probes` calls at a time go through to try: if as many go well the circuit closes, if one does not it stays open
 * for as long again.
 */
export function breaker({ clock, ...settings }: BreakerSettings): Breaker {
  const circuit = closedCircuit();
  return {
    enter() {
      const entry = enter(circuit, clock.now(), settings);
      if ('retryAfterMs' in entry) return { open: true, ...entry };
      let isReported = false;
      return {
        open: false,
        report(health) {
          if (!isReported) report(circuit, entry, health, clock.now(), settings);
          isReported = true;
          return undefined;
        },
      };
    },
  };
}
