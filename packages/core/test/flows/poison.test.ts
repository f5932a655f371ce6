import { defineFlow } from '@crossdock/core/flows';
import { describe, expect, it } from 'vitest';
import { failWith, placeOrder, setUp } from './set-up.ts';
import { webhook } from './shop.ts';

const idOf = (number: string) => `place-order/shop/order/${number}/order.placed`;
/** Orders "1", "10" and "11" have one key, order "2" another. */
const byFirstDigit = { ...placeOrder, key: ({ data }: { data: { number: string } }) => data.number.slice(0, 1) };

/** Works and lets time pass, until nothing is left to do. */
async function untilQuiet(
  hub: { work(): Promise<{ nextInMs: number | undefined }> },
  clock: { advance(ms: number): Promise<void> },
) {
  for (let time = 0; time < 60; time++) {
    const { nextInMs } = await hub.work();
    if (nextInMs === undefined) return;
    await clock.advance(nextInMs);
  }
  throw new Error('It never came to rest.');
}

describe('a job that is poison', () => {
  it.each([
    ['always fails', () => failWith('platform.conflict'), 'platform.conflict'],
    [
      'throws an error of its own',
      () => {
        throw new RangeError('Out of range.');
      },
      'flow.defect',
    ],
    [
      'throws no error at all',
      () => {
        // oxlint-disable-next-line no-throw-literal
        throw 'nothing';
      },
      'flow.defect',
    ],
    ['rejects with nothing', () => Promise.reject(), 'flow.defect'],
  ] as const)('ends before a person when it %s, and keeps only its own key', async (_what, fail, code) => {
    const { composed, clock, ledger, stores } = setUp(({ number }) => (number === '1' ? fail() : undefined));
    const hub = composed(byFirstDigit);
    await hub.receive('shop', webhook('d', ['1', '10', '2']));
    await hub.work();
    // Another key went on at once, while this one is tried again.
    expect(ledger.made.map(({ number }) => number)).toEqual(['2']);
    await untilQuiet(hub, clock);
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject([
      { id: idOf('1'), code, step: 'create', state: 'open' },
    ]);

    // Only a person's decision lets the key go on.
    await clock.advance(30 * 86_400_000);
    await untilQuiet(hub, clock);
    expect(ledger.made.map(({ number }) => number)).toEqual(['2']);
    expect(await hub.exceptions.check()).toEqual({ exceptions: [], jobs: [] });
    await hub.exceptions.dismiss(idOf('1'), { by: 'Ann', note: 'It was a test.' });
    await untilQuiet(hub, clock);
    expect(ledger.made.map(({ number }) => number)).toEqual(['2', '10']);
    expect(await stores.jobs.counts('integration')).toEqual({ ready: 0, waiting: 0, running: 0, parked: 0 });
  });

  it('ends before a person when it takes its process down each time', async () => {
    const { composed, clock, ledger, stores } = setUp(undefined, { maxAttempts: 2, leaseMs: 1_000 });
    const hub = composed(byFirstDigit);
    await hub.receive('shop', webhook('d', ['1', '10', '2']));
    await hub.work({ limit: 1 });
    const crashes: string[] = [];
    for (let time = 0; time < 40; time++) {
      // A worker that has the first of the key, and of which nobody hears again; the other key is worked on beside it.
      const [job] = await stores.jobs.claim('integration', { leaseMs: 1_000, limit: 1 });
      if (job?.id !== idOf('1')) break;
      crashes.push(job.id);
      if (time === 0) await hub.work();
      await clock.advance(1_000);
      if (time < 12) continue;
      await hub.work();
      if ((await hub.exceptions.get(idOf('1'))) !== undefined) break;
    }
    expect(ledger.made.map(({ number }) => number)).toEqual(['2']);
    // The allowed attempts, those for an uncertain write, and eight crashes.
    expect(crashes).toHaveLength(13);
    expect(await hub.exceptions.get(idOf('1'))).toMatchObject({
      code: 'flow.defect',
      message: expect.stringContaining('never came to an end, as when it takes its process down each time'),
    });
    await untilQuiet(hub, clock);
    expect(ledger.made.map(({ number }) => number)).toEqual(['2']);
    await hub.exceptions.resolve(idOf('1'), { by: 'Ann', note: 'Booked by hand.' });
    await untilQuiet(hub, clock);
    expect(ledger.made.map(({ number }) => number)).toEqual(['2', '10']);
  });

  it.each([
    ['of a kind that no version knows', { kind: 'hologram' }],
    ['that is no payload', 'run'],
    ['that is nothing', null],
  ])('ends before a person when it has a payload %s', async (_what, payload) => {
    const { composed, clock, ledger, stores } = setUp();
    const hub = composed(byFirstDigit);
    const dueAt = new Date(clock.now()).toISOString();
    await stores.jobs.add({ id: 'odd', queue: 'integration', key: 'key/1', lane: 'urgent', dueAt, payload });
    await hub.receive('shop', webhook('d', ['1', '2']));
    await untilQuiet(hub, clock);
    expect(ledger.made.map(({ number }) => number)).toEqual(['2']);
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject([{ id: 'odd', code: 'flow.defect', job: 'odd' }]);
    expect(await hub.exceptions.plan('odd')).toMatchObject({ end: { how: 'stops', code: 'flow.defect' } });
    expect(await hub.exceptions.check()).toEqual({ exceptions: [], jobs: [] });
    await hub.exceptions.dismiss('odd', { by: 'Ann', note: 'Nobody knows it.' });
    await untilQuiet(hub, clock);
    expect(ledger.made.map(({ number }) => number)).toEqual(['2', '1']);
  });

  it('ends before a person when its event has no key, and holds up nothing', async () => {
    const { composed, clock, ledger } = setUp();
    const hub = composed({
      ...placeOrder,
      key: ({ data }: { data: { number: string } }) => {
        if (data.number === '1') throw new TypeError("Cannot read properties of undefined (reading 'account')");
        return 'one';
      },
    });
    await hub.receive('shop', webhook('d', ['1', '2', '3']));
    await untilQuiet(hub, clock);
    expect(ledger.made.map(({ number }) => number)).toEqual(['2', '3']);
    expect(await hub.exceptions.list({ limit: 5 })).toMatchObject([{ id: idOf('1'), code: 'flow.defect' }]);
    expect((await hub.exceptions.plan(idOf('1'))).end).toMatchObject({ how: 'stops', code: 'flow.defect' });
  });
});

