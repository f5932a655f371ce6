import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bucket } from '../../src/policies/bucket.ts';
import { refillBucket } from '../../src/policies/refill-bucket.ts';
import { throttle } from '../../src/policies/throttle.ts';
import { windowBucket } from '../../src/policies/window-bucket.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { refillingPlatform, windowPlatform } from './model-platform.ts';
import { hour, hourMs } from './saturated-hour.ts';

/** One process that reckons for itself. */
const alone = (bucket: Bucket) => (clock: Clock) => [throttle(bucket, clock, Number.POSITIVE_INFINITY)];

const loads = fc.record({
  seed: fc.integer(),
  maxLatencyMs: fc.integer({ min: 1, max: 400 }),
  cost: fc.constant(1),
  callers: fc.constant({ urgent: 10, normal: 10, bulk: 10 }),
  tellsAvailable: fc.boolean(),
});

/** The machine may be busy with other tests. */
const timeoutMs = 60_000;

describe('an hour of more work than the platform allows', { timeout: timeoutMs }, () => {
  it('uses an allowance that fills up, and is never refused', async () => {
    const published = fc.record({
      capacity: fc.integer({ min: 10, max: 100 }),
      refillPerSecond: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(published, loads, async (options, load) => {
        const platform = refillingPlatform(options.capacity, options.refillPerSecond);
        const { accepted, refused } = await hour(alone(refillBucket(options)), platform, load);
        expect(refused).toBe(0);
        expect(accepted).toBeGreaterThanOrEqual(0.95 * options.refillPerSecond * 3600);
      }),
      { numRuns: 12 },
    );
  });

  it('uses an allowance in points, and is never refused', async () => {
    // The Standard plan: 100 points a second up to 2,000. shopify.dev, GraphQL Admin API rate limits, read 2026-11-23.
    const options = { capacity: 2000, refillPerSecond: 100 };
    const load = {
      seed: 7,
      maxLatencyMs: 300,
      cost: 90,
      callers: { urgent: 4, normal: 4, bulk: 4 },
      tellsAvailable: true,
    };
    const { accepted, refused } = await hour(alone(refillBucket(options)), refillingPlatform(2000, 100), load);
    expect(refused).toBe(0);
    expect(accepted).toBeGreaterThanOrEqual(0.95 * 100 * 3600);
  });

  it('uses an allowance per window, and is never refused', async () => {
    const published = fc.record({
      capacity: fc.integer({ min: 5, max: 200 }),
      windowMs: fc.constantFrom(20_000, 60_000),
    });
    await fc.assert(
      fc.asyncProperty(published, loads, async (options, load) => {
        const platform = windowPlatform(options.capacity, options.windowMs);
        const { accepted, refused } = await hour(alone(windowBucket(options)), platform, load);
        expect(refused).toBe(0);
        expect(accepted).toBeGreaterThanOrEqual((0.95 * options.capacity * hourMs) / options.windowMs);
      }),
      { numRuns: 12 },
    );
  });

  it('uses it where the platform remembers what somebody else used just before', async () => {
    const platform = windowPlatform(150, 60_000);
    platform.arrive(120, 0);
    const load = {
      seed: 3,
      maxLatencyMs: 0,
      cost: 1,
      callers: { urgent: 0, normal: 1, bulk: 0 },
      tellsAvailable: true,
    };
    const { refused, accepted } = await hour(alone(windowBucket({ capacity: 150, windowMs: 60_000 })), platform, load);
    expect(refused).toBe(0);
    expect(accepted).toBeGreaterThanOrEqual(0.95 * 150 * 60 - 120);
  });

  it('lets urgent work go first and bulk work go on', async () => {
    const options = { capacity: 40, refillPerSecond: 2 };
    const load = {
      seed: 1,
      maxLatencyMs: 200,
      cost: 1,
      callers: { urgent: 20, normal: 20, bulk: 20 },
      tellsAvailable: true,
    };
    const { byLane, accepted, longestWaitMs } = await hour(
      alone(refillBucket(options)),
      refillingPlatform(40, 2),
      load,
    );
    expect(byLane.urgent / accepted).toBeGreaterThan(0.75);
    expect(byLane.bulk / accepted).toBeGreaterThan(1 / 12);
    expect(byLane.normal / accepted).toBeGreaterThan(1 / 12);
    expect(longestWaitMs.urgent).toBeLessThan(longestWaitMs.bulk);
    // Twenty in the lane, every eleventh turn, two turns a second.
    expect(longestWaitMs.bulk).toBeLessThan(1.2 * ((20 * 11) / 2) * 1000);
  });
});
