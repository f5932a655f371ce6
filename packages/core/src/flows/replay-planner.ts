import { isCommerceError } from '../errors/commerce-error.ts';
import { eachException } from '../exceptions/each-exception.ts';
import { isWaitingReplay } from '../exceptions/later-release.ts';
import { noException, notOpen, notParked } from '../exceptions/refused-decision.ts';
import type { PlanOptions, ReplayPlan, ReplayPlanner } from '../exceptions/replay-plan.ts';
import type { ExceptionRecord, StoredJob } from '../ports/stores.ts';
import { notePrefix } from './attempt-notes.ts';
import { defectOf } from './defect.ts';
import { parsePayload } from './job-payload.ts';
import type { Parts } from './parts.ts';
import type { PlanBody, StopAt } from './plan-body.ts';
import { planDecode, planReread } from './planned-events.ts';
import { planRun } from './planned-run.ts';

/** Plans replays with the flows and the systems of an integration. */
export function replayPlanner(parts: Parts): ReplayPlanner {
  const { stores } = parts;
  const plan = async (id: string, options: PlanOptions = {}) => {
    const record = await stores.exceptions.get(id);
    if (record === undefined) throw noException(id, 'planned');
    if (record.state !== 'open' && !(await isWaitingReplay(stores, record)))
      throw await notOpen(stores, record, 'planned');
    const job = await stores.jobs.peek(record.job);
    if (job?.state !== 'parked') throw notParked(record, 'planned');
    return planOf(parts, record, job, options);
  };
  return {
    plan,
    async planAll(filter, options) {
      const plans: ReplayPlan[] = [];
      const { skipped } = await eachException(stores.exceptions, 'planAll', filter, async ({ id }) => {
        plans.push(await plan(id, options));
      });
      return { plans, skipped };
    },
  };
}

async function planOf(
  parts: Parts,
  { id, flow, run, refs, step: stoppedAt }: ExceptionRecord,
  job: StoredJob,
  options: PlanOptions,
): Promise<ReplayPlan> {
  const stopAt: StopAt = (step, thrown) => {
    const error = isCommerceError(thrown) ? thrown : defectOf(thrown, { flow, run, step });
    return { how: 'stops', step, code: error.code, message: parts.redact(error.message) };
  };
  const about = { exception: id, flow, run, refs };
  try {
    return { ...about, ...(await bodyOf(parts, job, options, stopAt)) };
  } catch (thrown) {
    // Nothing of it could be begun, as when its version is gone or its delivery cannot be read.
    const steps = [...(await parts.stores.runs.steps(run)).keys()];
    const done = steps.filter((name) => !name.startsWith(notePrefix));
    return {
      ...about,
      done,
      resumesAt: undefined,
      effects: [],
      events: [],
      reads: [],
      end: stopAt(stoppedAt, thrown),
    };
  }
}

function bodyOf(parts: Parts, job: StoredJob, options: PlanOptions, stopAt: StopAt): Promise<PlanBody> {
  const payload = parsePayload(job.id, job.payload);
  switch (payload.kind) {
    case 'run':
      return planRun(parts, payload.run, job, options, stopAt);
    case 'decode':
      return planDecode(parts, payload, options);
    case 'reread':
      return planReread(parts, payload, options);
    case 'release':
      return Promise.resolve({
        done: [],
        resumesAt: undefined,
        effects: [],
        events: [],
        reads: [],
        end: { how: 'done' },
      });
  }
}
