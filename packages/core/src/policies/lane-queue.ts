import { lanes, type Lane } from '../ports/options.ts';
import { firstLane, passOver, type PassedOver } from './lane-order.ts';

/** Callers in the order in which they are let through. */
export interface LaneQueue<W> {
  add(waiting: W, lane: Lane): void;
  remove(waiting: W): void;
  /** Who is next, without taking them out. */
  next(): W | undefined;
  /** Takes out whoever is next. */
  take(): W | undefined;
}

/**
 * Urgent before normal before bulk, first come first served in a lane. So that no lane waits for ever, a lane that was
 * passed over nine times while somebody waited in it goes first once: under full load every waiting lane gets at least
 * every eleventh turn.
 */
export function laneQueue<W>(): LaneQueue<W> {
  const waiting: Record<Lane, W[]> = { urgent: [], normal: [], bulk: [] };
  const passedOver: PassedOver = { urgent: 0, normal: 0, bulk: 0 };

  const occupied = () => lanes.filter((lane) => waiting[lane].length > 0);
  const chosen = () => firstLane(occupied(), passedOver);

  return {
    add(one, lane) {
      waiting[lane].push(one);
    },
    remove(one) {
      for (const lane of lanes) waiting[lane] = waiting[lane].filter((other) => other !== one);
    },
    next() {
      const lane = chosen();
      return lane && waiting[lane][0];
    },
    take() {
      const lane = chosen();
      if (!lane) return undefined;
      passOver(passedOver, lane, occupied());
      return waiting[lane].shift();
    },
  };
}
