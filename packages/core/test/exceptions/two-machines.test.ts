import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { testClock, type TestClock } from '../../../testing/src/index.ts';
import { olderAnswerLandsLater } from './two-machines.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossdock-two-machines-'));
let fileNumber = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['memory', (clock: TestClock) => memoryStores({ clock })],
  ['SQLite', (clock: TestClock) => sqliteStores({ file: join(folder, `${fileNumber++}.sqlite`), clock })],
])('an exception of a state that nobody can read, in %s', (_name, make) => {
  it.each([
    ['ahead', 120_000],
    ['behind', -120_000],
  ])('is closed by no answer that was asked for before it, on a machine whose clock is %s', async (_how, aheadMs) => {
    const clock = testClock({ auto: false });
    const stores = make(clock);
    const states = await olderAnswerLandsLater(stores, { aheadMs, opensAfter: () => clock.advance(20_000) });
    expect(states).toEqual(['open', 'resolved']);
    await stores.close();
  });
});
