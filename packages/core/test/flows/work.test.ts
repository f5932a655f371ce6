import { inspect } from 'node:util';
import { CommerceError, type CommerceErrorInit, type ErrorCode, type Stores } from '@crossdock/core';
import { compose, defineFlow, type AnyFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { testClock, type TestClock } from '../../../testing/src/index.ts';
import { draftOf, erp, ownership, shop, webhook, type placed } from './shop.ts';

type Options = {
  readonly settleMs?: number;
  readonly maxAttempts?: number;
  readonly leaseMs?: number;
  readonly secrets?: readonly string[];
};

function setUp(behave?: Parameters<typeof erp>[0], options: Options = {}, given?: Stores) {
  const clock = testClock({ auto: false });
  const stores = given ?? memoryStores({ clock });
  const ledger = erp(behave);
  const systems = { shop: shop(), erp: ledger.connector };
  const composed = (...flows: readonly AnyFlow[]) =>
    // The flows of these tests need no more than these systems.
    compose({ systems, flows: flows as never, ownership, stores, clock, random: () => 0, ...options });
  return { clock, stores, ledger, composed };
}

const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'] },
  key: () => 'one-key',
  async run({ event, systems, step }) {
    await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
  },
});
const failWith = (code: ErrorCode, init: Partial<CommerceErrorInit> = {}) => {
  throw new CommerceError({ message: 'The order was not created.', ...init, code });
};

describe('a technical error', () => {
  it('is tried again with growing delays, and put before a person in the end', async () => {
    const { composed, clock, ledger } = setUp(() => failWith('platform.conflict'), { maxAttempts: 3 });
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d1', ['1']));
    expect(await hub.work()).toMatchObject({ retried: 1, nextInMs: 5000 });
    await clock.advance(5000);
    expect(await hub.work()).toMatchObject({ retried: 1, nextInMs: 10_000 });
    await clock.advance(10_000);
    expect(await hub.work()).toMatchObject({ retried: 0, parked: 1, nextInMs: undefined });
    expect(await hub.exceptions.counts()).toEqual({ connectivity: 1 });
    expect(ledger.made).toEqual([]);
  });

  it('waits as long as the platform asks for', async () => {
    const { composed } = setUp(() => failWith('platform.throttled', { retryAfterMs: 90_000 }));
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d1', ['1']));
    expect(await hub.work()).toMatchObject({ retried: 1, nextInMs: 90_000 });
  });
});

describe('an uncertain write', () => {
  it('is looked up again under the same key after it had time to settle', async () => {
    const keys: string[] = [];
    const { composed, clock, ledger } = setUp((_, { idempotencyKey }) => {
      keys.push(idempotencyKey);
      if (keys.length === 1) failWith('write.uncertain');
    });
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d1', ['1']));
    expect(await hub.work()).toMatchObject({ retried: 1, nextInMs: 60_000 });
    await clock.advance(60_000);
    expect(await hub.work()).toMatchObject({ done: 1 });
    expect(new Set(keys).size).toBe(1);
    expect(ledger.made).toHaveLength(1);
  });

  it('goes before a person after three times, however often the platform was down before', async () => {
    let call = 0;
    const { composed, clock } = setUp(() => failWith(++call <= 4 ? 'platform.unavailable' : 'write.uncertain'));
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d1', ['1']));
    for (let attempt = 0; attempt < 7; attempt++) {
      expect(await hub.work()).toMatchObject({ retried: 1, parked: 0 });
      await clock.advance(600_000);
    }
    expect(await hub.work()).toMatchObject({ retried: 0, parked: 1 });
    expect(await hub.exceptions.counts()).toEqual({ uncertain: 1 });
  });
});

it('lets other keys go on while one waits for a person, and keeps that one in order', async () => {
  let broken = true;
  const { composed, ledger } = setUp(({ number }) => {
    if (number === '1' && broken) failWith('sku.unknown');
  });
  const hub = composed({
    ...placeOrder,
    key: (event: ReturnType<typeof placed>) => (event.data.number === '3' ? 'b' : 'a'),
  });
  for (const number of ['1', '2', '3']) {
    await hub.receive('shop', webhook(number, [number]));
    await hub.work();
  }
  expect(ledger.made.map(({ number }) => number)).toEqual(['3']);
  broken = false;
  await hub.exceptions.replay('place-order/shop/order/1/order.placed', { by: 'Ann' });
  await hub.work();
  expect(ledger.made.map(({ number }) => number)).toEqual(['3', '1', '2']);
});

