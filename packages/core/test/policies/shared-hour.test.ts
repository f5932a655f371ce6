import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import type { BucketOptions } from '../../src/policies/allowance.ts';
import { sharedThrottle } from '../../src/policies/shared-throttle.ts';
import type { Throttle } from '../../src/policies/throttle.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { refillingPlatform, windowPlatform } from './model-platform.ts';
import { hour } from './saturated-hour.ts';

/** By how much the store's clock is set back, and when. */
interface SetBack {
  readonly at: number;
  readonly byMs: number;
}

/** So many processes that share an allowance. Their own clocks are wrong by so much, and the store's may be set back. */
const together =
  (bucket: BucketOptions, clocksApartMs: readonly number[], setBacks: readonly SetBack[] = []) =>
  (clock: Clock): readonly Throttle[] => {
    const passed = () => setBacks.filter(({ at }) => at <= clock.now());
    const storeClock = { now: () => clock.now() - passed().reduce((sum, { byMs }) => sum + byMs, 0) };
    const { shared } = memoryStores({ clock: storeClock });
    return clocksApartMs.map((apartMs) =>
      sharedThrottle({
        shared,
        name: 'shop/bucket/calls',
        bucket,
        clock: { ...clock, now: () => clock.now() + apartMs },
        longestWaitMs: Number.POSITIVE_INFINITY,
      }),
    );
  };

const runs = 4;
const four = [0, 0, 0, 0];
/** A quarter of an hour is long enough to see what goes on, and leaves the burst at its beginning out of account. */
const lastsMs = 900_000;
/** The machine may be busy with other tests. */
const timeoutMs = 60_000;
const presence = fc.record({
  joinsAt: fc.integer({ min: 0, max: 10_000 }),
  standsStillAt: fc.integer({ min: 0, max: lastsMs }),
  standsStillMs: fc.integer({ min: 0, max: 20_000 }),
});
const loads = fc.record({
  seed: fc.integer(),
  maxLatencyMs: fc.integer({ min: 1, max: 400 }),
  cost: fc.constant(1),
  callers: fc.constant({ urgent: 3, normal: 3, bulk: 3 }),
  tellsAvailable: fc.boolean(),
  lastsMs: fc.constant(lastsMs),
  // They come while the first burst is still going on, and stand still for less long than what they hold is held.
  presences: fc.tuple(presence, presence, presence, presence),
});
const minutes = fc.integer({ min: -600_000, max: 600_000 });
const clocks = fc.record({
  apartMs: fc.tuple(minutes, minutes, minutes, minutes),
  setBacks: fc.array(
    fc.record({ at: fc.integer({ min: 0, max: lastsMs }), byMs: fc.integer({ min: 1, max: 3_600_000 }) }),
    { maxLength: 3 },
  ),
});

describe('more work than the platform allows, in four processes', { timeout: timeoutMs }, () => {
  it('uses an allowance that fills up, and is never refused, whatever clocks say and whenever one joins', async () => {
    const published = fc.record({
      capacity: fc.integer({ min: 10, max: 100 }),
      refillPerSecond: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(published, loads, clocks, async (options, load, { apartMs, setBacks }) => {
        const platform = refillingPlatform(options.capacity, options.refillPerSecond);
        const { accepted, refused } = await hour(together(options, apartMs, setBacks), platform, load);
        expect(refused).toBe(0);
        expect(accepted).toBeGreaterThanOrEqual(0.9 * options.refillPerSecond * (lastsMs / 1000));
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('uses an allowance per window, and is never refused, whatever clocks say and whenever one joins', async () => {
    const published = fc.record({
      capacity: fc.integer({ min: 20, max: 200 }),
      windowMs: fc.constantFrom(20_000, 60_000),
    });
    await fc.assert(
      fc.asyncProperty(published, loads, clocks, async (options, load, { apartMs, setBacks }) => {
        const platform = windowPlatform(options.capacity, options.windowMs);
        const { accepted, refused } = await hour(
          together({ kind: 'sliding-window', ...options }, apartMs, setBacks),
          platform,
          load,
        );
        expect(refused).toBe(0);
        expect(accepted).toBeGreaterThanOrEqual((0.9 * options.capacity * lastsMs) / options.windowMs);
      }),
      { numRuns: runs, endOnFailure: true },
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
