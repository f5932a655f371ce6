import { lanes, type Lane } from '../ports/options.ts';

/** How often a waiting lane is passed over before it goes first once. */
const patience = 9;

/** How often each lane was passed over while somebody waited in it. */
export type PassedOver = Record<Lane, number>;

/** Of the lanes in which somebody waits the one that goes first: the most urgent, unless another was passed over too often. */
export function firstLane(occupied: readonly Lane[], passedOver: Readonly<PassedOver>): Lane | undefined {
  return occupied.find((lane) => passedOver[lane] >= patience) ?? occupied[0];
}

/** Notes that somebody of `taken` was let through while somebody waited in each of `occupied`. */
export function passOver(passedOver: PassedOver, taken: Lane, occupied: readonly Lane[]): void {
  for (const lane of lanes) {
    if (lane === taken || !occupied.includes(lane)) passedOver[lane] = 0;
    else passedOver[lane]++;
  }
}
