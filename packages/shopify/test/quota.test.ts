import { describe, expect, it } from 'vitest';
import { shopifyQuota } from './quota-run.ts';

const lastsMs = 60_000;

describe('a minute of more work than a shop allows', { timeout: 60_000 }, () => {
  it('uses its points, and is never refused, in four processes that share', async () => {
    const outcome = await shopifyQuota({ lastsMs, processes: 4, shares: true, callersOfEach: 2 });
    expect(outcome).toMatchObject({ refused: 0, failures: 0 });
    expect(outcome.share).toBeGreaterThanOrEqual(0.9);
  });

  it('uses nearly all of its points, and is never refused, in one process that shares', async () => {
    const outcome = await shopifyQuota({ lastsMs, processes: 1, shares: true, callersOfEach: 8 });
    expect(outcome).toMatchObject({ refused: 0, failures: 0 });
    expect(outcome.share).toBeGreaterThanOrEqual(0.95);
  });

  it.each(['advanced', 'plus', 'enterprise'] as const)(
    'uses nearly all points of the plan %s, and is never refused, with partners beside',
    async (plan) => {
      const outcome = await shopifyQuota({
        lastsMs,
        processes: 1,
        shares: true,
        callersOfEach: 1,
        plan,
        reporters: 12,
      });
      expect(outcome).toMatchObject({ refused: 0, failures: 0 });
      expect(outcome.share).toBeGreaterThanOrEqual(0.95);
    },
  );

  it('is refused where four processes each take the shop for theirs alone', async () => {
    const outcome = await shopifyQuota({ lastsMs: 25_000, processes: 4, shares: false, callersOfEach: 2 });
    expect(outcome.refused).toBeGreaterThan(0);
  });
});
