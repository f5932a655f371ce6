import { execFile } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { Stores } from '@crossdock/core';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../src/sqlite/connection.ts';
import { watchFile } from '../../src/sqlite/file-watch.ts';
import { openFile } from '../../src/sqlite/open-file.ts';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => rmSync(directory, { recursive: true }));

const run = promisify(execFile);
const refused = (what: Promise<unknown>) =>
  what.then(
    () => ({ code: 'it was acknowledged', message: '' }),
    (error: { readonly code: string; readonly message: string }) => error,
  );
const opening = () => refused((async () => sqliteStores({ file }).close())());
const there = () => readdirSync(directory).toSorted();

/** Another process stores so much that SQLite brings it from its own log into the file, between what is there. */
const storeMuch = `
  const { DatabaseSync } = require('node:sqlite');
  const [file, how] = process.argv.slice(1);
  const database = new DatabaseSync(file);
  const put = database.prepare('insert into cursors (name, cursor) values (?, ?)');
  for (let number = 0; number < 1500; number++) {
    const name = how === 'in between' ? 'm/' + ((number * 7919) % 1500) + '/theirs' : 'z/' + number;
    if (number % 100 === 0) database.exec('begin');
    put.run(name, 'x'.repeat(1500));
    if (number % 100 === 99) database.exec('commit');
  }
  database.close();
`;
/** Much in the file, something in the log alone; that is deleted, and others store much without it before anybody looks. */
async function loseMuch(how: 'in between' | 'behind it'): Promise<Stores> {
  const stores = sqliteStores({ file });
  const names = Array.from({ length: 1_500 }, (_, number) => `m/${number}`);
  await Promise.all(names.map((name) => stores.cursors.advance(name, undefined, 'x'.repeat(1_500))));
  const ours = names.slice(0, 300).map((name) => (how === 'in between' ? `${name}/ours` : `m1/ours/${name}`));
  await Promise.all(ours.map((name) => stores.cursors.advance(name, undefined, 'stored')));
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`);
  await run(process.execPath, ['--no-warnings', '--eval', storeMuch, file, how]);
  return stores;
}

describe.each(['in between', 'behind it'] as const)(
  'what was in a deleted log alone, and others stored much %s since,',
  (how) => {
    it('is told to be lost, and keeps the file closed until a person has decided', async () => {
      const stores = await loseMuch(how);
      const { code, message } = await refused(stores.cursors.advance('late', undefined, 'lost'));
      expect(code).toBe('store.unavailable');
      expect(message).toContain(
        'No sound copy could be made of what was stored before: what was only in "hub.db-wal" is lost to the store. What is left of it is in "hub.db.remains-1", and "hub.db" is not opened as long as that lies beside it.',
      );
      expect(message).not.toContain(directory);
      expect((await refused(stores.close())).message).toContain('"hub.db.remains-1"');
      expect(there().filter((name) => !/-(wal|shm)$/.test(name))).toEqual(['hub.db', 'hub.db.remains-1']);

      const again = await opening();
      expect(again.code).toBe('options.invalid');
      expect(again.message).toContain('"hub.db.remains-1" beside it holds what is left');
      expect(again.message).toContain(
        'what was only in the log is missing from the store, and writes of it would be sent again',
      );
      expect(again.message).not.toContain('put the copy in its place');

      renameSync(`${file}.remains-1`, `${file}.remains-1.compared`);
      const anew = sqliteStores({ file });
      expect(await anew.cursors.read('m/0')).toBeDefined();
      await anew.close();
    });

    it('is kept byte by byte, for its owner alone', async () => {
      const stores = await loseMuch(how);
      await refused(stores.close());
      const beside = (name: string) => join(`${file}.remains-1`, name);
      expect(readFileSync(beside('raw-wal')).includes(how === 'in between' ? 'm/0/ours' : 'm1/ours/m/0')).toBe(true);
      expect(readFileSync(beside('raw')).equals(readFileSync(file))).toBe(true);
      expect(existsSync(beside('unfinished'))).toBe(false);
    });
  },
);

/** Stores of which `copying` makes the copy, or fails to. */
async function copiedBy(copying: (run: () => number) => number) {
  await sqliteStores({ file }).close();
  const { writer, reader, parts } = openFile(file, 0, Number.POSITIVE_INFINITY, () => Date.now());
  writer.exec("insert into cursors (name, cursor) values ('ours', 'stored')");
  const left = vi.fn<() => void>(() => {
    writer.close();
    reader.close();
  });
  const connection: Connection = {
    ...writer,
    sql(query) {
      const statement = writer.sql(query);
      if (!query.text.startsWith('vacuum into')) return statement;
      return { ...statement, run: (...values) => copying(() => statement.run(...values)) };
    },
  };
  return { watch: watchFile(connection, file, parts, left), left };
}

it('keeps a copy that contradicts itself among what is left, and neither offers it nor writes it into the file', async () => {
  const { watch, left } = await copiedBy((make) => {
    const changes = make();
    const place = join(`${file}.rescuing-1`, 'unfinished');
    const copy = new DatabaseSync(place, { readOnly: true });
    const index = copy.prepare("select rootpage from sqlite_schema where type = 'index' and sql is not null").get();
    copy.close();
    const opened = openSync(place, 'r+');
    writeSync(opened, new Uint8Array(4_096), 0, 4_096, (Number(index?.['rootpage']) - 1) * 4_096);
    closeSync(opened);
    return changes;
  });
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`);
  const before = readFileSync(file);
  expect(watch.isSound()).toBe(false);
  expect(watch.loss('').message).toContain('No sound copy could be made');
  expect(left).toHaveBeenCalledOnce();
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(there()).toEqual(['hub.db', 'hub.db.remains-1']);
  const unsound = new DatabaseSync(join(`${file}.remains-1`, 'unsound'), { readOnly: true });
  expect(unsound.prepare("select cursor from cursors where name = 'ours'").all()).toEqual([{ cursor: 'stored' }]);
  unsound.close();
});

