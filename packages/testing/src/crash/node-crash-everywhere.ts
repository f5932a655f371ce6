import { availableParallelism } from 'node:os';
import { cleanRun, type Clean } from './clean-run.ts';
import type { Reached } from './injector.ts';
import type { Trial } from './messages.ts';
import { runnerHere, runnersElsewhere, type Runners } from './node-runners.ts';
import { crashKinds, kindsAt, pointKey, type Crash, type CrashKind, type CrashPoint } from './point.ts';
import { tally, type CrashReport } from './report.ts';
import type { CrashPlatforms, CrashWorld } from './world.ts';

/** What to crash, and how. */
export interface CrashOptions {
  /** Names of the world's stores. Default all of them. */
  readonly stores?: readonly string[] | undefined;
  /** Default all of them. */
  readonly kinds?: readonly CrashKind[] | undefined;
  /**
   * Two crashes in one run, on the stores that live in the process: the second while the first is recovered from. Default
   * true: two kills wherever each leaves another world, and a sample of the other kinds. `only` leaves single crashes out.
   * `all` does too, and takes every kind at every point after every kind at every point, which takes hours.
   */
  readonly pairs?: boolean | 'only' | 'all' | undefined;
  /**
   * Where a process of the machine is killed: at every point, or only where it leaves another world than at the point before.
   * Default false: after one effect and before the next it leaves the same unless somebody was answered between
   * them or the story went on, and after a read the same as before it.
   */
  readonly everyKill?: boolean | undefined;
  /** Only this point, by its name, and after it this one. */
  readonly point?: CrashPoint | undefined;
  readonly second?: CrashPoint | undefined;
  /** Runs at the same time. Default one for each processor; 1 where the world names no module. */
  readonly parallel?: number | undefined;
  /** Told after each run. `total` grows with what is found. */
  readonly onRun?: ((progress: CrashProgress) => void) | undefined;
}
/** How far it has come. */
export type CrashProgress = {
  readonly store: string;
  readonly done: number;
  readonly total: number;
  readonly failures: number;
};

/**
 * Plays the story of a world once as it is, and then again and again with a crash at every point at which one makes a
 * difference: before and after every commit and every request. After each the program is started again, works until nothing
 * is left to do, and what stands in the world is compared with the end of the clean run. Throws when nothing could be compared:
 * two clean runs do not end alike, nothing stands in the world or the story changes nothing of it, or the clean run fails by
 * the program's own fault.
 */
export async function crashEverywhere<P extends CrashPlatforms>(
  world: CrashWorld<P>,
  options: CrashOptions = {},
): Promise<CrashReport> {
  // Nothing of it is called here but with the platforms that it makes itself.
  const any = world as unknown as CrashWorld<never>;
  const { module } = world;
  const runners = module ? await runnersElsewhere(module, options.parallel ?? availableParallelism()) : runnerHere(any);
  try {
    return await crashAll(any, runners, options);
  } finally {
    await runners.end();
  }
}

async function crashAll(world: CrashWorld<never>, runners: Runners, options: CrashOptions): Promise<CrashReport> {
  const startedAt = performance.now();
  const { stores = Object.keys(world.stores), kinds = crashKinds } = options;
  const sum = tally();
  let points = 0;
  let sends = Number.POSITIVE_INFINITY;
  let held = 0;
  for (const store of stores) {
    const clean = await cleanRun(world, runners, store);
    points = Math.max(points, clean.clean.points.length);
    sends = Math.min(sends, clean.clean.points.filter(({ effect }) => effect === 'send').length);
    held = Math.max(held, clean.clean.ending.inspection.exceptions.length);
    await crashStore(world, runners, store, clean, sum, options);
  }
  return {
    points,
    sends,
    kinds: kinds.length,
    pairs: options.point ? false : (options.pairs ?? true),
    stores,
    ...sum.sums,
    uncertainAllowed: world.uncertain ?? 0,
    held,
    unreached: sum.unreached,
    failures: sum.failures,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  };
}

