import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import type { Reservation, Throttle } from '../../src/policies/throttle.ts';
import { ask, setUp, soon } from './shared-world.ts';

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
  it.each([3_000, -3_000, 240_000, -240_000, 3_600_000, -3_600_000])(
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

  it.each([4_000, 240_000, -240_000])(
    'by %i ms let a process that looks for the first time believe in no time that did not pass, and in all that did',
    async (apartMs) => {
      const { clock, process } = setUp({ capacity: 2, refillPerSecond: 1 });
      const early = process().throttle;
      for (let call = 0; call < 2; call++) (await early.reserve(1, 'normal')).settle();
      await clock.advance(0);
      const asked = process(apartMs).throttle.reserve(1, 'normal');
      await clock.advance(999);
      expect(await soon(clock, asked)).toBe('waits');
      await clock.advance(1);
      expect(await soon(clock, asked)).not.toBe('waits');
      await clock.advance(3_000);
      expect(await soon(clock, process(-apartMs).throttle.reserve(1, 'normal'))).not.toBe('waits');
    },
  );

  it.each([0, 240_000, -240_000])(
    'by %i ms let a process that joins later free nothing that another one still counts',
    async (apartMs) => {
      const { clock, process } = setUp({ kind: 'sliding-window', capacity: 2, windowMs: 20_000 });
      const early = process().throttle;
      for (let call = 0; call < 2; call++) (await early.reserve(1, 'normal')).settle();
      await clock.advance(4_000);
      const asked = process(apartMs).throttle.reserve(1, 'normal');
      await clock.advance(15_999);
      expect(await soon(clock, asked)).toBe('waits');
      // What was counted in a hundredth of the window is counted at its end.
      await clock.advance(201);
      expect(await soon(clock, asked)).not.toBe('waits');
    },
  );

  it('because one is set back take its place in the row from nobody', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process(), process().throttle];
    (await south.reserve(1, 'normal')).settle();
    await clock.advance(0);
    const order: string[] = [];
    ask(order, 'first', north.throttle, 'normal');
    await clock.advance(100);
    ask(order, 'second', south, 'normal');
    await clock.advance(100);
    north.setClockBack(240_000);
    await clock.advance(3_000);
    expect(order).toEqual(['first', 'second']);
  });

  it.each([2_000, 240_000, -240_000])(
    'by %i ms do not matter to a process that comes back after a night',
    async (ms) => {
      const { clock, process } = setUp({ capacity: 10, refillPerSecond: 1 });
      const before = process().throttle;
      for (let call = 0; call < 10; call++) (await before.reserve(1, 'normal')).settle();
      await clock.advance(28_800_000);
      expect(await soon(clock, process(ms).throttle.reserve(10, 'normal'))).not.toBe('waits');
    },
  );
});

describe("a store's clock that is set back by an hour", () => {
  const hourMs = 3_600_000;

  it('frees nothing early, and keeps what is counted for no longer than the window', async () => {
    const { clock, process, store } = setUp({ kind: 'sliding-window', capacity: 2, windowMs: 60_000 });
    const [north, south] = [process().throttle, process().throttle];
    for (const allowance of [north, south]) (await allowance.reserve(1, 'normal')).settle();
    await clock.advance(20_000);
    store.setClockBack(hourMs);
    const asked = south.reserve(1, 'normal');
    // Of the time since the last look before nobody knows whether it passed, so it counts as none.
    await clock.advance(59_999);
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(1_300);
    expect(await soon(clock, asked)).not.toBe('waits');
  });

  it('lets an allowance that the platform shut be shut for as long as it said', async () => {
    const { clock, process, store } = setUp({ capacity: 10, refillPerSecond: 2 });
    const [north, south] = [process().throttle, process().throttle];
    (await north.reserve(1, 'normal')).refused(5000);
    await clock.advance(0);
    store.setClockBack(hourMs);
    const asked = south.reserve(1, 'normal');
    await clock.advance(5499);
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(1);
    expect(await soon(clock, asked)).not.toBe('waits');
  });

  it('keeps the order of those who wait', async () => {
    const { clock, process, store } = setUp();
    const both = [process().throttle, process(240_000).throttle] as const;
    (await both[0].reserve(1, 'normal')).settle();
    await clock.advance(0);
    const order: string[] = [];
    for (let count = 0; count < 6; count++) {
      ask(order, String(count), both[count % 2 === 0 ? 0 : 1], 'normal');
      await clock.advance(0);
      if (count === 2) store.setClockBack(hourMs);
      await clock.advance(10);
    }
    await clock.advance(10_000);
    expect(order).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('holds what a dead process held for half a minute, and no hour', async () => {
    const { clock, process, store } = setUp({ capacity: 1, refillPerSecond: 1 });
    const [dead, alive] = [process(), process().throttle];
    await dead.throttle.reserve(1, 'normal');
    dead.kill();
    store.setClockBack(hourMs);
    const asked = alive.reserve(1, 'normal');
    await clock.advance(29_000);
    expect(await soon(clock, asked)).toBe('waits');
    await clock.advance(4_000);
    expect(await soon(clock, asked)).not.toBe('waits');
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
    ['of another kind', { version: 1, at: 0, bucket: { kind: 'refill', level: 9, closedUntil: 0 } }],
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

describe('a state of an allowance that is lost', () => {
  it('gives nobody the number of a process of the time before, also when the clock was set back', async () => {
    const { clock, process, store } = setUp({ capacity: 2, refillPerSecond: 0.001 });
    const [old, one, other] = [process().throttle, process().throttle, process().throttle];
    const held = await old.reserve(1, 'normal');
    expect(await store.state()).toMatchObject({ members: { [clock.now()]: { held: 1 } } });
    store.setClockBack(1);
    await store.put(null);
    for (const allowance of [one, other]) void allowance.reserve(1, 'normal');
    await clock.advance(0);
    // One of the new processes has the very number that the old one had.
    const members = { [clock.now() - 1]: { held: 0 }, [clock.now()]: { held: 0 } };
    expect(await store.state()).toMatchObject({ members });
    held.settle();
    await clock.advance(0);
    expect(await store.state()).toMatchObject({ members });
  });

  it('takes an answer of the time before for older than all that it knows', async () => {
    const { clock, process, store } = setUp({ capacity: 10, refillPerSecond: 0.001 });
    const [old, other] = [process().throttle, process().throttle];
    const held = await old.reserve(1, 'normal');
    await clock.advance(1);
    await store.put(null);
    held.settle({ available: 9 });
    await clock.advance(0);
    expect(await soon(clock, other.reserve(1, 'normal'))).toBe('waits');
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
