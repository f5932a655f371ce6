import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Stores } from '@crossdock/core';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../src/sqlite/connection.ts';
import { watchFile } from '../../src/sqlite/file-watch.ts';
import { openFile } from '../../src/sqlite/open-file.ts';

let isOld = false;
let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true });
});

async function store(stores: Stores, ...names: readonly string[]): Promise<void> {
  for (const name of names) expect(await stores.cursors.advance(name, undefined, 'stored')).toBe(true);
  if (!isOld) return;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
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
/** Closes stores that lost a part of their file, which they do not keep to themselves. */
async function closeLost(stores: Stores): Promise<void> {
  await expect(stores.close()).rejects.toMatchObject({ code: 'store.unavailable' });
}
async function held(path: string, ...names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const stores = sqliteStores({ file: path });
  const cursors = await Promise.all(names.map((name) => stores.cursors.read(name)));
  await stores.close();
  return cursors;
}
const place = (...parts: readonly string[]) => join(directory, ...parts);
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
      `What it held is in "${copy}". Put the file itself back; or put the copy in its place, and "hub.db-wal" and "hub.db-shm" away. Close these, then make new stores`,
    );
    expect(message).not.toContain(directory);
    const again = await refusal(stores, 'd');
    await closeLost(stores);
    expect(rescued()).toEqual([copy]);
    expect(message).toContain('Nothing of this unit of work was stored.');
    expect(again.code).toBe('store.unavailable');
    expect(again.message).toContain('Nothing of this unit of work was stored.');

    renameSync(join(directory, copy), file);
    expect(await held(file, 'a', 'b', 'c', 'd')).toEqual(['stored', 'stored', undefined, undefined]);
  });

  it('saves what it held anew with each loss, for its owner alone', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    renameSync(file, join(directory, 'elsewhere.db'));
    await refusal(stores, 'b');
    renameSync(join(directory, 'elsewhere.db'), file);
    await store(stores, 'c');
    rmSync(file);
    const { message } = await refusal(stores, 'd');
    await closeLost(stores);
    const [older = '', newer = '', ...more] = rescued().toSorted();
    expect(more).toEqual([]);
    expect(message).toContain(`What it held is in "${newer}"`);
    expect(await held(join(directory, newer), 'a', 'c')).toEqual(['stored', 'stored']);
    expect(await held(join(directory, older), 'a', 'c')).toEqual(['stored', undefined]);
    expect(statSync(join(directory, newer)).mode & 0o077).toBe(0);
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
    const { message } = await refusal(stores, 'c');
    expect(message).toContain('"hub.db" was deleted, moved or replaced');
    expect(message).toContain(
      'What could still be read of it is in "hub.db.rescued-1"; the rest is lost if somebody has stored orders since.',
    );
    expect(message).toContain('What is there now may hold newer orders: keep both, with the log that lies there.');
    await closeLost(stores);
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    renameSync(`${file}.rescued-1`, place('put-away.db'));
    expect(await held(file, 'a', 'b')).toEqual(['stored', undefined]);
    expect(await held(place('put-away.db'), 'a', 'b')).toEqual(['stored', 'stored']);
  });

  it('goes on when the file is back in its place', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    renameSync(file, join(directory, 'elsewhere.db'));
    await refusal(stores, 'b');
    renameSync(join(directory, 'elsewhere.db'), file);
    await store(stores, 'c');
    await stores.close();
    renameSync(`${file}.rescued-1`, place('put-away.db'));
    expect(await held(file, 'a', 'c')).toEqual(['stored', 'stored']);
  });

  it('goes on when the file is back to which a link leads', async () => {
    const link = place('etc', 'hub.db');
    mkdirSync(place('etc'));
    await sqliteStores({ file }).close();
    symlinkSync(file, link);
    const stores = sqliteStores({ file: link });
    await store(stores, 'a');
    renameSync(file, place('elsewhere.db'));
    expect((await refusal(stores, 'b')).message).toContain('"hub.db-wal" and "hub.db-shm" away');
    renameSync(place('elsewhere.db'), file);
    await store(stores, 'c');
    await stores.close();
    renameSync(`${file}.rescued-1`, place('put-away.db'));
    expect(await held(link, 'a', 'c')).toEqual(['stored', 'stored']);
  });

  it('does not go on when the file is back that somebody had replaced', async () => {
    await sqliteStores({ file: place('backup.db') }).close();
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    renameSync(file, place('elsewhere.db'));
    await refusal(stores, 'b');
    renameSync(place('backup.db'), file);
    await refusal(stores, 'c');
    renameSync(place('elsewhere.db'), file);
    expect((await refusal(stores, 'd')).message).toContain('"hub.db" was deleted, moved or replaced');
    await closeLost(stores);
    expect(existsSync(`${file}-wal`)).toBe(true);
  });

  it('does not go on when its log is back, and leaves that where it is', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    renameSync(`${file}-wal`, place('elsewhere'));
    await refusal(stores, 'b');
    renameSync(place('elsewhere'), `${file}-wal`);
    const { message } = await refusal(stores, 'c');
    expect(message).toContain('"hub.db-wal" was deleted, moved or replaced');
    expect(message).toContain('What was stored before was saved into the file.');
    await closeLost(stores);
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(rescued()).toEqual([]);
    expect(await held(file, 'a', 'b', 'c')).toEqual(['stored', undefined, undefined]);
  });

  it('saves what it held when its log was deleted, and acknowledges nothing more', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a', 'b');
    rmSync(`${file}-wal`);
    const { code, message } = await refusal(stores, 'c');
    expect(code).toBe('store.unavailable');
    expect(message).toContain('"hub.db-wal" was deleted, moved or replaced while it was open');
    expect(message).toContain('What was stored before was saved into the file. Stop whoever deletes files there.');
    expect(rescued()).toEqual([]);
    // Even if this process were killed now: nobody closes anything.
    const copy = join(directory, 'copy.db');
    copyFileSync(file, copy);
    expect(await held(copy, 'a', 'b')).toEqual(['stored', 'stored']);
    await closeLost(stores);
    expect(await held(file, 'a', 'b')).toEqual(['stored', 'stored']);
  });

  it('saves what it held beside a file of which another process reads an older state', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    const report = new DatabaseSync(file, { readOnly: true });
    report.exec('begin; select count(*) from cursors');
    await store(stores, 'b', 'c');
    const before = readFileSync(file);
    rmSync(`${file}-wal`);
    const { message } = await refusal(stores, 'd');
    const [copy = ''] = rescued();
    expect(message).toContain(
      `What it held is in "${copy}". Stop every process that uses the file, and whoever deletes files there. Put that in the place of the file, and "hub.db-wal" and "hub.db-shm" away.`,
    );
    // Written back in part, the file would be damaged.
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await held(join(directory, copy), 'a', 'b', 'c')).toEqual(['stored', 'stored', 'stored']);
    report.close();
    await closeLost(stores);
  });

  it('acknowledges nothing more when its memory was deleted, and leaves the file and its log alone', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a', 'b');
    const before = readFileSync(file);
    rmSync(`${file}-shm`);
    const { message } = await refusal(stores, 'c');
    expect(message).toContain('"hub.db-shm" was deleted, moved or replaced while it was open');
    const [saved = ''] = rescued();
    expect(message).toContain(
      `What it held is in "${saved}". Stop every process that uses the file, and whoever deletes files there. What is there now may hold newer orders: keep both, with the log that lies there.`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await held(place(saved), 'a', 'b')).toEqual(['stored', 'stored']);
    const copy = join(directory, 'copy.db');
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${copy}${end}`);
    expect(await held(copy, 'a', 'b')).toEqual(['stored', 'stored']);
    await closeLost(stores);
    renameSync(place(saved), place('put-away.db'));
    expect(await held(file, 'a', 'b')).toEqual(['stored', 'stored']);
  });

  it('saves what it held when it finds its memory deleted right before its log is', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a', 'b');
    rmSync(`${file}-shm`);
    await refusal(stores, 'c');
    rmSync(`${file}-wal`);
    const { message } = await refusal(stores, 'd');
    await closeLost(stores);
    const [copy = '', ...more] = rescued();
    expect(more).toEqual([]);
    expect(message).toContain(`What it held is in "${copy}".`);
    expect(await held(place(copy), 'a', 'b', 'c', 'd')).toEqual(['stored', 'stored', undefined, undefined]);
  });

  it('mixes its log with none that somebody else has made meanwhile', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    const before = readFileSync(file);
    rmSync(`${file}-wal`);
    copyFileSync(file, `${file}-wal`);
    expect((await refusal(stores, 'b')).message).toContain('Stop every process that uses the file');
    expect(readFileSync(file).equals(before)).toBe(true);
    const [copy = ''] = rescued();
    expect(await held(join(directory, copy), 'a')).toEqual(['stored']);
    await closeLost(stores);
  });

  it('is not deceived by a folder that was given back its old time', async () => {
    const longAgo = new Date('2026-01-01T00:00:00Z');
    const stores = sqliteStores({ file });
    utimesSync(directory, longAgo, longAgo);
    await store(stores, 'a');
    rmSync(`${file}-wal`);
    utimesSync(directory, longAgo, longAgo);
    expect((await refusal(stores, 'b')).message).toContain('"hub.db-wal" was deleted');
    await closeLost(stores);
  });

  it('finds what lies beside the file that a link leads to', async () => {
    const link = join(directory, 'link.db');
    await sqliteStores({ file }).close();
    symlinkSync(file, link);
    const stores = sqliteStores({ file: link });
    await store(stores, 'a');
    rmSync(`${file}-wal`);
    expect((await refusal(stores, 'b')).message).toContain('"hub.db-wal" was deleted');
    await closeLost(stores);
  });

  it('follows a chain of links of which one is led elsewhere', async () => {
    for (const folder of ['a', 'm', 'b', 'c']) mkdirSync(place(folder));
    symlinkSync(place('m', 'link.db'), place('a', 'hub.db'));
    symlinkSync(place('b', 'real.db'), place('m', 'link.db'));
    const stores = sqliteStores({ file: place('a', 'hub.db') });
    await store(stores, 'a');
    symlinkSync(place('c', 'other.db'), place('m', 'new.db'));
    renameSync(place('m', 'new.db'), place('m', 'link.db'));
    const { message } = await refusal(stores, 'b');
    expect(message).toContain('"hub.db" was deleted, moved or replaced');
    const [copy = ''] = readdirSync(place('b')).filter((name) => name.includes('.rescued-'));
    expect(message).toContain(`What it held is in "${copy}"`);
    await closeLost(stores);
    expect(existsSync(place('c', 'other.db'))).toBe(false);
    expect(await held(place('b', copy), 'a')).toEqual(['stored']);
  });

  it('follows a link through a folder that is led elsewhere', async () => {
    for (const folder of ['etc', 'release-1', 'release-2']) mkdirSync(place(folder));
    symlinkSync(place('release-1'), place('current'));
    symlinkSync(place('current', 'hub.db'), place('etc', 'hub.db'));
    const stores = sqliteStores({ file: place('etc', 'hub.db') });
    await store(stores, 'a');
    symlinkSync(place('release-2'), place('next'));
    renameSync(place('next'), place('current'));
    expect((await refusal(stores, 'b')).message).toContain('"hub.db" was deleted, moved or replaced');
    await closeLost(stores);
    renameSync(place('release-1', 'hub.db.rescued-1'), place('put-away.db'));
    expect(await held(place('release-1', 'hub.db'), 'a')).toEqual(['stored']);
  });

  it('sees that a file was moved and found again by a link, beside which there is no log', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    mkdirSync(join(directory, 'other'));
    renameSync(file, join(directory, 'other', 'hub.db'));
    symlinkSync(join(directory, 'other', 'hub.db'), file);
    expect((await refusal(stores, 'b')).message).toContain('"hub.db-wal" was deleted, moved or replaced');
    await closeLost(stores);
  });

  it('says so when a unit of work was under way, and none of it is acknowledged', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'a');
    const unit = stores.atomically(async (inside) => {
      await inside.cursors.advance('b', undefined, 'lost');
      rmSync(file);
    });
    await expect(unit).rejects.toMatchObject({ code: 'store.unavailable', retryable: true });
    await closeLost(stores);
  });
});

/** Loses its memory. `copying` makes the copy, or fails to. */
async function bereft(copying: (run: () => number) => number) {
  const stores = sqliteStores({ file });
  await store(stores, 'a');
  await stores.close();
  const { writer, reader, parts } = openFile(file, 0, Number.POSITIVE_INFINITY, () => Date.now());
  writer.exec("insert into cursors (name, cursor) values ('b', 'stored')");
  const left = vi.fn<() => void>(() => {
    writer.close();
    reader.close();
  });
  const slow: Connection = {
    ...writer,
    sql(query) {
      const statement = writer.sql(query);
      if (!query.text.startsWith('vacuum into')) return statement;
      return { ...statement, run: (...values) => copying(() => statement.run(...values)) };
    },
  };
  const watch = watchFile(slow, file, parts, left);
  rmSync(`${file}-shm`);
  expect(watch.isSound()).toBe(false);
  return { watch, left, message: watch.loss('Nothing was stored.').message };
}

describe('stores of which the memory was deleted', () => {
  it('hold on to their log when that is deleted as well while they save it', async () => {
    const { left, message } = await bereft((run) => {
      const changes = run();
      rmSync(`${file}-wal`);
      return changes;
    });
    expect(message).toContain('What was stored before was saved into the file.');
    expect(rescued()).toEqual([]);
    expect(left).toHaveBeenCalledOnce();
    expect(await held(file, 'a', 'b')).toEqual(['stored', 'stored']);
  });

  it('hold on to their log as long as there is no room for a copy of it', async () => {
    let hasRoom = false;
    const { watch, left, message } = await bereft((run) => {
      if (!hasRoom) throw new Error('database or disk is full');
      return run();
    });
    expect(message).toContain('What was stored before was in the file and in "hub.db-wal" when that was noticed.');
    expect(left).not.toHaveBeenCalled();
    hasRoom = true;
    rmSync(`${file}-wal`);
    expect(watch.isSound()).toBe(false);
    expect(watch.loss('').message).toContain('What was stored before was saved into the file.');
    expect(left).toHaveBeenCalledOnce();
    expect(await held(file, 'a', 'b')).toEqual(['stored', 'stored']);
  });
});

it('takes nothing for its own that came into its place after the file was opened', async () => {
  await sqliteStores({ file }).close();
  const backup = join(directory, 'backup.db');
  copyFileSync(file, backup);
  const { writer, reader, parts } = openFile(file, 0, Number.POSITIVE_INFINITY, () => Date.now());
  renameSync(backup, file);
  const watch = watchFile(writer, file, parts);
  expect(watch.isSound()).toBe(false);
  expect(watch.loss('Nothing was stored.').message).toContain('"hub.db" was deleted, moved or replaced');
  reader.close();
  writer.close();
});

it.each([
  ['there already', true],
  ['made just then', false],
])('is not opened when a file that was %s is replaced at that moment', async (_what, isThere) => {
  const backup = join(directory, 'backup.db');
  await sqliteStores({ file: backup }).close();
  if (isThere) copyFileSync(backup, file);
  const now = () => {
    if (existsSync(backup)) renameSync(backup, file);
    return Date.now();
  };
  expect(() => sqliteStores({ file, clock: { now } })).toThrow(
    expect.objectContaining({
      code: 'store.unavailable',
      message: expect.stringContaining('was not opened: "hub.db" was deleted, moved or replaced at that moment'),
    }),
  );
  await sqliteStores({ file }).close();
});
