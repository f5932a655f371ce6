import { isSound, type Verdict } from './judge.ts';
import { pointName, type Crash } from './point.ts';

/** A run that did not end as the clean one. */
export type CrashFailure = {
  readonly store: string;
  readonly plan: readonly Crash[];
  readonly verdict: Verdict;
};
/** What came of crashing a program everywhere. */
export interface CrashReport {
  /** Places at which it can crash, by its clean run. */
  readonly points: number;
  /** Those of them at which a request leaves or is answered. Without any, nothing that is promised of writes was tried. */
  readonly sends: number;
  /** How many kinds of crashes there were. */
  readonly kinds: number;
  readonly stores: readonly string[];
  /** Which pairs of crashes there were. See `CrashOptions`. */
  readonly pairs?: boolean | 'only' | 'all';
  /** Runs with all their crashes. */
  readonly runs: number;
  /** Records that are there more often than after the clean run, over all runs. */
  readonly duplicates: number;
  /** Records of the clean run that were missing or other. */
  readonly losses: number;
  /** Runs, stories and exceptions that came to no end. */
  readonly stuck: number;
  /** Invariants that did not hold. */
  readonly broken: number;
  /** Writes that rightly wait for a person, because nobody can know whether they happened. */
  readonly uncertain: number;
  /** How many of these the world allows. */
  readonly uncertainAllowed: number;
  /** Exceptions that the story leaves to a person without any crash. */
  readonly held: number;
  /** Crashes that did not happen, because the run did not come by their point: nothing is proved of them. */
  readonly unreached: readonly string[];
  /** Those of them that had no other crash before: points of the clean run that no run came by again. */
  readonly missed: number;
  readonly failures: readonly CrashFailure[];
  readonly seconds: number;
}

/** Whether every crash that happened was survived. */
export function isProved(report: Proof): boolean {
  return whyNotProved(report).length === 0;
}

type Proof = Pick<
  CrashReport,
  | 'failures'
  | 'runs'
  | 'sends'
  | 'duplicates'
  | 'losses'
  | 'stuck'
  | 'broken'
  | 'uncertain'
  | 'uncertainAllowed'
  | 'unreached'
  | 'missed'
>;

/** What keeps a report from being a proof, in words; nothing if it is one. */
export function whyNotProved(report: Proof): readonly string[] {
  const { failures, runs, sends, uncertain, uncertainAllowed, unreached, missed } = report;
  const counted = (['duplicates', 'losses', 'stuck', 'broken'] as const).flatMap((what) =>
    report[what] > 0 ? [`${what === 'broken' ? 'broken invariants' : what} ${report[what]}`] : [],
  );
  return [
    ...(failures.length > 0 ? [`${failures.length} runs did not end as the clean one: ${counted.join(', ')}`] : []),
    ...(runs === 0 ? [`no run came by its crashes${unreached.length > 0 ? `: ${unreached.join('; ')}` : ''}`] : []),
    ...(runs > 0 && missed > 0
      ? [
          `${missed} crashes did not happen, because the run is another one each time: make what it sends and stores depend on nothing but the story ("random" and "clock" of the runtime)`,
        ]
      : []),
    ...(sends === 0
      ? [`no request of the program was seen, so that none was crashed: let it send through the "fetch" of its runtime`]
      : []),
    ...(uncertain > uncertainAllowed
      ? [
          `${uncertain} writes wait for a person because nobody can know whether they happened, and the world allows ${uncertainAllowed} ("uncertain")`,
        ]
      : []),
  ];
}

/** The one line for programs. */
export function reportJson({ points, kinds, stores, runs, duplicates, losses, stuck, seconds }: CrashReport): string {
  return JSON.stringify({ points, kinds, stores, runs, duplicates, losses, stuck, seconds });
}

/** "memory, kill after commit 17: …, then kill before send 2: …". */
function planName(store: string, plan: readonly Crash[]): string {
  return `${store}: ${plan.map(({ kind, point }) => `${kind} ${pointName(point)}`).join(', then ')}`;
}

/** What a person reads of a run that went wrong, with the command that repeats it. */
export function failureText({ store, plan, verdict }: CrashFailure, command: string): string {
  const [first, second] = plan;
  const words = Object.entries(verdict).flatMap(([what, found]) =>
    what === 'uncertain' ? [] : found.map((text) => `  ${what}: ${text}`),
  );
  return [
    planName(store, plan),
    ...words,
    ...(first
      ? [
          `  again: ${command} --store ${store} --kind ${plan.map(({ kind }) => kind).join(',')} --point ${quoted(first)}${second ? ` --second ${quoted(second)}` : ''}`,
        ]
      : []),
  ].join('\n');
}

/** For a shell. */
function quoted({ point }: Crash): string {
  return `'${pointName(point).replaceAll("'", String.raw`'\''`)}'`;
}

/** What a person reads at the end. */
export function reportText(report: CrashReport): string {
  const { points, kinds, stores, runs, duplicates, losses, stuck, broken, uncertain, held, unreached, seconds } =
    report;
  return [
    `${runs} runs in ${seconds} s: ${points} points, ${kinds} kinds of crashes, stores ${stores.join(', ')}.`,
    `  duplicates ${duplicates}, losses ${losses}, stuck ${stuck}${broken > 0 ? `, broken invariants ${broken}` : ''}`,
    ...(report.pairs === true || report.pairs === 'only'
      ? [
          '  left out: pairs of kills that leave the world of another, and most pairs with a throw or a lost answer (--pairs)',
        ]
      : []),
    ...(held > 0 ? [`  held ${held}: the story leaves them to a person without any crash`] : []),
    ...(uncertain > 0 ? [`  uncertain ${uncertain}: wait for a person, because nobody can know`] : []),
    ...(unreached.length > 0
      ? [
          `  not reached ${unreached.length}: the run did not come by these points`,
          ...unreached.map((one) => `    ${one}`),
        ]
      : []),
  ].join('\n');
}

/** Adds up runs as they come in. */
export function tally() {
  const failures: CrashFailure[] = [];
  const unreached: string[] = [];
  const sums = { runs: 0, missed: 0, duplicates: 0, losses: 0, stuck: 0, broken: 0, uncertain: 0 };
  return {
    sums,
    failures,
    unreached,
    add(store: string, plan: readonly Crash[], fired: number, verdict: Verdict): boolean {
      const isComplete = fired === plan.length;
      if (isComplete) sums.runs++;
      else unreached.push(planName(store, plan));
      if (!isComplete && plan.length === 1) sums.missed++;
      for (const what of ['duplicates', 'losses', 'stuck', 'broken', 'uncertain'] as const) {
        sums[what] += verdict[what].length;
      }
      if (!isSound(verdict)) failures.push({ store, plan, verdict });
      return isComplete;
    },
  };
}