it('runs what has one key one after another, also across flows', async () => {
  const at: string[] = [];
  let busy = 0;
  const one = (name: string) =>
    defineFlow({
      name,
      version: 1,
      on: 'order.placed',
      needs: {},
      key: () => 'same',
      async run({ event, step }) {
        await step('work', async () => {
          busy++;
          expect(busy).toBe(1);
          await Promise.resolve();
          at.push(`${name} ${event.data.number}`);
          busy--;
        });
      },
    });
  const { composed } = setUp();
  const hub = composed(one('first'), one('second'));
  await hub.receive('shop', webhook('d', ['1', '2', '3']));
  await hub.work({ concurrency: 8 });
  expect(at).toEqual(['first 1', 'second 1', 'first 2', 'second 2', 'first 3', 'second 3']);
});

it('repeats no effect of a finished step when a person replays', async () => {
  const effects: string[] = [];
  let broken = true;
  const flow = defineFlow({
    name: 'two-steps',
    version: 1,
    on: 'order.placed',
    needs: {},
    key: () => 'k',
    async run({ step }) {
      const first = await step('first', async () => {
        effects.push('first');
        return { made: 1, nothing: undefined };
      });
      await step('second', async () => {
        effects.push(`second after ${JSON.stringify(first)}`);
        if (broken) failWith('stock.insufficient');
      });
    },
  });
  const { composed } = setUp();
  const hub = composed(flow);
  await hub.receive('shop', webhook('d', ['1']));
  await hub.work();
  await hub.exceptions.replay('two-steps/shop/order/1/order.placed', { by: 'Ann' });
  await hub.work();
  expect(await hub.exceptions.get('two-steps/shop/order/1/order.placed')).toMatchObject({
    state: 'open',
    occurrences: 2,
    step: 'second',
  });
  broken = false;
  await hub.exceptions.replay('two-steps/shop/order/1/order.placed', { by: 'Ann' });
  expect(await hub.work()).toMatchObject({ done: 1 });
  expect(effects).toEqual(['first', ...Array.from({ length: 3 }, () => 'second after {"made":1}')]);
});

const version = (number: number, ran: string[], fail = false) =>
  defineFlow({
    name: 'versioned',
    version: number,
    on: 'order.placed',
    needs: {},
    key: () => 'k',
    async run({ step }) {
      await step('only', async () => {
        ran.push(`version ${number}`);
        if (fail) failWith('platform.unavailable');
      });
    },
  });

describe('versions of a flow', () => {
  it('finish on the version they began with, and begin with the newest', async () => {
    const ran: string[] = [];
    const { composed, clock } = setUp();
    const before = composed(version(1, ran, true));
    await before.receive('shop', webhook('d1', ['1']));
    await before.work();
    await clock.advance(10_000);
    const after = composed(version(1, ran), version(2, ran));
    await after.receive('shop', webhook('d2', ['1', '2']));
    await after.work();
    expect(ran).toEqual(['version 1', 'version 1', 'version 2']);
  });

  it('that are gone wait for another worker first, and then for whoever composes', async () => {
    const ran: string[] = [];
    const { composed, clock } = setUp();
    const before = composed(version(1, ran, true));
    await before.receive('shop', webhook('d1', ['1']));
    await before.work();
    await clock.advance(10_000);
    const after = composed(version(2, ran));
    for (let minute = 0; minute < 60; minute++) {
      expect(await after.work()).toMatchObject({ parked: 0 });
      await clock.advance(60_000);
    }
    expect(await after.work()).toMatchObject({ parked: 1 });
    const [exception] = await after.exceptions.list({ limit: 1 });
    expect(exception).toMatchObject({ code: 'flow.version-missing', kind: 'configuration' });
    expect(exception?.message).toContain('version 1 of flow "versioned", and the versions here are: 2');
  });
});

