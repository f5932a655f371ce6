import { lanes, type ClaimedJob, type JobStore, type Stores } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshStores } from '../fresh-stores.ts';

const clock = { ms: Date.parse('2026-11-23T10:00:00.000Z'), now: () => clock.ms };
let stores: Stores;
beforeAll(async () => {
  stores = await freshStores({ clock });
});
afterAll(() => stores.close());

/** What is done to both stores. Whoever is meant is one of the jobs that were added, or handed out. */
const acts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('add'), key: fc.nat(3), lane: fc.nat(2), dueInMs: dueIn() }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('add-parked'), key: fc.nat(5), lane: fc.nat(2), dueInMs: dueIn() }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('claim') }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('finish', 'park', 'renew'), who: fc.nat(30) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('retry'), who: fc.nat(30), dueInMs: dueIn() }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('release', 'drop', 'add-again', 'peek'), who: fc.nat(30) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('release-later'), who: fc.nat(30), dueInMs: dueIn() }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(1, 400, 999, 1000, 2500) }) },
  ),
  { minLength: 5, maxLength: 40 },
);
type Act = { readonly do: string; readonly [what: string]: number | string };
function dueIn() {
  return fc.constantFrom(0, -500, 1, 700, 1500, 4000);
}

it('does with any jobs what the stores in memory do', { timeout: 120_000 }, async () => {
  let queues = 0;
  const run = async (script: readonly Act[]) => {
    const queue = `queue-${queues++}`;
    const here = player(stores.jobs, queue);
    const there = player(memoryStores({ clock }).jobs, queue);
    for (const [step, act] of script.entries()) {
      if (act.do === 'wait') clock.ms += Number(act['ms']);
      const [ours, model] = [await here(act, step), await there(act, step)];
      expect({ act, ...ours }).toEqual({ act, ...model });
    }
  };
  await fc.assert(fc.asyncProperty(acts, run), { numRuns: 60 });
});

const at = (ms: number) => new Date(clock.ms + ms).toISOString();

/** Plays acts on one store, and tells what became of each and how the queue looks then. */
function player(jobs: JobStore, queue: string) {
  const added: string[] = [];
  const held: ClaimedJob[] = [];
  const play = async (act: Act, step: number): Promise<unknown> => {
    const id = added[Number(act['who']) % Math.max(1, added.length)] ?? `${queue}/nobody`;
    const job = held[Number(act['who']) % Math.max(1, held.length)];
    const due = at(Number(act['dueInMs'] ?? 0));
    switch (act.do) {
      case 'add':
      case 'add-parked': {
        const name = `${queue}/${step}`;
        const lane = lanes[Number(act['lane'])] ?? 'normal';
        const key = `${queue}/key-${act['key']}`;
        const parked = act.do === 'add-parked';
        const done = await jobs
          .add({ id: name, queue, key, lane, dueAt: due, payload: { step }, ...(parked && { parked }) })
          .catch((error: Error) => error.message);
        if (done === 'added') added.push(name);
        return done;
      }
      case 'add-again':
        return jobs.add({ id, queue, key: 'other', lane: 'bulk', dueAt: due, payload: null });
      case 'claim': {
        // All that is due: in which order of one lane they come is up to each store.
        const claimed = await jobs.claim(queue, { leaseMs: 1000, limit: 100 });
        const sorted = claimed.toSorted((one, other) => (one.id < other.id ? -1 : 1));
        held.push(...sorted);
        return {
          lanes: claimed.map(({ lane }) => lane),
          jobs: sorted.map((each) => ({ ...each, lease: each.lease.length > 0 })),
        };
      }
      case 'finish':
        return job && jobs.finish(job.id, job.lease);
      case 'park':
        return job && jobs.park(job.id, job.lease);
      case 'renew':
        return job && jobs.renew(job.id, job.lease, 1000);
      case 'retry':
        return job && jobs.retry(job.id, job.lease, due);
      case 'release':
        return jobs.release(id);
      case 'release-later':
        return jobs.release(id, due);
      case 'drop':
        return jobs.drop(id);
      case 'peek':
        return jobs.peek(id);
      default:
        return undefined;
    }
  };
  return async (act: Act, step: number) => ({
    done: await play(act, step),
    counts: await jobs.counts(queue),
    next: await jobs.nextDueAt(queue),
    parked: await jobs.parked(queue, { limit: 100 }),
  });
}
