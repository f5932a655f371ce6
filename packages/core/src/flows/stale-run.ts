import { settleException } from '../exceptions/open-exception.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import { anyRefSchema, type Ref } from '../model/ref.ts';
import type { ClaimedJob, RunRecord, SequenceStore } from '../ports/stores.ts';
import { notePrefix } from './attempt-notes.ts';
import { refsOfEvent } from './evidence.ts';
import type { AnyFlow } from './integration.ts';
import type { JobLease } from './job-lease.ts';
import { moment, type Parts } from './parts.ts';
import { presentState } from './present-state.ts';
import { startRuns } from './start-runs.ts';
import { tell } from './tell.ts';

/** A run that is about to go on, with what was stored of it. */
export interface Beginning {
  readonly flow: AnyFlow;
  readonly run: RunRecord;
  readonly event: CommerceEvent;
  readonly job: ClaimedJob;
  readonly lease: JobLease;
  readonly stored: ReadonlyMap<string, Json>;
}

/**
 * Ends a run without doing anything when its flow has begun on a newer state of the same record. `true`: it is ended.
 *
 * It is decided when the run begins, in its place among the runs of its key, and again when it comes back from a person
 * behind others of its key; never in the middle, where a write of it may be in doubt.
 */
export async function endIfStale(parts: Parts, beginning: Beginning): Promise<boolean> {
  const { flow, run, event, job, lease, stored } = beginning;
  const note = beginningNote(job.id);
  if (flow.stale !== 'drop' || stored.has(note)) return false;
  const facts = await overtakenBy(parts, parts.stores.sequences, { flow, event, signal: lease.signal });
  if (facts !== undefined) return end(parts, beginning, facts);
  const asked = lease.asking();
  const held = { job: job.id, lease: job.lease, leaseMs: lease.leaseMs };
  if ((await parts.stores.runs.writeStep(run.id, note, true, held)) === 'lost') throw lease.lose();
  lease.renewed(asked);
  return false;
}

/** Under which name it is noted among the results of a run that it has begun with this job. */
export function beginningNote(job: string): string {
  return `${notePrefix}begun/${job}`;
}

/**
 * What to begin on in place of an event whose flow has begun on a newer state of the record, or which its system has
 * replaced since. `undefined`: it is the newest. Notes it in `sequences`.
 */
export async function overtakenBy(
  { systems }: Pick<Parts, 'systems'>,
  sequences: SequenceStore,
  { flow, event, signal }: Pick<Beginning, 'flow' | 'event'> & { readonly signal: AbortSignal },
): Promise<readonly CommerceEvent[] | undefined> {
  const ref = recordOf(event);
  if (ref === undefined) return undefined;
  // Moments of one record are its system's own, so no two clocks are compared.
  const name = `flow/${flow.name}/${ref.system}/${ref.kind}/${ref.id}`;
  const step = await sequences.advance(name, { at: event.occurredAt, mark: '' });
  if (step === 'older') return [];
  return step === 'same' ? presentFacts(systems, { flow, event, signal }, ref) : undefined;
}

/** The record whose states follow each other. An event of the user's own may be about none. */
function recordOf({ data }: CommerceEvent): Ref | undefined {
  const ref: unknown = typeof data === 'object' && 'ref' in data ? data.ref : undefined;
  return anyRefSchema.safeParse(ref).data;
}

/**
 * The facts that the system states now, where they overtake the event. Platforms give whole seconds, and a record may change twice
 * in one: of two states of one moment only the system can say which one came last.
 */
async function presentFacts(
  systems: Parts['systems'],
  { event, flow, signal }: Pick<Beginning, 'flow' | 'event'> & { readonly signal: AbortSignal },
  ref: Ref,
): Promise<readonly CommerceEvent[] | undefined> {
  const connector = Object.hasOwn(systems, ref.system) ? systems[ref.system] : undefined;
  const options = { lane: flow.lane ?? 'normal', signal };
  const facts = connector && (await presentState(connector, ref, options));
  const present = facts?.find(({ type }) => type === event.type);
  if (facts === undefined || present === undefined || present.id === event.id) return undefined;
  // A replica may show what was there before the event.
  return Date.parse(present.occurredAt) < Date.parse(event.occurredAt) ? undefined : facts;
}

/** Nothing was done for it and nothing will be: the newer state has all of it. */
async function end(
  parts: Parts,
  { flow, run, event, job, lease }: Beginning,
  present: readonly CommerceEvent[],
): Promise<true> {
  await parts.stores.atomically(async (inside) => {
    if ((await inside.jobs.finish(job.id, job.lease)) === 'lost') throw lease.lose();
    await inside.runs.end(run.id, 'done');
    await startRuns(parts, inside, present);
    await settleException(inside, run.id);
    await inside.audit.append({
      at: moment(parts.clock),
      actor: flow.name,
      action: 'run.stale',
      refs: refsOfEvent(event),
      details: { run: run.id, event: event.id, occurredAt: event.occurredAt },
    });
  });
  tell(parts.signals, 'event.stale', { run: run.id, flow: flow.name, system: event.system, event: event.id });
  return true;
}
