import { CommerceError, defineConnector, type Ref, type WriteOptions } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { draftOf, webhook } from './shop.ts';
import { failWith, placeOrder, running, setUp, type Context } from './set-up.ts';

const made: Ref<'order'> = { system: 'erp', kind: 'order', id: 'S1' };

/** A back office that takes its time, and finds what it made before by its key. */
function slowOffice(work: (options: WriteOptions) => Promise<void>) {
  const rows: string[] = [];
  let atOnce = 0;
  let most = 0;
  const connector = defineConnector({
    platform: 'ledger',
    apiVersion: '1',
    system: 'erp',
    ports: {
      orders: {
        async create(_: unknown, options: WriteOptions) {
          const isThere = rows.includes(options.idempotencyKey);
          atOnce++;
          most = Math.max(most, atOnce);
          try {
            await work(options);
          } finally {
            atOnce--;
          }
          if (!isThere) rows.push(options.idempotencyKey);
          return made;
        },
      },
    },
    traits: { 'orders.create': { duplicateGuard: 'natural-key' } },
    check: async () => {},
    usage: () => [],
  });
  return { connector, rows, most: () => most };
}

it('makes one record for two runs with one key, however long the first one takes', async () => {
  const gate = Promise.withResolvers<void>();
  const office = slowOffice(() => gate.promise);
  const { composed, clock, stores } = setUp(undefined, { leaseMs: 60_000, systems: { erp: office.connector } });
  const hub = composed(
    running(async ({ event, systems, step }: Context) => {
      const draft = { ...draftOf(event), number: 'same', source: made };
      await step('create', ({ key }) => systems.erp.orders.create(draft, { idempotencyKey: key }), {
        key: 'customer/1',
      });
    }),
  );
  await hub.receive('shop', webhook('d', ['1', '2']));
  const working = hub.work();
  for (let minute = 0; minute < 3; minute++) await clock.advance(60_000);
  gate.resolve();
  await working;
  await clock.advance(600_000);
  await hub.work();
  for (const number of ['1', '2']) {
    const run = await stores.runs.get(`place-order/shop/order/${number}/order.placed`);
    expect(run).toMatchObject({ state: 'done' });
  }
  expect(office.rows).toEqual(['customer/1']);
  expect(office.most()).toBe(1);
});

describe('a worker that is told to stop', () => {
  it('lets a write that was sent come to its end, and sends nothing more', async () => {
    const stop = new AbortController();
    const gate = Promise.withResolvers<void>();
    const signals: (AbortSignal | undefined)[] = [];
    const { composed, ledger } = setUp(async (_, { signal }) => {
      signals.push(signal);
      stop.abort(new Error('A deploy.'));
      await gate.promise;
    });
    const hub = composed(
      running(async ({ event, systems, step }: Context) => {
        await step('create', async ({ key }) => {
          await systems.erp.orders.create(draftOf(event), { idempotencyKey: key });
          await systems.erp.orders.create(draftOf(event), { idempotencyKey: `${key}/more` });
        });
      }),
    );
    await hub.receive('shop', webhook('d', ['1']));
    const working = hub.work({ signal: stop.signal });
    await expect.poll(() => signals).toHaveLength(1);
    expect(signals[0]?.aborted).toBe(false);
    gate.resolve();
    expect(await working).toMatchObject({ retried: 1, nextInMs: 0 });
    expect(ledger.made.map(({ key }) => key.split('/').at(-1))).toEqual(['create']);
    expect(await hub.work()).toMatchObject({ done: 1 });
    expect(ledger.made).toHaveLength(2);
  });

  it('cuts a write off in the end, and lets nobody send it again before it had time to settle', async () => {
    const stop = new AbortController();
    let sent = 0;
    const office = slowOffice(({ signal }) => {
      if (++sent > 1) return Promise.resolve();
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () =>
          reject(new CommerceError({ code: 'write.uncertain', message: 'Cut.' })),
        );
        stop.abort(new Error('A deploy.'));
      });
    });
    const { composed, clock } = setUp(undefined, { settleMs: 60_000, systems: { erp: office.connector } });
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d', ['1']));
    const working = hub.work({ signal: stop.signal });
    await clock.advance(8_000);
    expect(await working).toMatchObject({ retried: 1, nextInMs: 60_000 });
    expect(await hub.work()).toMatchObject({ done: 0 });
    await clock.advance(60_000);
    expect(await hub.work()).toMatchObject({ done: 1 });
  });

  it('is nothing that a job is blamed for, however often it happens', async () => {
    const { composed, clock, ledger } = setUp();
    let isHanging = true;
    const hub = composed(
      running(async ({ event, systems, step }: Context) => {
        await step('wait', async ({ signal }) => {
          if (!isHanging) return;
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('Stopped.'))));
        });
        await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
      }),
    );
    await hub.receive('shop', webhook('d', ['1']));
    await hub.work({ limit: 1 });
    for (let deploy = 0; deploy < 40; deploy++) {
      const stop = new AbortController();
      const working = hub.work({ signal: stop.signal });
      await clock.advance(1000);
      stop.abort(new Error('A deploy.'));
      expect(await working).toMatchObject({ retried: 1, parked: 0 });
    }
    isHanging = false;
    expect(await hub.work()).toMatchObject({ done: 1 });
    expect(ledger.made).toHaveLength(1);
  });
});

