import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
/** Another process opens the file, stores an order and closes it. */
async function storeElsewhere(name: string): Promise<void> {
  const { pathname: script } = new URL('opening-process.ts', import.meta.url);
  const { stdout } = await run(process.execPath, [
    '--conditions=@crossdock/source',
    '--no-warnings',
    script,
    file,
    name,
  ]);
  const { wrote } = JSON.parse(stdout) as { readonly wrote?: boolean };
  if (wrote !== true) throw new Error(`The other process stored nothing: ${stdout}`);
}
const refused = (what: Promise<unknown>) =>
  what.then(
    () => ({ code: 'it was acknowledged', message: '' }),
    (error: { readonly code: string; readonly message: string }) => error,
  );
const store = (stores: Stores, name: string) => stores.cursors.advance(name, undefined, 'stored');
async function held(path: string, ...names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const stores = sqliteStores({ file: path });
  const cursors = await Promise.all(names.map((name) => stores.cursors.read(name)));
  await stores.close();
  return cursors;
}
const beside = (name: string) => join(directory, name);
const there = () => readdirSync(directory).toSorted();

/** Nothing that another process was told is stored is gone, and what these stores held is found. */
async function expectNothingLost(): Promise<void> {
  const copy = `${file}.rescued-1`;
  const away = beside('put-away.db');
  if (existsSync(copy)) renameSync(copy, away);
  expect(await held(existsSync(away) ? away : file, 'before', 'ours')).toEqual(['stored', 'stored']);
  expect(await held(file, 'theirs')).toEqual(['stored']);
}

describe.each([
  ['the memory', ['-shm']],
  ['log and memory', ['-wal', '-shm']],
  ['all three files', ['', '-wal', '-shm']],
])('when the old ones are put back of %s, without which another process has stored orders', (_what, ends) => {
  const move = (from: string, to: string) => {
    for (const end of ends) if (existsSync(`${from}${end}`)) renameSync(`${from}${end}`, `${to}${end}`);
  };
  let stores: Stores;
  beforeEach(async () => {
    stores = sqliteStores({ file });
    await store(stores, 'before');
    await store(stores, 'ours');
    move(file, beside('away'));
    await storeElsewhere('theirs');
    await refused(store(stores, 'refused'));
    move(file, beside('theirs'));
    move(beside('away'), file);
  });

  it('writes and reads nothing by them, and leaves them alone at the end', async () => {
    const part = `"hub.db${ends[0]}" was deleted, moved or replaced while it was open`;
    const writing = await refused(store(stores, 'late'));
    expect(writing.code).toBe('store.unavailable');
    expect(writing.message).toContain(part);
    const reading = await refused(stores.cursors.read('ours'));
    expect(reading.code).toBe('store.unavailable');
    expect(reading.message).toContain(part);
    const closing = await refused(stores.close());
    expect(closing.code).toBe('store.unavailable');
    expect(closing.message).toContain(part);
    for (const end of ends) expect(existsSync(`${file}${end}`)).toBe(true);

    move(file, beside('away'));
    move(beside('theirs'), file);
    await expectNothingLost();
  });
});

describe('stores that lost their memory, and that nobody closes,', () => {
  let stores: Stores;
  beforeEach(async () => {
    stores = sqliteStores({ file });
    await store(stores, 'before');
    await store(stores, 'ours');
    renameSync(`${file}-shm`, beside('old'));
    await storeElsewhere('theirs');
    await refused(store(stores, 'refused'));
    // Nobody opens the file beside the copy until a person has put that away.
    renameSync(`${file}.rescued-1`, beside('put-away.db'));
  });

  it('have saved what they held, in case the log goes as well', async () => {
    expect(await held(beside('put-away.db'), 'before', 'ours')).toEqual(['stored', 'stored']);
  });

  it('lend it to no new stores of their process, which would write over what others stored', async () => {
    const anew = sqliteStores({ file });
    expect(await store(anew, 'anew')).toBe(true);
    await anew.close();
    expect(await held(file, 'before', 'ours', 'theirs', 'anew')).toEqual(['stored', 'stored', 'stored', 'stored']);
  });

  it('lend it to no other process either when it is put back', async () => {
    renameSync(beside('old'), `${file}-shm`);
    await storeElsewhere('anew');
    expect(await held(file, 'before', 'ours', 'theirs', 'anew')).toEqual(['stored', 'stored', 'stored', 'stored']);
  });

  it('go on saying so, also when others took the log away, and once more when they are closed', async () => {
    await storeElsewhere('anew');
    expect(existsSync(`${file}-wal`)).toBe(false);
    const unit = stores.atomically(async (inside) => inside.cursors.advance('unit', undefined, 'lost'));
    for (const work of [store(stores, 'late'), stores.cursors.read('ours'), unit, stores.close()]) {
      const { code, message } = await refused(work);
      expect(code).toBe('store.unavailable');
      expect(message).toContain('"hub.db-shm" was deleted, moved or replaced while it was open');
      expect(message).toContain('What it held is in "hub.db.rescued-1".');
    }
  });
});

/** Another program brings all that is in the log into the file, begins it anew and stores in it. */
const beginAnew = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('pragma wal_checkpoint(restart)');
  const put = database.prepare('insert into cursors (name, cursor) values (?, ?)');
  for (let number = 0; number < 100; number++) put.run('theirs/' + number, 'stored'.repeat(20));
  database.close();
`;

it('saves what others find, where its own memory knows nothing of a log that they have begun anew', async () => {
  const stores = sqliteStores({ file });
  const names = Array.from({ length: 50 }, (_, number) => `ours/${number}`);
  for (const name of names) await stores.cursors.advance(name, undefined, 'stored'.repeat(20));
  rmSync(`${file}-shm`);
  await run(process.execPath, ['--no-warnings', '--eval', beginAnew, file]);
  expect((await refused(store(stores, 'refused'))).message).toContain('What it held is in "hub.db.rescued-1".');
  await refused(stores.close());
  const copy = beside('put-away.db');
  renameSync(`${file}.rescued-1`, copy);
  expect(there()).toEqual(['hub.db', 'hub.db-shm', 'hub.db-wal', 'put-away.db']);
  for (const path of [copy, file]) {
    const all = await held(path, ...names, 'theirs/99', 'refused');
    expect(all).toEqual([...[...names, 'theirs/99'].map(() => 'stored'.repeat(20)), undefined]);
  }
});
