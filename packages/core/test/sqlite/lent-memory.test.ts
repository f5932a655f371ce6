import { execFile } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
/** Another process opens the file, stores an order and closes it. */
async function storeElsewhere(name: string): Promise<void> {
  const { pathname: script } = new URL('opening-process.ts', import.meta.url);
  const node = ['--conditions=@crossdock/source', '--no-warnings', script, file, name];
  const { stdout } = await run(process.execPath, node);
  const { wrote } = JSON.parse(stdout) as { readonly wrote?: boolean };
  if (wrote !== true) throw new Error(`The other process stored nothing: ${stdout}`);
}
const refused = (what: Promise<unknown>) =>
  what.then(
    () => ({ code: 'it was acknowledged', message: '' }),
    (error: { readonly code: string; readonly message: string }) => error,
  );
const opening = () => refused((async () => sqliteStores({ file }).close())());
const store = (stores: Stores, name: string) => stores.cursors.advance(name, undefined, 'stored');
async function held(path: string, ...names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const stores = sqliteStores({ file: path });
  const cursors = await Promise.all(names.map((name) => stores.cursors.read(name)));
  await stores.close();
  return cursors;
}
const remove = (...ends: readonly string[]) => {
  for (const end of ends) rmSync(`${file}${end}`);
};
function putCopyAway(): string {
  const away = join(directory, 'put-away.db');
  renameSync(`${file}.rescued-1`, away);
  return away;
}

describe('new stores that are made beside older ones of the same process', () => {
  let older: Stores;
  beforeEach(async () => {
    older = sqliteStores({ file });
    await store(older, 'ours');
  });

  it('find what another process stored after log and memory were deleted, although nobody closed the older ones', async () => {
    remove('-wal', '-shm');
    const { message } = await refused(store(older, 'refused'));
    expect(message).toContain('What was stored before was saved into the file.');
    expect(message).toContain('Close these, then make new stores.');
    await storeElsewhere('theirs');
    const anew = sqliteStores({ file });
    expect(await store(anew, 'theirs')).toBe(false);
    expect(await store(anew, 'anew')).toBe(true);
    await anew.close();
    expect((await refused(older.close())).message).toContain('These stores are closed.');
    expect(await held(file, 'ours', 'theirs', 'anew', 'refused')).toEqual(['stored', 'stored', 'stored', undefined]);
  });

  it('are opened at once when the log was deleted and all of it was saved into the file', async () => {
    remove('-wal');
    await refused(store(older, 'refused'));
    expect(readdirSync(directory)).toEqual(['hub.db']);
    expect(await held(file, 'ours')).toEqual(['stored']);
    await refused(older.close());
    expect(readdirSync(directory)).toEqual(['hub.db']);
  });

  it('are told by the older ones that the file in which all was saved is gone as well', async () => {
    remove('-wal');
    expect((await refused(store(older, 'refused'))).message).not.toContain('after that');
    remove('');
    const { message } = await refused(older.close());
    expect(message).toContain('was saved into the file.');
    expect(message).toContain('"hub.db" itself was deleted, moved or replaced after that.');
  });

  it.each([
    ['the memory', ['-shm']],
    ['log and memory', ['-wal', '-shm']],
  ])('are refused while those have not noticed that %s went, and say what to do', async (_what, ends) => {
    remove(...ends);
    await storeElsewhere('theirs');
    // No lender of a lost memory: what is refused writes nothing by it.
    for (let time = 0; time < 3; time++) {
      const { code, message } = await opening();
      expect(code).toBe('store.unavailable');
      expect(message).toContain(
        'other stores of this process still have it open, and "hub.db-shm" was deleted, moved or replaced under them. Close those',
      );
      expect(message).not.toContain('Wait');
      expect(message).not.toContain(directory);
    }
    const { message } = await refused(older.close());
    expect(message).toContain('What it held is in "hub.db.rescued-1".');
    const away = putCopyAway();
    expect(await held(away, 'ours')).toEqual(['stored']);
    const anew = sqliteStores({ file });
    expect(await store(anew, 'theirs')).toBe(false);
    await anew.close();
  });

  it.each([
    ['the memory', ['-shm']],
    ['log and memory', ['-wal', '-shm']],
  ])('are refused although nobody else opened the file since %s went', async (_what, ends) => {
    remove(...ends);
    expect((await opening()).message).toContain('Close those, which saves what they hold; then open it again.');
    await refused(older.close());
    const away = putCopyAway();
    expect(await held(away, 'ours')).toEqual(['stored']);
  });

  it('are refused while one of several has not noticed, and open when all are closed', async () => {
    const idle = sqliteStores({ file });
    remove('-wal', '-shm');
    await refused(older.close());
    await storeElsewhere('theirs');
    expect((await opening()).message).toContain('other stores of this process still have it open');
    await refused(idle.close());
    if (existsSync(`${file}.rescued-1`)) putCopyAway();
    expect(await held(file, 'ours', 'theirs')).toEqual(['stored', 'stored']);
  });

  it('are opened as long as all is there', async () => {
    const anew = sqliteStores({ file });
    expect(await store(anew, 'anew')).toBe(true);
    expect(await older.cursors.read('anew')).toBe('stored');
    await anew.close();
    await older.close();
  });
});

describe('a file that this process has open for something else', () => {
  it('is refused for what it is where it is another program’s', async () => {
    const theirs = new DatabaseSync(file);
    theirs.exec('create table things (name text)');
    const { code, message } = await opening();
    theirs.close();
    expect([code, message]).toEqual(['store.corrupt', expect.stringContaining('another program')]);
  });

  it('is refused for what it is where it is no database', async () => {
    writeFileSync(file, 'a letter, and nothing that any database would begin with');
    const descriptor = openSync(file, 'r');
    expect(await opening()).toMatchObject({ code: 'store.corrupt' });
    closeSync(descriptor);
  });
});