describe('a thousand poison jobs', () => {
  const poison = Array.from({ length: 1_000 }, (_, index) => `p${index}`);

  it('do not keep others from their turn, though they are older, more urgent and come back again and again', async () => {
    const tried = new Map<string, number>();
    const { composed, clock, ledger } = setUp(
      ({ number }) => {
        tried.set(number, (tried.get(number) ?? 0) + 1);
        if (number.startsWith('p')) failWith('platform.unavailable');
      },
      { outageMs: Number.MAX_SAFE_INTEGER },
    );
    const hub = composed({ ...placeOrder, lane: 'urgent' }, { ...placeOrder, name: 'slow', lane: 'bulk' });
    await hub.receive('shop', webhook('poison', poison));
    await hub.work({ concurrency: 10 });
    await clock.advance(600_000);
    await hub.receive('shop', webhook('good', ['good']));
    await hub.work({ concurrency: 10 });
    // Both flows had it while each of the thousand was tried once more.
    expect(ledger.made).toHaveLength(2);
    expect(tried.get('p999')).toBe(2);
  }, 60_000);

  it('do not keep others from their turn where a call does little', async () => {
    const { composed, clock, ledger } = setUp(({ number }) => {
      if (number.startsWith('p')) failWith('platform.unavailable');
    });
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('poison', poison.slice(0, 100)));
    await hub.work();
    await clock.advance(600_000);
    await hub.receive('shop', webhook('good', ['good']));
    let calls = 0;
    while (ledger.made.length === 0 && calls++ < 50) {
      await hub.work({ limit: 10 });
      await clock.advance(1_000);
    }
    expect(ledger.made).toHaveLength(1);
    expect(calls).toBeLessThanOrEqual(12);
  });
});

it('ends before a person when it never comes to an end, and gives its place in the worker to others', async () => {
  const { composed, clock, ledger } = setUp(
    ({ number }) => (number.startsWith('p') ? new Promise<void>(() => {}) : undefined),
    { attemptMs: 60_000 },
  );
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', ['p1', 'p2', 'good']));
  const working = hub.work({ concurrency: 2 });
  await clock.advance(59_000);
  expect(ledger.made).toEqual([]);
  // The minute is over, and then what was sent gets its time to rest.
  await clock.advance(12_000);
  expect(await working).toMatchObject({ parked: 2, nextInMs: undefined });
  expect(ledger.made.map(({ number }) => number)).toEqual(['good']);
  expect(await hub.exceptions.get(idOf('p1'))).toMatchObject({
    code: 'flow.defect',
    step: 'create',
    message: expect.stringContaining('attempt 1 did not come to its end within 60000 ms'),
  });
});

it('says what was thrown that is no error, and nothing of what it said', async () => {
  const flow = defineFlow({
    name: 'odd',
    version: 1,
    on: 'order.placed',
    needs: {},
    key: () => 'k',
    run: () => Promise.reject(Object.assign(Object.create(null) as object, { name: 'Jane' })),
  });
  const { composed } = setUp();
  const hub = composed(flow);
  await hub.receive('shop', webhook('d', ['1']));
  await hub.work();
  const [exception] = await hub.exceptions.list({ limit: 1 });
  expect(exception).toMatchObject({ code: 'flow.defect', message: expect.stringContaining('it threw a "object"') });
  expect(JSON.stringify(exception)).not.toContain('Jane');
});
