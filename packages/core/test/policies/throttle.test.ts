import { describe, expect, it } from 'vitest';
import { laneQueue } from '../../src/policies/lane-queue.ts';
import { refillBucket } from '../../src/policies/refill-bucket.ts';
import { throttle } from '../../src/policies/throttle.ts';
import { windowBucket } from '../../src/policies/window-bucket.ts';
import type { Lane } from '../../src/ports/options.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

const one = { capacity: 1, refillPerSecond: 1 };

describe('lanes', () => {
  it('let urgent calls go before normal ones before bulk, in the order they came', async () => {
    const clock = testClock({ auto: false });
    const allowance = throttle(refillBucket(one), clock, Number.POSITIVE_INFINITY);
    const order: string[] = [];
    (await allowance.reserve(1, 'normal')).settle();
    const asked: [string, Lane][] = [
      ['catalogue 1', 'bulk'],
      ['stock 1', 'normal'],
      ['order 1', 'urgent'],
      ['order 2', 'urgent'],
      ['stock 2', 'normal'],
      ['catalogue 2', 'bulk'],
    ];
    for (const [name, lane] of asked) {
      void allowance.reserve(1, lane).then((reservation) => {
        order.push(name);
        reservation.settle();
        return name;
      });
    }
    await clock.advance(10_000);
    expect(order).toEqual(['order 1', 'order 2', 'stock 1', 'stock 2', 'catalogue 1', 'catalogue 2']);
  });

  it('give every waiting lane a turn at least every eleventh time', () => {
    const queue = laneQueue<Lane>();
    for (let count = 0; count < 100; count++)
      for (const lane of ['urgent', 'normal', 'bulk'] as const) queue.add(lane, lane);
    const turns = Array.from({ length: 88 }, () => queue.take());
    for (const lane of ['normal', 'bulk'] as const) {
      const gaps = turns
        .join(' ')
        .split(lane)
        .map((between) => between.split(' ').filter(Boolean).length);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(10);
    }
    expect(turns.filter((lane) => lane === 'urgent').length).toBeGreaterThan(65);
  });
});

describe('a caller that waits', () => {
  it('leaves the queue when it gives up, and lets the next one through', async () => {
    const clock = testClock({ auto: false });
    const allowance = throttle(refillBucket(one), clock, Number.POSITIVE_INFINITY);
    const held = await allowance.reserve(1, 'normal');
    const controller = new AbortController();
    const first = allowance.reserve(1, 'urgent', controller.signal);
    const second = allowance.reserve(1, 'urgent');
    controller.abort(new Error('no longer wanted'));
    await expect(first).rejects.toThrow('no longer wanted');
    held.settle();
    await clock.advance(1000);
    (await second).settle();
    expect(allowance.usage()).toEqual({ calls: 2, spent: 2, throttled: 0, waitedMs: 1000 });
    expect(clock.sleepers).toBe(0);
  });

  it('goes on at once when a share is given back', async () => {
    const clock = testClock({ auto: false });
    const allowance = throttle(refillBucket(one), clock, Number.POSITIVE_INFINITY);
    const held = await allowance.reserve(1, 'normal');
    const next = allowance.reserve(1, 'normal');
    held.giveBack();
    (await next).settle();
    expect(allowance.usage()).toMatchObject({ calls: 1, waitedMs: 0 });
  });

  it('is not overtaken by a smaller call that would fit already', async () => {
    const clock = testClock({ auto: false });
    const allowance = throttle(refillBucket({ capacity: 10, refillPerSecond: 1 }), clock, Number.POSITIVE_INFINITY);
    (await allowance.reserve(8, 'normal')).settle();
    const order: string[] = [];
    for (const [name, cost] of [['large', 5] as const, ['small', 1] as const]) {
      void allowance.reserve(cost, 'normal').then((reservation) => {
        order.push(name);
        reservation.settle();
        return name;
      });
    }
    await clock.advance(10_000);
    expect(order).toEqual(['large', 'small']);
  });

  it('with a call larger than the whole allowance goes when it is full', async () => {
    const clock = testClock();
    const started = clock.now();
    const allowance = throttle(refillBucket({ capacity: 10, refillPerSecond: 1 }), clock, Number.POSITIVE_INFINITY);
    (await allowance.reserve(4, 'normal')).settle();
    (await allowance.reserve(50, 'normal')).settle();
    expect(clock.now() - started).toBe(4000);
  });

  it('is woken earlier by an answer that tells of more', async () => {
    const clock = testClock({ auto: false });
    const allowance = throttle(refillBucket({ capacity: 100, refillPerSecond: 1 }), clock, Number.POSITIVE_INFINITY);
    const held = await allowance.reserve(100, 'normal');
    const next = allowance.reserve(50, 'normal');
    held.settle({ spent: 10 });
    (await next).settle();
    expect(allowance.usage()).toMatchObject({ spent: 60, waitedMs: 0 });
  });

  it('ends its reservation once, whatever is said twice', async () => {
    const clock = testClock({ auto: false });
    const allowance = throttle(refillBucket(one), clock, Number.POSITIVE_INFINITY);
    const reservation = await allowance.reserve(1, 'normal');
    reservation.settle();
    reservation.settle();
    reservation.refused(undefined);
    expect(allowance.usage()).toMatchObject({ spent: 1, throttled: 0 });
  });
});

