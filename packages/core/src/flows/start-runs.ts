import { CommerceError } from '../errors/commerce-error.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { RunRecord, StoreSet } from '../ports/stores.ts';
import { storedForm } from '../rules/json-text.ts';
import { byAge } from './by-age.ts';
import { flowKey } from './flow-index.ts';
import { keyOfRun } from './held-run.ts';
import type { AnyFlow } from './integration.ts';
import { queue } from './job-payload.ts';
import { moment, type Parts } from './parts.ts';

/**
 * Begins a run of every flow that wants these events, inside the unit of work that makes them known. A fact that a flow
 * has seen begins nothing. Gives the number of runs begun.
 */
export async function startRuns(
  { flows, clock }: Pick<Parts, 'flows' | 'clock'>,
  inside: StoreSet,
  events: readonly CommerceEvent[],
): Promise<number> {
  const wanted = events.flatMap((event) =>
    flows.listening(event).map((flow) => ({ event, flow, run: runOf(flow, event, moment(clock)) })),
  );
  const started = new Set<RunRecord>();
  // Units that make the same facts known wait for each other, and for ever where each begins with the other's last.
  for (const { run } of wanted.toSorted((one, other) => byAge(one.event, other.event))) {
    if ((await inside.runs.start(run)) === 'started') started.add(run);
  }
  // Jobs of one key are worked off in the order in which they are added, which is that of the events.
  for (const { flow, run } of wanted) {
    if (!started.has(run)) continue;
    const added = await inside.jobs.add({
      id: run.id,
      queue,
      key: keyOfRun(run),
      lane: flow.lane ?? 'normal',
      dueAt: run.startedAt,
      payload: { kind: 'run', run: run.id },
    });
    // Answered "already" it belongs to something else, and this run would wait for ever without anybody knowing.
    if (added === 'already') throw withoutJob(run.id);
  }
  return started.size;
}

function withoutJob(id: string): CommerceError {
  return new CommerceError({
    code: 'store.corrupt',
    message: `Run "${id}" was not begun: the store has a job of this id, and no run. Look at what else uses this store; nothing of its page or delivery was stored.`,
  });
}

/** The run of a flow on an event. The version is not in it: raising it must not run an old fact again. */
export function runIdOf(flow: Pick<AnyFlow, 'name'>, event: Pick<CommerceEvent, 'id'>): string {
  return `${flow.name}/${event.id}`;
}

function runOf(flow: AnyFlow, event: CommerceEvent, startedAt: string): RunRecord {
  const id = runIdOf(flow, event);
  return {
    id,
    flow: flow.name,
    version: flow.version,
    key: keyOrId(flow, event, id),
    event: storedForm(event, `Event "${event.id}"`),
    state: 'open',
    startedAt,
  };
}

/**
 * An event for which the flow's `key` throws or gives no text must not hold up the page it came with: its run begins under a key of its
 * own, and fails there with what `key` threw.
 */
function keyOrId(flow: AnyFlow, event: CommerceEvent, id: string): string {
  try {
    return flowKey(flow, event);
  } catch {
    return id;
  }
}
