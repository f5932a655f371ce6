import { systemClock } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { changedSince, sweepEnd } from '../src/sweep-cursor.ts';

const settings = {
  system: 'shopify',
  operation: 'orders.pull',
  what: 'Orders',
  overlapMs: 0,
  clock: systemClock,
};
const at = (time: string) => `2026-11-01T${time}.000Z`;
const startedAt = Date.parse(at('12:00:00'));

describe('the end of a sweep', () => {
  it.each([
    ['the newest change, where our clock runs ahead of Shopify’s', '11:00:00', 0, '11:00:00'],
    ['its own start, where something changed behind that', '13:00:00', 0, '12:00:00'],
    ['earlier than either by the overlap', '11:00:00', 60_000, '10:59:00'],
    ['what it began at, and nothing earlier', '10:00:10', 60_000, '10:00:00'],
  ])('is %s', (_what, newest, overlapMs, from) => {
    const cursor = { from: at('10:00:00'), startedAt, newest: at(newest) };
    expect(sweepEnd(cursor, { ...settings, overlapMs })).toEqual({ from: at(from) });
  });

  it('leaves the second of the newest change in what is asked for next, without any overlap', () => {
    const { from } = sweepEnd({ startedAt, newest: at('11:00:00') }, settings);
    expect(changedSince(from)).toBe("updated_at:>='2026-11-01T11:00:00Z'");
  });
});
