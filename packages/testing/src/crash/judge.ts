import { canonicalJson, type Json } from '@crossdock/core';
import type { Inspection } from './program.ts';
import type { WorldState } from './world.ts';

/** How a run ended: what stands in the world, and what the stores say. */
export type Ending = {
  readonly state: WorldState;
  readonly inspection: Inspection;
  /** Why it never became quiet, where it did not. */
  readonly never?: string | undefined;
  /** The invariants that do not hold, in words. */
  readonly broken: readonly string[];
};
/** What is wrong with an ending, one sentence each. */
export type Verdict = {
  /** Records that are there more often than after the clean run, or that only this run has. */
  readonly duplicates: readonly string[];
  /** Records of the clean run that are missing or other. */
  readonly losses: readonly string[];
  /** What came to no end: runs, the story itself, and what waits for a person that did not in the clean run. */
  readonly stuck: readonly string[];
  readonly broken: readonly string[];
  /** Writes of which nobody can know, and which wait for a person: neither lost nor doubled. */
  readonly uncertain: readonly string[];
};

/** Compares the end of a run with the end of the clean one. */
export function judge(clean: Ending, ending: Ending): Verdict {
  const { exceptions, unfinished } = ending.inspection;
  const known = new Set(clean.inspection.exceptions.map(({ run, code }) => `${code} ${run}`));
  const uncertain = exceptions.filter(isUncertain);
  const fresh = exceptions.filter((one) => !isUncertain(one) && !known.has(`${one.code} ${one.run}`));
  const waiting = new Set(exceptions.map(({ run }) => run));
  const before = new Set(clean.inspection.unfinished);
  const held = uncertain.length > 0;
  const idle = unfinished.filter((run) => !waiting.has(run) && !before.has(run));
  const { more, less } = difference(clean.state, ending.state);
  return {
    duplicates: more,
    // What follows on a write that a person has to decide about waits with it.
    losses: held ? [] : less,
    stuck: [
      ...(ending.never === undefined ? [] : [ending.never]),
      ...fresh.map(({ code, run, message }) => `"${run}" waits as ${code}: ${message}`),
      // Later runs of a key wait for the one that a person has to decide about.
      ...(held ? [] : idle.map((run) => `"${run}" is neither done nor before a person`)),
    ],
    broken: ending.broken,
    uncertain: uncertain.map(({ run, message }) => `"${run}": ${message}`),
  };
}

function isUncertain({ category }: { readonly category: string }): boolean {
  return category === 'uncertain';
}

/** Whether anything is wrong. */
export function isSound({ duplicates, losses, stuck, broken }: Verdict): boolean {
  return duplicates.length + losses.length + stuck.length + broken.length === 0;
}

/**
 * A record that is there once more than in the clean run is doubled. One that the clean run does not have stands for one
 * that is missing among its kind, if there is any: then what should be there is lost, and else it is too much.
 */
function difference(
  clean: WorldState,
  ending: WorldState,
): { readonly more: readonly string[]; readonly less: readonly string[] } {
  const more: string[] = [];
  const less: string[] = [];
  for (const kind of new Set([...Object.keys(clean), ...Object.keys(ending)])) {
    const wanted = counted(clean[kind] ?? []);
    const found = counted(ending[kind] ?? []);
    const missing: string[] = [];
    const strange: string[] = [];
    for (const text of new Set([...wanted.keys(), ...found.keys()])) {
      const surplus = (found.get(text) ?? 0) - (wanted.get(text) ?? 0);
      if (surplus < 0) missing.push(...Array.from({ length: -surplus }, () => text));
      if (surplus > 0 && wanted.has(text))
        more.push(...Array.from({ length: surplus }, () => `${kind}: ${shortened(text)}`));
      if (surplus > 0 && !wanted.has(text)) strange.push(...Array.from({ length: surplus }, () => text));
    }
    less.push(
      ...missing.map((text, index) => {
        const other = strange[index];
        return `${kind}: ${other === undefined ? shortened(text) : changes(text, other)}`;
      }),
    );
    more.push(...strange.slice(missing.length).map((text) => `${kind}: ${shortened(text)}`));
  }
  return { more, less };
}

function counted(records: WorldState[string]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const record of records) {
    const text = canonicalJson(record);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** Which fields of a record are other than they should be. */
function changes(wanted: string, found: string): string {
  const [should, is] = [fieldsOf(wanted), fieldsOf(found)];
  const names = [...new Set([...Object.keys(should), ...Object.keys(is)])];
  const differing = names.filter((name) => canonicalJson(should[name]) !== canonicalJson(is[name]));
  const named = names.filter((name) => !differing.includes(name) && typeof should[name] !== 'object').slice(0, 3);
  return [
    ...named.map((name) => `${name} ${canonicalJson(should[name])}`),
    ...differing.map(
      (name) =>
        `${name} should be ${shortened(canonicalJson(should[name]))} and is ${shortened(canonicalJson(is[name]))}`,
    ),
  ].join(', ');
}

function fieldsOf(text: string): Readonly<Record<string, Json>> {
  // It was written by `canonicalJson`.
  const value = JSON.parse(text) as Json;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : { value };
}

const longest = 300;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