async function crashStore(
  world: CrashWorld<never>,
  runners: Runners,
  store: string,
  { clean, judged }: Clean,
  sum: ReturnType<typeof tally>,
  { kinds = crashKinds, pairs = true, everyKill = false, point, second, onRun }: CrashOptions,
): Promise<void> {
  const { flows } = clean.ending.inspection;
  const isRead = (label: string) => knownRead.test(label) || world.isRead?.(label) === true;
  const twice = pairs !== false && world.stores[store]?.live === 'in-process';
  let done = 0;
  let total = 0;

  async function crash(plan: readonly Crash[], isCounted = true): Promise<Trial> {
    if (isCounted) total++;
    const trial = await runners.run({ store, plan, flows });
    if (!isCounted) return trial;
    sum.add(store, plan, trial.fired, judged(trial.ending));
    onRun?.({ store, done: ++done, total, failures: sum.failures.length });
    return trial;
  }

  /** Second crashes while one is recovered from. */
  async function crashAgain(first: Crash, { points }: Trial): Promise<void> {
    const seconds =
      pairs === 'all'
        ? points.flatMap((next) => crashesAt(next, kinds))
        : distinct(points, isRead)
            .filter((_next, index) => first.kind === 'kill' || index % sampledSeconds === 0)
            .flatMap((next, index) => {
              if (first.kind === 'kill') return [{ kind: first.kind, point: next }];
              // In turn, so that every kind comes after every kind.
              const possible = crashesAt(next, kinds);
              return possible.slice(index % possible.length).slice(0, 1);
            });
    await Promise.all(seconds.map((next) => crash([first, next])));
  }

  if (point) {
    const chosen = kinds.filter((kind) => kindsAt(point).includes(kind));
    const [one = 'kill', other = one] = kinds;
    if (second)
      await crash([
        { kind: one, point },
        { kind: other, point: second },
      ]);
    else await Promise.all(chosen.map((kind) => crash([{ kind, point }])));
    return;
  }
  const isOtherWorld = new Set(distinct(clean.points, isRead).map((one) => pointKey(one)));
  const isInProcess = world.stores[store]?.live === 'in-process';
  const singles = clean.points.flatMap((one) =>
    crashesAt(one, kinds).filter(
      ({ kind }) => kind !== 'kill' || everyKill || isInProcess || isOtherWorld.has(pointKey(one)),
    ),
  );
  const others = singles.filter(({ kind }) => kind !== 'kill');
  const sampled = new Set(others.filter((_single, index) => index % sampledFirsts === 0));
  await Promise.all(
    singles.map(async (single) => {
      const isChosen = single.kind === 'kill' ? isOtherWorld.has(pointKey(single.point)) : sampled.has(single);
      const goesOn = twice && (pairs === 'all' || isChosen);
      const isAlone = pairs === 'only' || pairs === 'all';
      if (isAlone && !goesOn) return;
      const trial = await crash([single], !isAlone);
      if (goesOn) await crashAgain(single, trial);
    }),
  );
}

/**
 * Points at which a kill finds another world than at the one before: between the end of one effect and the beginning of the
 * next nothing happens that outlives the process, and a read changes nothing, unless others are under way, somebody outside
 * was answered, or the story went on.
 */
function distinct(points: readonly Reached[], isRead: (label: string) => boolean): readonly CrashPoint[] {
  let open = 0;
  let isOther = true;
  return points.filter(({ phase, label, isNews = false }) => {
    isOther ||= isNews;
    open += phase === 'before' ? 0 : -1;
    if (phase === 'after' && !isRead(label)) isOther = true;
    const isKept = isOther || open > 0;
    isOther = false;
    open += phase === 'before' ? 1 : 0;
    return isKept;
  });
}

function crashesAt(point: CrashPoint, kinds: readonly CrashKind[]): readonly Crash[] {
  return kindsAt(point)
    .filter((kind) => kinds.includes(kind))
    .map((kind) => ({ kind, point }));
}

/** Of the first crashes that are no kills every so many is followed by others, at every so many of their points. */
const sampledFirsts = 32;
const sampledSeconds = 4;

const knownRead = /^(GET|HEAD) |^POST \S+ query /;
