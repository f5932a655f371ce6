import type { Clock } from '@crossdock/core';
import type { Figure } from './inventory-figure.ts';

/** Longest time in which a number that Amazon took is said to be on its way. */
const flightMs = 15 * 60_000;

/** Remembers which numbers this connector has sent and buyers do not see yet. */
export interface Flights {
  /** A number was sent, or taken, for a SKU that showed this figure. */
  sent(sku: string, quantity: number, shown: number): void;
  /**
   * Whether the submitted number is on its way: this connector sent it, and what is shown is still one of the numbers
   * before it. It may have arrived between two looks and been sold down to such a number, so nothing goes up on this word.
   */
  isComing(sku: string, figure: Figure): boolean;
}

/** A memory of one connector; what other processes have sent it does not know. */
export function flights(clock: Clock): Flights {
  const bySku = new Map<
    string,
    { readonly quantity: number; readonly older: ReadonlySet<number>; readonly until: number }
  >();

  return {
    sent(sku, quantity, shown) {
      const now = clock.now();
      // The oldest stand first.
      for (const [one, { until }] of bySku) {
        if (until > now) break;
        bySku.delete(one);
      }
      const before = bySku.get(sku);
      const older = new Set([shown, ...(before?.older ?? []), ...(before ? [before.quantity] : [])]);
      older.delete(quantity);
      bySku.delete(sku);
      bySku.set(sku, { quantity, older, until: now + flightMs });
    },
    isComing(sku, { shown, submitted }) {
      const flight = bySku.get(sku);
      if (flight === undefined) return false;
      if (shown === flight.quantity || flight.until <= clock.now()) {
        bySku.delete(sku);
        return false;
      }
      return submitted === flight.quantity && flight.older.has(shown);
    },
  };
}
