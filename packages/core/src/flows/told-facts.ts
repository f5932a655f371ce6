import type { CommerceEvent } from '../model/event.ts';
import type { StoreSet } from '../ports/stores.ts';
import { byAge } from './by-age.ts';
import type { FlowIndex } from './flow-index.ts';

/** Notes that a delivery told of these facts, inside the unit of work that makes them known. */
export async function noteTold(flows: FlowIndex, inside: StoreSet, events: readonly CommerceEvent[]): Promise<void> {
  for (const event of awaited(flows, events)) await inside.sequences.advance(nameOf(event), marks.told);
}

/** What a page shows of how its system tells. */
export interface Telling {
  /** Facts that no delivery had told of. Each is counted by the first sweep that finds it, and by no other. */
  readonly missed: number;
  /** When the record of one of these changed last: that fact happened then, or before. */
  readonly missedAt: string | undefined;
  /** When the latest fact happened that a delivery told of: then, or later, its system did tell. */
  readonly toldAt: string | undefined;
}

/**
 * How deliveries told of these facts. What changed after `before` is left out: a delivery of it may be on its way. Notes
 * what it counts as missed, inside the unit of work that makes it known.
 */
export async function lookAtTelling(
  flows: FlowIndex,
  inside: StoreSet,
  events: readonly CommerceEvent[],
  before: number,
): Promise<Telling> {
  let missed = 0;
  let missedAt: string | undefined;
  let toldAt: string | undefined;
  for (const event of awaited(flows, events)) {
    if (Date.parse(changedAt(event)) > before) continue;
    const found = await inside.sequences.advance(nameOf(event), marks.missed);
    if (found === 'older') toldAt = later(toldAt, event.occurredAt);
    if (found !== 'newer') continue;
    missed++;
    missedAt = later(missedAt, changedAt(event));
  }
  return { missed, missedAt, toldAt };
}

/** The later one of two moments. */
export function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(other) > Date.parse(one) ? other : one;
}

/**
 * Facts that happen once to a record and that a flow waits for. Of changes a platform need not tell: which ones it does
 * depends on what was subscribed to. In one order, so that units with the same facts do not wait for each other crosswise.
 */
function awaited(flows: FlowIndex, events: readonly CommerceEvent[]): readonly CommerceEvent[] {
  return events
    .filter((event) => event.id.endsWith(`/${event.type}`) && flows.listening(event).length > 0)
    .toSorted(byAge);
}

/** One moment for all: a fact that was told follows one that was missed by its mark, and nothing follows that. */
const at = '1970-01-01T00:00:00.000Z';
const marks = { missed: { at, mark: 'missed' }, told: { at, mark: 'told' } };

function nameOf({ id }: CommerceEvent): string {
  return `told/${id}`;
}

/** When its record changed last: an order that was placed long ago may have been accepted just now. */
function changedAt({ data, occurredAt }: CommerceEvent): string {
  return 'updatedAt' in data ? data.updatedAt : occurredAt;
}
