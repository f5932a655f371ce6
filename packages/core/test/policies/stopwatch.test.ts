import { expect, it } from 'vitest';
import { systemClock } from '../../src/policies/clock.ts';
import { stopwatch } from '../../src/policies/stopwatch.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

it('goes on while the wall clock is set back', async () => {
  const clock = testClock({ auto: false });
  const passed = stopwatch(clock);
  await clock.advance(60_000);
  clock.setBack(3_600_000);
  expect(passed()).toBe(60_000);
  await clock.advance(1_000);
  expect(passed()).toBe(61_000);
});

it('goes on while a machine sleeps, whose elapsed time stands still', () => {
  let now = 0;
  const passed = stopwatch({ now: () => now, elapsed: () => 5 });
  now = 60_000;
  expect(passed()).toBe(60_000);
});

it('goes by the wall clock where there is no other', () => {
  let now = 0;
  const passed = stopwatch({ now: () => now });
  now = 60_000;
  expect(passed()).toBe(60_000);
});

it('finds both on the machine’s own clock', () => {
  let backMs = 0;
  const passed = stopwatch({ ...systemClock, now: () => systemClock.now() - backMs });
  backMs = 3_600_000;
  expect(passed()).toBeGreaterThanOrEqual(0);
});
