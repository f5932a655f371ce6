import { canonicalJson, type Json } from '@crossdock/core';
import type { Inspection } from './program.ts';
import type { WorldState } from './world.ts';

/** How a run ended: what stands in the world, and what the stores say. */
export type Ending = {
  readonly state: WorldState;
  readonly inspection: Inspection;
  /** What stood there before the story began, where that was asked for. */
  readonly before?: WorldState | undefined;
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

/**
 * Compares the end of a run with the end of the clean one. What waits in the clean run has to wait here too, for a person or
 * for its time: a run that does not is lost. What was expected of a write that nobody can know of is excused for the records
 * of that run, and for later runs of its key, and for nothing else.
 */
export function judge(clean: Ending, ending: Ending): Verdict {
  const { exceptions, unfinished } = ending.inspection;
  const known = new Set(clean.inspection.exceptions.map(nameOfException));
  const fresh = exceptions.filter((one) => !known.has(nameOfException(one)));
  const uncertain = fresh.filter(isUncertain);
  const waiting = new Set(exceptions.map(({ run }) => run));
  const before = new Set(clean.inspection.unfinished.map(({ id }) => id));
  const heldKeys = new Set(uncertain.map(({ flow, key }) => `${flow} ${key}`));
  const idle = unfinished.filter(
    ({ id, flow, key }) => !waiting.has(id) && !before.has(id) && !heldKeys.has(`${flow} ${key}`),
  );
  const { more, less } = difference(clean.state, ending.state);
  const excused = uncertain.flatMap(({ about }) => about);
  return {
    duplicates: more,
    losses: [
      ...less.filter(({ record }) => !isAbout(record, excused)).map(({ text }) => text),
      ...(ending.never === undefined ? vanished(clean.inspection, ending.inspection) : []),
    ],
    stuck: [
      ...(ending.never === undefined ? [] : [ending.never]),
      ...fresh
        .filter((one) => !isUncertain(one))
        .map(({ code, run, message }) => `"${run}" waits as ${code}: ${message}`),
      ...idle.map(({ id }) => `"${id}" is neither done nor before a person`),
    ],
    broken: ending.broken,
    uncertain: uncertain.map(({ run, message }) => `"${run}": ${message}`),
  };
}

/**
 * What waits after the clean run and does not wait here. If it was done instead, what it did is a record too many, which is
 * wrong as well.
 */
function vanished(clean: Inspection, { exceptions, unfinished }: Inspection): readonly string[] {
  const held = new Set(exceptions.map(({ run }) => run));
  const open = new Set([...held, ...unfinished.map(({ id }) => id)]);
  const heldBefore = new Set(clean.exceptions.map(({ run }) => run));
  return [
    ...clean.exceptions
      .filter(({ run }) => !held.has(run))
      .map(({ code, run }) => `"${run}" should wait for a person as ${code}, and nobody is told of it`),
    ...clean.unfinished
      .filter(({ id }) => !heldBefore.has(id) && !open.has(id))
      .map(({ id }) => `"${id}" should wait, and is gone`),
  ];
}

function nameOfException({ code, run }: Inspection['exceptions'][number]): string {
  return `${code} ${run}`;
}

/** Whether a record has one of these names in it: "1042", or at the end of a longer one, "#1042". */
function isAbout(record: Json, names: readonly string[]): boolean {
  if (typeof record === 'string') return names.some((name) => isNamed(record, name));
  return typeof record === 'object' && record !== null && Object.values(record).some((field) => isAbout(field, names));
}

function isNamed(text: string, name: string): boolean {
  if (text === name) return true;
  // Short names are at the end of too much.
  return name.length >= 3 && text.endsWith(name) && /[^\p{L}\p{N}]$/u.test(text.slice(0, -name.length));
}

function isUncertain({ category }: { readonly category: string }): boolean {
  return category === 'uncertain';
}

/** Whether anything is wrong. */
export function isSound({ duplicates, losses, stuck, broken }: Verdict): boolean {
  return duplicates.length + losses.length + stuck.length + broken.length === 0;
}

/** A record that should be there, and what is wrong in words. */
type Missing = { readonly record: Json; readonly text: string };

/**
 * A record that is there once more than in the clean run is doubled. One that the clean run does not have stands for one
 * that is missing among its kind, if there is any: then what should be there is lost, and else it is too much.
 */
function difference(
  clean: WorldState,
  ending: WorldState,
): { readonly more: readonly string[]; readonly less: readonly Missing[] } {
  const more: string[] = [];
  const less: Missing[] = [];
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
        return {
          // It was written by `canonicalJson`.
          record: JSON.parse(text) as Json,
          text: `${kind}: ${other === undefined ? shortened(text) : changes(text, other)}`,
        };
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
