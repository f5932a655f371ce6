import type { Fact } from './fact-order.ts';
import { settled, spreadOverLines, type LineQuantity, type OrderedLine } from './line-ledger.ts';

/** What one shipment holds. The last telling of a shipment counts; a voided one holds nothing. */
export type ShippedPart = {
  readonly id: string;
  readonly lines: readonly LineQuantity[];
  readonly voided?: boolean | undefined;
  readonly delivered?: boolean | undefined;
};

/** A fact that says what was asked for, or what left. */
export type ShippingFact = Fact & {
  readonly ordered?: readonly OrderedLine[] | undefined;
  readonly shipment?: ShippedPart | undefined;
};

/** What facts in the order of their happening say of ordered and shipped quantities. */
export type ShippedLines = {
  readonly ordered: readonly OrderedLine[];
  /** Without those that were voided. */
  readonly shipments: readonly ShippedPart[];
  readonly byLine: ReadonlyMap<string, number>;
  readonly strange: readonly LineQuantity[];
  /** Where in the facts the first and the last of the shipments that stand were first told of. -1: none. */
  readonly firstLeftIndex: number;
  readonly lastLeftIndex: number;
  /** Where the last word on any of them is. */
  readonly lastToldIndex: number;
};

/** What was ordered and what left, by line, from facts in the order of their happening. */
export function shippedLinesOf(facts: readonly ShippingFact[]): ShippedLines {
  let ordered: readonly OrderedLine[] = [];
  const parts = new Map<string, { part: ShippedPart; first: number; last: number }>();
  for (const [index, fact] of facts.entries()) {
    if (fact.ordered !== undefined) ordered = fact.ordered;
    if (fact.shipment === undefined) continue;
    const known = parts.get(fact.shipment.id);
    const delivered = fact.shipment.delivered === true || known?.part.delivered === true;
    // A later word without lines ("delivered") says nothing about what is inside.
    const lines = fact.shipment.lines.length > 0 ? fact.shipment.lines : (known?.part.lines ?? []);
    const part = { ...fact.shipment, delivered, lines };
    parts.set(part.id, { part, first: known?.first ?? index, last: index });
  }
  const standing = [...parts.values()].filter(({ part }) => part.voided !== true);
  const sums = spreadOverLines(
    ordered,
    standing.flatMap(({ part }) => part.lines),
  );
  return {
    ordered,
    shipments: standing.map(({ part }) => part),
    byLine: sums.byLine,
    strange: ordered.length === 0 ? [] : sums.strange,
    firstLeftIndex: standing[0]?.first ?? -1,
    lastLeftIndex: standing.at(-1)?.first ?? -1,
    lastToldIndex: standing.reduce((last, { last: one }) => Math.max(last, one), -1),
  };
}

/** What is left of a quantity; never below zero, so that an over-shipment closes its line. */
export function leftOf(quantity: number, ...taken: readonly number[]): number {
  let left = quantity;
  for (const part of taken) left -= part;
  return Math.max(0, settled(left));
}
