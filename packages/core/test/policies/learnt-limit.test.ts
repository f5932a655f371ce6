import { describe, expect, it } from 'vitest';
import { learntLimit } from '../../src/policies/learnt-limit.ts';

const call = { kind: 'GET orders.pull', sentAt: 1000, tookMs: 100, isFull: true };

function answered(limit: ReturnType<typeof learntLimit>, times: number, change: Partial<typeof call> = {}): number {
  for (let count = 0; count < times; count += 1) limit.answered({ ...call, ...change });
  return limit.now();
}

describe('a limit that is learnt', () => {
  it('grows while calls are answered as fast as ever, to where it may', () => {
    const limit = learntLimit({ start: 2, most: 5 });
    expect(answered(limit, 1)).toBe(2);
    expect(answered(limit, 1)).toBe(3);
    expect(answered(limit, 3)).toBe(4);
    expect(answered(limit, 100)).toBe(5);
  });

  it('does not grow for calls that had no need of it', () => {
    expect(answered(learntLimit({ start: 2, most: 5 }), 100, { isFull: false })).toBe(2);
  });

  it('shrinks by one where as many calls in a row are slow, and never below one', () => {
    const limit = learntLimit({ start: 2, most: 8 });
    answered(limit, 9);
    expect(limit.now()).toBe(5);
    // Twice as slow may be chance; more is a line of calls over there.
    expect(answered(limit, 4, { tookMs: 400 })).toBe(5);
    expect(answered(limit, 1, { tookMs: 400 })).toBe(4);
    expect(answered(limit, 10, { tookMs: 4000 })).toBe(1);
    expect(answered(limit, 20, { tookMs: 40_000 })).toBe(1);
  });

  it('compares a call with others of its kind only', () => {
    const limit = learntLimit({ start: 2, most: 8 });
    answered(limit, 2);
    expect(answered(limit, 3, { kind: 'POST inventory.push', tookMs: 2000 })).toBe(4);
  });

  it('holds it against no system for ever that it was faster once', () => {
    const limit = learntLimit({ start: 4, most: 8 });
    answered(limit, 1);
    expect(answered(limit, 400, { tookMs: 300 })).toBe(8);
  });

  it('is halved by trouble, once for all that was under way then', () => {
    const limit = learntLimit({ start: 8, most: 8 });
    for (let count = 0; count < 8; count += 1) limit.troubled({ sentAt: 1000, at: 1500 });
    expect(limit.now()).toBe(4);
    // What was sent before and is answered well only now says nothing of it.
    expect(answered(limit, 100)).toBe(4);
    limit.troubled({ sentAt: 1600, at: 1700 });
    expect(limit.now()).toBe(2);
    expect(answered(limit, 2, { sentAt: 1800 })).toBe(3);
  });

  it('begins no higher than it may go', () => {
    expect(learntLimit({ start: 4, most: 2 }).now()).toBe(2);
  });
});
