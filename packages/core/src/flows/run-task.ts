import { CommerceError } from '../errors/commerce-error.ts';
import { settleException } from '../exceptions/open-exception.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import type { Ref } from '../model/ref.ts';
import type { ClaimedJob, RunRecord } from '../ports/stores.ts';
import { callFlow, eventOf } from './call-flow.ts';
import { refsIn, refsOfEvent } from './evidence.ts';
import { fencedLinks } from './fenced-links.ts';
import { guardedSystems } from './guarded-systems.ts';
import { holdsKey } from './holds.ts';
import type { AnyFlow } from './integration.ts';
import type { JobLease } from './job-lease.ts';
import { moment, type Parts } from './parts.ts';
import { sendOnce } from './send-once.ts';
import { endIfStale } from './stale-run.ts';
import { stepsOf, type Steps } from './steps.ts';
import { closeOlder } from './supersede.ts';
import type { Task } from './task.ts';
import { tell } from './tell.ts';

/** Goes on with a run of a flow at its first step without a result. */
export function runTask(parts: Parts, job: ClaimedJob, lease: JobLease, id: string): Task {
  let run: RunRecord | undefined;
  let refs: readonly Ref[] = [];
  let steps: Steps | undefined;
  let stored: ReadonlyMap<string, Json> = new Map();
  let doubted = false;
  const writes = new Set<string>();
  return {
    run: id,
    get flow() {
      return run?.flow ?? 'unknown';
    },
    get step() {
      return steps?.last ?? 'start';
    },
    get refs() {
      return refs;
    },
    get doubted() {
      return doubted;
    },
    get writes() {
      return [...writes];
    },
    get holdsKey() {
      return run === undefined ? 'always' : holdsKey(parts.flows.version(run.flow, run.version));
    },
    async rest() {
      await steps?.rest();
    },
    async load() {
      // Asked for together: a store that is far away answers both in the time of one.
      [run, stored] = await Promise.all([parts.stores.runs.get(id), parts.stores.runs.steps(id)]);
      if (run === undefined) throw gone(id);
      refs = refsOfEvent(eventOf(run));
    },
    async perform() {
      if (run === undefined) throw gone(id);
      const flow = flowOf(parts, run);
      const event = eventOf(run);
      if (await endIfStale(parts, { flow, run, event, job, lease, stored })) return;
      steps = stepsOf(id, job, lease, parts.stores, stored);
      await runFlow(parts, flow, event, lease, steps, {
        onWrite: (key) => writes.add(key),
        onDoubt: () => {
          doubted = true;
        },
      });
      await finish(parts, job, lease, { flow, run, event }, [
        ...refs,
        ...[...steps.results.values()].flatMap((result) => refsIn(result)),
      ]);
      tell(parts.signals, 'run.finished', { run: id, flow: flow.name, attempts: job.attempt });
    },
  };
}

async function runFlow(
  parts: Parts,
  flow: AnyFlow,
  event: CommerceEvent,
  lease: JobLease,
  steps: Steps,
  told: { readonly onWrite: (key: string) => void; readonly onDoubt: () => void },
): Promise<void> {
  const { stores, clock } = parts;
  const systems = guardedSystems(parts.systems, flow.needs, {
    steps,
    lane: flow.lane ?? 'normal',
    lease,
    ...told,
    sendOnce: sendOnce(stores.idempotency, clock, parts.leaseMs),
  });
  await callFlow(flow, event, { systems, links: fencedLinks(stores, lease, steps), clock, step: steps.step });
  // A step that the flow did not wait for belongs to it all the same.
  await steps.finish();
  lease.signal.throwIfAborted();
}

/** The end of the run, of its job and of its exception land together. */
async function finish(
  { stores, clock }: Parts,
  job: ClaimedJob,
  lease: JobLease,
  { flow, run, event }: { readonly flow: AnyFlow; readonly run: RunRecord; readonly event: CommerceEvent },
  refs: readonly Ref[],
): Promise<void> {
  await stores.atomically(async (inside) => {
    const at = moment(clock);
    const details = { run: run.id, version: run.version, startedAt: run.startedAt, attempts: job.attempt };
    // None of them needs the answer of another: asked for together they cost one way there and back.
    const [ended] = await Promise.all([
      inside.jobs.finish(job.id, job.lease),
      inside.runs.end(run.id, 'done'),
      settleException(inside, run.id),
      inside.audit.append({ at, actor: run.flow, action: 'run.finished', refs, details }),
    ]);
    if (ended === 'lost') throw lease.lose();
    await closeOlder(inside, { flow, run, event, at });
  });
}

/** The flow in the version that the run began with. */
export function flowOf({ flows }: Pick<Parts, 'flows'>, run: RunRecord): AnyFlow {
  const flow = flows.version(run.flow, run.version);
  if (flow) return flow;
  const have = flows.versions(run.flow).join(', ') || 'none';
  throw new CommerceError({
    code: 'flow.version-missing',
    message: `Run "${run.id}" was not continued: it began with version ${run.version} of flow "${run.flow}", and the versions here are: ${have}. Compose that version beside the newer one until its runs are done, then replay.`,
  });
}

/** The error for a job whose run is not there. */
export function gone(id: string): CommerceError {
  return new CommerceError({
    code: 'store.corrupt',
    message: `Run "${id}" was not continued: the store does not have it although its job was stored with it. Restore it, or dismiss this.`,
  });
}
