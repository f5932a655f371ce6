import type { JobStore, NewJob, Stores } from '@crossdock/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshSchema, freshStores } from '../fresh-stores.ts';

let schema: string;
let stores: Stores;
beforeEach(async () => {
  schema = freshSchema();
  stores = await freshStores({ schema });
});
afterEach(() => stores.close());

const past = '2026-01-01T00:00:00.000Z';
const job = (id: string, more: Partial<NewJob> = {}): NewJob => ({
  id,
  queue: 'work',
  key: 'order 1',
  lane: 'normal',
  dueAt: past,
  payload: null,
  ...more,
});

/** Works until nothing is due, and tells what was handed out in which order. */
async function workOff(jobs: JobStore): Promise<readonly string[]> {
  const done: string[] = [];
  for (;;) {
    const claimed = await jobs.claim('work', { leaseMs: 60_000, limit: 10 });
    if (claimed.length === 0) return done;
    for (const { id, lease } of claimed) {
      expect(await jobs.finish(id, lease)).toBe('finished');
      done.push(id);
    }
  }
}

describe('jobs of one key', () => {
  it('come out as they were added in one unit of work', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `job ${index}`);
    await stores.atomically(async ({ jobs }) => {
      for (const id of ids) await jobs.add(job(id));
    });
    expect(await workOff(stores.jobs)).toEqual(ids);
  });

  it('come out as they were added when the unit of the second began before the first was added', async () => {
    await stores.atomically(async ({ jobs, cursors }) => {
      await cursors.read('anything');
      await outside((other) => other.jobs.add(job('first')));
      await jobs.add(job('second'));
    });
    expect(await workOff(stores.jobs)).toEqual(['first', 'second']);
  });

  it('wait for one that is not due, whichever lane they are in and whoever added them', async () => {
    const later = new Date(Date.parse('2099-01-01')).toISOString();
    await stores.jobs.add(job('later', { dueAt: later, lane: 'bulk' }));
    await outside((other) => other.jobs.add(job('urgent', { lane: 'urgent' })));
    expect(await workOff(stores.jobs)).toEqual([]);
    expect(await stores.jobs.counts('work')).toEqual({ ready: 0, waiting: 2, running: 0, parked: 0 });
    expect(await stores.jobs.nextDueAt('work')).toBe(later);
  });

  it('are handed out once each by twenty who claim at once, and never two at a time', async () => {
    const keys = Array.from({ length: 10 }, (_, index) => `order ${index}`);
    for (let turn = 0; turn < 6; turn++) {
      await Promise.all(keys.map((key) => stores.jobs.add(job(`${key}/${turn}`, { key }))));
    }
    const done: string[] = [];
    const atWork = new Set<string>();
    const worker = async () => {
      while (done.length < keys.length * 6) {
        for (const { id, key, lease } of await stores.jobs.claim('work', { leaseMs: 60_000, limit: 2 })) {
          expect(atWork.has(key)).toBe(false);
          atWork.add(key);
          done.push(id);
          await stores.jobs.renew(id, lease, 60_000);
          atWork.delete(key);
          expect(await stores.jobs.finish(id, lease)).toBe('finished');
        }
      }
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    expect(new Set(done).size).toBe(keys.length * 6);
    for (const key of keys) {
      expect(done.filter((id) => id.startsWith(`${key}/`))).toEqual([0, 1, 2, 3, 4, 5].map((turn) => `${key}/${turn}`));
    }
  });

  it('stay parked once more after a person released what was parked from the beginning', async () => {
    await stores.jobs.add(job('asked', { parked: true }));
    expect(await stores.jobs.release('asked')).toBe(true);
    const [claimed] = await stores.jobs.claim('work', { leaseMs: 60_000, limit: 1 });
    expect(claimed?.attempt).toBe(1);
    expect(await stores.jobs.park('asked', claimed?.lease ?? '')).toBe('parked');
    expect((await stores.jobs.counts('work')).parked).toBe(1);
  });
});

it.each(['odd\u{1}key', '\u{1}', 'zero\u{0}', '#', '', 'k'.repeat(101)])(
  'keeps the jobs of a key in order, whatever its text: %j',
  async (key) => {
    await stores.jobs.add(job('later', { key, dueAt: '2999-01-01T00:00:00.000Z' }));
    await stores.jobs.add(job('behind', { key }));
    await expect(stores.jobs.add(job('parked', { key, parked: true }))).rejects.toMatchObject({ code: 'flow.defect' });
    expect(await workOff(stores.jobs)).toEqual([]);
    expect(await stores.jobs.counts('work')).toEqual({ ready: 0, waiting: 2, running: 0, parked: 0 });
  },
);

it('adds nothing of a unit of work that was taken back, and adds it the next time', async () => {
  const refused = stores.atomically(async ({ jobs }) => {
    await jobs.add(job('once'));
    throw new Error('No.');
  });
  await expect(refused).rejects.toThrow('No.');
  expect(await stores.jobs.peek('once')).toBeUndefined();
  expect(await stores.jobs.add(job('once'))).toBe('added');
});

it('adds an id once when many add it at once, in units and outside', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0
        ? stores.jobs.add(job('once', { key: `key ${index}` }))
        : stores.atomically(({ jobs }) => jobs.add(job('once', { key: `key ${index}` }))),
    ),
  );
  expect(answers.filter((answer) => answer === 'added')).toHaveLength(1);
  expect(await workOff(stores.jobs)).toEqual(['once']);
});

/** Other stores on the same schema, as another process has them. */
async function outside(act: (other: Stores) => Promise<unknown>): Promise<void> {
  const other = await freshStores({ schema });
  try {
    await act(other);
  } finally {
    await other.close();
  }
}
