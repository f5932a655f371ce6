import type { Stores } from '@crossdock/core';
import type { Injector } from './injector.ts';
import { localProcess } from './local-process.ts';
import type { Ground } from './trial.ts';
import type { CrashStores, CrashWorld } from './world.ts';

/** A ground on which all processes of a run run here, one after another. `place` is a name that nobody else uses. */
export function localGround(world: CrashWorld<never>, kind: CrashStores, place: string, injector: Injector): Ground {
  let kept: Stores | undefined;
  return {
    async start(platforms, clock) {
      const stores = kind.live === 'in-process' ? (kept ??= await kind.make(clock)) : await kind.open(place, clock);
      return localProcess(world, { stores, closes: kind.live === 'at-place', platforms, clock, injector });
    },
    note: () => injector.note(),
    async open() {
      if (kind.live === 'at-place') await kind.remove(place);
    },
    async close() {
      await kept?.close();
      if (kind.live === 'at-place') await kind.remove(place);
    },
  };
}
