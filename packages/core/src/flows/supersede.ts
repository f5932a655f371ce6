import { closeSuperseded } from '../exceptions/superseded.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { RunRecord, StoreSet } from '../ports/stores.ts';
import { eventOf } from './call-flow.ts';
import { refsOfEvent } from './evidence.ts';
import { covers } from './event-cover.ts';
import { isInDoubt } from './doubts.ts';
import { holdsOf } from './holds.ts';
import type { AnyFlow } from './integration.ts';

/** How many open exceptions one run looks at, so that its end costs little where a flow has thousands of them. */
const most = 100;

/**
 * Closes what a run that came to its end has made needless, inside the unit of work that ends it: open exceptions of the
 * same flow about an older state of the same record. Only of flows whose runs hold up nothing else, as they begin from what is
 * there or take whole records over; a run of any other may not be left out. None of a run with a write in doubt. It costs one
 * look-up where there are none.
 */
export async function closeOlder(
  inside: StoreSet,
  {
    flow,
    run,
    event,
    at,
  }: {
    readonly flow: AnyFlow;
    readonly run: RunRecord;
    readonly event: CommerceEvent;
    readonly at: string;
  },
): Promise<void> {
  if (holdsOf(flow) !== 'run') return;
  const [ref] = refsOfEvent(event);
  for (const record of await inside.exceptions.list({ state: 'open', flow: flow.name, ref, limit: most })) {
    const older = record.run === run.id ? undefined : await inside.runs.get(record.run);
    if (older === undefined || !covers(event, eventOf(older))) continue;
    // What nobody knows waits for a person: the record that it may have made is in no other queue.
    if (await isInDoubt(inside, record.run)) continue;
    const note = `Run "${run.id}" came to its end with a newer state of the same record.`;
    await closeSuperseded(inside, record, { by: flow.name, note, at, details: { run: run.id } });
  }
}
