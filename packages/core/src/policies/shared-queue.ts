import { lanes, type Lane } from '../ports/options.ts';
import { firstLane, passOver, type PassedOver } from './lane-order.ts';

/** A call that waits for its share, and since when by the store's clock. */
export interface WaitingCall {
  readonly cost: number;
  readonly since: number;
}

/** Those of one process that wait in one lane, in their order. */
export interface Line {
  readonly process: number;
  readonly lane: Lane;
  readonly calls: readonly WaitingCall[];
}

/** Whose turn it is: the call of that process and lane that waits longest. */
export interface Turn {
  readonly process: number;
  readonly lane: Lane;
  readonly cost: number;
  /** The lanes in which somebody waited, the one whose turn it is among them. */
  readonly occupied: readonly Lane[];
}

/**
 * The order in which the calls of all processes are let through: that of the lanes, with the same patience as within one
 * process; in a lane who waits longest. Every process reckons with the same lines, so no two hold each other up.
 */
export function* turnsOf(lines: readonly Line[], passedOver: Readonly<PassedOver>): Generator<Turn> {
  const reckoned = { ...passedOver };
  const places = lines.map((line) => ({ ...line, next: 0 }));
  for (;;) {
    const waiting = places.flatMap((place) => {
      const call = place.calls[place.next];
      return call ? [{ place, call }] : [];
    });
    const occupied = lanes.filter((lane) => waiting.some(({ place }) => place.lane === lane));
    const lane = firstLane(occupied, reckoned);
    const [first, ...others] = waiting.filter(({ place }) => place.lane === lane);
    if (lane === undefined || first === undefined) return;
    const { place, call } = others.reduce((best, one) => (goesBefore(one, best) ? one : best), first);
    place.next++;
    passOver(reckoned, lane, occupied);
    yield { process: place.process, lane, cost: call.cost, occupied };
  }
}

type Head = { readonly place: { readonly process: number }; readonly call: WaitingCall };

function goesBefore(one: Head, other: Head): boolean {
  if (one.call.since !== other.call.since) return one.call.since < other.call.since;
  return one.place.process < other.place.process;
}
