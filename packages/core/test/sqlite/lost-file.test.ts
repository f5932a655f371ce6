import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { Stores } from '@crossdock/core';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => rmSync(directory, { recursive: true }));

const run = promisify(execFile);
/** Starts a process of those beside this file. Gives what it printed at its end. */
async function inProcess({ pathname: script }: URL, ...values: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [
    '--conditions=@crossdock/source',
    '--no-warnings',
    script,
    ...values,
  ]);
  return stdout;
}
type Said = { readonly wrote?: boolean; readonly before?: string; readonly code?: string; readonly message?: string };
/** Opens the file, stores an order and closes it: what came of it. */
async function another(name: string): Promise<Said> {
  return JSON.parse(await inProcess(new URL('opening-process.ts', import.meta.url), file, name)) as Said;
}
/** Stores an order and leaves without closing anything; unless it is alone, after it lost a part of the file. */
async function leavingProcess(how: string, company = ''): Promise<void> {
  const end = await refused(inProcess(new URL('leaving-process.ts', import.meta.url), file, how, company));
  const isKilled = 'signal' in end && end.signal === 'SIGKILL';
  expect(isKilled || end.code).toBe(how === 'is killed' ? true : 'it was acknowledged');
}
const remove = (...ends: readonly string[]) => {
  for (const end of ends) rmSync(`${file}${end}`);
};
const refused = (what: Promise<unknown>) =>
  what.then(
    () => ({ code: 'it was acknowledged', message: '' }),
    (error: { readonly code: string; readonly message: string }) => error,
  );
/** Looks are a tenth of a second apart; how many reads that is, is the machine's affair. */
async function untilRefused(read: () => Promise<unknown>) {
  const until = performance.now() + 5_000;
  let answer = await refused(read());
  while (answer.code === 'it was acknowledged' && performance.now() < until) answer = await refused(read());
  return answer;
}
const store = (stores: Stores, name: string) => stores.cursors.advance(name, undefined, 'stored');
async function held(path: string, ...names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const stores = sqliteStores({ file: path });
  const cursors = await Promise.all(names.map((name) => stores.cursors.read(name)));
  await stores.close();
  return cursors;
}
const there = () => readdirSync(directory).toSorted();

/** Nothing that another process was told is stored is gone, and what these stores held is found. */
async function expectNothingLost(): Promise<void> {
  const copy = `${file}.rescued-1`;
  const away = join(directory, 'put-away.db');
  if (existsSync(copy)) renameSync(copy, away);
  expect(await held(existsSync(away) ? away : file, 'before', 'ours')).toEqual(['stored', 'stored']);
  expect(await held(file, 'theirs')).toEqual(['stored']);
}