describe('an allowance that fills up', () => {
  it('follows a platform that has another capacity or another rate', () => {
    const bucket = refillBucket({ capacity: 10, refillPerSecond: 1 });
    bucket.settle(0, { capacity: 100, refillPerSecond: 50, available: 100 }, 0, 0, 0);
    expect(bucket.waitMs(100, 0, 0)).toBe(0);
  });

  it('waits as long as it is told, then for the refill', () => {
    const bucket = refillBucket({ capacity: 10, refillPerSecond: 2 });
    bucket.empty(5000, 0);
    expect(bucket.waitMs(1, 0, 0)).toBe(5500);
    expect(bucket.waitMs(1, 0, 5000)).toBe(500);
    expect(bucket.waitMs(1, 0, 5500)).toBe(0);
  });

  it('never fills up where nothing flows in', () => {
    const bucket = refillBucket({ capacity: 1, refillPerSecond: 0 });
    bucket.settle(1, {}, 0, 0, 0);
    expect(bucket.waitMs(1, 0, 10 ** 9)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('an allowance per window', () => {
  const options = { capacity: 3, windowMs: 60_000 };

  it('has room again one window after the oldest call', () => {
    const bucket = windowBucket(options);
    for (const at of [0, 10_000, 20_000]) bucket.settle(1, {}, 0, at, 0);
    expect(bucket.waitMs(1, 0, 20_000)).toBe(40_000);
    expect(bucket.waitMs(2, 0, 20_000)).toBe(50_000);
    expect(bucket.waitMs(1, 0, 60_000)).toBe(0);
  });

  it('counts what is still away', () => {
    const bucket = windowBucket(options);
    expect(bucket.waitMs(1, 2, 0)).toBe(0);
    expect(bucket.waitMs(1, 3, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('learns what somebody else used, and that the platform has forgotten', () => {
    const bucket = windowBucket(options);
    bucket.settle(1, { available: 0 }, 0, 0, 0);
    expect(bucket.waitMs(1, 0, 0)).toBe(60_000);
    bucket.settle(0, { available: 3 }, 0, 1000, 0);
    expect(bucket.waitMs(3, 0, 1000)).toBe(0);
  });

  it('is shut for as long as the platform says, or until a window has passed', () => {
    const told = windowBucket(options);
    told.empty(5000, 0);
    expect(told.waitMs(1, 0, 0)).toBe(5000);
    const untold = windowBucket(options);
    untold.empty(undefined, 0);
    expect(untold.waitMs(1, 0, 0)).toBe(60_000);
  });
});

describe('a clock that is set back by an hour', () => {
  const hourMs = 3_600_000;

  it('costs an allowance that fills up no time', () => {
    const bucket = refillBucket({ capacity: 2, refillPerSecond: 1 });
    bucket.settle(2, {}, 0, hourMs, 0);
    expect(bucket.waitMs(1, 0, 0)).toBe(1000);
    expect(bucket.waitMs(1, 0, 1000)).toBe(0);
    bucket.empty(5000, hourMs);
    expect(bucket.waitMs(1, 0, 0)).toBe(6000);
  });

  it('costs an allowance per window no time', () => {
    const bucket = windowBucket({ capacity: 1, windowMs: 60_000 });
    bucket.settle(1, {}, 0, hourMs, 0);
    expect(bucket.waitMs(1, 0, hourMs + 10_000)).toBe(50_000);
    expect(bucket.waitMs(1, 0, 0)).toBe(50_000);
    bucket.empty(55_000, 0);
    expect(bucket.waitMs(1, 0, -hourMs)).toBe(55_000);
  });
});
