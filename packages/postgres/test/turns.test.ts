import { expect, it } from 'vitest';
import { turnsOf } from '../src/turns.ts';

it('units take turns for a while after some were in each other’s way, and longer when it soon happens again', () => {
  let nowMs = 1_000;
  const turns = turnsOf(() => nowMs);
  /** How long turns are taken after it happened just now. */
  const lastsMs = () => {
    turns.take();
    const beganMs = nowMs;
    while (turns.areTaken()) nowMs += 100;
    return nowMs - beganMs;
  };
  expect(turns.areTaken()).toBe(false);
  expect(lastsMs()).toBe(4_000);
  for (const longerMs of [8_000, 16_000, 16_000]) {
    nowMs += 100;
    expect(lastsMs()).toBe(longerMs);
  }
  nowMs += 3_600_000;
  expect(lastsMs()).toBe(4_000);
});

it('what meets while turns are taken prolongs them and does not double them', () => {
  let nowMs = 0;
  const turns = turnsOf(() => nowMs);
  turns.take();
  nowMs = 1_500;
  turns.take();
  nowMs = 5_499;
  expect(turns.areTaken()).toBe(true);
  nowMs = 5_500;
  expect(turns.areTaken()).toBe(false);
});
