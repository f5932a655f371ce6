import { CommerceError } from '../errors/commerce-error.ts';
import type { Ref } from '../model/ref.ts';
import type { StockLevel } from '../model/stock.ts';
import { reserve, type LineToReserve } from './reserve.ts';

/** A place that could ship. `levels` is its stock of the SKUs in question. */
export type RouteCandidate = { readonly location: Ref<'location'>; readonly levels: readonly StockLevel[] };

/** Decides whether one place may ship one subject; a text is the reason why not. */
export type RouteRule<S, C extends RouteCandidate = RouteCandidate> = {
  readonly name: string;
  accepts(subject: S, candidate: C): true | string;
  /** Orders the places that it accepts, best first. Left out, the order of the candidates decides. */
  readonly prefer?: ((one: C, other: C) => number) | undefined;
};

/** One step of the decision, for the person who asks why. `reason` is absent for a place that was accepted. */
export type RouteReason = {
  readonly rule: string;
  readonly location: Ref<'location'>;
  readonly accepted: boolean;
  readonly reason?: string | undefined;
};
/** Where an order ships from, by which rule and why; or why nowhere. */
export type Routing =
  | {
      readonly routed: true;
      readonly location: Ref<'location'>;
      readonly rule: string;
      readonly why: readonly RouteReason[];
    }
  | { readonly routed: false; readonly why: readonly RouteReason[] };

/**
 * Chooses where a subject ships from. Rules are asked in their order, each about all places; the first that accepts a
 * place wins, so strict rules come before lenient ones. `why` holds what was refused before, and the reason.
 */
export function route<S, C extends RouteCandidate = RouteCandidate>(
  rules: readonly RouteRule<S, C>[],
): (subject: S, candidates: readonly C[]) => Routing {
  if (rules.length === 0) {
    throw new CommerceError({
      code: 'wiring.invalid',
      message: 'The routing was not made: it has no rules, so nothing could ever ship. Give it at least one.',
    });
  }
  return (subject, candidates) => {
    const why: RouteReason[] = [];
    for (const rule of rules) {
      const accepted = candidates.filter((candidate) => ask(rule, subject, candidate, why));
      const [best] = rule.prefer === undefined ? accepted : accepted.toSorted(rule.prefer);
      if (best !== undefined) return { routed: true, location: best.location, rule: rule.name, why };
    }
    return { routed: false, why };
  };
}

/** A rule that accepts a place which has everything that is to be shipped. */
export function shipsComplete<S extends { readonly lines: readonly LineToReserve[] }>(
  name = 'ships complete',
): RouteRule<S> {
  return {
    name,
    accepts(subject, { levels }) {
      const { complete, findings } = reserve(subject.lines, levels);
      return complete || findings.map((finding) => finding.message).join(' ');
    },
  };
}

function ask<S, C extends RouteCandidate>(
  rule: RouteRule<S, C>,
  subject: S,
  candidate: C,
  why: RouteReason[],
): boolean {
  const answer = rule.accepts(subject, candidate);
  const accepted = answer === true;
  why.push({
    rule: rule.name,
    location: candidate.location,
    accepted,
    ...(answer !== true && { reason: answer }),
  });
  return accepted;
}
