import type { CommerceEvent } from '../model/event.ts';
import type { StoreSet } from '../ports/stores.ts';
import type { FlowIndex } from './flow-index.ts';

/** Notes that a delivery told of these facts, inside the unit of work that makes them known. */
export async function noteTold(flows: FlowIndex, inside: StoreSet, events: readonly CommerceEvent[]): Promise<void> {
  for (const event of awaited(flows, events)) await isFirstTold(inside, event);
}

/**
 * How many of these facts no delivery has told of, each counted once. What changed after `before` is left out: a delivery
 * of it may be on its way.
 */
export async function countUntold(
  flows: FlowIndex,
  inside: StoreSet,
  events: readonly CommerceEvent[],
  before: number,
): Promise<number> {
  let untold = 0;
  for (const event of awaited(flows, events)) {
    if (changedAt(event) <= before && (await isFirstTold(inside, event))) untold++;
  }
  return untold;
}

/**
 * Facts that happen once to a record and that a flow waits for. Of changes a platform need not tell: which ones it does
 * depends on what was subscribed to.
 */
function awaited(flows: FlowIndex, events: readonly CommerceEvent[]): readonly CommerceEvent[] {
  return events.filter((event) => event.id.endsWith(`/${event.type}`) && flows.listening(event).length > 0);
}

/** One moment for all, so that only the first note of a fact is news. */
const once = { at: '1970-01-01T00:00:00.000Z', mark: '' };

async function isFirstTold({ sequences }: StoreSet, { id }: CommerceEvent): Promise<boolean> {
  return (await sequences.advance(`told/${id}`, once)) === 'newer';
}

/** When its record changed last: an order that was placed long ago may have been accepted just now. */
function changedAt({ data, occurredAt }: CommerceEvent): number {
  return Date.parse('updatedAt' in data ? data.updatedAt : occurredAt);
}