describe.each([
  ['the memory', ['-shm']],
  ['log and memory', ['-wal', '-shm']],
  ['all three files', ['', '-wal', '-shm']],
])('when somebody deleted %s and another process has stored orders since', (_what, ends) => {
  let stores: Stores;
  beforeEach(async () => {
    stores = sqliteStores({ file });
    await store(stores, 'before');
    await store(stores, 'ours');
    remove(...ends);
    const { wrote } = await another('theirs');
    if (wrote !== true) throw new Error('The other process stored nothing.');
  });

  it('loses none of them by closing, and says what happened', async () => {
    const { code, message } = await refused(stores.close());
    expect(code).toBe('store.unavailable');
    expect(message).toContain('was deleted, moved or replaced while it was open. These stores are closed.');
    expect(message).not.toContain(directory);
    await stores.close();
    await expectNothingLost();
  });

  it('loses none of them by the write that finds out', async () => {
    const { code, message } = await refused(store(stores, 'refused'));
    expect(code).toBe('store.unavailable');
    expect(message).toContain('Nothing of this unit of work was stored.');
    await refused(stores.close());
    await expectNothingLost();
  });

  it('loses none of them by a large write, which the log would be written back for', async () => {
    const many = stores.atomically(async ({ inbox }) => {
      for (let number = 0; number < 1_500; number++) {
        const deliveryId = `large-${number}`;
        const body = 'x'.repeat(4_000);
        await inbox.put({ system: 'shop', deliveryId, topic: 'orders', body, receivedAt: '2026-11-26T10:00:00Z' });
      }
    });
    expect((await refused(many)).code).toBe('store.unavailable');
    // Only then: in one process SQLite would take the old memory for the new one.
    await refused(stores.close());
    const look = new DatabaseSync(file);
    expect(look.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    look.close();
    await expectNothingLost();
  });

  it('reads nothing more', async () => {
    const answer = await untilRefused(() => stores.cursors.read('ours'));
    expect(answer.code).toBe('store.unavailable');
    expect(answer.message).toContain('was deleted, moved or replaced while it was open. Nothing was read.');
    await refused(stores.close());
    await expectNothingLost();
  });
});

it.each(['exits', 'ends', 'is killed', 'forgets them'])(
  'loses nothing that others stored when a process %s without closing its stores',
  async (how) => {
    await leavingProcess(how);
    const copy = `${file}.rescued-1`;
    // Whoever can look before its end saves what it held, in case the log goes as well.
    expect(existsSync(copy)).toBe(how !== 'is killed');
    if (existsSync(copy)) renameSync(copy, join(directory, 'put-away.db'));
    // That process has started this one in between, and waited for its end.
    expect(await held(file, 'ours', 'theirs')).toEqual(['stored', 'stored']);
  },
);

it.each(['is terminated', 'ends with the process'])(
  'loses nothing that others stored when a thread %s, which is told nothing of it',
  async (how) => {
    await inProcess(new URL('thread-process.ts', import.meta.url), file, how);
    expect(await held(file, 'ours', 'theirs')).toEqual(['stored', 'stored']);
  },
);

it('does not mix its own log with what others store while their unit of work is under way', async () => {
  const stores = sqliteStores({ file });
  await store(stores, 'before');
  await store(stores, 'ours');
  const unit = stores.atomically(async (inside) => {
    await inside.cursors.advance('unit', undefined, 'lost');
    remove('-wal', '-shm');
    expect(await another('theirs')).toMatchObject({ wrote: true });
  });
  expect((await refused(unit)).message).toContain('What it held is in "hub.db.rescued-1"');
  await refused(stores.close());
  await expectNothingLost();
});

it('saves what it held only after a unit of work that is under way, and says so to who reads meanwhile', async () => {
  const stores = sqliteStores({ file });
  await store(stores, 'before');
  await store(stores, 'ours');
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const unit = stores.atomically(async (inside) => {
    await inside.cursors.advance('unit', undefined, 'lost');
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  remove('-wal', '-shm');
  const { message } = await untilRefused(() => stores.cursors.read('ours'));
  expect(message).toContain(
    'Nothing was read. What was stored before is saved as soon as the write at hand has ended.',
  );
  end.resolve();
  expect((await refused(unit)).message).toContain('What was stored before was saved into the file.');
  await refused(stores.close());
  expect(await held(file, 'before', 'ours', 'unit')).toEqual(['stored', 'stored', undefined]);
});

it.each([
  ['a process exits', 'process', 'exits'],
  ['a process throws', 'process', 'throws'],
  ['a process exits in a unit of work', 'process', 'exits in a unit'],
  ['a thread exits', 'thread', 'exits'],
  ['a thread throws', 'thread', 'throws'],
])('saves what was in the log alone when %s that was deleted since it looked last', async (_what, where, how) => {
  const script = new URL('bereft-process.ts', import.meta.url);
  const { code } = await refused(inProcess(script, file, where, how));
  expect(code).toBe(where === 'process' && how === 'throws' ? 1 : 'it was acknowledged');
  expect(there()).toEqual(['hub.db']);
  expect(await held(file, 'ours', 'unit')).toEqual(['stored', undefined]);
});

/** Leaves a rescued copy behind where such stores were. */
async function lose(...ends: readonly string[]): Promise<void> {
  const stores = sqliteStores({ file });
  await store(stores, 'before');
  await store(stores, 'ours');
  remove(...ends);
  await refused(store(stores, 'refused'));
  await refused(stores.close());
}

describe('beside a copy that was rescued', () => {
  it('makes no empty store, in which keys and cursors would be forgotten', async () => {
    await lose('', '-wal', '-shm');
    expect(there()).toEqual(['hub.db.rescued-1']);
    const { code, message } = await another('theirs');
    expect(code).toBe('options.invalid');
    expect(message).toContain('"hub.db.rescued-1" beside it holds what was stored before');
    expect(message).toContain('Put the copy in the place of "hub.db"');
    expect(there()).toEqual(['hub.db.rescued-1']);

    renameSync(`${file}.rescued-1`, file);
    expect(await another('theirs')).toEqual({ before: 'stored', wrote: true });
  });

  it('opens no file that may hold newer orders before a person has decided', async () => {
    await sqliteStores({ file: join(directory, 'backup.db') }).close();
    await lose('', '-wal', '-shm');
    renameSync(join(directory, 'backup.db'), file);
    const { code, message } = await another('theirs');
    expect(code).toBe('options.invalid');
    expect(message).toContain('If newer orders are in it, keep both');
    expect(readFileSync(file).byteLength).toBe(statSync(file).size);

    renameSync(`${file}.rescued-1`, `${file}.rescued-1.compared`);
    expect(await another('theirs')).toEqual({ wrote: true });
  });

  it('takes none for a copy that a killed process could not finish, and makes no empty store beside it', async () => {
    await refused(inProcess(new URL('rescuing-process.ts', import.meta.url), file));
    expect(there()).toEqual(['hub.db.rescuing-1']);
    const { code, message } = await another('theirs');
    expect(code).toBe('options.invalid');
    expect(message).toContain(
      '"hub.db.rescuing-1" beside it is what a process that ended too soon, or had no room, left of a copy',
    );
    expect(message).toContain('It is worth nothing');
    expect(message).not.toContain('Put the copy');
    // Also not for whoever takes it for one all the same.
    renameSync(`${file}.rescuing-1`, file);
    expect(await another('theirs')).toMatchObject({ code: 'options.invalid' });
  });

  it('takes no empty folder, which a process left that was killed after its copy was whole, for an unfinished one', async () => {
    await lose('', '-wal', '-shm');
    mkdirSync(`${file}.rescuing-1`);
    expect((await another('theirs')).message).toContain('"hub.db.rescued-1" beside it holds what was stored before');
    renameSync(`${file}.rescued-1`, file);
    expect(await another('theirs')).toEqual({ before: 'stored', wrote: true });
    // It may be another process that has just begun.
    expect(existsSync(`${file}.rescuing-1`)).toBe(true);
  });

  it('finds it where a link leads to, even to a file that is gone', async () => {
    await lose('', '-wal', '-shm');
    const link = join(directory, 'link.db');
    symlinkSync(file, link);
    expect(() => sqliteStores({ file: link })).toThrow('"hub.db.rescued-1" beside it');
    expect(existsSync(file)).toBe(false);
  });

  it('takes the copy of another file for no copy of its own', async () => {
    await lose('', '-wal', '-shm');
    expect(await held(join(directory, 'hub'), 'ours')).toEqual([undefined]);
    expect(await held(`${file}.rescued-1`, 'ours')).toEqual(['stored']);
  });
});

describe('a file of which a part is missing', () => {
  it.each([
    ['its log', '-wal', '-shm'],
    ['the file itself', '', '-wal'],
  ])('is not opened without %s, and says which', async (_what, missing, rest) => {
    const stores = sqliteStores({ file });
    await store(stores, 'before');
    await store(stores, 'ours');
    remove(missing);
    const { code, message } = await another('theirs');
    expect(code).toBe('store.unavailable');
    expect(message).toContain(`"hub.db${missing}" is missing, and "hub.db${rest}" is still there`);
    expect(message).toContain('put "hub.db", "hub.db-wal" and "hub.db-shm" away before it');
    expect(existsSync(`${file}${missing}`)).toBe(false);
    expect((await refused(stores.close())).code).toBe('store.unavailable');
    if (existsSync(`${file}.rescued-1`)) renameSync(`${file}.rescued-1`, file);
    expect(await held(file, 'before', 'ours')).toEqual(['stored', 'stored']);
  });

  it('says that its log is empty where another program made that anew', async () => {
    const stores = sqliteStores({ file });
    await store(stores, 'before');
    await store(stores, 'ours');
    remove('-wal');
    writeFileSync(`${file}-wal`, '');
    const { code, message } = await another('theirs');
    expect(code).toBe('store.unavailable');
    expect(message).toContain('"hub.db-wal" is empty, and "hub.db-shm" is still there');
    await refused(stores.close());
    expect(await held(`${file}.rescued-1`, 'before', 'ours')).toEqual(['stored', 'stored']);
  });

  it('is opened after a crash that left all of them', async () => {
    await leavingProcess('is killed', 'alone');
    expect(there()).toEqual(['hub.db', 'hub.db-shm', 'hub.db-wal']);
    expect(await held(file, 'ours')).toEqual(['stored']);
    expect(there()).toEqual(['hub.db']);
  });
});
