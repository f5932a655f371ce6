import { describe, expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import type { Json } from '../../src/model/json.ts';
import type { BucketOptions } from '../../src/policies/allowance.ts';
import { sharedThrottle } from '../../src/policies/shared-throttle.ts';
import type { Reservation, Throttle } from '../../src/policies/throttle.ts';
import type { Lane } from '../../src/ports/options.ts';
import type { SharedStore } from '../../src/ports/stores.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

const name = 'shop/bucket/calls';
const one = { capacity: 1, refillPerSecond: 1 };

/** Processes that share an allowance. `pause` stops a process for good, as a crash does. */
function setUp(bucket: BucketOptions = one, longestWaitMs = Number.POSITIVE_INFINITY) {
  const clock = testClock({ auto: false, turns: 1 });
  const memory = memoryStores({ clock }).shared;
  let down = false;
  let losesAnswer = false;
  let answersAfter: Promise<void> | undefined;
  let updates = 0;
  const shared: SharedStore = {
    async update(of, change) {
      updates++;
      const result = down ? undefined : await memory.update(of, change);
      await answersAfter;
      if (result !== undefined && !losesAnswer) return result;
      losesAnswer = false;
      throw new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' });
    },
  };
  /** One that runs on the world's clock, apart from it by so much, until it is killed. */
  function process(apartMs = 0): { throttle: Throttle; kill(): void } {
    let isDead = false;
    const never = new Promise<never>(() => undefined);
    const own: SharedStore = { update: (of, change) => (isDead ? never : shared.update(of, change)) };
    const throttle = sharedThrottle({
      shared: own,
      name,
      bucket,
      clock: { ...clock, now: () => clock.now() + apartMs },
      longestWaitMs,
    });
    return { throttle, kill: () => (isDead = true) };
  }
  return {
    clock,
    process,
    store: {
      updates: () => updates,
      setDown: (isDown: boolean) => (down = isDown),
      loseNextAnswer: () => (losesAnswer = true),
      answerAfter(moment: Promise<void>) {
        answersAfter = moment;
      },
      state: () => memory.update<Json>(name, (state) => ({ result: state })),
      put: (state: Json) => memory.update(name, () => ({ next: state, result: undefined })),
    },
  };
}

/** Asks, and notes in `order` when it went, answered at once. */
function ask(order: string[], what: string, allowance: Throttle, lane: Lane, cost = 1): void {
  void allowance.reserve(cost, lane).then((reservation) => {
    order.push(what);
    reservation.settle();
    return what;
  });
}

/** What became of it, without waiting for longer than the world stands still. */
async function soon<T>(clock: { advance(ms: number): Promise<void> }, work: Promise<T>): Promise<T | 'waits'> {
  let end: T | 'waits' = 'waits';
  void work.then((value) => (end = value));
  await clock.advance(0);
  return end;
}

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

describe('a process that dies', () => {
  it('has spent what it held, and shuts the allowance for nobody', async () => {
    const { clock, process, store } = setUp({ capacity: 2, refillPerSecond: 0.02 });
    const [dead, alive] = [process(), process().throttle];
    await dead.throttle.reserve(1, 'normal');
    await dead.throttle.reserve(1, 'normal');
    dead.kill();
    const asked = alive.reserve(1, 'normal');
    await clock.advance(29_000);
    expect(await store.state()).toMatchObject({ settled: 0 });
    // Half a minute after its last sign of life it counts as spent, and flows in again like everything.
    await clock.advance(2_000);
    expect(await store.state()).toMatchObject({ settled: 2 });
    await clock.advance(47_000);
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(4_000);
    expect(await soon(clock, asked)).not.toBe('waits');
  });

  it('while it waits with urgent work lets the others go on soon', async () => {
    const { clock, process } = setUp();
    const [dead, alive] = [process(), process().throttle];
    (await alive.reserve(1, 'normal')).settle();
    void dead.throttle.reserve(1, 'urgent');
    await clock.advance(0);
    dead.kill();
    const order: string[] = [];
    ask(order, 'bulk', alive, 'bulk');
    await clock.advance(2_000);
    expect(order).toEqual([]);
    await clock.advance(2_000);
    expect(order).toEqual(['bulk']);
  });

  it('while it holds a call and waits with an urgent one lets the others go on as soon', async () => {
    const { clock, process } = setUp({ capacity: 2, refillPerSecond: 1 });
    const [dead, alive] = [process(), process().throttle];
    await dead.throttle.reserve(1, 'normal');
    (await alive.reserve(1, 'normal')).settle();
    void dead.throttle.reserve(1, 'urgent');
    await clock.advance(0);
    dead.kill();
    const order: string[] = [];
    ask(order, 'bulk', alive, 'bulk');
    await clock.advance(5_000);
    expect(order).toEqual(['bulk']);
  });

  it('is not taken for dead while its call is away for long', async () => {
    const { clock, process } = setUp({ capacity: 1, refillPerSecond: 1 });
    const [slow, other] = [process().throttle, process().throttle];
    const held = await slow.reserve(1, 'normal');
    const asked = other.reserve(1, 'normal');
    await clock.advance(100_000);
    expect(await soon(clock, asked)).toBe('waits');
    held.settle();
    await clock.advance(2_000);
    expect(await soon(clock, asked)).not.toBe('waits');
  });
});

describe('clocks that differ', () => {
  it.each([3_000, -3_000, 3_600_000, -3_600_000])(
    'by %i ms count no second twice, and stop nothing',
    async (apartMs) => {
      const { clock, process } = setUp({ capacity: 1, refillPerSecond: 1 });
      const both = [process().throttle, process(apartMs).throttle];
      const times: number[] = [];
      const started = clock.now();
      const caller = async (allowance: Throttle) => {
        for (let call = 0; call < 20; call++) {
          (await allowance.reserve(1, 'normal')).settle();
          times.push(clock.now() - started);
        }
      };
      const ended = Promise.all(both.map(caller));
      await clock.advance(60_000);
      await ended;
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
      expect(times.at(-1)).toBeLessThanOrEqual(45_000);
    },
  );

  it('let a process that looks for the first time believe in no time that did not pass', async () => {
    const { clock, process } = setUp({ capacity: 2, refillPerSecond: 1 });
    const early = process().throttle;
    for (let call = 0; call < 2; call++) (await early.reserve(1, 'normal')).settle();
    await clock.advance(0);
    const asked = process(4_000).throttle.reserve(1, 'normal');
    await clock.advance(999);
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(1);
    expect(await soon(clock, asked)).not.toBe('waits');
  });

  it('do not matter to a process that comes back after a night', async () => {
    const { clock, process } = setUp({ capacity: 10, refillPerSecond: 1 });
    const before = process().throttle;
    for (let call = 0; call < 10; call++) (await before.reserve(1, 'normal')).settle();
    await clock.advance(28_800_000);
    expect(await soon(clock, process(2_000).throttle.reserve(10, 'normal'))).not.toBe('waits');
  });
});

describe('a store that cannot be asked', () => {
  it('lets nothing be sent, says why, and goes on when it is back', async () => {
    const { process, store } = setUp({ capacity: 10, refillPerSecond: 1 });
    const { throttle } = process();
    store.setDown(true);
    const refused = throttle.reserve(1, 'normal');
    await expect(refused).rejects.toMatchObject({ code: 'allowance.unknown', cause: { code: 'store.unavailable' } });
    store.setDown(false);
    (await throttle.reserve(1, 'normal')).settle();
    expect(throttle.usage()).toMatchObject({ calls: 1, spent: 1 });
  });

  it('is told later what calls have cost that ended meanwhile', async () => {
    const { clock, process, store } = setUp({ capacity: 2, refillPerSecond: 0.001 });
    const { throttle } = process();
    const away = await throttle.reserve(1, 'normal');
    store.setDown(true);
    away.settle();
    await clock.advance(0);
    store.setDown(false);
    (await throttle.reserve(1, 'normal')).settle();
    expect(await soon(clock, throttle.reserve(1, 'normal'))).toBe('waits');
  });

  it('that took a call in and lost its answer holds nothing for it for long', async () => {
    const { clock, process, store } = setUp();
    const { throttle } = process();
    store.loseNextAnswer();
    await expect(throttle.reserve(1, 'normal')).rejects.toMatchObject({ code: 'allowance.unknown' });
    const again = throttle.reserve(1, 'normal');
    await clock.advance(32_000);
    expect(await soon(clock, again)).not.toBe('waits');
  });
});

describe('a state of an allowance that is not one', () => {
  it('of a newer version is refused in words that say what to do', async () => {
    const { process, store } = setUp();
    await store.put({ version: 2, level: 'half full' });
    await expect(process().throttle.reserve(1, 'normal')).rejects.toThrow(/version 2.*Update this process/);
    expect(await store.state()).toEqual({ version: 2, level: 'half full' });
  });

  it.each<[string, Json]>([
    ['of another kind', { version: 1, at: 0, wallAt: 0, bucket: { kind: 'refill', level: 9, closedUntil: 0 } }],
    ['that is text', 'full'],
    ['that is null', null],
    ['of which a part is missing', { version: 1 }],
  ])('%s counts as an empty one', async (_, state) => {
    const { clock, process, store } = setUp({ capacity: 5, refillPerSecond: 1 });
    await store.put(state);
    const asked = process().throttle.reserve(1, 'normal');
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(1000);
    expect(await soon(clock, asked)).not.toBe('waits');
    expect(await store.state()).toMatchObject({ version: 1 });
  });

  it('that says absurd things shuts the allowance for half a minute at most', async () => {
    const { clock, process, store } = setUp({ capacity: 5, refillPerSecond: 1 }, 10_000);
    const { throttle } = process();
    const held = await throttle.reserve(1, 'normal');
    held.settle();
    await clock.advance(0);
    const state = await store.state();
    const member = { until: 9e15, held: 5, back: 9e15, waits: { urgent: [1, 5, 0] } };
    await store.put({ ...(state as object), members: { '7': member } });
    const asked = process().throttle.reserve(1, 'bulk');
    await clock.advance(40_000);
    expect(await soon(clock, asked)).not.toBe('waits');
  });
});

describe('a reservation', () => {
  it('ends once, whatever is said twice', async () => {
    const { clock, process, store } = setUp({ capacity: 5, refillPerSecond: 1 });
    const reservation: Reservation = await process().throttle.reserve(1, 'normal');
    reservation.settle();
    reservation.settle();
    reservation.refused(60_000);
    reservation.giveBack();
    await clock.advance(0);
    expect(await store.state()).toMatchObject({ settled: 1, bucket: { level: 4 }, members: {} });
  });
});