describe('a defect', () => {
  it('waits for a person without its stack, which goes to whoever listens', async () => {
    const { composed } = setUp(() => {
      throw new TypeError("Cannot read properties of undefined (reading 'sku')");
    });
    const hub = composed(placeOrder);
    const causes: unknown[] = [];
    hub.signals.on('exception.opened', (_, error) => causes.push(error.cause));
    await hub.receive('shop', webhook('d', ['1']));
    await hub.work();
    const [exception] = await hub.exceptions.list({ limit: 1 });
    expect(exception).toMatchObject({ code: 'flow.defect', step: 'create' });
    expect(exception?.message).toContain('TypeError');
    expect(JSON.stringify(exception)).not.toContain('work.test.ts');
    expect(exception?.message).toContain("reading 'sku'");
    // Where it happened goes to whoever listens; what it said could be about a customer.
    expect(causes).toMatchObject([
      { name: 'TypeError', message: 'TypeError', stack: expect.stringContaining('work.test') },
    ]);
  });

  it.each([
    new TypeError("Cannot use 'in' operator to search for 'first' in Jane Canary"),
    new RangeError('Jane Canary'),
    new Error('Jane Canary lives in Elm Street'),
    { token: 'Jane Canary' },
  ])('says nothing of what a customer may be called: %o', async (thrown) => {
    const { composed } = setUp(() => {
      throw thrown;
    });
    const hub = composed(placeOrder);
    const told: unknown[] = [];
    hub.signals.on('exception.opened', (...args) => told.push(...args));
    await hub.receive('shop', webhook('d', ['1']));
    await hub.work();
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject([{ code: 'flow.defect' }]);
    expect(inspect([told, await hub.exceptions.list({ limit: 5 })], { depth: 9 })).not.toContain('Canary');
  });

  it.each([
    [
      'a write outside of a step',
      'was called outside of a step',
      async ({ event, systems }: Context) => {
        await systems.erp.orders.create(draftOf(event), { idempotencyKey: 'mine' });
      },
    ],
    [
      'a write under another key',
      'its idempotency key is "mine"',
      async ({ event, systems, step }: Context) => {
        await step('create', () => systems.erp.orders.create(draftOf(event), { idempotencyKey: 'mine' }));
      },
    ],
    [
      'a step name used twice',
      'was used before in this run',
      async ({ step }: Context) => {
        await step('same', async () => 1);
        await step('same', async () => 2);
      },
    ],
    [
      'a result that no store can keep',
      '"at" is a Date',
      async ({ step }: Context) => {
        await step('date', async () => ({ at: new Date(0) }) as never);
      },
    ],
  ])('is %s', async (_, says, run) => {
    const { composed, ledger } = setUp();
    const hub = composed({ ...placeOrder, run });
    await hub.receive('shop', webhook('d', ['1']));
    expect(await hub.work()).toMatchObject({ parked: 1 });
    const [exception] = await hub.exceptions.list({ limit: 1 });
    expect(exception).toMatchObject({ code: 'flow.defect' });
    expect(exception?.message).toContain(says);
    expect(ledger.made).toEqual([]);
  });
});
type Context = Parameters<typeof placeOrder.run>[0];

it('makes two writes in one step under two keys', async () => {
  const { composed, ledger } = setUp();
  const hub = composed({
    ...placeOrder,
    async run({ event, systems, step }: Context) {
      await step('create', async ({ key }) => {
        await systems.erp.orders.create(draftOf(event), { idempotencyKey: `${key}/a` });
        await systems.erp.orders.create(draftOf(event), { idempotencyKey: `${key}/b` });
      });
    },
  });
  await hub.receive('shop', webhook('d', ['1']));
  expect(await hub.work()).toMatchObject({ done: 2 });
  expect(ledger.made.map(({ key }) => key.slice(-2))).toEqual(['/a', '/b']);
});

