import { describe, expect, it } from 'vitest';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import type { Json } from '../../src/model/json.ts';
import type { Health } from '../../src/policies/circuit.ts';
import { sharedBreaker, type SharedBreaker } from '../../src/policies/shared-breaker.ts';
import type { SharedStore } from '../../src/ports/stores.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

const name = 'shop/breaker';

function setUp(probes = 1) {
  const clock = testClock({ auto: false });
  const memory = memoryStores({ clock }).shared;
  let down = false;
  let updates = 0;
  const shared: SharedStore = {
    async update(of, change) {
      updates++;
      if (down) throw new Error('The store is away.');
      return memory.update(of, change);
    },
  };
  const settings = { shared, name, failures: 4, coolDownMs: 10_000, probes };
  return {
    clock,
    process: (apartMs = 0) => sharedBreaker({ ...settings, clock: { ...clock, now: () => clock.now() + apartMs } }),
    updates: () => updates,
    setDown: (isDown: boolean) => (down = isDown),
    put: (state: Json) => memory.update(name, () => ({ next: state, result: undefined })),
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
    const [north, south] = [process(), process()];
    for (const circuit of [north, north, south]) await pass(circuit, 'unwell');
    await pass(south, 'well');
    for (const circuit of [north, north, south]) await pass(circuit, 'unwell');
    await clock.advance(1_000);
    expect(await pass(north, 'well')).toBe(true);
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

  it('costs little while all is well: a look a second', async () => {
    const { clock, process, updates } = setUp();
    const circuit = process();
    for (let call = 0; call < 100; call++) {
      await pass(circuit, 'well');
      await clock.advance(30);
    }
    expect(updates()).toBe(3);
    await clock.advance(1_000);
    await Promise.all(Array.from({ length: 50 }, () => pass(circuit, 'well')));
    expect(updates()).toBe(4);
  });

  it.each([5_000, -5_000])('keeps its cool down where a clock is %i ms apart', async (apartMs) => {
    const { clock, process } = setUp();
    const [north, south] = [process(), process(apartMs)];
    await open(north, south);
    await clock.advance(9_000);
    expect(await north.enter()).toEqual({ open: true, retryAfterMs: 1_000 });
    expect(await south.enter()).toEqual({ open: true, retryAfterMs: 1_000 });
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
