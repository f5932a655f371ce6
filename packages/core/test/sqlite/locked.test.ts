import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = new URL('locking-process.ts', import.meta.url).pathname;
let directory = '';
let file = '';
let holder: ChildProcess | undefined;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
  const stores = sqliteStores({ file });
  await stores.cursors.advance('before', undefined, 'kept');
  await stores.close();
});
afterEach(() => {
  holder?.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

/** Another process that has locked the file when this resolves. */
function lockedBy(how: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--no-warnings', script, file, how], { stdio: ['pipe', 'pipe', 'inherit'] });
  holder = child;
  return new Promise((resolve) => child.stdout.once('data', () => resolve(child)));
}
const openImpatiently = () => sqliteStores({ file, busyTimeoutMs: 50 });
function ended(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.on('close', resolve));
}

it('says that another process keeps it locked, stores nothing of it, and works when that process was killed', async () => {
  const stores = sqliteStores({ file, busyTimeoutMs: 50 });
  const child = await lockedBy('half written');
  const refusals = await Promise.allSettled([
    stores.cursors.advance('a', undefined, '1'),
    stores.jobs.claim('q', { leaseMs: 1000, limit: 1 }),
    stores.atomically((inside) => inside.cursors.advance('b', undefined, '1')),
    stores.shared.update('n', () => ({ next: 1, result: 1 })),
  ]);
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ status: 'rejected', reason: { code: 'store.unavailable', retryable: true } });
    expect(String(refusal.status === 'rejected' && refusal.reason)).toContain('look for a process that hangs');
  }
  expect(await stores.cursors.read('before')).toBe('kept');
  const gone = ended(child);
  child.kill('SIGKILL');
  await gone;
  expect(await stores.cursors.advance('a', undefined, '2')).toBe(true);
  expect(await stores.cursors.read('b')).toBeUndefined();
  expect(await stores.cursors.read('theirs')).toBeUndefined();
  await stores.close();
}, 20_000);

it('waits for another process for as long as it was told, and then stores', async () => {
  const stores = sqliteStores({ file, busyTimeoutMs: 60_000 });
  const child = await lockedBy('');
  const stored = stores.cursors.advance('a', undefined, '1');
  child.stdin?.write('end\n');
  expect(await stored).toBe(true);
  await stores.close();
}, 20_000);

it('opens while another process writes', async () => {
  await lockedBy('');
  const stores = sqliteStores({ file, busyTimeoutMs: 50 });
  expect(await stores.cursors.read('before')).toBe('kept');
  await stores.close();
}, 20_000);

it('refuses to open a file that another process keeps to itself, and opens it afterwards', async () => {
  const child = await lockedBy('exclusive');
  expect(openImpatiently).toThrow(
    expect.objectContaining({
      code: 'store.unavailable',
      message: expect.stringContaining('another process kept it locked'),
    }),
  );
  const gone = ended(child);
  child.stdin?.write('end\n');
  await gone;
  const stores = openImpatiently();
  expect(await stores.cursors.read('before')).toBe('kept');
  await stores.close();
}, 20_000);
