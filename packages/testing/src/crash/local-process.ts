import type { Stores } from '@crossdock/core';
import { idleness, withTime } from './asking.ts';
import { never, processClock, type WorldClock } from './clock.ts';
import { gate } from './gate.ts';
import { gatedFetch } from './gated-fetch.ts';
import type { Injector } from './injector.ts';
import type { LiveProcess } from './process.ts';
import { startProgram } from './program.ts';
import { originsOf } from './receivers.ts';
import type { CrashPlatforms, CrashWorld } from './world.ts';

/**
 * A process that is none: the program runs here, and a kill shuts everything through which it could still do something.
 * `close` says whether its stores are closed when it ends: a place is opened anew, stores in the process live on.
 */
export async function localProcess(
  world: CrashWorld<never>,
  {
    stores,
    closes,
    platforms,
    clock,
    injector,
  }: {
    readonly stores: Stores;
    readonly closes: boolean;
    readonly platforms: CrashPlatforms;
    readonly clock: WorldClock;
    readonly injector: Injector;
  },
): Promise<LiveProcess | 'died'> {
  const { promise: died, resolve } = Promise.withResolvers<'died'>();
  const idle = idleness();
  const door = gate(injector, () => {
    own.stop();
    resolve('died');
  });
  const own = processClock(
    clock.now(),
    () => door.open > 0,
    (nextAt) => idle.tell(nextAt),
  );
  const receivers = new Map(
    Object.entries(platforms).flatMap(([system, platform]) =>
      originsOf(platform).map((origin) => [origin, { system, send: (request: Request) => platform.fetch(request) }]),
    ),
  );
  let stranger: Error | undefined;
  const fetch = gatedFetch(door, receivers, (error) => {
    stranger ??= error;
  });
  // The machine closes what a dead process had open.
  const buried = async () => {
    if (closes) await stores.close().catch(() => {});
  };
  const program = await Promise.race([startProgram(world, stores, door, own, fetch), died]);
  if (program === 'died') {
    await buried();
    return 'died';
  }
  return {
    async ask(ask) {
      if (door.isDead) return never();
      own.goOnTo(clock.now());
      const answer = await withTime(clock, Promise.race([program.ask(ask), died]), idle, (now) => own.goOnTo(now));
      if (stranger) throw stranger;
      if (answer === 'died') await buried();
      else if (ask.ask === 'receive' || ask.ask === 'take') injector.note();
      return answer;
    },
    get isCondemned() {
      return door.isCondemned;
    },
    async end() {
      own.stop();
      if (closes) await program.close();
    },
  };
}
