import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stores } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterAll, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A hundred workers and a thousand keys with one job each. Gives how often each was done. */
async function crowd({ jobs, idempotency }: Stores): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  const dueAt = new Date(0).toISOString();
  const ids = Array.from({ length: 1000 }, (_, index) => `job/${index}`);
  await Promise.all(ids.map((id) => jobs.add({ id, queue: 'q', key: id, lane: 'normal', dueAt, payload: null })));
  const worker = async () => {
    for (;;) {
      const [job] = await jobs.claim('q', { leaseMs: 60_000, limit: 1 });
      if (job === undefined) return;
      const begun = await idempotency.begin(job.id, 'request', 60_000);
      if (begun.state === 'started') {
        times.set(job.id, (times.get(job.id) ?? 0) + 1);
        await idempotency.finish(job.id, begun.lease, null);
      }
      await jobs.finish(job.id, job.lease);
    }
  };
  await Promise.all(Array.from({ length: 100 }, worker));
  return times;
}

it.each([
  ['memory', () => memoryStores()],
  ['sqlite', () => sqliteStores({ file: join(directory, 'crowd.db') })],
])('a hundred workers do each of a thousand jobs once on %s', async (_, make) => {
  const stores = make();
  const times = await crowd(stores);
  expect(times.size).toBe(1000);
  expect([...times.values()].every((count) => count === 1)).toBe(true);
  await stores.close();
});
