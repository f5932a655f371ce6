import { describe, expect, it } from 'vitest';
import { shipbobQuota } from './quota-run.ts';

const lastsMs = 360_000;

describe('six minutes of more work than the warehouse allows', { timeout: 60_000 }, () => {
  it('uses its quota, and is never refused, in four processes that share', async () => {
    const outcome = await shipbobQuota({ lastsMs, processes: 4, shares: true });
    expect(outcome).toMatchObject({ refused: 0, failures: 0 });
    expect(outcome.share).toBeGreaterThanOrEqual(0.9);
  });

  it('uses nearly all of its quota, and is never refused, in one process that shares', async () => {
    const outcome = await shipbobQuota({ lastsMs, processes: 1, shares: true });
    expect(outcome).toMatchObject({ refused: 0, failures: 0 });
    expect(outcome.share).toBeGreaterThanOrEqual(0.95);
  });

  it('is refused where four processes each take the quota for theirs alone', async () => {
    const outcome = await shipbobQuota({ lastsMs: 60_000, processes: 4, shares: false });
    expect(outcome.refused).toBeGreaterThan(0);
  });
});