it('stores no secret and no address of a customer', async () => {
  const { composed, stores } = setUp(
    () =>
      failWith('address.invalid', {
        message: 'Not for "jane@example.com" with hunter-2-hunter.',
        details: { token: 'hunter-2-hunter', email: 'jane@example.com' },
      }),
    { secrets: ['hunter-2-hunter'] },
  );
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', ['1']));
  await hub.work();
  const [exception] = await hub.exceptions.list({ limit: 1 });
  const audit = await stores.audit.list({ system: 'shop', kind: 'order', id: '1' }, 10);
  expect(audit).toMatchObject([{ action: 'exception.opened', actor: 'place-order' }]);
  expect(JSON.stringify([exception, audit])).not.toMatch(/hunter|jane/);
});

const slow = (work: (attempt: number, signal: AbortSignal) => Promise<string>, results: unknown[]) =>
  defineFlow({
    name: 'slow',
    version: 1,
    on: 'order.placed',
    needs: {},
    key: () => 'k',
    async run({ step }) {
      results.push(await step('slow', ({ attempt, signal }) => work(attempt, signal)));
    },
  });

describe('a lost lease', () => {
  const systems = { shop: shop(), erp: erp().connector };
  const leaseMs = 30_000;

  it('lets nothing land of a worker that was paused while another took over', async () => {
    const clock = testClock({ auto: false });
    const stores = memoryStores({ clock });
    // The paused worker's own timers stand still.
    const frozen = { ...clock, deadline: () => ({ signal: new AbortController().signal, clear: () => {} }) };
    const results: unknown[] = [];
    const paused = compose({
      systems,
      flows: [
        slow(async () => {
          await clock.advance(leaseMs);
          expect(await awake.work()).toMatchObject({ done: 1 });
          return 'of the paused';
        }, results),
      ],
      ownership,
      stores,
      clock: frozen,
      leaseMs,
    });
    const awake = compose({
      systems,
      flows: [slow(async () => 'of the awake', results)],
      ownership,
      stores,
      clock,
      leaseMs,
    });
    await paused.receive('shop', webhook('d', ['1']));
    expect(await paused.work()).toEqual({ done: 1, retried: 0, parked: 0, nextInMs: undefined });
    expect(results).toEqual(['of the awake']);
    expect(await stores.runs.steps('slow/shop/order/1/order.placed')).toEqual(new Map([['slow', 'of the awake']]));
  });

  it('is noticed at the next sign of life, and stops the step', async () => {
    const clock = testClock({ auto: false });
    const stores = memoryStores({ clock });
    let unreachable = false;
    const down = new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' });
    const jobs = {
      ...stores.jobs,
      renew: (...args: Parameters<typeof stores.jobs.renew>) =>
        unreachable ? Promise.reject(down) : stores.jobs.renew(...args),
    };
    const reasons: unknown[] = [];
    const hub = compose({
      systems,
      flows: [
        slow(async (_, signal) => {
          unreachable = true;
          await clock.advance(leaseMs);
          reasons.push(signal.reason);
          unreachable = false;
          throw new Error('It was stopped.');
        }, []),
      ],
      ownership,
      stores: { ...stores, jobs },
      clock,
      leaseMs,
    });
    await hub.receive('shop', webhook('d', ['1']));
    expect(await hub.work({ limit: 2 })).toMatchObject({ done: 1, retried: 0, parked: 0, nextInMs: 0 });
    expect(reasons).toEqual([expect.objectContaining({ code: 'lease.lost' })]);
  });

  it('does not happen while the worker shows signs of life', async () => {
    const { composed, clock, stores } = setUp(undefined, { leaseMs: 30_000 });
    const hub = composed(
      defineFlow({
        name: 'long',
        version: 1,
        on: 'order.placed',
        needs: {},
        key: () => 'k',
        async run({ step }) {
          await step('long', async () => {
            await clock.advance(300_000);
          });
        },
      }),
    );
    await hub.receive('shop', webhook('d', ['1']));
    expect(await hub.work()).toMatchObject({ done: 2 });
    expect(await stores.runs.get('long/shop/order/1/order.placed')).toMatchObject({ state: 'done' });
  });
});

