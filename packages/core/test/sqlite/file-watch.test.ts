import { copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stores } from '@crossdock/core';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const longAgo = new Date('2026-01-01T00:00:00Z');
let isOld = false;
let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

async function store(stores: Stores, ...names: readonly string[]): Promise<void> {
  for (const name of names) expect(await stores.cursors.advance(name, undefined, 'stored')).toBe(true);
  if (!isOld) return;
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const folder of ['', ...folders.map(({ name }) => name)]) utimesSync(join(directory, folder), longAgo, longAgo);
  // From this commit on it is known that nothing changed there.
  expect(await stores.cursors.advance(`aged/${names.join()}`, undefined, 'stored')).toBe(true);
}
async function refusal(stores: Stores, name: string): Promise<{ readonly code: string; readonly message: string }> {
  return stores.cursors.advance(name, undefined, 'lost').then(
    () => {
      throw new Error('It was acknowledged.');
    },
    (error: { code: string; message: string }) => error,
  );
}
async function held(path: string, ...names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const stores = sqliteStores({ file: path });
  const cursors = await Promise.all(names.map((name) => stores.cursors.read(name)));
  await stores.close();
  return cursors;
}
const rescued = () => readdirSync(directory).filter((name) => name.includes('.rescued-') && !/-(wal|shm)$/.test(name));

describe.each([
  ['in which something just changed', false],
  ['in which nothing changed for long', true],
])('a folder %s', (_what, old) => {
  beforeEach(() => {
    isOld = old;
  });

  it('acknowledges nothing more when the file was deleted, and saves what it held', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a', 'b');
    rmSync(file);
    const { code, message } = await refusal(stores, 'c');
    expect(code).toBe('store.unavailable');
    const [copy = ''] = rescued();
    expect(message).toContain(`"hub.db" was deleted, moved or replaced while it was open`);
    expect(message).toContain(
      `What it held is in "${copy}". Put that, or the file itself, in its place. Then make new stores`,
    );
    expect(message).not.toContain(directory);
    expect((await refusal(stores, 'd')).code).toBe('store.unavailable');
    await stores.close();
    expect(rescued()).toEqual([copy]);

    renameSync(join(directory, copy), file);
    expect(await held(file, 'a', 'b')).toEqual(['stored', 'stored']);
  });

  it('acknowledges nothing more when the file was replaced by a backup, which it leaves alone', async () => {
    const first = sqliteStores({ file });
    await store(first, 'a');
    await first.close();
    const backup = join(directory, 'backup.db');
    copyFileSync(file, backup);
    const stores = sqliteStores({ file });
    await store(stores, 'b');
    renameSync(backup, file);
    expect((await refusal(stores, 'c')).message).toContain('"hub.db" was deleted, moved or replaced');
    await stores.close();
    rmSync(`${file}-wal`, { force: true });
    rmSync(`${file}-shm`, { force: true });
    expect(await held(file, 'a', 'b')).toEqual(['stored', undefined]);
    expect(await held(join(directory, rescued()[0] ?? ''), 'a', 'b')).toEqual(['stored', 'stored']);
  });

  it('goes on when the file is back in its place', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    renameSync(file, join(directory, 'elsewhere.db'));
    await refusal(stores, 'b');
    renameSync(join(directory, 'elsewhere.db'), file);
    await store(stores, 'c');
    await stores.close();
    expect(await held(file, 'a', 'c')).toEqual(['stored', 'stored']);
  });

  it.each(['-wal', '-shm'])(
    'saves what it held when "hub.db%s" was deleted, and acknowledges nothing more',
    async (end) => {
      const stores = sqliteStores({ file });
      await store(stores, 'a', 'b');
      rmSync(`${file}${end}`);
      const { code, message } = await refusal(stores, 'c');
      expect(code).toBe('store.unavailable');
      expect(message).toContain(`"hub.db${end}" was deleted, moved or replaced while it was open`);
      expect(message).toContain('What was stored before was saved into the file. Stop whoever deletes files there.');
      // Even if this process were killed now: nobody closes anything.
      const copy = join(directory, 'copy.db');
      copyFileSync(file, copy);
      expect(await held(copy, 'a', 'b')).toEqual(['stored', 'stored']);
      await stores.close();
      expect(await held(file, 'a', 'b')).toEqual(['stored', 'stored']);
    },
  );

  it('mixes its log with none that somebody else has made meanwhile', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    rmSync(`${file}-wal`);
    copyFileSync(file, `${file}-wal`);
    expect((await refusal(stores, 'b')).message).toContain('Stop every process that uses the file');
    await stores.close();
  });

  it('finds what lies beside the file that a link leads to', async () => {
    const link = join(directory, 'link.db');
    await sqliteStores({ file }).close();
    symlinkSync(file, link);
    const stores = sqliteStores({ file: link });
    await store(stores, 'a');
    rmSync(`${file}-wal`);
    expect((await refusal(stores, 'b')).message).toContain('"hub.db-wal" was deleted');
    await stores.close();
  });

  it('says so when a unit of work was under way, and none of it is acknowledged', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    const unit = stores.atomically(async (inside) => {
      await inside.cursors.advance('b', undefined, 'lost');
      rmSync(file);
    });
    await expect(unit).rejects.toMatchObject({ code: 'store.unavailable', retryable: true });
    await stores.close();
  });
});
