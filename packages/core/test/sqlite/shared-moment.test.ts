import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

it('gives those who share a file the moments of their changes in the order in which these were made', async () => {
  const file = join(directory, 'hub.db');
  let ticks = Date.parse('2026-11-01T12:00:00Z');
  const clock = { now: () => ticks++ };
  const both = [sqliteStores({ file, clock }), sqliteStores({ file, clock })] as const;
  const append = (place: number) =>
    both[place % 2 === 0 ? 0 : 1].shared.update('moments', (state, now) => ({
      next: [...(Array.isArray(state) ? state : []), now],
      result: now,
    }));
  const given = await Promise.all(Array.from({ length: 40 }, (_, place) => append(place)));
  const kept = await both[0].shared.update('moments', (state) => ({ result: state }));
  expect(kept).toEqual(given.toSorted((one, other) => one - other));
  expect(new Set(given).size).toBe(40);
  for (const stores of both) await stores.close();
});
