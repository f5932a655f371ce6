import type { InboxEntry, RunRecord, StoreSet, Stores } from '@crossdock/core';
import { outcomeOf } from '../holds.ts';
import { answers, lawsOf } from './store-law.ts';

const entry: InboxEntry = {
  system: 'shop',
  deliveryId: 'd',
  topic: 't',
  body: '{}',
  receivedAt: '2026-11-01T00:00:00Z',
};
const job = {
  id: 'j',
  queue: 'q',
  key: 'k',
  lane: 'normal',
  dueAt: '2026-11-01T00:00:00.000Z',
  payload: null,
} as const;

const run: RunRecord = {
  id: 'r',
  flow: 'f',
  version: 1,
  key: 'k',
  event: null,
  state: 'open',
  startedAt: entry.receivedAt,
};

/** What holds for everything that is written in one unit of work. */
export const atomicityLaws = lawsOf('atomically', {
  'gives-what-work-gave': async ({ stores }) => {
    answers('The result of the work', await stores.atomically(async () => 7), 7);
  },
  'lands-together': async ({ stores }) => {
    await stores.atomically(writeAll);
    answers('What is there', await whatIsThere(stores), { cursor: 'a', job: 1, inbox: true, run: true, held: true });
  },
  'throwing-leaves-nothing': async ({ stores }) => {
    const failure = new Error('The work stopped.');
    const ended = await outcomeOf(() =>
      stores.atomically(async (inside) => {
        await writeAll(inside);
        throw failure;
      }),
    );
    answers('Whether the caller gets what the work threw', !ended.ok && ended.error === failure, true);
    answers('What is there', await whatIsThere(stores), {
      cursor: undefined,
      job: 0,
      inbox: false,
      run: false,
      held: false,
    });
  },
  'sees-its-own-writes': async ({ stores }) => {
    const seen = await stores.atomically(async (inside) => {
      await inside.cursors.advance('c', undefined, 'a');
      return inside.cursors.read('c');
    });
    answers('What the work reads', seen, 'a');
  },
  'others-see-nothing-of-it': async ({ stores, clock }) => {
    // Begun outside the unit, so that it is somebody else's and not the unit's own.
    const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
    const read = written.then(() => stores.cursors.read('c'));
    await outcomeOf(() =>
      stores.atomically(async (inside) => {
        await inside.cursors.advance('c', undefined, 'a');
        wrote();
        await clock.advance(0);
        throw new Error('The work stopped.');
      }),
    );
    answers('What somebody else read in between', await read, undefined);
  },
  'nobody-slips-in': async ({ stores, clock }) => {
    const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
    const added = written.then(() => stores.inbox.put(entry));
    await outcomeOf(() =>
      stores.atomically(async (inside) => {
        await inside.cursors.advance('c', undefined, 'a');
        wrote();
        await clock.advance(0);
        throw new Error('The work stopped.');
      }),
    );
    answers('What somebody else wrote in between', await added, 'stored');
    answers('Whether it is there', (await stores.inbox.get('shop', 'd')) !== undefined, true);
  },
  'one-after-another': async ({ stores, clock }) => {
    const count = () =>
      stores.atomically(async (inside) => {
        const before = await inside.cursors.read('c');
        await clock.advance(0);
        await inside.cursors.advance('c', before, String(Number(before ?? '0') + 1));
      });
    await Promise.all(Array.from({ length: 10 }, count));
    answers('Ten units that count to ten', await stores.cursors.read('c'), '10');
  },
  'failed-unit-takes-no-other-with-it': async ({ stores }) => {
    const units = [0, 1, 2].map((number) =>
      outcomeOf(() =>
        stores.atomically(async (inside) => {
          await inside.cursors.advance(`c${number}`, undefined, 'a');
          if (number === 1) throw new Error('The work stopped.');
        }),
      ),
    );
    answers(
      'How they ended',
      (await Promise.all(units)).map(({ ok }) => ok),
      [true, false, true],
    );
    const cursors = await Promise.all([0, 1, 2].map((number) => stores.cursors.read(`c${number}`)));
    answers(
      'What is there',
      cursors.map((cursor) => cursor ?? 'nothing'),
      ['a', 'nothing', 'a'],
    );
  },
  'held-step-lands-with-its-unit': async ({ stores, clock }) => {
    await stores.runs.start(run);
    await stores.jobs.add(job);
    const [claimed] = await stores.jobs.claim('q', { leaseMs: 60_000, limit: 1 });
    const held = { job: 'j', lease: claimed?.lease ?? '', leaseMs: 60_000 };
    const lapses = await stores.jobs.nextDueAt('q');
    await clock.advance(1000);
    await outcomeOf(() =>
      stores.atomically(async (inside) => {
        answers('A step inside', await inside.runs.writeStep('r', 'a', 1, held), 'written');
        throw new Error('The work stopped.');
      }),
    );
    answers('The steps of a unit that stopped', (await stores.runs.steps('r')).size, 0);
    answers('When the lease ends', await stores.jobs.nextDueAt('q'), lapses);
    const ends = await stores.atomically(async (inside) => [
      await inside.runs.writeStep('r', 'b', 2, { ...held, lease: 'another' }),
      await inside.runs.writeStep('r', 'c', 3, held),
      await inside.jobs.finish('j', held.lease),
      await inside.runs.writeStep('r', 'd', 4, held),
    ]);
    answers('The ends of one unit', ends, ['lost', 'written', 'finished', 'lost']);
    answers('The steps', [...(await stores.runs.steps('r'))], [['c', 3]]);
  },
  'over-is-over': async ({ stores }) => {
    let leaked: StoreSet | undefined;
    await stores.atomically(async (inside) => {
      leaked = inside;
    });
    const late = await outcomeOf(async () => leaked?.cursors.advance('c', undefined, 'late'));
    answers('Whether a write after the end of its unit is refused', late.ok, false);
    answers('What is there', await stores.cursors.read('c'), undefined);
  },
});

/** One write to each store that tells its own. */
async function writeAll(inside: StoreSet): Promise<void> {
  await inside.cursors.advance('c', undefined, 'a');
  await inside.jobs.add(job);
  await inside.inbox.put(entry);
  await inside.runs.start(run);
  await inside.idempotency.begin('key', 'request', 60_000);
}

async function whatIsThere({ cursors, jobs, inbox, runs, idempotency }: Stores) {
  const { ready, waiting, running } = await jobs.counts('q');
  return {
    cursor: await cursors.read('c'),
    job: ready + waiting + running,
    inbox: (await inbox.get('shop', 'd')) !== undefined,
    run: (await runs.get('r')) !== undefined,
    held: (await idempotency.begin('key', 'request', 60_000)).state === 'running',
  };
}
