import type { Reading } from '../../src/policies/bucket.ts';
import type { Throttle } from '../../src/policies/throttle.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { lanes, type Lane } from '../../src/ports/options.ts';
import { seededRandom } from '../../../testing/src/fake/random.ts';
import { eventClock } from './event-clock.ts';
import type { ModelPlatform } from './model-platform.ts';

export const hourMs = 3_600_000;

export interface Load {
  readonly seed: number;
  /** The way to the platform and the way back take up to so long, each. */
  readonly maxLatencyMs: number;
  readonly cost: number;
  /** Callers in each lane of each process, each of whom asks again as soon as it was answered. */
  readonly callers: Readonly<Record<Lane, number>>;
  readonly tellsAvailable: boolean;
  /** Default an hour. */
  readonly lastsMs?: number;
  /** When each process is there. Default: all of them, all the time. */
  readonly presences?: readonly Presence[];
}

/** A process that begins at some moment, and later stands still for some time with all that it does. */
interface Presence {
  readonly joinsAt: number;
  readonly standsStillAt: number;
  readonly standsStillMs: number;
}

const always: Presence = { joinsAt: 0, standsStillAt: 0, standsStillMs: 0 };

export interface Outcome {
  readonly accepted: number;
  readonly refused: number;
  readonly byLane: Readonly<Record<Lane, number>>;
  readonly longestWaitMs: Readonly<Record<Lane, number>>;
}

/** A saturating load for an hour of simulated time, or as long as it says, on as many processes as there are throttles. */
export async function hour(
  throttlesOn: (clock: Clock) => readonly Throttle[],
  platform: ModelPlatform,
  load: Load,
): Promise<Outcome> {
  const clock = eventClock();
  const throttles = throttlesOn(clock);
  const { lastsMs = hourMs, presences = [] } = load;
  const random = seededRandom(load.seed);
  const outcome = { accepted: 0, refused: 0, byLane: { urgent: 0, normal: 0, bulk: 0 } };
  const longestWaitMs = { urgent: 0, normal: 0, bulk: 0 };
  const way = () => Math.floor(random() * load.maxLatencyMs);

  async function standStill({ standsStillAt, standsStillMs }: Presence): Promise<void> {
    const restMs = standsStillAt + standsStillMs - clock.now();
    if (clock.now() >= standsStillAt && restMs > 0) await clock.sleep(restMs);
  }

  async function caller(lane: Lane, allowance: Throttle, presence = always): Promise<void> {
    if (presence.joinsAt > 0) await clock.sleep(presence.joinsAt);
    while (clock.now() < lastsMs) {
      await standStill(presence);
      const asked = clock.now();
      const reservation = await allowance.reserve(load.cost, lane);
      longestWaitMs[lane] = Math.max(longestWaitMs[lane], clock.now() - asked);
      await standStill(presence);
      await clock.sleep(way());
      const accepted = platform.arrive(load.cost, clock.now());
      const reading: Reading = load.tellsAvailable ? { available: platform.available(clock.now()) } : {};
      await clock.sleep(way());
      await standStill(presence);
      if (accepted) {
        outcome.accepted += load.cost;
        outcome.byLane[lane] += load.cost;
        reservation.settle(reading);
      } else {
        outcome.refused++;
        reservation.refused(undefined);
      }
    }
  }

  for (const lane of lanes) {
    for (const [place, allowance] of throttles.entries()) {
      for (let count = 0; count < load.callers[lane]; count++) void caller(lane, allowance, presences[place]);
    }
  }
  await clock.run(lastsMs);
  return { ...outcome, longestWaitMs };
}
