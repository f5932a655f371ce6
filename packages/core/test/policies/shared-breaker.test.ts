import { describe, expect, it } from 'vitest';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import type { Json } from '../../src/model/json.ts';
import type { Health } from '../../src/policies/circuit.ts';
import { sharedBreaker, type SharedBreaker } from '../../src/policies/shared-breaker.ts';
import type { SharedStore } from '../../src/ports/stores.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';
import { seededRandom } from '../../../testing/src/fake/random.ts';

const name = 'shop/breaker';
type TestClock = ReturnType<typeof clockThatNobodySleepsBy>;
/** What a connector gets that sets nothing. */
const defaults = { failures: 10, coolDownMs: 30_000 };

function setUp(probes = 1, { failures, coolDownMs } = { failures: 4, coolDownMs: 10_000 }) {
  const clock = clockThatNobodySleepsBy();
  let storeIsBehindMs = 0;
  const memory = memoryStores({ clock: { now: () => clock.now() - storeIsBehindMs } }).shared;
  let down = false;
  let updates = 0;
  const shared: SharedStore = {
    async update(of, change) {
      updates++;
      if (down) throw new Error('The store is away.');
      return memory.update(of, change);
    },
  };
  const settings = { shared, name, failures, coolDownMs, probes };
  return {
    clock,
    /** One whose own clock is apart from the world's by so much. */
    process: (apartMs = 0) => sharedBreaker({ ...settings, clock: { ...clock, now: () => clock.now() + apartMs } }),
    /** One whose clock shows what it shows, and has nothing else to go by. */
    processBy: (now: () => number) => {
      const { elapsed: _, ...known } = clock;
      return sharedBreaker({ ...settings, clock: { ...known, now } });
    },
    setStoreClockBack: (ms: number) => (storeIsBehindMs += ms),
    updates: () => updates,
    setDown: (isDown: boolean) => (down = isDown),
    state: () => memory.update<Json>(name, (state) => ({ result: state })),
    put: (state: Json) => memory.update(name, () => ({ next: state, result: undefined })),
  };
}

/** A breaker waits for nothing, so time may pass at once. */
function clockThatNobodySleepsBy() {
  const clock = testClock({ auto: false });
  let now = clock.now();
  let setBackMs = 0;
  return {
    ...clock,
    now: () => now,
    elapsed: () => now + setBackMs,
    async advance(ms: number): Promise<void> {
      now += ms;
    },
    /** Every clock there is. */
    setBack(ms: number): void {
      now -= ms;
      setBackMs += ms;
    },
  };
}

async function pass(circuit: SharedBreaker, health: Health): Promise<boolean> {
  const entry = await circuit.enter();
  if (entry.open) return false;
  await entry.report(health);
  return true;
}

/** Fails in two processes in turn until the circuit opens. */
async function open(north: SharedBreaker, south: SharedBreaker): Promise<void> {
  for (const circuit of [north, south, north, south]) expect(await pass(circuit, 'unwell')).toBe(true);
}

/** What another one gets through while this one only fails, `each` calls of it for `calls` of the other. */
async function besides(cutOff: SharedBreaker, well: SharedBreaker, clock: TestClock, [calls, everyMs, each]: number[]) {
  const passed = { well: 0, refused: 0, failed: 0 };
  for (let call = 0; call < (calls ?? 0); call++) {
    if (await pass(cutOff, 'unwell')) passed.failed++;
    if (call % (each ?? 1) === 0) {
      if (await pass(well, 'well')) passed.well++;
      else passed.refused++;
    }
    await clock.advance(everyMs ?? 0);
  }
  return passed;
}

