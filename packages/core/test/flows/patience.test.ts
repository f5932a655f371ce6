import { CommerceError, type ErrorCode } from '@crossdock/core';
import { describe, expect, it, vi } from 'vitest';
import { webhook } from './shop.ts';
import { failWith, placeOrder, setUp } from './set-up.ts';

const hour = 3_600_000;

describe('a system that cannot be reached', () => {
  it.each<ErrorCode>(['circuit.open', 'network.unreachable', 'write.in-flight', 'lease.lost'])(
    'for hours parks nothing (%s)',
    async (code) => {
      let isDown = true;
      const { composed, clock, ledger } = setUp(() => (isDown ? failWith(code) : undefined));
      const hub = composed(placeOrder);
      await hub.receive('shop', webhook('d', ['1', '2', '3']));
      for (let minute = 0; minute < 6 * 60; minute += 5) {
        expect(await hub.work()).toMatchObject({ parked: 0 });
        await clock.advance(300_000);
      }
      isDown = false;
      await clock.advance(600_000);
      await hub.work();
      expect(ledger.made).toHaveLength(3);
      expect(await hub.exceptions.counts()).toEqual({});
    },
  );

  it('for longer than it may be down is put before a person', async () => {
    const { composed, clock } = setUp(() => failWith('circuit.open'), { outageMs: hour });
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d', ['1']));
    const startedAt = clock.now();
    while ((await hub.work()).parked === 0) await clock.advance(60_000);
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(hour);
    expect(clock.now() - startedAt).toBeLessThan(hour + 700_000);
  });

  it.each(['platform.unavailable', 'network.timeout', 'platform.throttled', 'store.unavailable'] as const)(
    'parks nothing for hours while it answers %s',
    async (code) => {
      let isDown = true;
      const { composed, clock, ledger } = setUp(() => {
        if (isDown) failWith(code);
      });
      const hub = composed(placeOrder);
      await hub.receive('shop', webhook('d', ['1']));
      for (let time = 0; time < 36; time++) {
        expect(await hub.work()).toMatchObject({ parked: 0 });
        await clock.advance(600_000);
      }
      isDown = false;
      await hub.work();
      expect(ledger.made).toHaveLength(1);
    },
  );

  it('has its open writes looked up again when it is back, hours later', async () => {
    let isDown = true;
    const { composed, clock, ledger } = setUp(() => {
      if (isDown)
        failWith('write.uncertain', { cause: new CommerceError({ code: 'platform.unavailable', message: '503' }) });
    });
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d', ['1']));
    for (let time = 0; time < 36; time++) {
      const { nextInMs, parked } = await hub.work();
      expect(parked).toBe(0);
      if (time === 0) continue;
      expect(nextInMs ?? 0).toBeGreaterThanOrEqual(60_000);
      await clock.advance(600_000);
    }
    isDown = false;
    await hub.work();
    expect(ledger.made).toHaveLength(1);
  });

  it('uses up none of the attempts that its answers have', async () => {
    let isDown = true;
    const { composed, clock } = setUp(() => failWith(isDown ? 'circuit.open' : 'platform.conflict'), {
      maxAttempts: 3,
    });
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d', ['1']));
    for (let time = 0; time < 20; time++) {
      await hub.work();
      await clock.advance(600_000);
    }
    isDown = false;
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await hub.work()).toMatchObject({ retried: 1 });
      await clock.advance(600_000);
    }
    expect(await hub.work()).toMatchObject({ parked: 1 });
  });
});

it.each([1e20, Number.POSITIVE_INFINITY, Number.NaN, -5, 9e15])(
  'hides no job behind a platform that asks to wait for %d ms',
  async (retryAfterMs) => {
    let isThrottled = true;
    const { composed, clock, ledger } = setUp(() => {
      if (isThrottled) failWith('platform.throttled', { retryAfterMs });
    });
    const hub = composed(placeOrder);
    await hub.receive('shop', webhook('d', ['1']));
    expect(await hub.work()).toMatchObject({ retried: 1 });
    isThrottled = false;
    await clock.advance(hour);
    expect(await hub.work()).toMatchObject({ done: 1 });
    expect(ledger.made).toHaveLength(1);
  },
);

it('holds nothing against a replay that happened before the person decided', async () => {
  let code: ErrorCode | undefined = 'write.uncertain';
  const { composed, clock, ledger } = setUp(() => {
    if (code) failWith(code);
  });
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', ['1']));
  for (let time = 0; time < 4; time++) {
    await hub.work();
    await clock.advance(60_000);
  }
  const id = 'place-order/shop/order/1/order.placed';
  expect(await hub.exceptions.get(id)).toMatchObject({ code: 'write.uncertain', occurrences: 1 });
  await hub.exceptions.replay(id, { by: 'Ann' });
  // The uncertain ends before were the first to the third attempt, and so is this one.
  for (const next of ['platform.throttled', 'platform.throttled', 'platform.throttled', 'write.uncertain'] as const) {
    code = next;
    expect(await hub.work()).toMatchObject({ retried: 1, parked: 0 });
    await clock.advance(60_000);
  }
  code = undefined;
  expect(await hub.work()).toMatchObject({ done: 1 });
  expect(ledger.made).toHaveLength(1);
});

it('gives a run to a worker that has its version during a deploy', async () => {
  const { composed, clock, ledger } = setUp();
  const older = composed(placeOrder);
  const newer = composed(placeOrder, { ...placeOrder, version: 2 });
  await newer.receive('shop', webhook('d', ['1', '2', '3']));
  await newer.work({ limit: 1 });
  expect(await older.work()).toMatchObject({ retried: 3, parked: 0 });
  await clock.advance(60_000);
  expect(await newer.work()).toMatchObject({ done: 3 });
  expect(ledger.made).toHaveLength(3);
});

it('begins what becomes due while one job takes long', async () => {
  const gate = Promise.withResolvers<void>();
  const { composed, clock, ledger } = setUp(({ number }) => (number === 'slow' ? gate.promise : undefined));
  const hub = composed(placeOrder);
  await hub.receive('shop', webhook('d', ['slow']));
  const working = hub.work({ concurrency: 3 });
  await clock.advance(100);
  for (let number = 0; number < 5; number++) await hub.receive('shop', webhook(`n${number}`, [`fast${number}`]));
  await clock.advance(1000);
  // Fingerprints are made beside the event loop, in time that the clock knows nothing of.
  await vi.waitFor(() => expect(ledger.made).toHaveLength(5));
  gate.resolve();
  expect(await working).toMatchObject({ done: 12 });
});