describe('steps that run beside one that fails', () => {
  it('send nothing after their run was parked and dismissed', async () => {
    const gate = Promise.withResolvers<void>();
    const aborted: boolean[] = [];
    const { composed, clock, ledger } = setUp();
    const hub = composed(
      running(async ({ event, systems, step }: Context) => {
        await Promise.all([
          step('check', async () => failWith('payment.missing')),
          step('create', async ({ key, signal }) => {
            await gate.promise;
            aborted.push(signal.aborted);
            return systems.erp.orders.create(draftOf(event), { idempotencyKey: key });
          }),
        ]);
      }),
    );
    await hub.receive('shop', webhook('d', ['1']));
    const dismiss = async () => {
      expect(await hub.work()).toMatchObject({ parked: 1 });
      const [exception] = await hub.exceptions.list({ limit: 1 });
      expect(exception).toMatchObject({ code: 'payment.missing' });
      await hub.exceptions.dismiss(exception?.id ?? '', { by: 'Ann', note: 'Fraud.' });
    };
    const dismissed = dismiss();
    await clock.advance(100);
    gate.resolve();
    await dismissed;
    await clock.advance(100);
    expect(aborted).toEqual([true]);
    expect(ledger.made).toEqual([]);
  });

  it('keep what they had sent already', async () => {
    const sent = Promise.withResolvers<void>();
    const { composed, stores } = setUp(() => sent.resolve());
    const hub = composed(
      running(async ({ event, systems, step }: Context) => {
        await Promise.all([
          step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key })),
          step('check', async () => {
            await sent.promise;
            failWith('payment.missing');
          }),
        ]);
      }),
    );
    await hub.receive('shop', webhook('d', ['1']));
    expect(await hub.work()).toMatchObject({ parked: 1 });
    const steps = await stores.runs.steps('place-order/shop/order/1/order.placed');
    expect(steps.get('create')).toMatchObject({ id: 'S-1' });
  });
});

it('tells a step whose name has a slash from what a write appended to the key of another', async () => {
  const { composed, ledger } = setUp();
  const hub = composed(
    running(async ({ event, systems, step }: Context) => {
      const create = (idempotencyKey: string) => systems.erp.orders.create(draftOf(event), { idempotencyKey });
      await step('create', async ({ key }) => {
        await create(key);
        await create(`${key}/second`);
      });
      await step('create/second', ({ key }) => create(key));
    }),
  );
  await hub.receive('shop', webhook('d', ['1']));
  await hub.work();
  expect(ledger.made).toHaveLength(3);
});

it('links nothing for a worker whose job another worker has ended', async () => {
  const { composed, clock, stores } = setUp(undefined, { leaseMs: 60_000 });
  const gate = Promise.withResolvers<void>();
  let isFirst = true;
  const hub = composed(
    running(async ({ event, links, step }: Context) => {
      await step('begin', async () => 1);
      if (!isFirst) failWith('customer.missing');
      isFirst = false;
      await gate.promise;
      await links.link(event.data.ref, made);
    }),
  );
  await hub.receive('shop', webhook('d', ['1']));
  await hub.work({ limit: 1 });
  const paused = hub.work();
  await expect.poll(() => isFirst).toBe(false);
  // Another worker is handed the job, as after a pause in which no sign of life was given, and ends it.
  const later = clock.now() + 61_000;
  clock.now = () => later;
  expect(await hub.work()).toMatchObject({ parked: 1 });
  gate.resolve();
  await paused;
  expect(await stores.links.find({ system: 'shop', kind: 'order', id: '1' }, 'erp', 'order')).toBeUndefined();
});

const invalid = () => new CommerceError({ code: 'record.invalid', message: 'No.' });

it('takes the failure of a step that the flow did not wait for as its own', async () => {
  const { composed } = setUp();
  const hub = composed(
    running(async ({ step }: Context) => {
      const late = step('late', async () => {
        await Promise.resolve();
        throw invalid();
      });
      // The flow looks away; the run may not.
      late.catch(() => undefined);
    }),
  );
  await hub.receive('shop', webhook('d', ['1']));
  expect(await hub.work()).toMatchObject({ parked: 1 });
});

it('puts a failed run before a person although a step beside it never ends', async () => {
  const { composed, clock } = setUp();
  const hub = composed(
    running(async ({ step }: Context) => {
      await Promise.all([
        step('fails', async () => {
          throw invalid();
        }),
        step('hangs', () => new Promise<void>(() => {})),
      ]);
    }),
  );
  await hub.receive('shop', webhook('d', ['1']));
  const working = hub.work();
  await clock.advance(11_000);
  expect(await working).toMatchObject({ parked: 1 });
});
