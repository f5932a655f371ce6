import { describe, expect, it } from 'vitest';
import { breaker, type Breaker } from '../../src/policies/breaker.ts';
import type { Health } from '../../src/policies/circuit.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

function setUp() {
  const clock = testClock({ auto: false });
  return { clock, circuit: breaker({ clock, failures: 3, coolDownMs: 10_000, probes: 1 }) };
}

function pass(circuit: Breaker, health: Health): boolean {
  const entry = circuit.enter();
  if (entry.open) return false;
  entry.report(health);
  return true;
}

describe('a circuit', () => {
  it('opens after failures in a row, not after as many with a good call between', () => {
    const { circuit } = setUp();
    const reports: Health[] = ['unwell', 'unwell', 'well', 'unwell', 'unwell', 'unknown', 'unwell'];
    expect(reports.map((health) => pass(circuit, health))).not.toContain(false);
    expect(circuit.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
  });

  it('stays open for another cool down when the probe goes badly', async () => {
    const { circuit, clock } = setUp();
    for (let count = 0; count < 3; count++) pass(circuit, 'unwell');
    await clock.advance(10_000);
    expect(pass(circuit, 'unwell')).toBe(true);
    expect(circuit.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    await clock.advance(9_999);
    expect(circuit.enter()).toEqual({ open: true, retryAfterMs: 1 });
    await clock.advance(1);
    expect(pass(circuit, 'well')).toBe(true);
    expect(pass(circuit, 'well')).toBe(true);
  });

  it('lets one probe through at a time, and another one when the first never got there', async () => {
    const { circuit, clock } = setUp();
    for (let count = 0; count < 3; count++) pass(circuit, 'unwell');
    await clock.advance(10_000);
    const probe = circuit.enter();
    expect(circuit.enter()).toMatchObject({ open: true });
    if (!probe.open) probe.report('unknown');
    expect(pass(circuit, 'well')).toBe(true);
    expect(pass(circuit, 'well')).toBe(true);
  });

  it('tries again when nothing is heard of a probe for a whole cool down', async () => {
    const { circuit, clock } = setUp();
    for (let count = 0; count < 3; count++) pass(circuit, 'unwell');
    await clock.advance(10_000);
    const lost = circuit.enter();
    await clock.advance(9_999);
    expect(circuit.enter()).toEqual({ open: true, retryAfterMs: 1 });
    await clock.advance(1);
    const second = circuit.enter();
    expect(second.open).toBe(false);
    // The first comes back after all, with nothing to say: the second is still out.
    if (!lost.open) lost.report('unknown');
    expect(circuit.enter()).toMatchObject({ open: true });
    if (!second.open) second.report('well');
    expect(pass(circuit, 'well')).toBe(true);
  });

  it('with a budget of two probes lets two try at a time, and closes when two went well', async () => {
    const clock = testClock({ auto: false });
    const circuit = breaker({ clock, failures: 1, coolDownMs: 10_000, probes: 2 });
    pass(circuit, 'unwell');
    await clock.advance(10_000);
    const [one, two, three] = [circuit.enter(), circuit.enter(), circuit.enter()];
    expect([one.open, two.open, three.open]).toEqual([false, false, true]);
    if (!one.open) one.report('well');
    if (!two.open) two.report('unwell');
    expect(circuit.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    await clock.advance(10_000);
    for (let probe = 0; probe < 2; probe++) expect(pass(circuit, 'well')).toBe(true);
    expect([circuit.enter(), circuit.enter(), circuit.enter()].map(({ open }) => open)).toEqual([false, false, false]);
  });

  it('opens for one cool down, also when the clock is set back meanwhile', () => {
    let now = 3_600_000;
    const circuit = breaker({ clock: { ...testClock(), now: () => now }, failures: 1, coolDownMs: 10_000, probes: 1 });
    pass(circuit, 'unwell');
    now = 0;
    expect(circuit.enter()).toEqual({ open: true, retryAfterMs: 10_000 });
    now = 10_000;
    expect(pass(circuit, 'well')).toBe(true);
  });

  it('does not listen to calls that left before it opened or closed', async () => {
    const { circuit, clock } = setUp();
    const late = [circuit.enter(), circuit.enter(), circuit.enter(), circuit.enter()];
    for (let count = 0; count < 3; count++) pass(circuit, 'unwell');
    await clock.advance(10_000);
    expect(pass(circuit, 'well')).toBe(true);
    for (const entry of late) if (!entry.open) entry.report('unwell');
    expect(pass(circuit, 'well')).toBe(true);
  });
});
