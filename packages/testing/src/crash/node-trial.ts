import { injector } from './injector.ts';
import { localGround } from './local-ground.ts';
import type { Task, Trial } from './messages.ts';
import { childProcess, type Children } from './node-child.ts';
import { openDoors } from './node-doors.ts';
import { playStory, type Ground } from './trial.ts';
import type { CrashWorld } from './world.ts';

/** Makes one run of a world. Without `pool` a kill of stores at a place is one of a process that is none, too. */
export async function makeTrial(
  world: CrashWorld<never>,
  { store, plan, flows, laterMs }: Task,
  place: string,
  pool: Children | undefined,
): Promise<Trial> {
  const stores = world.stores[store];
  if (!stores)
    throw new RangeError(`This world has no stores "${store}"; it has "${Object.keys(world.stores).join('", "')}".`);
  if (pool && stores.live === 'at-place' && plan.some(({ kind }) => kind === 'kill')) {
    const killed = childGround({ store, plan }, place, stores, pool);
    const ending = await playStory(world, killed.ground, { flows });
    return { ending, points: [], fired: Math.min(plan.length, killed.deaths) };
  }
  const points = injector(plan);
  const ending = await playStory(world, localGround(world, stores, place, points), {
    flows,
    laterMs,
    isClean: plan.length === 0,
  });
  return { ending, points: points.points, fired: points.fired };
}

/** A ground on which each process is one of the machine, and a killed one is really dead. */
function childGround(
  { store, plan }: Pick<Task, 'store' | 'plan'>,
  place: string,
  stores: Extract<CrashWorld['stores'][string], { live: 'at-place' }>,
  pool: Children,
): { readonly ground: Ground; readonly deaths: number } {
  let opened: Awaited<ReturnType<typeof openDoors>> | undefined;
  let deaths = 0;
  let starts = 0;
  return {
    get deaths() {
      return deaths;
    },
    ground: {
      async open(platforms) {
        opened = await openDoors(platforms);
        await stores.remove(place);
      },
      async start(_platforms, clock) {
        deaths = starts++;
        return childProcess(pool, clock, { store, place, plan: plan.slice(deaths), doors: opened?.doors ?? {} });
      },
      async close() {
        await opened?.close();
        await stores.remove(place);
      },
    },
  };
}
