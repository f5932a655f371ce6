import { canonicalJson } from '@crossdock/core';
import { differing, steadied } from './differing.ts';
import { isSound, judge, type Ending, type Verdict } from './judge.ts';
import type { Trial } from './messages.ts';
import type { Runners } from './node-runners.ts';
import { failureText } from './report.ts';
import { withoutIds } from './own-ids.ts';
import type { CrashWorld, WorldState } from './world.ts';

/** The run that all others are compared with, and how that is done. */
export type Clean = { readonly clean: Trial; readonly judged: (ending: Ending) => Verdict };

/** A week and a minute: the same day of the week and nearly the same time of the day, and no moment is the same. */
const laterMs = 7 * 86_400_000 + 61_007;

/** Plays the story without a crash. It has to end well, to change something, and to end twice alike. */
export async function cleanRun(world: CrashWorld<never>, runners: Runners, store: string): Promise<Clean> {
  const clean = await runners.run({ store, plan: [], flows: [] });
  const again = await runners.run({ store, plan: [], flows: [] });
  const isOwn = world.state !== undefined;
  const later = isOwn ? again : await runners.run({ store, plan: [], flows: [], laterMs });
  const named = (state: WorldState) => (isOwn ? state : withoutIds(state));
  const wantedState = named(clean.ending.state);
  const left = isOwn
    ? new Set<string>()
    : new Set([again, later].flatMap(({ ending }) => [...differing(wantedState, named(ending.state))]));
  const seen = (ending: Ending): Ending => ({ ...ending, state: steadied(named(ending.state), left) });
  const wanted = seen(clean.ending);
  const judged = (ending: Ending) => judge(wanted, seen(ending));
  refuse(store, 'did not end well without any crash', judged(clean.ending));
  refuse(store, 'ended otherwise when it was played once more', judged(again.ending));
  refuseNothing(store, clean.ending);
  refuseFaults(store, clean.ending);
  return { clean, judged };
}

function refuse(store: string, what: string, verdict: Verdict): void {
  if (isSound(verdict)) return;
  throw new Error(`The story on "${store}" ${what}.\n${failureText({ store, plan: [], verdict }, '')}`);
}

function refuseNothing(store: string, { state, before }: Ending): void {
  if (Object.values(state).every((records) => records.length === 0)) {
    throw new Error(
      `Nothing can be compared on "${store}": no record stands in the world when the story is over. Give the platforms a "state" with lists, or the world one.`,
    );
  }
  if (before && canonicalJson(before) === canonicalJson(state)) {
    throw new Error(
      `The story on "${store}" changes nothing of what is compared, so no crash could. Let something happen, or compare what it changes ("state").`,
    );
  }
}

/** A program that is wrong by itself does less than it should, and then less can be lost. */
function refuseFaults(store: string, { inspection }: Ending): void {
  const faults = inspection.exceptions.filter(
    ({ kind, category }) => kind === 'configuration' || category === 'defect',
  );
  if (faults.length === 0) return;
  const words = faults.map(({ code, run, message }) => `  "${run}" waits as ${code}: ${message}`);
  throw new Error(`The program fails on "${store}" without any crash. Mend it first.\n${words.join('\n')}`);
}
