import { CommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';
import { canonicalJson } from './fingerprint.ts';

/**
 * Something that a partner told us happened. `id` is the partner's message id, or a fingerprint of what makes it one
 * fact: partner, reference, shipment, code, moment and quantities, never descriptions, which carriers re-word.
 */
export type Fact = { readonly id: string; readonly occurredAt: string };

/**
 * Facts as they happened, each once, whatever the order and the number of times in which they were told: by moment,
 * then by `rank`, then by id. Of two tellings of one fact the later one counts, and among those one that is chosen by
 * its content, so that the choice is always the same. Throws `record.invalid` for a moment that is none.
 */
export function asTheyHappened<T extends Fact & Json>(facts: readonly T[], rank: (fact: T) => number): readonly T[] {
  const lastTelling = new Map<string, Told<T>>();
  for (const one of toldOf(facts, rank)) {
    const other = lastTelling.get(one.fact.id);
    if (other === undefined || inTime(one, other) > 0) lastTelling.set(one.fact.id, one);
  }
  return [...lastTelling.values()].toSorted(inTime).map(({ fact }) => fact);
}

/** The same order with every telling of a fact, also the ones that say less: for what adds up instead of replacing. */
export function everyTelling<T extends Fact & Json>(facts: readonly T[], rank: (fact: T) => number): readonly T[] {
  return toldOf(facts, rank)
    .toSorted(inTime)
    .map(({ fact }) => fact);
}

type Told<T> = { readonly fact: T; readonly at: number; readonly rank: number };

function toldOf<T extends Fact>(facts: readonly T[], rank: (fact: T) => number): readonly Told<T>[] {
  return facts.map((fact) => ({ fact, at: instantOf(fact), rank: rank(fact) }));
}

/** Zero only for tellings with the same content. */
function inTime<T extends Fact & Json>(one: Told<T>, other: Told<T>): number {
  if (one.at !== other.at) return one.at - other.at;
  if (one.rank !== other.rank) return one.rank - other.rank;
  if (one.fact.id !== other.fact.id) return one.fact.id < other.fact.id ? -1 : 1;
  const mine = canonicalJson(one.fact);
  const theirs = canonicalJson(other.fact);
  return mine === theirs ? 0 : mine < theirs ? -1 : 1;
}

function instantOf(fact: Fact): number {
  const at = Date.parse(fact.occurredAt);
  if (!Number.isNaN(at)) return at;
  throw new CommerceError({
    code: 'record.invalid',
    message: `Fact "${fact.id}" was not put in order: "${fact.occurredAt}" is no moment. Convert it to ISO 8601 in UTC where it is parsed.`,
  });
}