/** Loses its log, in the place of which there is another. There is room for what it held only when `room` says so. */
async function cramped(room: { isThere: boolean }) {
  const made = await copiedBy((make) => {
    if (room.isThere) return make();
    // Nor for the log.
    mkdirSync(join(`${file}.rescuing-1`, 'raw-wal'));
    throw new Error('database or disk is full');
  });
  rmSync(`${file}-wal`);
  copyFileSync(file, `${file}-wal`);
  expect(made.watch.isSound()).toBe(false);
  return made;
}

describe('stores that have no room for what they lost', () => {
  it('say that it is lost when they end, hold on to it, and try once more when they are closed', async () => {
    const room = { isThere: false };
    const { watch, left } = await cramped(room);
    const { message } = watch.loss('Nothing was stored.');
    expect(message).toContain(
      'What was stored before could not be saved: what was only in "hub.db-wal" is lost when these stores end. "hub.db.rescuing-1" keeps the file closed meanwhile. Make room, and close them: it is tried once more then.',
    );
    expect(left).not.toHaveBeenCalled();
    expect((await opening()).code).toBe('options.invalid');

    room.isThere = true;
    expect(watch.loss('').message).toContain('could not be saved');
    expect(watch.loss('', true).message).toContain('What it held is in "hub.db.rescued-1".');
    expect(left).toHaveBeenCalledOnce();
    expect(there()).not.toContain('hub.db.rescuing-1');
    const copy = join(directory, 'put-away.db');
    renameSync(`${file}.rescued-1`, copy);
    const stores = sqliteStores({ file: copy });
    expect(await stores.cursors.read('ours')).toBe('stored');
    await stores.close();
  });

  it('take the mark away when the file itself was away alone and is back', async () => {
    const { watch, left } = await copiedBy(() => {
      mkdirSync(join(`${file}.rescuing-1`, 'raw-wal'));
      throw new Error('database or disk is full');
    });
    renameSync(file, join(directory, 'elsewhere.db'));
    expect(watch.isSound()).toBe(false);
    expect(watch.loss('').message).toContain('what was only in "hub.db" is lost when these stores end');
    expect(there()).toContain('hub.db.rescuing-1');
    renameSync(join(directory, 'elsewhere.db'), file);
    expect(watch.isSound()).toBe(true);
    expect(left).not.toHaveBeenCalled();
    left();
    expect((await opening()).code).toBe('it was acknowledged');
  });

  it('leave a mark that keeps the file closed when there is no room at their end either', async () => {
    const { watch, left } = await cramped({ isThere: false });
    watch.loss('');
    watch.saveAtTheEnd();
    left();
    const { code, message } = await opening();
    expect(code).toBe('options.invalid');
    expect(message).toContain(
      '"hub.db.rescuing-1" beside it is what a process that ended too soon, or had no room, left',
    );
  });
});