describe('a circuit that processes share', () => {
  it('opens after failures in a row over all of them, and stays open for all', async () => {
    const { clock, process } = setUp();
    const [north, south, late] = [process(), process(), process()];
    await open(north, south);
    expect(await south.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    expect(await late.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    // It looked a moment ago, and learns of it within a second.
    await clock.advance(1_000);
    expect(await north.enter()).toEqual({ open: true, retryAfterMs: 9_000 });
  });

  it('does not open where a call of another process went well in between', async () => {
    const { clock, process } = setUp();
    const [north, south, west] = [process(), process(), process()];
    for (const circuit of [north, west, south]) await pass(circuit, 'unwell');
    await pass(south, 'well');
    for (const circuit of [north, west, south]) await pass(circuit, 'unwell');
    await clock.advance(1_000);
    for (const circuit of [north, south, west]) expect(await pass(circuit, 'well')).toBe(true);
  });

  it('lets one probe through over all of them, and closes for all when it went well', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process(), process()];
    await open(north, south);
    await clock.advance(10_000);
    const probe = await north.enter();
    expect(probe.open).toBe(false);
    expect(await south.enter()).toMatchObject({ open: true });
    if (!probe.open) await probe.report('well');
    expect(await pass(north, 'well')).toBe(true);
    expect(await pass(south, 'well')).toBe(true);
  });

  it('gives the probe of a process that died to another one after a cool down', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process(), process()];
    await open(north, south);
    await clock.advance(10_000);
    expect(await north.enter()).toMatchObject({ open: false });
    await clock.advance(9_999);
    expect(await south.enter()).toEqual({ open: true, retryAfterMs: 1 });
    await clock.advance(1);
    expect(await pass(south, 'well')).toBe(true);
    expect(await pass(south, 'well')).toBe(true);
  });

  it('costs little while all is well: a look a second, and a word now and then that calls go well', async () => {
    const { clock, process, updates } = setUp();
    const circuit = process();
    for (let call = 0; call < 100; call++) {
      await pass(circuit, 'well');
      await clock.advance(30);
    }
    // Three looks, and a word for the first call that went well.
    expect(updates()).toBe(4);
    await clock.advance(1_000);
    await Promise.all(Array.from({ length: 50 }, () => pass(circuit, 'well')));
    expect(updates()).toBe(6);
    const before = updates();
    for (let call = 0; call < 6_000; call++) {
      await pass(circuit, 'well');
      await clock.advance(10);
    }
    expect(updates() - before).toBeLessThanOrEqual(60 + 60_000 / 3_333);
  });

  it('costs no more than a look and a word a second where another process fails all the time', async () => {
    const { clock, process, updates } = setUp();
    const [north, south] = [process(), process()];
    let ofNorth = 0;
    for (let call = 0; call < 6_000; call++) {
      await pass(south, 'unwell');
      const before = updates();
      expect(await pass(north, 'well')).toBe(true);
      ofNorth += updates() - before;
      await clock.advance(10);
    }
    expect(ofNorth).toBeLessThanOrEqual(121);
    // The one that fails tries once in a cool down, and otherwise says nothing.
    expect(updates() - ofNorth).toBeLessThanOrEqual(30);
  });

  it.each([5_000, -5_000, 240_000, -240_000])('keeps its cool down where a clock is %i ms apart', async (apartMs) => {
    const { clock, process } = setUp();
    const [north, south] = [process(), process(apartMs)];
    await open(north, south);
    await clock.advance(9_000);
    expect(await north.enter()).toEqual({ open: true, retryAfterMs: 1_000 });
    expect(await south.enter()).toEqual({ open: true, retryAfterMs: 1_000 });
    await clock.advance(1_000);
    expect(await pass(south, 'well')).toBe(true);
    expect(await pass(north, 'well')).toBe(true);
  });

  it.each([240_000, -240_000])(
    'weighs what went well in a process whose clock is %i ms apart by how long ago that was',
    async (apartMs) => {
      const { clock, process } = setUp(1, defaults);
      const [cutOff, well] = [process(), process(apartMs)];
      await pass(well, 'well');
      const { refused, failed } = await besides(cutOff, well, clock, [2_000, 50, 1]);
      expect(refused).toBe(0);
      expect(failed).toBeLessThanOrEqual(10 + 4);
      // It calls no more: what went well there is soon too long ago to count.
      await clock.advance(60_000);
      const [north, south] = [process(), process()];
      for (let call = 0; call < 5; call++) for (const circuit of [north, south]) await pass(circuit, 'unwell');
      expect(await process().enter()).toMatchObject({ open: true });
    },
  );

  it('opens although a process whose clock is minutes ahead fails too, where a call went well long ago', async () => {
    const { clock, process } = setUp();
    const [north, ahead] = [process(), process(240_000)];
    await pass(ahead, 'well');
    await clock.advance(20_000);
    await open(north, ahead);
    expect(await process().enter()).toMatchObject({ open: true });
  });

  it('opens for one cool down, also when the clock is set back meanwhile', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process(), process()];
    await open(north, south);
    await south.enter();
    clock.setBack(3_600_000);
    expect(await south.enter()).toMatchObject({ open: true });
    await clock.advance(10_000);
    expect(await pass(south, 'well')).toBe(true);
  });

  it("opens for one cool down, also when the store's clock is set back meanwhile", async () => {
    const { clock, process, setStoreClockBack } = setUp();
    const [north, south] = [process(), process()];
    await open(north, south);
    setStoreClockBack(3_600_000);
    const late = process();
    expect(await late.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    await clock.advance(5_000);
    expect(await process().enter()).toEqual({ open: true, retryAfterMs: 5_000 });
    await clock.advance(5_000);
    expect(await pass(late, 'well')).toBe(true);
    expect(await pass(south, 'well')).toBe(true);
  });

  it("holds what went well against failures for one cool down, also when the store's clock is set back", async () => {
    const { clock, process, setStoreClockBack } = setUp();
    const [well, north, south] = [process(), process(), process()];
    await pass(well, 'well');
    setStoreClockBack(3_600_000);
    await north.enter();
    await clock.advance(10_000);
    await open(north, south);
    expect(await process().enter()).toMatchObject({ open: true });
  });

  it('is looked at again by a process whose own clock was set back, which has nothing else to go by', async () => {
    const { clock, process, processBy } = setUp();
    let behindMs = 0;
    const [north, south, odd] = [process(), process(), processBy(() => clock.now() - behindMs)];
    await odd.enter();
    await open(north, south);
    behindMs = 3_600_000;
    expect(await odd.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    await clock.advance(10_000);
    expect(await pass(odd, 'well')).toBe(true);
  });

  it('goes on by what each process knows while the store cannot be asked', async () => {
    const { clock, process, setDown } = setUp();
    const circuit = process();
    await pass(circuit, 'well');
    setDown(true);
    await clock.advance(1_000);
    for (let call = 0; call < 4; call++) expect(await pass(circuit, 'unwell')).toBe(true);
    expect(await circuit.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    setDown(false);
    await clock.advance(10_000);
    expect(await pass(circuit, 'well')).toBe(true);
    expect(await pass(process(), 'well')).toBe(true);
  });

  it('counts as open with its cool down over where its state cannot be read', async () => {
    const { process, put } = setUp();
    await put({ version: 1, inARow: 'many' });
    const [north, south] = [process(), process()];
    const probe = await north.enter();
    expect(await south.enter()).toMatchObject({ open: true });
    if (!probe.open) await probe.report('well');
    expect(await pass(process(), 'well')).toBe(true);
  });

  it('gives nobody the number of a process of the time before its state was lost', async () => {
    const { clock, process, put, state, setStoreClockBack } = setUp();
    const [north, south] = [process(), process()];
    for (const circuit of [north, south]) await pass(circuit, 'well');
    setStoreClockBack(1);
    await put(null);
    await clock.advance(1_000);
    setStoreClockBack(1_000);
    // Those of the time after it begin with the numbers of those before.
    const late = [process(), process(), process()];
    for (const circuit of late) await circuit.enter();
    for (const circuit of [north, south]) await circuit.enter();
    expect(await state()).toMatchObject({ processes: { length: 5 } });
  });

  it('leaves a state of a newer version alone, and goes on by itself', async () => {
    const { process, put } = setUp();
    await put({ version: 2 });
    const circuit = process();
    for (let call = 0; call < 4; call++) expect(await pass(circuit, 'unwell')).toBe(true);
    expect(await circuit.enter()).toMatchObject({ open: true });
    await put({ version: 2 });
  });
});

describe('a budget of three probes', () => {
  it('is one for all processes, and closes the circuit after three that went well', async () => {
    const { clock, process } = setUp(3);
    const [north, south] = [process(), process()];
    await open(north, south);
    await clock.advance(10_000);
    const probes = [await north.enter(), await south.enter(), await north.enter()];
    expect(probes.map((probe) => probe.open)).toEqual([false, false, false]);
    expect(await south.enter()).toMatchObject({ open: true });
    for (const probe of probes.slice(0, 2)) if (!probe.open) await probe.report('well');
    const [again, more, tooMany] = [await south.enter(), await south.enter(), await south.enter()];
    expect([again.open, more.open, tooMany.open]).toEqual([false, false, true]);
    for (const probe of probes.slice(2)) if (!probe.open) await probe.report('well');
    for (const call of [1, 2, 3, 4]) expect([call, await pass(south, 'well')]).toEqual([call, true]);
  });

  it('opens it again after one that did not', async () => {
    const { clock, process } = setUp(3);
    const [north, south] = [process(), process()];
    await open(north, south);
    await clock.advance(10_000);
    const late = await north.enter();
    expect(await pass(north, 'well')).toBe(true);
    expect(await pass(south, 'unwell')).toBe(true);
    if (!late.open) await late.report('well');
    expect(await south.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    await clock.advance(10_000);
    // What went well before it opened again does not count any more.
    for (let probe = 0; probe < 2; probe++) await pass(south, 'well');
    const [one, two, three, four] = [
      await south.enter(),
      await south.enter(),
      await south.enter(),
      await south.enter(),
    ];
    expect([one.open, two.open, three.open, four.open]).toEqual([false, false, false, true]);
  });
});

describe('a process whose network is broken', () => {
  it('stops itself and nobody else, where many calls of another one go well between its failures', async () => {
    const { clock, process } = setUp(1, defaults);
    const [cutOff, well] = [process(), process()];
    for (let failure = 0; failure < 10; failure++) {
      for (let call = 0; call < 20; call++) {
        expect(await pass(well, 'well')).toBe(true);
        await clock.advance(2);
      }
      expect(await pass(cutOff, 'unwell')).toBe(true);
    }
    expect(await cutOff.enter()).toEqual({ open: true, retryAfterMs: 30_000 });
    await clock.advance(1_000);
    expect(await pass(well, 'well')).toBe(true);
  });

  it.each([
    { cutOff: 'calls 50 times a second', load: [6_000, 20, 5] },
    { cutOff: 'calls as often as it fails', load: [2_000, 50, 1] },
    { cutOff: 'calls 50 times a second and the other one hardly ever', load: [6_000, 20, 450] },
  ])('lets the other one go on where it $cutOff', async ({ load }) => {
    const { clock, process } = setUp(1, defaults);
    const [cutOff, well] = [process(), process()];
    await pass(well, 'well');
    const { refused, failed } = await besides(cutOff, well, clock, load);
    expect(refused).toBe(0);
    // Ten in a row, and then one in a cool down.
    expect(failed).toBeLessThanOrEqual(10 + 4);
  });

  it('is the one of four that stops', async () => {
    const { clock, process } = setUp(1, defaults);
    const random = seededRandom(3);
    const fleet = [process(), process(), process(), process()];
    let refused = 0;
    for (let call = 0; call < 6_000; call++) {
      const who = Math.floor(random() * 4);
      for (const [place, circuit] of fleet.entries()) {
        if (place !== who) continue;
        const passed = await pass(circuit, place === 0 ? 'unwell' : 'well');
        if (place > 0 && !passed) refused++;
      }
      await clock.advance(100);
    }
    expect(refused).toBe(0);
  });

  it('goes on by itself when its network is back', async () => {
    const { clock, process } = setUp();
    const [cutOff, well] = [process(), process()];
    await pass(well, 'well');
    for (let call = 0; call < 4; call++) await pass(cutOff, 'unwell');
    expect(await cutOff.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    await clock.advance(10_000);
    expect(await pass(cutOff, 'unwell')).toBe(true);
    expect(await pass(cutOff, 'well')).toBe(false);
    await clock.advance(10_000);
    expect(await pass(cutOff, 'well')).toBe(true);
    expect(await pass(cutOff, 'well')).toBe(true);
  });

  it('does not keep the circuit open for others after an outage, however often it calls', async () => {
    const { clock, process } = setUp();
    const [cutOff, well] = [process(), process()];
    await open(cutOff, well);
    let wellAgainAt: number | undefined;
    const since = clock.now();
    for (let call = 0; call < 3_000 && wellAgainAt === undefined; call++) {
      await pass(cutOff, 'unwell');
      // It calls every second, and always after the other one.
      if (call % 50 === 49 && (await pass(well, 'well'))) wellAgainAt = clock.now();
      await clock.advance(20);
    }
    // Its probe has the second turn.
    expect((wellAgainAt ?? Number.POSITIVE_INFINITY) - since).toBeLessThanOrEqual(22_000);
    // The one that failed tries by itself, and holds up nobody.
    const { refused } = await besides(cutOff, well, clock, [3_000, 20, 5]);
    expect(refused).toBe(0);
  });

  it('keeps a budget of three probes open no longer than one', async () => {
    const { clock, process } = setUp(3);
    const [cutOff, well] = [process(), process()];
    await open(cutOff, well);
    await well.enter();
    await clock.advance(10_000);
    expect(await pass(well, 'well')).toBe(true);
    expect(await pass(cutOff, 'unwell')).toBe(true);
    expect(await well.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    await clock.advance(10_000);
    expect(await cutOff.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    for (let probe = 0; probe < 3; probe++) expect(await pass(well, 'well')).toBe(true);
    const entries = Array.from({ length: 9 }, () => well.enter());
    for (const entry of entries) expect(await entry).toMatchObject({ open: false });
  });

  it('tries alone, one call at a time, after an outage in which its probe failed', async () => {
    const { clock, process } = setUp();
    const [cutOff, well] = [process(), process()];
    await open(cutOff, well);
    await clock.advance(10_000);
    expect(await pass(cutOff, 'unwell')).toBe(true);
    await well.enter();
    await clock.advance(10_000);
    expect(await pass(well, 'well')).toBe(true);
    expect(await pass(cutOff, 'unwell')).toBe(true);
    expect(await cutOff.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    expect(await pass(well, 'well')).toBe(true);
  });

  it('has no turn before those who wait, also when it is started again and again', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process(), process()];
    await open(north, south);
    await clock.advance(10_000);
    expect(await pass(south, 'unwell')).toBe(true);
    await clock.advance(1_000);
    await south.enter();
    const restarted = process();
    await restarted.enter();
    await clock.advance(9_000);
    expect(await restarted.enter()).toMatchObject({ open: true });
    expect(await pass(south, 'well')).toBe(true);
  });

  it('stops only itself where another one failed once and went on', async () => {
    const { process } = setUp();
    const [cutOff, well] = [process(), process()];
    for (const health of ['well', 'unwell', 'well'] as const) await pass(well, health);
    for (let call = 0; call < 4; call++) await pass(cutOff, 'unwell');
    expect(await cutOff.enter()).toMatchObject({ open: true });
    expect(await process().enter()).toMatchObject({ open: false });
  });

  it('stops only itself where a call of another one went well between its failures and the failure of that one', async () => {
    const { clock, process } = setUp();
    const [cutOff, well] = [process(), process()];
    await pass(well, 'well');
    for (let call = 0; call < 3; call++) await pass(cutOff, 'unwell');
    for (const health of ['well', 'unwell'] as const) {
      await clock.advance(10);
      await pass(well, health);
    }
    expect(await process().enter()).toMatchObject({ open: false });
  });

  it('has failed in a row with others only since another one went well', async () => {
    const { clock, process } = setUp();
    const [cutOff, well, late] = [process(), process(), process()];
    for (const circuit of [well, late]) await pass(circuit, 'well');
    for (let call = 0; call < 3; call++) await pass(cutOff, 'unwell');
    await clock.advance(1_200);
    await pass(well, 'well');
    await clock.advance(10_500);
    await pass(late, 'unwell');
    expect(await process().enter()).toMatchObject({ open: false });
  });

  it('has its turn to probe when those before it do not come', async () => {
    const { clock, process } = setUp();
    const [south, died] = [process(), process()];
    await open(south, died);
    await clock.advance(10_000);
    expect(await pass(south, 'unwell')).toBe(true);
    // It says that it waits, and never comes back.
    expect(await died.enter()).toMatchObject({ open: true });
    await clock.advance(10_000);
    expect(await south.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    await clock.advance(10_000);
    expect(await pass(south, 'unwell')).toBe(true);
    // Who says nothing has no turn.
    await clock.advance(10_000);
    expect(await pass(south, 'well')).toBe(true);
    expect(await pass(process(), 'well')).toBe(true);
  });

  it('does not ask the store at every call while it is the turn of another', async () => {
    const { clock, process, updates } = setUp();
    const [cutOff, waiting] = [process(), process()];
    await open(cutOff, waiting);
    await clock.advance(10_000);
    await pass(cutOff, 'unwell');
    await waiting.enter();
    await clock.advance(10_000);
    const before = updates();
    for (let call = 0; call < 200; call++) {
      expect(await cutOff.enter()).toMatchObject({ open: true });
      await clock.advance(20);
    }
    expect(updates() - before).toBeLessThanOrEqual(4);
  });
});

describe('a platform that is down', () => {
  it('is left alone by all after about as many failures as open a circuit, also when all went well just now', async () => {
    const { clock, process } = setUp(1, defaults);
    const fleet = Array.from({ length: 4 }, () => process());
    for (let call = 0; call < 200; call++) {
      for (const circuit of fleet) expect(await pass(circuit, 'well')).toBe(true);
      await clock.advance(20);
    }
    let failed = 0;
    for (let call = 0; call < 500; call++) {
      for (const circuit of fleet) if (await pass(circuit, 'unwell')) failed++;
      await clock.advance(5);
    }
    // In the second until all know of it, none can fail more often than its own circuit lets it.
    expect(failed).toBeGreaterThanOrEqual(10);
    expect(failed).toBeLessThanOrEqual(4 * 10);
    expect(await process().enter()).toMatchObject({ open: true });
    for (const circuit of fleet) expect(await circuit.enter()).toMatchObject({ open: true });
  });

  it('is left alone by all although one that went well before has died', async () => {
    const { clock, process } = setUp();
    const [died, north, south] = [process(), process(), process()];
    for (const circuit of [died, north, south]) await pass(circuit, 'well');
    await clock.advance(9_000);
    for (const circuit of [north, south]) await pass(circuit, 'unwell');
    await clock.advance(1_000);
    await pass(north, 'unwell');
    expect(await pass(south, 'unwell')).toBe(true);
    expect(await process().enter()).toEqual({ open: true, retryAfterMs: 10_000 });
  });

  it('is asked by one probe in a cool down over all, in turns, and is there for all after one that went well', async () => {
    const { clock, process } = setUp();
    const fleet = Array.from({ length: 4 }, () => process());
    for (const circuit of fleet) await pass(circuit, 'unwell');
    await clock.advance(1_000);
    for (const circuit of fleet) expect(await pass(circuit, 'unwell')).toBe(false);
    const probed = new Set<number>();
    let probes = 0;
    for (let tick = 0; tick < 800; tick++) {
      await clock.advance(100);
      for (const [place, circuit] of fleet.entries()) {
        if (!(await pass(circuit, 'unwell'))) continue;
        probed.add(place);
        probes++;
      }
    }
    expect(probes).toBe(8);
    expect(probed).toEqual(new Set([0, 1, 2, 3]));
    for (let tick = 0; tick < 210; tick++) {
      await clock.advance(100);
      for (const circuit of fleet) await pass(circuit, 'well');
    }
    const again = await Promise.all(fleet.flatMap((circuit) => [pass(circuit, 'well'), pass(circuit, 'well')]));
    expect(again).not.toContain(false);
  });

  it('is there for one that stopped by itself before all did, when the probe of another went well', async () => {
    const { clock, process } = setUp();
    const [died, north, south] = [process(), process(), process()];
    for (const circuit of [died, north]) await pass(circuit, 'well');
    await south.enter();
    for (let call = 0; call < 4; call++) await pass(north, 'unwell');
    expect(await north.enter()).toMatchObject({ open: true });
    await clock.advance(10_000);
    expect(await pass(north, 'unwell')).toBe(true);
    expect(await south.enter()).toMatchObject({ open: true });
    await clock.advance(10_000);
    expect(await pass(south, 'well')).toBe(true);
    for (const entry of [north.enter(), north.enter()]) expect(await entry).toMatchObject({ open: false });
  });

  it('a second time is probed by whoever comes first, as the first time', async () => {
    const { clock, process } = setUp();
    const [north, south] = [process(), process()];
    await open(north, south);
    await clock.advance(10_000);
    expect(await pass(north, 'unwell')).toBe(true);
    await south.enter();
    await clock.advance(10_000);
    expect(await pass(south, 'well')).toBe(true);
    expect(await pass(north, 'well')).toBe(true);
    await clock.advance(10_000);
    await open(south, north);
    await clock.advance(1_000);
    expect(await pass(south, 'well')).toBe(false);
    await clock.advance(9_000);
    expect(await pass(north, 'well')).toBe(true);
  });

  it('has not gone well lately for what went well before it was down, however short the cool down is', async () => {
    const { clock, process } = setUp(1, { failures: 4, coolDownMs: 1_000 });
    const [north, died] = [process(), process()];
    for (const circuit of [north, died]) await pass(circuit, 'well');
    await open(north, died);
    await clock.advance(1_000);
    expect(await pass(north, 'well')).toBe(true);
    for (let call = 0; call < 4; call++) expect(await pass(north, 'unwell')).toBe(true);
    expect(await process().enter()).toMatchObject({ open: true });
  });
});

describe('the state that they share', () => {
  it('forgets who is not heard of, and stays small where each process lives for one call', async () => {
    const { clock, process, state } = setUp();
    const live = process();
    for (let call = 0; call < 300; call++) {
      await pass(process(), call % 2 === 0 ? 'well' : 'unknown');
      await pass(live, 'well');
      await clock.advance(10);
    }
    expect(await state()).toMatchObject({ processes: { length: 64 } });
    await clock.advance(20_000);
    await pass(live, 'well');
    expect(await state()).toMatchObject({ processes: { length: 1 } });
  });

  it('counts a process once whose first calls come together', async () => {
    const { process, state } = setUp();
    const [well, cutOff] = [process(), process()];
    await pass(well, 'well');
    const entries = [cutOff.enter(), cutOff.enter(), cutOff.enter(), cutOff.enter()];
    const told: unknown[] = [];
    for (const entering of entries) {
      const entry = await entering;
      if (!entry.open) told.push(entry.report('unwell'));
    }
    for (const one of told) await one;
    expect(await state()).toMatchObject({ processes: { length: 2 } });
    expect(await cutOff.enter()).toMatchObject({ open: true });
    expect(await pass(well, 'well')).toBe(true);
  });
});
