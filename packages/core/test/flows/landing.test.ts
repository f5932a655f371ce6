import { CommerceError, type IdempotencyStore, type Stores } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it, vi } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { placeOrder, running, setUp } from './set-up.ts';
import { draftOf, placed, webhook } from './shop.ts';

const run = `place-order/${placed('1').id}`;

/** Stores that note when an end is asked for and when it is stored, with something to happen in between. */
function watched(between: (verb: 'finish' | 'writeStep') => void | Promise<void> = () => {}) {
  const clock = testClock({ auto: false });
  const stores = memoryStores({ clock });
  const told: string[] = [];
  const watching = async <T>(verb: 'finish' | 'writeStep', store: () => Promise<T>): Promise<T> => {
    told.push(`${verb} asked`);
    await between(verb);
    const answer = await store();
    told.push(`${verb} stored`);
    return answer;
  };
  const idempotency: IdempotencyStore = {
    ...stores.idempotency,
    begin(...given) {
      told.push('begin asked');
      return stores.idempotency.begin(...given);
    },
    finish: (...given) => watching('finish', () => stores.idempotency.finish(...given)),
  };
  const runs: Stores['runs'] = {
    ...stores.runs,
    writeStep: (...given) => watching('writeStep', () => stores.runs.writeStep(...given)),
  };
  return { told, clock, stores: { ...stores, idempotency, runs } };
}

it('stores the end of a write and the result of its step side by side', async () => {
  // As long as a store takes that is not in memory.
  const { told, stores } = watched(() => new Promise((resolve) => setImmediate(resolve)));
  const { composed } = setUp(undefined, {}, stores);
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', ['1']));
  expect(await hub.work()).toMatchObject({ done: 2 });
  expect(told).toEqual(['begin asked', 'finish asked', 'writeStep asked', 'finish stored', 'writeStep stored']);
});

it('begins no further step before the end of a write is stored', async () => {
  const gate = Promise.withResolvers<void>();
  const { told, stores } = watched((verb) => (verb === 'finish' ? gate.promise : undefined));
  const { composed } = setUp(undefined, {}, stores);
  const steps: string[] = [];
  const hub = composed(
    running(async ({ event, systems, step }) => {
      await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
      steps.push('next');
    }),
  );
  await hub.receive('shop', webhook('d', ['1']));
  const working = hub.work();
  await vi.waitFor(() => expect(told).toContain('writeStep stored'));
  expect(steps).toEqual([]);
  gate.resolve();
  expect(await working).toMatchObject({ done: 2 });
  expect(steps).toEqual(['next']);
});

it('begins no second write in a step before the end of the first is stored', async () => {
  const gate = Promise.withResolvers<void>();
  let ends = 0;
  const { told, stores } = watched((verb) => (verb === 'finish' && ends++ === 0 ? gate.promise : undefined));
  const { composed, ledger } = setUp(undefined, {}, stores);
  const given: unknown[] = [];
  const hub = composed(
    running(async ({ event, systems, step }) => {
      await step('create', async ({ key }) => {
        given.push(await systems.erp.orders.create(draftOf(event), { idempotencyKey: `${key}/one` }));
        await systems.erp.orders.create(draftOf(event), { idempotencyKey: `${key}/two` });
      });
    }),
  );
  await hub.receive('shop', webhook('d', ['1']));
  const working = hub.work();
  await vi.waitFor(() => expect(given).toHaveLength(1));
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(told.filter((what) => what === 'begin asked')).toHaveLength(1);
  gate.resolve();
  expect(await working).toMatchObject({ done: 2 });
  expect(ledger.made.map(({ key }) => key.slice(-4))).toEqual(['/one', '/two']);
});

it('stores the end of a write also where its step fails afterwards', async () => {
  const { stores } = watched();
  const { composed, ledger } = setUp(undefined, {}, stores);
  const keys: string[] = [];
  const hub = composed(
    running(async ({ event, systems, step }) => {
      await step('create', async ({ key }) => {
        keys.push(key);
        await systems.erp.orders.create(draftOf(event), { idempotencyKey: key });
        throw new CommerceError({ code: 'sku.unknown', message: 'Order "1" has a SKU that is not there.' });
      });
    }),
  );
  await hub.receive('shop', webhook('d', ['1']));
  expect(await hub.work()).toMatchObject({ parked: 1 });
  expect(await stores.idempotency.peek(keys[0] ?? '')).toMatchObject({ state: 'done' });
  expect(await stores.runs.steps(run)).toEqual(new Map());
  expect(ledger.made).toHaveLength(1);
});

it('fails a step whose write could not be stored as ended, and makes the write once all the same', async () => {
  let isDown = true;
  const { stores, clock: storeClock } = watched((verb) => {
    if (verb === 'finish' && isDown)
      throw new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' });
  });
  const { composed, ledger, clock } = setUp(undefined, { leaseMs: 1_000 }, stores);
  const steps: string[] = [];
  const hub = composed(
    running(async ({ event, systems, step }) => {
      await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
      steps.push('next');
    }),
  );
  await hub.receive('shop', webhook('d', ['1']));
  expect(await hub.work()).toMatchObject({ retried: 1 });
  expect(steps).toEqual([]);
  isDown = false;
  await clock.advance(60_000);
  await storeClock.advance(60_000);
  expect(await hub.work()).toMatchObject({ done: 1 });
  expect(ledger.made).toHaveLength(1);
});

/** What is written of a delivery of these orders. */
async function written(...orders: readonly string[]): Promise<readonly string[]> {
  const stores = memoryStores({ clock: testClock({ auto: false }) });
  const told: string[] = [];
  const listening: Stores = {
    ...stores,
    atomically: (work) =>
      stores.atomically((inside) =>
        work({
          ...inside,
          runs: {
            ...inside.runs,
            start(record) {
              told.push(`run ${record.key}`);
              return inside.runs.start(record);
            },
          },
          jobs: {
            ...inside.jobs,
            add(job) {
              if (!job.id.startsWith('place-order/')) return inside.jobs.add(job);
              told.push(`job ${job.key}`);
              return inside.jobs.add(job);
            },
          },
        }),
      ),
  };
  const { composed } = setUp(undefined, {}, listening);
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', orders));
  await hub.work();
  return told;
}

it('writes the runs of the same facts in one order, however they came, and their jobs as they came', async () => {
  // Units that lock them crosswise would wait for each other.
  const runs = ['run 1', 'run 2', 'run 3'];
  const jobs = (await written('1', '2', '3')).slice(3);
  expect(await written('1', '2', '3')).toEqual([...runs, ...jobs]);
  expect(await written('3', '1', '2')).toEqual([...runs, jobs[2], jobs[0], jobs[1]]);
});
