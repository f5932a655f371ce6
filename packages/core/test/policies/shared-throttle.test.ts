import { describe, expect, it } from 'vitest';
import { ask, setUp, soon } from './shared-world.ts';

describe('an allowance that two processes share', () => {
  it('is the same for both', async () => {
    const { clock, process } = setUp({ capacity: 3, refillPerSecond: 1 });
    const [north, south] = [process().throttle, process().throttle];
    for (const allowance of [north, south, north]) (await allowance.reserve(1, 'normal')).settle();
    const asked = south.reserve(1, 'normal');
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(1000);
    (await asked).settle();
    expect(south.usage()).toMatchObject({ calls: 2, spent: 2, waitedMs: 1000 });
  });

  it('holds what is away, whoever sent it', async () => {
    const { clock, process } = setUp({ kind: 'sliding-window', capacity: 2, windowMs: 60_000 });
    const [north, south] = [process().throttle, process().throttle];
    const first = await north.reserve(1, 'normal');
    await north.reserve(1, 'normal');
    const asked = south.reserve(1, 'normal');
    await clock.advance(20_000);
    expect(await soon(clock, asked)).toBe('waits');
    first.giveBack();
    await clock.advance(1000);
    expect(await soon(clock, asked)).not.toBe('waits');
  });

  it('lets an urgent call of one go before bulk calls of the other that wait longer', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process().throttle, process().throttle];
    (await north.reserve(1, 'bulk')).settle();
    const order: string[] = [];
    for (let count = 0; count < 4; count++) ask(order, `bulk ${count}`, north, 'bulk');
    await clock.advance(500);
    ask(order, 'urgent', south, 'urgent');
    await clock.advance(6000);
    expect(order).toEqual(['urgent', 'bulk 0', 'bulk 1', 'bulk 2', 'bulk 3']);
  });

  it('lets those of one lane in as they came, whichever process they came to', async () => {
    const { clock, process } = setUp();
    const both = [process().throttle, process().throttle];
    (await both[0]?.reserve(1, 'normal'))?.settle();
    const order: string[] = [];
    for (let count = 0; count < 6; count++) {
      const allowance = both[count % 2];
      if (allowance) ask(order, String(count), allowance, 'normal');
      await clock.advance(10);
    }
    await clock.advance(10_000);
    expect(order).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('lets no smaller call of another process overtake one that needs more', async () => {
    const { clock, process } = setUp({ capacity: 10, refillPerSecond: 1 });
    const [north, south] = [process().throttle, process().throttle];
    (await north.reserve(8, 'normal')).settle();
    const order: string[] = [];
    ask(order, 'large', north, 'normal', 5);
    await clock.advance(10);
    ask(order, 'small', south, 'normal', 1);
    await clock.advance(10_000);
    expect(order).toEqual(['large', 'small']);
  });

  it('lets no lane starve where the urgent work of another process never ends', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process().throttle, process().throttle];
    (await north.reserve(1, 'normal')).settle();
    const order: string[] = [];
    for (let count = 0; count < 40; count++) ask(order, 'urgent', north, 'urgent');
    for (let count = 0; count < 3; count++) ask(order, 'bulk', south, 'bulk');
    await clock.advance(40_000);
    const turns = order.flatMap((lane, turn) => (lane === 'bulk' ? [turn] : []));
    expect(turns).toEqual([9, 19, 29]);
  });

  it('is asked twice a call at most, and once for calls that come together', async () => {
    const { clock, process, store } = setUp({ capacity: 100, refillPerSecond: 1 });
    const { throttle } = process();
    (await throttle.reserve(1, 'normal')).settle();
    await clock.advance(0);
    expect(store.updates()).toBe(2);
    const reservations = await Promise.all(Array.from({ length: 20 }, () => throttle.reserve(1, 'normal')));
    for (const reservation of reservations) reservation.settle();
    await clock.advance(0);
    expect(store.updates()).toBe(4);
  });

  it('is told of what ends while it is asked', async () => {
    const { clock, process, store } = setUp({ capacity: 100, refillPerSecond: 0.001 });
    const { throttle } = process();
    const [first, second] = await Promise.all([throttle.reserve(1, 'normal'), throttle.reserve(1, 'normal')]);
    const { promise, resolve } = Promise.withResolvers<void>();
    store.answerAfter(promise);
    first.settle();
    await clock.advance(0);
    second.settle();
    resolve();
    await clock.advance(0);
    expect(await store.state()).toMatchObject({ settled: 2, members: {} });
  });

  it('leaves little behind: no word of a process that has nothing more to do', async () => {
    const { clock, process, store } = setUp({ kind: 'sliding-window', capacity: 5000, windowMs: 60_000 });
    const { throttle } = process();
    for (let call = 0; call < 300; call++) {
      (await throttle.reserve(1, 'normal')).settle();
      await clock.advance(150);
    }
    const state = await store.state();
    expect(state).toMatchObject({ version: 1, members: {}, settled: 300 });
    expect(JSON.stringify(state).length).toBeLessThan(2500);
  });

  it('learns for all from an answer to one', async () => {
    const { clock, process } = setUp({ capacity: 100, refillPerSecond: 1 });
    const [north, south] = [process().throttle, process().throttle];
    (await north.reserve(1, 'normal')).settle({ available: 0, capacity: 10, refillPerSecond: 2 });
    await clock.advance(0);
    const asked = south.reserve(10, 'normal');
    await clock.advance(4999);
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(1);
    expect(await soon(clock, asked)).not.toBe('waits');
  });

  it('does not believe an answer that more is left than calls have cost since it was counted', async () => {
    const { clock, process } = setUp({ capacity: 10, refillPerSecond: 0.001 });
    const [north, south] = [process().throttle, process().throttle];
    const early = await north.reserve(1, 'normal');
    for (let call = 0; call < 9; call++) (await south.reserve(1, 'normal')).settle();
    await clock.advance(0);
    // Counted first, and answered last: the nine are not in it.
    early.settle({ available: 9 });
    await clock.advance(0);
    expect(await soon(clock, south.reserve(1, 'normal'))).toBe('waits');
  });

  it('goes on at once where an answer says that a call cost less', async () => {
    const { clock, process } = setUp({ capacity: 100, refillPerSecond: 0.001 });
    const { throttle } = process();
    const held = await throttle.reserve(100, 'normal');
    const next = throttle.reserve(50, 'normal');
    await clock.advance(0);
    held.settle({ spent: 10 });
    expect(await soon(clock, next)).not.toBe('waits');
    expect(throttle.usage()).toMatchObject({ spent: 10, waitedMs: 0 });
  });

  it('is empty for all for as long as the platform said to one', async () => {
    const { clock, process } = setUp({ capacity: 10, refillPerSecond: 2 });
    const [north, south] = [process().throttle, process().throttle];
    (await north.reserve(1, 'normal')).refused(5000);
    await clock.advance(0);
    const asked = south.reserve(1, 'normal');
    await clock.advance(5499);
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(1);
    expect(await soon(clock, asked)).not.toBe('waits');
  });

  it('that is shut for longer than anybody waits is waited for by nobody', async () => {
    const { clock, process } = setUp({ capacity: 1, refillPerSecond: 0.001 }, 60_000);
    const [north, south] = [process().throttle, process().throttle];
    (await north.reserve(1, 'normal')).settle();
    await clock.advance(0);
    await expect(south.reserve(1, 'urgent')).rejects.toMatchObject({ code: 'platform.throttled', retryAfterMs: 1e6 });
    expect(clock.sleepers).toBe(0);
  });
});

describe('a caller that gives up', () => {
  it('takes nothing from the others', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process().throttle, process().throttle];
    (await north.reserve(1, 'normal')).settle();
    const controller = new AbortController();
    const given = north.reserve(1, 'urgent', controller.signal);
    const waits = south.reserve(1, 'bulk');
    await clock.advance(500);
    controller.abort(new Error('no longer wanted'));
    await expect(given).rejects.toThrow('no longer wanted');
    await clock.advance(500);
    expect(await soon(clock, waits)).not.toBe('waits');
  });

  it('gives back what it was given just then', async () => {
    const { clock, process, store } = setUp();
    const [north, south] = [process().throttle, process().throttle];
    const controller = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.answerAfter(promise);
    const given = north.reserve(1, 'urgent', controller.signal);
    await clock.advance(0);
    expect(await store.state()).toMatchObject({ members: { [clock.now()]: { held: 1 } } });
    controller.abort(new Error('no longer wanted'));
    resolve();
    await expect(given).rejects.toThrow('no longer wanted');
    await clock.advance(0);
    expect(await soon(clock, south.reserve(1, 'bulk'))).not.toBe('waits');
    expect(north.usage()).toMatchObject({ calls: 0 });
  });
});
