import { isCommerceError, type ClaimedJob, type JobStore, type NewJob, type Stores } from '@crossdock/core';
import type { TestClock } from '../../fake/clock.ts';
import { outcomeOf } from '../holds.ts';
import { answers, lawsOf, momentIn } from './store-law.ts';

const leaseMs = 60_000;
const claim = (jobs: JobStore, limit = 10) => jobs.claim('q', { leaseMs, limit });
const ids = (claimed: readonly ClaimedJob[]) => claimed.map(({ id }) => id);
/** Adds jobs that are due now, each under its own key unless it is told another. */
async function add(
  { stores: { jobs }, clock }: { stores: Stores; clock: TestClock },
  ...all: readonly (Partial<NewJob> & { readonly id: string })[]
): Promise<void> {
  for (const job of all) await jobs.add(newJob(clock, job));
}
const newJob = (clock: TestClock, job: Partial<NewJob> & { readonly id: string }): NewJob => ({
  queue: 'q',
  key: `key/${job.id}`,
  lane: 'normal',
  dueAt: momentIn(clock, 0),
  payload: { for: job.id },
  ...job,
});
/** The one job that is due. */
async function only(jobs: JobStore): Promise<ClaimedJob> {
  const [job] = await claim(jobs, 1);
  if (job === undefined) throw new Error('A due job was expected, and none was handed out.');
  return job;
}

