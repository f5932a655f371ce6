import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import type { BucketOptions } from '../../src/policies/allowance.ts';
import { sharedThrottle } from '../../src/policies/shared-throttle.ts';
import type { Throttle } from '../../src/policies/throttle.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { refillingPlatform, windowPlatform } from './model-platform.ts';
import { hour } from './saturated-hour.ts';

/** No clock of a process is before 1970. */
const startMs = Date.UTC(2026, 10, 26);
/** So many processes that share an allowance, their clocks apart by up to some seconds. */
const together =
  (bucket: BucketOptions, clocksApartMs: readonly number[]) =>
  (clock: Clock): readonly Throttle[] => {
    const { shared } = memoryStores({ clock });
    return clocksApartMs.map((apartMs) =>
      sharedThrottle({
        shared,
        name: 'shop/bucket/calls',
        bucket,
        clock: { ...clock, now: () => startMs + clock.now() + apartMs },
        longestWaitMs: Number.POSITIVE_INFINITY,
      }),
    );
  };

const four = [0, 0, 0, 0];
/** A quarter of an hour is long enough to see what goes on, and leaves the burst at its beginning out of account. */
const lastsMs = 900_000;
/** The machine may be busy with other tests. */
const timeoutMs = 60_000;
const loads = fc.record({
  seed: fc.integer(),
  maxLatencyMs: fc.integer({ min: 1, max: 400 }),
  cost: fc.constant(1),
  callers: fc.constant({ urgent: 3, normal: 3, bulk: 3 }),
  tellsAvailable: fc.boolean(),
  lastsMs: fc.constant(lastsMs),
});
const apart = fc.tuple(...four.map(() => fc.integer({ min: -2000, max: 2000 })));

describe('more work than the platform allows, in four processes', { timeout: timeoutMs }, () => {
  it('uses an allowance that fills up, and is never refused, whatever their clocks say', async () => {
    const published = fc.record({
      capacity: fc.integer({ min: 10, max: 100 }),
      refillPerSecond: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(published, loads, apart, async (options, load, clocksApartMs) => {
        const platform = refillingPlatform(options.capacity, options.refillPerSecond);
        const { accepted, refused } = await hour(together(options, clocksApartMs), platform, load);
        expect(refused).toBe(0);
        expect(accepted).toBeGreaterThanOrEqual(0.9 * options.refillPerSecond * (lastsMs / 1000));
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it('uses an allowance per window, and is never refused, whatever their clocks say', async () => {
    const published = fc.record({
      capacity: fc.integer({ min: 20, max: 200 }),
      windowMs: fc.constantFrom(20_000, 60_000),
    });
    await fc.assert(
      fc.asyncProperty(published, loads, apart, async (options, load, clocksApartMs) => {
        const platform = windowPlatform(options.capacity, options.windowMs);
        const { accepted, refused } = await hour(
          together({ kind: 'sliding-window', ...options }, clocksApartMs),
          platform,
          load,
        );
        expect(refused).toBe(0);
        expect(accepted).toBeGreaterThanOrEqual((0.9 * options.capacity * lastsMs) / options.windowMs);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it('uses an allowance in points that is charged less than was reserved', async () => {
    // The Standard plan: 100 points a second up to 2,000. shopify.dev, GraphQL Admin API rate limits, read 2026-11-23.
    const options = { capacity: 2000, refillPerSecond: 100 };
    const callers = { urgent: 1, normal: 2, bulk: 2 };
    const load = { seed: 7, maxLatencyMs: 300, cost: 90, callers, tellsAvailable: true, lastsMs };
    const { accepted, refused } = await hour(together(options, four), refillingPlatform(2000, 100), load);
    expect(refused).toBe(0);
    expect(accepted).toBeGreaterThanOrEqual(0.95 * 100 * (lastsMs / 1000));
  });

  it('lets urgent work of one process go before bulk work of the others, which goes on', async () => {
    const options = { capacity: 40, refillPerSecond: 2 };
    const callers = { urgent: 5, normal: 5, bulk: 5 };
    const load = { seed: 1, maxLatencyMs: 200, cost: 1, callers, tellsAvailable: true, lastsMs };
    const outcome = await hour(together(options, four), refillingPlatform(40, 2), load);
    const { byLane, accepted, longestWaitMs } = outcome;
    expect(outcome.refused).toBe(0);
    expect(byLane.urgent / accepted).toBeGreaterThan(0.75);
    expect(byLane.bulk / accepted).toBeGreaterThan(1 / 12);
    expect(byLane.normal / accepted).toBeGreaterThan(1 / 12);
    // Twenty in the lane, every eleventh turn, two turns a second.
    expect(longestWaitMs.bulk).toBeLessThan(1.3 * ((20 * 11) / 2) * 1000);
  });
});

describe('more work than the platform allows, in one process that shares', { timeout: timeoutMs }, () => {
  it.each([
    { capacity: 10, refillPerSecond: 1 },
    { capacity: 5, refillPerSecond: 5 },
  ])(
    'uses an allowance that fills up ($refillPerSecond a second) as well as one that reckons for itself',
    async (options) => {
      const load = {
        seed: 5,
        maxLatencyMs: 200,
        cost: 1,
        callers: { urgent: 5, normal: 5, bulk: 5 },
        tellsAvailable: true,
      };
      const platform = refillingPlatform(options.capacity, options.refillPerSecond);
      const { accepted, refused } = await hour(together(options, [0]), platform, load);
      expect(refused).toBe(0);
      expect(accepted).toBeGreaterThanOrEqual(0.95 * options.refillPerSecond * (lastsMs / 1000));
    },
  );

  it('uses an allowance per window as well as one that reckons for itself', async () => {
    const options = { capacity: 150, windowMs: 60_000 };
    const load = {
      seed: 5,
      maxLatencyMs: 200,
      cost: 1,
      callers: { urgent: 5, normal: 5, bulk: 5 },
      tellsAvailable: true,
    };
    const platform = windowPlatform(150, 60_000);
    const { accepted, refused } = await hour(together({ kind: 'sliding-window', ...options }, [0]), platform, load);
    expect(refused).toBe(0);
    expect(accepted).toBeGreaterThanOrEqual(0.95 * 150 * 15);
  });
});
