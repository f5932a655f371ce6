import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryBudget } from '../../src/policies/retry-budget.ts';

function setUp(share: number, perMinute: number) {
  let now = Date.parse('2026-11-01T00:00:00.500Z');
  const budget = retryBudget({ clock: { now: () => now }, share, perMinute });
  return { budget, pass: (ms: number) => (now += ms), now: () => now };
}

/** Takes until nothing is left. */
function rest(budget: ReturnType<typeof retryBudget>): number {
  let taken = 0;
  while (budget.take()) taken++;
  return taken;
}

it('lets a quiet client repeat so often a minute, and a busy one so much of its traffic besides', () => {
  const { budget } = setUp(0.2, 5);
  expect(rest(budget)).toBe(5);
  for (let call = 0; call < 100; call++) budget.sent();
  expect(rest(budget)).toBe(20);
});

it('forgets after a minute what was sent and what was repeated', () => {
  const { budget, pass } = setUp(0.5, 2);
  for (let call = 0; call < 10; call++) budget.sent();
  expect(rest(budget)).toBe(7);
  pass(59_000);
  expect(rest(budget)).toBe(0);
  pass(1_000);
  expect(rest(budget)).toBe(2);
});

it('takes back what was not sent', () => {
  const { budget } = setUp(0, 3);
  expect(rest(budget)).toBe(3);
  budget.giveBack();
  expect(rest(budget)).toBe(1);
  budget.giveBack();
  budget.giveBack();
  budget.giveBack();
  budget.giveBack();
  expect(rest(budget)).toBe(3);
});

it('goes on when the clock is set back', () => {
  const { budget, pass } = setUp(0, 3);
  expect(rest(budget)).toBe(3);
  pass(-3_600_000);
  expect(rest(budget)).toBe(3);
});

it('never lets more through in any minute than the share of its first attempts and the rest', () => {
  const step = fc.record({ passMs: fc.nat(30_000), calls: fc.nat(20), repeats: fc.nat(30) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { budget, pass, now } = setUp(0.2, 4);
      const sent: number[] = [];
      const repeated: number[] = [];
      for (const { passMs, calls, repeats } of steps) {
        pass(passMs);
        for (let call = 0; call < calls; call++) {
          budget.sent();
          sent.push(now());
        }
        for (let time = 0; time < repeats; time++) {
          if (!budget.take()) break;
          repeated.push(now());
          // Counted by the second, so that what is a minute old may be counted or not.
          const inLast = (ms: number) => (at: number) => at > now() - ms;
          const most = 4 + 0.2 * sent.filter(inLast(60_000)).length;
          expect(repeated.filter(inLast(59_000)).length).toBeLessThanOrEqual(most);
        }
      }
    }),
  );
});
