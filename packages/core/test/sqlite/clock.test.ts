import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';

const minuteMs = 60_000;
const start = Date.parse('2026-11-01T12:00:00Z');
let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const at = (ms: number, clockToleranceMs?: number) =>
  sqliteStores({ file, clock: { now: () => start + ms }, clockToleranceMs });
const claimAll = { leaseMs: 1000, limit: 10 };

it('is not opened by a clock that went far back, and says by how much and what to do', async () => {
  await at(0).close();
  expect(() => at(-6 * minuteMs)).toThrow(
    expect.objectContaining({
      code: 'store.unavailable',
      retryable: true,
      message:
        'The store in "hub.db" was not opened: the clock says "2026-11-01T11:54:00.000Z", 360 s behind the latest moment ' +
        'that these stores have seen, "2026-11-01T12:00:00.000Z"; at most 300 s are accepted. Set the clock, or wait until ' +
        'it has caught up. If it was ahead before and is right now, make the stores once with clockToleranceMs: Infinity, ' +
        'which takes the time of now for the latest.',
    }),
  );
  await at(-5 * minuteMs).close();
});

it('remembers the moment at which another process handed something out', async () => {
  const other = at(-60 * minuteMs);
  const working = at(0);
  await working.jobs.claim('q', claimAll);
  await expect(other.jobs.claim('q', claimAll)).rejects.toMatchObject({
    code: 'store.unavailable',
    message: expect.stringContaining('Nothing of queue "q" was handed out: the clock says "2026-11-01T11:00:00.000Z"'),
  });
  // Only handing out is refused: what comes in is stored.
  expect(await other.cursors.advance('c', undefined, 'a')).toBe(true);
  await other.close();
  await working.close();
});

it('works again when the clock has caught up', async () => {
  await at(0).close();
  let ms = -4 * minuteMs;
  const stores = sqliteStores({ file, clock: { now: () => start + ms } });
  ms = -6 * minuteMs;
  await expect(stores.jobs.claim('q', claimAll)).rejects.toMatchObject({ code: 'store.unavailable' });
  ms = -5 * minuteMs;
  expect(await stores.jobs.claim('q', claimAll)).toEqual([]);
  await stores.close();
});

it('takes a clock for right that was set back from a wrong future, when it is told to', async () => {
  await at(400 * 24 * 60 * minuteMs).close();
  expect(() => at(0)).toThrow(expect.objectContaining({ code: 'store.unavailable' }));
  await at(0, Number.POSITIVE_INFINITY).close();
  const stores = at(0);
  expect(await stores.jobs.claim('q', claimAll)).toEqual([]);
  await stores.close();
});

it('accepts less or more of a step back when it is told to', async () => {
  await at(0).close();
  expect(() => at(-2000, 1000)).toThrow(expect.objectContaining({ code: 'store.unavailable' }));
  await at(-60 * minuteMs, 60 * minuteMs).close();
});

it('does not write for every look at the work', async () => {
  let ms = 0;
  const stores = sqliteStores({ file, clock: { now: () => start + ms } });
  const direct = new DatabaseSync(file, { readOnly: true });
  const noted = () => Number(direct.prepare('select at_ms from latest_moment').get()?.['at_ms']) - start;
  expect(noted()).toBe(0);
  const seen = new Set<number>();
  for (; ms <= 60_000; ms += 100) {
    await stores.jobs.claim('q', claimAll);
    seen.add(noted());
  }
  expect(Math.max(...seen)).toBeGreaterThan(50_000);
  expect(seen.size).toBeLessThan(15);
  direct.close();
  await stores.close();
});

it('opens although another process is writing, and leaves the note to whoever works first', async () => {
  await at(0).close();
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  const stores = at(minuteMs);
  other.exec('rollback');
  const note = other.prepare('select at_ms from latest_moment');
  expect(note.get()).toEqual({ at_ms: start });
  await stores.jobs.claim('q', claimAll);
  expect(note.get()).toEqual({ at_ms: start + minuteMs });
  other.close();
  await stores.close();
});
