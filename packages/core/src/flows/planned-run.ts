import { CommerceError } from '../errors/commerce-error.ts';
import type { PlanEnd, PlannedEffect, PlannedRead, PlanOptions } from '../exceptions/replay-plan.ts';
import type { SequenceStore, StoredJob } from '../ports/stores.ts';
import { notePrefix } from './attempt-notes.ts';
import { callFlow, eventOf } from './call-flow.ts';
import { guardedSystems, type Reading } from './guarded-systems.ts';
import { isHeld } from './held-run.ts';
import type { Parts } from './parts.ts';
import type { PlanBody, StopAt } from './plan-body.ts';
import { plannedEvents } from './planned-events.ts';
import { plannedLinks } from './planned-links.ts';
import { plannedSteps } from './planned-steps.ts';
import { plannedWrites } from './planned-write.ts';
import { flowOf, gone } from './run-task.ts';
import { beginningNote, overtakenBy } from './stale-run.ts';
import { standstill, type Standstill } from './standstill.ts';
import { takenBack } from './taken-back.ts';

/** Runs the code of a flow up to what only a replay would know. */
export async function planRun(
  parts: Parts,
  id: string,
  job: StoredJob,
  { reads: asks = true }: PlanOptions,
  stopAt: StopAt,
): Promise<PlanBody> {
  const { stores, clock, redact } = parts;
  const run = await stores.runs.get(id);
  if (run === undefined) throw gone(id);
  const stored = await stores.runs.steps(id);
  const done = [...stored.keys()].filter((name) => !name.startsWith(notePrefix));
  const flow = flowOf(parts, run);
  const event = eventOf(run);
  const over = new AbortController();
  const { signal } = over;

  // A run that waited aside begins anew behind those of its key.
  if (flow.stale === 'drop' && (isHeld(job) || !stored.has(beginningNote(job.id)))) {
    const sequences: SequenceStore = {
      advance: (name, state) => takenBack(stores, (inside) => inside.sequences.advance(name, state)),
    };
    const facts = await overtakenBy({ systems: asks ? parts.systems : {} }, sequences, { flow, event, signal });
    if (facts !== undefined) {
      const events = await plannedEvents(parts, facts);
      return { done, resumesAt: undefined, effects: [], events, reads: [], end: { how: 'stale' } };
    }
  }

  const effects: PlannedEffect[] = [];
  const reads: PlannedRead[] = [];
  const unread: PlannedRead[] = [];
  const still: Standstill = standstill(clock, () => steps.atWork.length);
  const steps = plannedSteps(id, stored, {
    still: () => still,
    signal,
    onOutside: (step) => effects.push({ kind: 'outside', step }),
  });
  const note = (effect: PlannedEffect) => void effects.push(effect);
  const systems = guardedSystems(parts.systems, flow.needs, {
    steps,
    lane: flow.lane ?? 'normal',
    lease: { signal, writeSignal: signal, lost: false, lose: (cause) => planOver(id, cause) },
    onDoubt: () => {},
    sendOnce: plannedWrites({
      store: stores.idempotency,
      clock,
      redact,
      still,
      stepOf: (key) => steps.nameOf(key),
      note,
    }),
    reading: readingFor(still, asks ? reads : undefined, unread),
  });

  const links = plannedLinks(stores.links, still, note);
  let stops: PlanEnd | undefined;
  const ending = callFlow(flow, event, { systems, links, clock, step: steps.step })
    // What the flow did not wait for belongs to it all the same.
    .then(() => steps.finish())
    .then(
      (): PlanEnd => ({ how: 'done' }),
      async (thrown: unknown) => {
        stops = stopAt(steps.last, thrown);
        // Steps beside the one that failed may have sent something by then.
        await steps.rest();
        return stops;
      },
    );
  const reached = await Promise.race([ending, still.reached]);
  still.stop();
  const end = reached ?? stops ?? { how: 'unknown', steps: steps.atWork, unread };
  over.abort(planOver(id));
  return { done, resumesAt: steps.first, effects, events: [], reads, end };
}

/** Makes reads and notes them in `reads`; without, leaves them out and notes them in `unread`. */
function readingFor(still: Standstill, reads: PlannedRead[] | undefined, unread: PlannedRead[]): Reading {
  return (read, at) => {
    (reads ?? unread).push(at);
    if (reads === undefined) return at.operation.endsWith('.pull') ? neverAPage(still) : still.unknown();
    const answer = read();
    return isPages(answer) ? eachPage(still, answer) : still.during(Promise.resolve(answer));
  };
}

async function* neverAPage(still: Standstill): AsyncGenerator<never> {
  yield await still.unknown();
}

async function* eachPage(still: Standstill, pages: AsyncIterable<unknown>): AsyncGenerator {
  const iterator = pages[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await still.during(iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

function isPages(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

function planOver(run: string, cause?: unknown): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    message: `Nothing more of run "${run}" was looked at: its plan is made. Replay it to go on.`,
    cause,
  });
}