/** What the store of work promises about handing it out and ending it. */
export const jobLaws = lawsOf('jobs', {
  'claims-without-a-limit': async (trial) => {
    const { jobs } = trial.stores;
    for (const id of ['a', 'b']) await add(trial, { id, key: id });
    answers('Jobs with a limit below zero', (await claim(jobs, -1)).length, 0);
    answers('Jobs without a limit', (await claim(jobs, Number.POSITIVE_INFINITY)).length, 2);
  },
  'comes-out-as-it-went-in': async (trial) => {
    const { jobs } = trial.stores;
    const payload = { run: 'r', list: [1, null, 'ß'] };
    await add(trial, { id: 'a', payload });
    const { lease, ...job } = await only(jobs);
    answers('The job', job, { ...newJob(trial.clock, { id: 'a', payload }), attempt: 1 });
    answers('Whether it has a lease', lease.length > 0, true);
  },
  'same-id-is-added-once': async ({ stores: { jobs }, clock }) => {
    answers('A new job', await jobs.add(newJob(clock, { id: 'a' })), 'added');
    answers('The same id', await jobs.add(newJob(clock, { id: 'a', key: 'other' })), 'already');
  },
  'finished-id-is-not-added-again': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a' });
    const { id, lease } = await only(jobs);
    answers('Finishing', await jobs.finish(id, lease), 'finished');
    answers('The same id after its end', await jobs.add(newJob(trial.clock, { id: 'a' })), 'already');
  },
  'finished-is-over': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a' });
    const { id, lease } = await only(jobs);
    await jobs.finish(id, lease);
    await trial.clock.advance(2 * leaseMs);
    answers('What is handed out after the end', ids(await claim(jobs)), []);
  },
  'one-key-one-at-a-time': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a1', key: 'a' }, { id: 'a2', key: 'a' }, { id: 'b1', key: 'b' });
    answers('What is handed out', ids(await claim(jobs)), ['a1', 'b1']);
    answers('What is handed out while they run', ids(await claim(jobs)), []);
  },
  'next-of-the-key-follows': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a1', key: 'a' }, { id: 'a2', key: 'a' }, { id: 'a3', key: 'a' });
    for (const expected of ['a1', 'a2', 'a3']) {
      const { id, lease } = await only(jobs);
      answers('The next job of the key', id, expected);
      await jobs.finish(id, lease);
    }
  },
  'key-keeps-its-order-across-lanes': async (trial) => {
    await add(trial, { id: 'a1', key: 'a', lane: 'bulk' }, { id: 'a2', key: 'a', lane: 'urgent' });
    answers('What is handed out', ids(await claim(trial.stores.jobs)), ['a1']);
  },
  'job-that-is-not-due-holds-its-key': async (trial) => {
    await add(trial, { id: 'a1', key: 'a', dueAt: momentIn(trial.clock, 1000) }, { id: 'a2', key: 'a' });
    answers('What is handed out', ids(await claim(trial.stores.jobs)), []);
  },
  'waiting-job-holds-its-key': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a1', key: 'a' }, { id: 'a2', key: 'a' }, { id: 'b1', key: 'b' });
    const { id, lease } = await only(jobs);
    answers('Putting off', await jobs.retry(id, lease, momentIn(trial.clock, 1000)), 'waiting');
    answers('What is handed out meanwhile', ids(await claim(jobs)), ['b1']);
    await trial.clock.advance(1000);
    answers('What is handed out when it is due', ids(await claim(jobs)), ['a1']);
  },
  'parked-job-holds-its-key': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a1', key: 'a' }, { id: 'a2', key: 'a' }, { id: 'b1', key: 'b' });
    const { id, lease } = await only(jobs);
    answers('Parking', await jobs.park(id, lease), 'parked');
    await trial.clock.advance(10 * leaseMs);
    answers('What is handed out', ids(await claim(jobs)), ['b1']);
  },
  'urgent-lane-first': async (trial) => {
    await add(trial, { id: 'bulk', lane: 'bulk' }, { id: 'normal' }, { id: 'urgent', lane: 'urgent' });
    answers('What is handed out', ids(await claim(trial.stores.jobs)), ['urgent', 'normal', 'bulk']);
  },
  'oldest-first-in-a-lane': async (trial) => {
    for (const id of ['c', 'a', 'b']) {
      await add(trial, { id });
      await trial.clock.advance(10);
    }
    answers('What is handed out', ids(await claim(trial.stores.jobs)), ['c', 'a', 'b']);
  },
  'not-before-it-is-due': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a', dueAt: momentIn(trial.clock, 1000) });
    await trial.clock.advance(999);
    answers('What is handed out before', ids(await claim(jobs)), []);
    await trial.clock.advance(1);
    answers('What is handed out when it is due', ids(await claim(jobs)), ['a']);
  },
  'no-more-than-asked-for': async (trial) => {
    await add(trial, { id: 'a' }, { id: 'b' }, { id: 'c', lane: 'urgent' });
    answers('How many are handed out', (await claim(trial.stores.jobs, 2)).length, 2);
  },
  'queues-are-apart': async (trial) => {
    await add(trial, { id: 'a', queue: 'other' });
    answers('What is handed out', ids(await claim(trial.stores.jobs)), []);
  },
  'lapsed-lease-is-handed-out-again': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a' });
    const first = await only(jobs);
    await trial.clock.advance(leaseMs - 1);
    answers('What is handed out while the lease holds', ids(await claim(jobs)), []);
    await trial.clock.advance(1);
    const second = await only(jobs);
    answers('Whether the lease is another', second.lease !== first.lease, true);
  },
  'attempts-are-counted': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a' });
    const { id, lease } = await only(jobs);
    await jobs.retry(id, lease, momentIn(trial.clock, 0));
    answers('The attempt after a retry', (await only(jobs)).attempt, 2);
    await trial.clock.advance(leaseMs);
    answers('The attempt after a lapsed lease', (await only(jobs)).attempt, 3);
  },
  'renewed-lease-holds': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a' });
    const { id, lease } = await only(jobs);
    await trial.clock.advance(leaseMs - 1);
    answers('Renewing', await jobs.renew(id, lease, leaseMs), 'renewed');
    await trial.clock.advance(leaseMs - 1);
    answers('What is handed out', ids(await claim(jobs)), []);
  },
  'stale-lease-cannot-finish': async (trial) => {
    const { id, stale } = await takenOver(trial);
    answers('Finishing with a stale lease', await trial.stores.jobs.finish(id, stale), 'lost');
    answers('How many run', (await trial.stores.jobs.counts('q')).running, 1);
  },
  'stale-lease-cannot-renew': async (trial) => {
    const { id, stale } = await takenOver(trial);
    answers('Renewing with a stale lease', await trial.stores.jobs.renew(id, stale, leaseMs), 'lost');
  },
  'stale-lease-cannot-retry': async (trial) => {
    const { id, stale } = await takenOver(trial);
    answers(
      'Putting off with a stale lease',
      await trial.stores.jobs.retry(id, stale, momentIn(trial.clock, 0)),
      'lost',
    );
  },
  'stale-lease-cannot-park': async (trial) => {
    const { id, stale } = await takenOver(trial);
    answers('Parking with a stale lease', await trial.stores.jobs.park(id, stale), 'lost');
  },
  'released-job-is-due-now': async (trial) => {
    const { jobs } = trial.stores;
    await parked(trial);
    answers('Releasing', await jobs.release('a'), true);
    answers('What is handed out', ids(await claim(jobs)), ['a']);
  },
  'released-job-counts-from-zero': async (trial) => {
    await parked(trial);
    await trial.stores.jobs.release('a');
    const [job] = await claim(trial.stores.jobs);
    answers('The attempt after a release', job?.attempt ?? 1, 1);
  },
  'only-a-parked-job-is-released': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a' });
    await only(jobs);
    answers('Releasing a running job', await jobs.release('a'), false);
    answers('Releasing what is not there', await jobs.release('b'), false);
  },
  'dropped-job-frees-its-key': async (trial) => {
    const { jobs } = trial.stores;
    await parked(trial);
    await add(trial, { id: 'a2', key: 'key/a' });
    answers('Dropping', await jobs.drop('a'), true);
    answers('What is handed out', ids(await claim(jobs)), ['a2']);
  },
  'only-a-parked-job-is-dropped': async (trial) => {
    await add(trial, { id: 'a' });
    answers('Dropping a job that is due', await trial.stores.jobs.drop('a'), false);
  },
  'added-parked-waits-for-a-person': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'p', parked: true });
    answers('What is handed out', ids(await claim(jobs)), []);
    answers('How many are parked', (await jobs.counts('q')).parked, 1);
  },
  'parked-needs-a-key-of-its-own': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a', key: 'k' });
    const held = newJob(trial.clock, { id: 'p', key: 'k', parked: true });
    const refused = async () => {
      const ended = await outcomeOf(() => jobs.add(held));
      return !ended.ok && isCommerceError(ended.error) ? ended.error.code : 'not refused';
    };
    answers('Behind a job that waits', await refused(), 'flow.defect');
    const { id, lease } = await only(jobs);
    answers('Behind a job that runs', await refused(), 'flow.defect');
    answers('How many are parked', (await jobs.counts('q')).parked, 0);
    await jobs.finish(id, lease);
    answers('When the other is over', await jobs.add(held), 'added');
    answers('The same id again', await jobs.add(held), 'already');
  },
  'released-job-is-due-when-told': async (trial) => {
    const { jobs } = trial.stores;
    await parked(trial);
    answers('Releasing', await jobs.release('a', momentIn(trial.clock, 1000)), true);
    await trial.clock.advance(999);
    answers('What is handed out before', ids(await claim(jobs)), []);
    await trial.clock.advance(1);
    answers('What is handed out when it is due', ids(await claim(jobs)), ['a']);
  },
  'peek-tells-where-it-is': async (trial) => {
    const { jobs } = trial.stores;
    const payload = { run: 'r', list: [1, null] };
    const state = async () => (await jobs.peek('a'))?.state;
    answers('Before it is added', await jobs.peek('a'), undefined);
    await add(trial, { id: 'a', payload });
    answers('A job that is due', await jobs.peek('a'), {
      ...newJob(trial.clock, { id: 'a', payload }),
      state: 'queued',
    });
    await only(jobs);
    answers('A job that runs', await state(), 'running');
    await trial.clock.advance(leaseMs);
    answers('A job whose lease ran out', await state(), 'running');
    const { id, lease } = await only(jobs);
    await jobs.park(id, lease);
    answers('A parked job', await state(), 'parked');
    await add(trial, { id: 'b' });
    const last = await only(jobs);
    await jobs.finish(last.id, last.lease);
    answers('A job that is over', await jobs.peek('b'), undefined);
  },
  'parked-are-listed-by-id': async (trial) => {
    const { jobs } = trial.stores;
    const inOrder = ['B', 'a', 'b', '\u{ff5e}', '🚚'];
    for (const id of inOrder.toReversed()) await add(trial, { id, parked: true });
    await add(trial, { id: 'c' }, { id: 'd', queue: 'other', parked: true });
    const list = async (options: { readonly after?: string; readonly limit: number }) =>
      (await jobs.parked('q', options)).map(({ id }) => id);
    answers('What is parked', await list({ limit: 10 }), inOrder);
    answers('The first two', await list({ limit: 2 }), ['B', 'a']);
    await jobs.drop('a');
    answers('What comes after one that is over', await list({ after: 'a', limit: 2 }), ['b', '\u{ff5e}']);
    const [first] = await jobs.parked('q', { limit: 1 });
    const { parked: _parked, ...job } = newJob(trial.clock, { id: 'B', parked: true });
    answers('The first of them', first, { ...job, state: 'parked' });
  },
  'counts-tell-the-states': async (trial) => {
    const { jobs } = trial.stores;
    await parked(trial);
    await add(trial, { id: 'b', lane: 'urgent' });
    await only(jobs);
    await add(trial, { id: 'c1', key: 'c' }, { id: 'c2', key: 'c' }, { id: 'd', dueAt: momentIn(trial.clock, 1000) });
    answers('The counts', await jobs.counts('q'), { ready: 1, waiting: 2, running: 1, parked: 1 });
    answers('The counts of another queue', await jobs.counts('other'), { ready: 0, waiting: 0, running: 0, parked: 0 });
  },
  'tells-what-is-due-next': async (trial) => {
    const { jobs } = trial.stores;
    answers('With nothing to do', await jobs.nextDueAt('q'), undefined);
    await add(trial, { id: 'a', dueAt: momentIn(trial.clock, 5000) }, { id: 'b', dueAt: momentIn(trial.clock, 3000) });
    answers('With two jobs to come', await jobs.nextDueAt('q'), momentIn(trial.clock, 3000));
  },
  'lease-end-counts-as-due-next': async (trial) => {
    const { jobs } = trial.stores;
    await add(trial, { id: 'a' });
    await only(jobs);
    answers('With a running job', await jobs.nextDueAt('q'), momentIn(trial.clock, leaseMs));
  },
  'crowd-runs-each-once': async (trial) => {
    const { jobs } = trial.stores;
    const all = Array.from({ length: 60 }, (_, index) => ({ id: `j${index}`, key: `k${index % 20}` }));
    await add(trial, ...all);
    const done: string[] = [];
    const worker = async () => {
      for (let idle = 0; idle < 3;) {
        const [job] = await claim(jobs, 1);
        idle = job === undefined ? idle + 1 : 0;
        if (job === undefined) continue;
        done.push(job.id);
        await jobs.finish(job.id, job.lease);
      }
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    await worker();
    answers('How many were done', done.length, all.length);
    answers('How many were done once', new Set(done).size, all.length);
  },
});

/** A job that somebody else has now, and the lease that ran out before. */
async function takenOver(trial: { stores: Stores; clock: TestClock }): Promise<{ id: string; stale: string }> {
  await add(trial, { id: 'a' });
  const { id, lease: stale } = await only(trial.stores.jobs);
  await trial.clock.advance(leaseMs);
  await only(trial.stores.jobs);
  return { id, stale };
}

/** The job "a", parked in its second attempt. */
async function parked(trial: { stores: Stores; clock: TestClock }): Promise<void> {
  const { jobs } = trial.stores;
  await add(trial, { id: 'a' });
  const first = await only(jobs);
  await jobs.retry(first.id, first.lease, momentIn(trial.clock, 0));
  const second = await only(jobs);
  await jobs.park(second.id, second.lease);
}
