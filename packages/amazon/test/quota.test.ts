import { describe, expect, it } from 'vitest';
import { amazonQuota, type QuotaLoad } from './quota-run.ts';

/** One call in three minutes, for all processes together. */
const slow = { lastsMs: 3_600_000, callers: { searchOrders: 1 } } as const;
const fast = { lastsMs: 60_000, callers: { searchListingsItems: 3 } } as const;

async function used(load: QuotaLoad): Promise<number> {
  const { shares, refused, failures } = await amazonQuota(load);
  expect({ refused, failures }).toEqual({ refused: 0, failures: 0 });
  return Math.min(...shares.map(({ share }) => share));
}

describe('more work than Amazon allows', { timeout: 60_000 }, () => {
  it.each([
    ['the slow allowance of orders', slow],
    ['the fast one of listings', fast],
  ])('uses %s, and is never refused, in four processes that share', async (_, load) => {
    expect(await used({ ...load, processes: 4, shares: true })).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    ['the slow allowance of orders', slow],
    ['the fast one of listings', fast],
  ])('uses nearly all of %s, and is never refused, in one process that shares', async (_, load) => {
    expect(await used({ ...load, processes: 1, shares: true })).toBeGreaterThanOrEqual(0.95);
  });

  it('is refused where four processes each take the allowance for theirs alone', async () => {
    const load = { ...fast, lastsMs: 10_000, processes: 4, shares: false };
    await expect(amazonQuota(load)).rejects.toMatchObject({ code: 'platform.throttled' });
  });
});
