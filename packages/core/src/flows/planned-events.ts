import type { PlannedEvent, PlannedRead, PlanOptions } from '../exceptions/replay-plan.ts';
import type { CommerceEvent } from '../model/event.ts';
import { decodeDelivery, decoderOf } from './decode-task.ts';
import type { JobPayload } from './job-payload.ts';
import type { Parts } from './parts.ts';
import type { PlanBody } from './plan-body.ts';
import { rereads } from './pulls.ts';
import { rereadRecord } from './reread-task.ts';
import { runIdOf, startRuns } from './start-runs.ts';
import { takenBack } from './taken-back.ts';

/** What a delivery that is decoded again means, and which runs it would start. */
export async function planDecode(
  parts: Parts,
  payload: Extract<JobPayload, { kind: 'decode' }>,
  { reads = true }: PlanOptions,
): Promise<PlanBody> {
  const { system, via } = payload;
  const { operation } = decoderOf(parts.systems[system], via);
  // A decoder may ask the system for the record that the delivery only hints at.
  if (!reads) return notRead({ system, operation });
  const events = await decodeDelivery(parts, payload, new AbortController().signal);
  return read({ system, operation }, await plannedEvents(parts, events));
}

/** What a record states that is read again, and which runs it would start. */
export async function planReread(
  parts: Parts,
  payload: Extract<JobPayload, { kind: 'reread' }>,
  { reads = true }: PlanOptions,
): Promise<PlanBody> {
  const { system, ref } = payload;
  const operation = 'orders.get';
  // What cannot be read alone says so without being read.
  if (!reads && ref !== undefined && Object.hasOwn(rereads, payload.operation)) return notRead({ system, operation });
  const events = await rereadRecord(parts, payload, new AbortController().signal);
  return read({ system, operation }, await plannedEvents(parts, events));
}

/** Which runs these events would start, each in its turn. */
export function plannedEvents(parts: Parts, events: readonly CommerceEvent[]): Promise<readonly PlannedEvent[]> {
  return takenBack(parts.stores, async (inside) => {
    const planned: PlannedEvent[] = [];
    for (const event of events) {
      const starts: string[] = [];
      for (const flow of parts.flows.listening(event)) {
        const run = runIdOf(flow, event);
        if ((await inside.runs.get(run)) === undefined) starts.push(run);
      }
      await startRuns(parts, inside, [event]);
      planned.push({ id: event.id, type: event.type, starts });
    }
    return planned;
  });
}

const nothing = { done: [], effects: [], events: [], reads: [] } as const;

function read(at: PlannedRead, events: readonly PlannedEvent[]): PlanBody {
  return { ...nothing, resumesAt: at.operation, events, reads: [at], end: { how: 'done' } };
}

function notRead(at: PlannedRead): PlanBody {
  return { ...nothing, resumesAt: at.operation, end: { how: 'unknown', steps: [], unread: [at] } };
}
