import { Hung } from './asking.ts';
import { worldClock, type WorldClock } from './clock.ts';
import { deliveries, type Deliveries } from './deliveries.ts';
import { driver, NeverQuiet, type Driver } from './drive.ts';
import type { Ending } from './judge.ts';
import type { LiveProcess } from './process.ts';
import type { Inspection } from './program.ts';
import { plainState, recordsOf } from './records.ts';
import type { CrashPlatforms, CrashWorld, WorldState } from './world.ts';

const startAt = '2026-11-01T08:00:00Z';
const nothing: Inspection = { exceptions: [], unfinished: [], flows: [] };

/** What a trial runs on: how a process is started, and what has to be taken away afterwards. */
export type Ground = {
  start(platforms: CrashPlatforms, clock: WorldClock): Promise<LiveProcess | 'died'>;
  /** Opens doors for processes elsewhere. */
  open?(platforms: CrashPlatforms): Promise<void>;
  close?(): Promise<void>;
  /** Told whenever something happens outside. */
  note?(): void;
};

/**
 * Plays the story of a world once from the beginning to its end. `flows` are those of which runs may be under way. A clean run
 * says what stood before the story, too.
 */
export async function playStory(
  world: CrashWorld<never>,
  ground: Ground,
  {
    flows,
    laterMs = 0,
    isClean = false,
  }: { readonly flows: readonly string[]; readonly laterMs?: number | undefined; readonly isClean?: boolean },
): Promise<Ending> {
  let mail: Deliveries | undefined;
  const clock = worldClock(new Date(Date.parse(startAt) + laterMs).toISOString(), () => mail?.waiting ?? 0);
  // The story of a world takes the platforms that the same world makes.
  const platforms = await (world as unknown as CrashWorld).platforms(clock);
  const outside = deliveries(platforms, { clock, queues: world.queues ?? [] });
  mail = outside;
  const before = isClean ? standingIn(world, platforms) : undefined;
  const reached = counted(platforms, clock);
  await ground.open?.(reached);
  const player = driver(() => ground.start(reached, clock), { clock, mail: outside, polls: world.polls ?? [] });
  try {
    let never: string | undefined;
    try {
      for (const { afterMs = 0, happens } of world.story) {
        if (afterMs > 0) await player.settle(clock.now() + afterMs);
        await happens?.(platforms as never, outside);
        ground.note?.();
        await player.settle();
      }
    } catch (error) {
      if (!(error instanceof NeverQuiet) && !(error instanceof Hung)) throw error;
      never = error.message;
    }
    const inspection = never === undefined ? await inspected(player, flows) : nothing;
    return { state: standingIn(world, platforms), before, inspection, never, broken: brokenIn(world, platforms) };
  } finally {
    await player.end();
    await ground.close?.();
  }
}

/** The platforms as they are reached, so that the clock knows which of them are at work. */
function counted(platforms: CrashPlatforms, clock: WorldClock): CrashPlatforms {
  return Object.fromEntries(
    Object.entries(platforms).map(([system, platform]) => {
      const { fetch, origin, otherOrigins } = platform;
      const send: typeof fetch = (input, init) => clock.during(fetch(input, init));
      return [system, { origin, otherOrigins, fetch: send }];
    }),
  );
}

async function inspected(player: Driver, flows: readonly string[]): Promise<Inspection> {
  const answer = await player.ask({ ask: 'inspect', flows });
  if (answer.answer === 'inspected') return answer.inspection;
  throw new Error(
    `The stores could not be looked into at the end: ${answer.answer === 'failed' ? answer.message : answer.answer}.`,
  );
}

/** The state of a world takes the platforms that the same world makes. */
function standingIn(world: CrashWorld<never>, platforms: CrashPlatforms): WorldState {
  const { state } = world as unknown as CrashWorld;
  return state ? plainState(state(platforms)) : recordsOf(platforms);
}

function brokenIn({ invariants = {} }: CrashWorld<never>, platforms: CrashPlatforms): readonly string[] {
  return Object.entries(invariants).flatMap(([name, check]) => {
    const seen = check(platforms as never);
    return seen === undefined ? [] : [`${name}: ${seen}`];
  });
}
