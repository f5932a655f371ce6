import type { ClaimedJob, HeldJob, RunRecord } from '@crossdock/core';
import { answers, lawsOf, momentIn, type StoreTrial } from './store-law.ts';

const leaseMs = 60_000;

const run: RunRecord = {
  id: 'place-order/shop/order/1/order.placed',
  flow: 'place-order',
  version: 2,
  key: '1042',
  event: { id: 'e', data: { lines: [{ sku: 'A', quantity: 2 }], note: null } },
  state: 'open',
  startedAt: '2026-11-01T00:00:00.000Z',
};

/** What the store of runs and their steps promises. */
export const runLaws = lawsOf('runs', {
  'starts-once': async ({ stores: { runs } }) => {
    answers('A new run', await runs.start(run), 'started');
    answers('The same run', await runs.start({ ...run, version: 3 }), 'already');
  },
  'comes-back-as-it-began': async ({ stores: { runs } }) => {
    await runs.start(run);
    answers('The run', await runs.get(run.id), run);
    answers('A run that never began', await runs.get('other'), undefined);
  },
  'ended-run-does-not-start-again': async ({ stores: { runs } }) => {
    await runs.start(run);
    await runs.end(run.id, 'done');
    answers('The same run after its end', await runs.start(run), 'already');
  },
  'keeps-how-it-ended': async ({ stores: { runs } }) => {
    await runs.start(run);
    await runs.end(run.id, 'dropped');
    answers('The state of a dropped run', (await runs.get(run.id))?.state, 'dropped');
  },
  'first-result-of-a-step-stays': async ({ stores: { runs } }) => {
    await runs.start(run);
    answers('A first result', await runs.writeStep(run.id, 'create', 1), 'written');
    answers('A second result', await runs.writeStep(run.id, 'create', 2), 'already');
    answers('The result', (await runs.steps(run.id)).get('create'), 1);
  },
  'step-results-come-back': async ({ stores: { runs } }) => {
    await runs.start(run);
    const result = { ref: { system: 'erp', id: 'S1' }, list: [1, 'a', null, [false]] };
    await runs.writeStep(run.id, 'rich', result);
    await runs.writeStep(run.id, 'null', null);
    const steps = await runs.steps(run.id);
    answers('A rich result', steps.get('rich'), result);
    answers('A result of null', steps.get('null'), null);
    answers('The steps of another run', (await runs.steps('other')).size, 0);
  },
  'step-without-result-is-done': async ({ stores: { runs } }) => {
    await runs.start(run);
    answers('A step that gives nothing', await runs.writeStep(run.id, 'link', undefined), 'written');
    const steps = await runs.steps(run.id);
    answers('Whether it is among the steps', steps.has('link'), true);
    answers('Whether its result is nothing', steps.get('link') === undefined, true);
  },
  'unfinished-are-listed-oldest-first': async ({ stores: { runs } }) => {
    for (const id of ['c', 'a', 'done', 'dropped', 'b']) await runs.start({ ...run, id });
    await runs.start({ ...run, id: 'other', flow: 'confirm-shipment' });
    await runs.end('done', 'done');
    await runs.end('dropped', 'dropped');
    const ids = async (options: { readonly after?: string; readonly limit: number }) =>
      (await runs.unfinished(run.flow, options)).map(({ id }) => id);
    answers('What is unfinished', await ids({ limit: 10 }), ['c', 'a', 'b']);
    answers('The first two', await ids({ limit: 2 }), ['c', 'a']);
    answers('What comes after the second', await ids({ after: 'a', limit: 10 }), ['b']);
    answers('What comes after a run that has ended since', await ids({ after: 'done', limit: 10 }), ['b']);
    answers('What comes after a run that is not there', await ids({ after: 'nobody', limit: 10 }), []);
    answers('None, where none is asked for', await ids({ limit: 0 }), []);
    answers('The event of the first one', (await runs.unfinished(run.flow, { limit: 1 }))[0]?.event, run.event);
  },
  'held-step-is-written': async (trial) => {
    const { runs } = trial.stores;
    const held = heldBy(await claimed(trial));
    answers('A first result', await runs.writeStep(run.id, 'held', { id: 'S1' }, held), 'written');
    answers('A second result', await runs.writeStep(run.id, 'held', 2, held), 'already');
    answers('The result', (await runs.steps(run.id)).get('held'), { id: 'S1' });
  },
  'stale-lease-writes-no-step': async (trial) => {
    const { jobs, runs } = trial.stores;
    const stale = heldBy(await claimed(trial));
    await trial.clock.advance(leaseMs);
    const [job] = await jobs.claim('q', { leaseMs, limit: 1 });
    if (job === undefined) throw new Error('A lapsed job was expected, and none was handed out.');
    const ends = await jobs.nextDueAt('q');
    await trial.clock.advance(1000);
    answers('A step under a lease that somebody took over', await runs.writeStep(run.id, 'a', 1, stale), 'lost');
    const nobody = { ...heldBy(job), job: 'nobody' };
    answers('A step under a job that is not there', await runs.writeStep(run.id, 'b', 1, nobody), 'lost');
    answers('When the other lease ends', await jobs.nextDueAt('q'), ends);
    answers('How many steps have a result', (await runs.steps(run.id)).size, 0);
  },
  'ended-job-writes-no-step': async (trial) => {
    const { jobs, runs } = trial.stores;
    const ends: Readonly<Record<string, (job: ClaimedJob) => Promise<unknown>>> = {
      finished: ({ id, lease }) => jobs.finish(id, lease),
      waiting: ({ id, lease }) => jobs.retry(id, lease, momentIn(trial.clock, 0)),
      parked: ({ id, lease }) => jobs.park(id, lease),
    };
    for (const [end, act] of Object.entries(ends)) {
      const job = await claimed(trial, end);
      await act(job);
      answers(`A step under a job that is ${end}`, await runs.writeStep(run.id, end, 1, heldBy(job)), 'lost');
    }
    answers('How many steps have a result', (await runs.steps(run.id)).size, 0);
  },
  'held-step-prolongs-the-lease': async (trial) => {
    const { jobs, runs } = trial.stores;
    const job = await claimed(trial);
    await trial.clock.advance(leaseMs - 1);
    answers('A step', await runs.writeStep(run.id, 'create', 1, heldBy(job)), 'written');
    await trial.clock.advance(leaseMs - 1);
    answers('What is handed out meanwhile', (await jobs.claim('q', { leaseMs, limit: 1 })).length, 0);
    answers('Finishing', await jobs.finish(job.id, job.lease), 'finished');
  },
});

/** A job of its own that was handed out, with a run to write the steps of. */
async function claimed({ stores: { jobs, runs }, clock }: StoreTrial, id = 'held'): Promise<ClaimedJob> {
  await runs.start(run);
  await jobs.add({ id, queue: 'q', key: id, lane: 'normal', dueAt: momentIn(clock, 0), payload: null });
  const all = await jobs.claim('q', { leaseMs, limit: 10 });
  const job = all.find((one) => one.id === id);
  if (job === undefined) throw new Error('A due job was expected, and none was handed out.');
  return job;
}

function heldBy({ id, lease }: ClaimedJob): HeldJob {
  return { job: id, lease, leaseMs };
}