it('leaves what it was told to stop due for the next worker', async () => {
  const stop = new AbortController();
  const { composed, ledger } = setUp(() => {
    stop.abort();
  });
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', ['1', '2']));
  expect(await hub.work({ signal: stop.signal, concurrency: 1 })).toMatchObject({ retried: 1, nextInMs: 0 });
  expect(ledger.made).toHaveLength(1);
  expect(await hub.work()).toMatchObject({ done: 2 });
  expect(ledger.made).toHaveLength(2);
});

it('begins no more than it was allowed to', async () => {
  const { composed } = setUp();
  const hub = composed({ ...placeOrder, key: (event: ReturnType<typeof placed>) => event.data.number });
  await hub.receive('shop', webhook('d', ['1', '2', '3', '4']));
  await hub.work({ limit: 1 });
  expect(await hub.work({ limit: 3 })).toMatchObject({ done: 3, nextInMs: 0 });
  expect(await hub.work()).toMatchObject({ done: 1, nextInMs: undefined });
});

it('throws when the stores cannot be used, and does the job again when they can', async () => {
  const clock = testClock({ auto: false });
  const stores = memoryStores({ clock });
  let down = false;
  const shaky: Stores = {
    ...stores,
    atomically: (work) =>
      down
        ? Promise.reject(new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' }))
        : stores.atomically(work),
  };
  const ledger = erp(() => {
    down = true;
  });
  const hub = compose({
    systems: { shop: shop(), erp: ledger.connector },
    flows: [placeOrder],
    ownership,
    stores: shaky,
    clock,
  });
  await hub.receive('shop', webhook('d', ['1']));
  await expect(hub.work()).rejects.toMatchObject({ code: 'store.unavailable' });
  down = false;
  await clock.advance(60_000);
  expect(await hub.work()).toMatchObject({ done: 1 });
  expect(ledger.made).toHaveLength(1);
});

it('does not send a write again whose step failed after it', async () => {
  let sent = 0;
  let broken = true;
  const { composed, clock } = setUp(() => {
    sent++;
  });
  const hub = composed({
    ...placeOrder,
    async run({ event, systems, step }: Context) {
      await step('create', async ({ key }) => {
        const made = await systems.erp.orders.create(draftOf(event), { idempotencyKey: key });
        if (broken) failWith('platform.unavailable');
        return made;
      });
    },
  });
  await hub.receive('shop', webhook('d', ['1']));
  expect(await hub.work()).toMatchObject({ retried: 1 });
  broken = false;
  await clock.advance(10_000);
  expect(await hub.work()).toMatchObject({ done: 1 });
  expect(sent).toBe(1);
});

it('takes a job that never comes to an end for what kills its workers', async () => {
  const { composed, clock, stores } = setUp(undefined, { maxAttempts: 2 });
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', ['1']));
  await hub.work({ limit: 1 });
  // Workers that die: each is handed the job, and nobody hears of it again.
  for (let worker = 0; worker < 13; worker++) {
    expect(await stores.jobs.claim('integration', { leaseMs: 1000, limit: 1 })).toHaveLength(1);
    await clock.advance(1000);
  }
  expect(await hub.work()).toMatchObject({ parked: 1 });
  const [exception] = await hub.exceptions.list({ limit: 1 });
  expect(exception?.message).toContain('was begun 13 times and never came to an end');
});

describe('the options of work', () => {
  it.each([
    ['limit', '5'],
    ['limit', -1],
    ['limit', 1.5],
    ['limit', Number.NaN],
    ['limit', null],
    ['concurrency', 0],
    ['concurrency', '10'],
    ['concurrency', Number.POSITIVE_INFINITY],
  ])('begin nothing with %s %j', async (name, value) => {
    const { composed, ledger } = setUp();
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d1', ['1']));

    await expect(hub.work({ [name]: value })).rejects.toMatchObject({
      code: 'options.invalid',
      message: expect.stringContaining(`work({ ${name} }) wants a whole number from `),
    });
    expect(ledger.made).toEqual([]);
  });
});

it('does not say that nothing waits while the lease of another worker runs out between two looks', async () => {
  const clock = testClock({ auto: false });
  const good = memoryStores({ clock });
  let isNext = true;
  /** The lease is over as soon as somebody looked once. */
  const looked = async <T>(answer: Promise<T>): Promise<T> => {
    const given = await answer;
    if (isNext) await clock.advance(60_000);
    isNext = false;
    return given;
  };
  const stores: Stores = {
    ...good,
    jobs: {
      ...good.jobs,
      counts: (queue) => looked(good.jobs.counts(queue)),
      nextDueAt: (queue) => looked(good.jobs.nextDueAt(queue)),
    },
  };
  const dueAt = new Date(clock.now()).toISOString();
  await good.jobs.add({ id: 'j', queue: 'integration', key: 'k', lane: 'normal', dueAt, payload: null });
  await good.jobs.claim('integration', { leaseMs: 60_000, limit: 1 });
  const { composed } = setUp(undefined, {}, stores);
  expect((await composed(placeOrder).work()).nextInMs).toBe(0);
});

/** A worker on stores in which something happens as soon as it has asked a question for the first time. */
function askedBetween(happens: Partial<Record<'counts' | 'nextDueAt', Happening>>) {
  const clock = testClock({ auto: false });
  const good = memoryStores({ clock });
  const coming = { ...happens };
  const answered = async <T>(question: keyof typeof happens, answer: Promise<T>): Promise<T> => {
    const given = await answer;
    const happening = coming[question];
    delete coming[question];
    await happening?.(good.jobs, clock);
    return given;
  };
  const jobs: Stores['jobs'] = {
    ...good.jobs,
    counts: (queue) => answered('counts', good.jobs.counts(queue)),
    nextDueAt: (queue) => answered('nextDueAt', good.jobs.nextDueAt(queue)),
  };
  const add = (id: string, key: string) =>
    good.jobs.add({
      id,
      queue: 'integration',
      key,
      lane: 'normal',
      dueAt: new Date(clock.now()).toISOString(),
      payload: null,
    });
  // It begins nothing itself: the other worker is faster.
  const next = async () => {
    const hub = compose({
      systems: { shop: shop(), erp: erp().connector },
      flows: [placeOrder],
      ownership,
      stores: { ...good, jobs },
      clock,
    });
    return (await hub.work({ limit: 0 })).nextInMs;
  };
  return { clock, jobs: good.jobs, add, next };
}
type Happening = (jobs: Stores['jobs'], clock: TestClock) => Promise<unknown>;
const claim = (leaseMs: number) => (jobs: Stores['jobs']) => jobs.claim('integration', { leaseMs, limit: 1 });

describe('what comes next, while another worker is at work', () => {
  it('is the end of its lease, when it took what was due between two looks', async () => {
    const { add, next } = askedBetween({ nextDueAt: claim(60_000) });
    await add('j', 'k');
    expect(await next()).toBe(60_000);
  });

  it('is there at once, when it became due behind the look at what is due', async () => {
    const { clock, jobs, add, next } = askedBetween({ counts: (_jobs, time) => time.advance(60_000) });
    await add('j', 'k');
    const [job] = await claim(60_000)(jobs);
    await jobs.retry('j', job?.lease ?? '', new Date(clock.now() + 60_000).toISOString());
    expect(await next()).toBe(0);
  });

  it('is not nothing, when it took what was due and was done with it between three looks', async () => {
    let lease = '';
    const { add, next } = askedBetween({
      async nextDueAt(jobs) {
        const [job] = await claim(60_000)(jobs);
        lease = job?.lease ?? '';
      },
      counts: (jobs) => jobs.finish('j', lease),
    });
    await add('j', 'k');
    await add('behind it', 'k');
    expect(await next()).toBe(0);
  });

  it('is nothing, when it was done with the last job between two looks', async () => {
    let lease = '';
    const { jobs, add, next } = askedBetween({ nextDueAt: (all) => all.finish('j', lease) });
    await add('j', 'k');
    const [job] = await claim(60_000)(jobs);
    lease = job?.lease ?? '';
    expect(await next()).toBeUndefined();
  });

  it('is nothing, where all that waits is behind what waits for a person', async () => {
    const { jobs, add, next } = askedBetween({});
    await add('j', 'k');
    const [job] = await claim(60_000)(jobs);
    await add('behind it', 'k');
    await jobs.park('j', job?.lease ?? '');
    expect(await next()).toBeUndefined();
  });
});
