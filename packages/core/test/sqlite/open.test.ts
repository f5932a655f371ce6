import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { failureOf, isNoAccess } from '../../src/sqlite/failure.ts';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function refusal(path = file): { readonly code: string; readonly message: string } {
  try {
    void sqliteStores({ file: path }).close();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('It was opened.');
}

it('keeps what it stored for whoever opens the file next', async () => {
  const first = sqliteStores({ file });
  await first.cursors.advance('c', undefined, 'a');
  await first.close();
  const second = sqliteStores({ file });
  expect(await second.cursors.read('c')).toBe('a');
  await second.close();
});

it('refuses a directory that is not there, and says so', () => {
  const { code, message } = refusal(join(directory, 'missing', 'hub.db'));
  expect(code).toBe('options.invalid');
  expect(message).toContain('its directory does not exist. Create it first.');
  expect(message).not.toContain(directory);
});

it.each(['', ':memory:'])('refuses "%s" as a file', (path) => {
  expect(refusal(path).code).toBe('options.invalid');
});

it.each([[undefined], [null], [5]])('refuses %j as a file, where no compiler looked', (path) => {
  // On purpose not what the compiler would let through.
  expect(() => sqliteStores({ file: path as unknown as string })).toThrow(
    expect.objectContaining({ code: 'options.invalid', message: expect.stringContaining('it is no path of a file') }),
  );
});

it('refuses a directory in the place of the file', () => {
  mkdirSync(file);
  expect(refusal().code).toBe('options.invalid');
});

it('refuses a file that has two names, because each would have a log of its own', async () => {
  const first = sqliteStores({ file });
  await first.cursors.advance('c', undefined, 'a');
  const other = join(directory, 'other.db');
  linkSync(file, other);
  for (const name of [file, other]) {
    const { code, message } = refusal(name);
    expect(code).toBe('options.invalid');
    expect(message).toContain('has another name too (a hard link)');
  }
  await first.close();
  copyFileSync(other, `${other}.copy`);
  renameSync(`${other}.copy`, other);
  const second = sqliteStores({ file });
  expect(await second.cursors.read('c')).toBe('a');
  await second.close();
});

it('refuses a file that is no database, and leaves it as it is', () => {
  const text = 'Dear diary, '.repeat(500);
  writeFileSync(file, text);
  expect(refusal()).toMatchObject({ code: 'store.corrupt' });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

it('refuses a damaged store', async () => {
  const stores = sqliteStores({ file });
  await Promise.all(
    Array.from({ length: 500 }, (_, index) => stores.cursors.advance(`c${index}`, undefined, 'a'.repeat(500))),
  );
  await stores.close();
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096, bytes.length);
  writeFileSync(file, bytes);
  expect(refusal()).toMatchObject({ code: 'store.corrupt' });
});

it('refuses another program’s database, and leaves it as it is', () => {
  const other = new DatabaseSync(file);
  other.exec('create table jobs (id text); insert into jobs values (7)');
  other.close();
  expect(refusal().message).toContain('it is a database of another program');
  const again = new DatabaseSync(file);
  expect(again.prepare('select count(*) as count from sqlite_schema').get()).toMatchObject({ count: 1 });
  again.close();
});

it('refuses a file of a newer version, and loses nothing in it', async () => {
  await sqliteStores({ file }).close();
  const newer = new DatabaseSync(file);
  newer.exec("insert into schema_version (version, applied_at) values (99, '2030-01-01')");
  newer.close();
  const { code, message } = refusal();
  expect(code).toBe('options.invalid');
  expect(message).toContain('schema 99');
  expect(message).toContain('Update the package');
});

it.each([
  [8, 'attempt to write a readonly database'],
  [14, 'unable to open database file'],
])('says what to do when SQLite answers %i (%s)', (errcode, message) => {
  const thrown = Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode });
  const failure = failureOf(thrown, file);
  expect(failure).toMatchObject({ code: 'store.unavailable', retryable: true, cause: thrown });
  expect(String(failure)).toContain('Look at the permissions of the file and of its directory');
  expect(isNoAccess(thrown)).toBe(true);
});

it('refuses a place under a file', () => {
  writeFileSync(file, '');
  expect(refusal(join(file, 'hub.db'))).toMatchObject({ code: 'options.invalid' });
});

it('says that another process holds the file, and stores nothing of the unit', async () => {
  const stores = sqliteStores({ file, busyTimeoutMs: 50 });
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  await expect(stores.cursors.advance('c', undefined, 'a')).rejects.toMatchObject({
    code: 'store.unavailable',
    retryable: true,
  });
  expect(await stores.cursors.read('c')).toBeUndefined();
  other.exec('rollback');
  other.close();
  expect(await stores.cursors.advance('c', undefined, 'a')).toBe(true);
  await stores.close();
});

it('are closed for whoever asks for it once more only when the unit of work under way is stored', async () => {
  const stores = sqliteStores({ file });
  const { promise: rest, resolve: goOn } = Promise.withResolvers<void>();
  const inside = Promise.withResolvers<unknown>();
  const unit = stores.atomically(async ({ cursors }) => {
    await rest;
    await cursors.advance('c', undefined, 'a');
    // It would wait for the unit, and the unit for it.
    inside.resolve(await stores.close().catch((error: unknown) => error));
  });
  const order: string[] = [];
  void unit.then(() => order.push('stored'));
  const closings = [stores.close(), stores.close()].map(async (closing) => {
    await closing;
    order.push('closed');
  });
  await new Promise((resolve) => setImmediate(resolve));
  goOn();
  await Promise.all(closings);
  expect(order).toEqual(['stored', 'closed', 'closed']);
  expect(await inside.promise).toMatchObject({ code: 'flow.defect' });
  await stores.close();
});

it('refuses what is asked of closed stores, after it has stored what was asked before', async () => {
  const stores = sqliteStores({ file });
  const before = stores.cursors.advance('c', undefined, 'a');
  await stores.close();
  expect(await before).toBe(true);
  await expect(stores.cursors.read('c')).rejects.toMatchObject({ code: 'store.unavailable' });
  await expect(stores.atomically(async () => 1)).rejects.toMatchObject({ code: 'store.unavailable' });
});
