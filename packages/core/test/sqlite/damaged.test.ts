import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { failureOf } from '../../src/sqlite/failure.ts';

let directory = '';
let file = '';
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
  const stores = sqliteStores({ file });
  const names = Array.from({ length: 300 }, (_, index) => `c${index}`);
  await Promise.all(names.map((name) => stores.cursors.advance(name, undefined, 'a'.repeat(500))));
  await Promise.all(names.map((name) => stores.sequences.advance(name, { at: '2026-11-01T00:00:00Z', mark: 'm' })));
  await stores.close();
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function refusal(): { readonly code: string; readonly message: string } {
  try {
    void sqliteStores({ file }).close();
  } catch (error) {
    // What it throws for a file is an error with a code.
    return error as { code: string; message: string };
  }
  throw new Error('It was opened.');
}
/** Overwrites every page of a table but its first. */
function damage(table: string): void {
  const direct = new DatabaseSync(file);
  const pages = direct.prepare("select pageno from dbstat where name = ? and pagetype <> 'internal'").all(table);
  direct.close();
  const handle = openSync(file, 'r+');
  for (const { pageno } of pages) writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, (Number(pageno) - 1) * 4096);
  closeSync(handle);
}

it('says that the file is damaged when a damaged place is read or written, and goes on with what is sound', async () => {
  damage('cursors');
  const stores = sqliteStores({ file });
  const damaged = [
    () => stores.cursors.read('c7'),
    () => stores.cursors.advance('c7', 'a'.repeat(500), 'b'),
    () =>
      stores.atomically(async (inside) => {
        await inside.sequences.advance('c7', { at: '2026-11-02T00:00:00Z', mark: 'm' });
        await inside.cursors.advance('c7', 'a'.repeat(500), 'b');
      }),
  ];
  for (const use of damaged) {
    await expect(use()).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining(
        'Name another file, or restore a backup: put "hub.db", "hub.db-wal" and "hub.db-shm" away together first',
      ),
    });
  }
  expect(await stores.sequences.advance('c7', { at: '2026-11-01T00:00:00Z', mark: 'm' })).toBe('same');
  expect(await stores.links.find({ system: 'shop', kind: 'order', id: '1' }, 'erp', 'order')).toBeUndefined();
  await stores.close();
});

it('refuses a file that was cut off, and leaves it as it is', () => {
  truncateSync(file, 10_000);
  expect(refusal()).toMatchObject({ code: 'store.corrupt' });
  expect(statSync(file).size).toBe(10_000);
});

it('refuses a file whose head is another, and leaves it as it is', () => {
  const bytes = readFileSync(file);
  bytes.fill(0, 0, 100);
  writeFileSync(file, bytes);
  expect(refusal().code).toBe('store.corrupt');
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

it('loses nothing that was acknowledged before the damaged end of a log', async () => {
  const stores = sqliteStores({ file });
  for (const name of ['x', 'y', 'z']) await stores.cursors.advance(name, undefined, name);
  // As a machine leaves it that lost its power: file and log, the last page of the log half written.
  const copy = join(directory, 'copy.db');
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  await stores.close();
  const log = readFileSync(`${copy}-wal`);
  writeFileSync(`${copy}-wal`, Buffer.concat([log, Buffer.alloc(2_000, 0x5a)]));
  const again = sqliteStores({ file: copy });
  expect(await Promise.all(['x', 'y', 'z'].map((name) => again.cursors.read(name)))).toEqual(['x', 'y', 'z']);
  expect(await again.cursors.advance('z', 'z', 'on')).toBe(true);
  await again.close();
});

/** Changes the file as somebody does who has another program for it. */
function change(text: string): void {
  const direct = new DatabaseSync(file);
  direct.exec(text);
  direct.close();
}
const changed = { code: 'store.corrupt', message: expect.stringContaining('Somebody changed them') };

it.each(['drop table cursors', 'alter table cursors rename column cursor to place'])(
  'says that somebody changed the tables, and goes on with the others: %s',
  async (text) => {
    change(text);
    const stores = sqliteStores({ file });
    await expect(stores.cursors.read('c7')).rejects.toMatchObject(changed);
    await expect(stores.cursors.advance('new', undefined, 'a')).rejects.toMatchObject(changed);
    const unit = stores.atomically(async (inside) => {
      await inside.sequences.advance('c7', { at: '2026-11-02T00:00:00Z', mark: 'm' });
      await inside.cursors.advance('new', undefined, 'a');
    });
    await expect(unit).rejects.toMatchObject(changed);
    expect(await stores.sequences.advance('c7', { at: '2026-11-01T00:00:00Z', mark: 'm' })).toBe('same');
    await stores.close();
  },
);

it.each(['delete from schema_version', 'drop table schema_version'])(
  'refuses a file whose tables are there and their version is not, and leaves it as it is: %s',
  (text) => {
    change(text);
    const before = readFileSync(file);
    expect(refusal()).toMatchObject(changed);
    expect(readFileSync(file).equals(before)).toBe(true);
  },
);

/** What SQLite says of a statement. */
function said(text: string): unknown {
  try {
    new DatabaseSync(':memory:').exec(text);
  } catch (error) {
    return error;
  }
  throw new Error('It was carried out.');
}

it('leaves a defect of a statement of ours as SQLite says it', () => {
  for (const text of ['select * from curzors', 'select', 'create table t (a); create table t (a)']) {
    const error = said(text);
    expect(failureOf(error, file)).toBe(error);
  }
});

it('writes nothing into a file of a newer version, whatever it is asked', () => {
  const newer = new DatabaseSync(file);
  newer.exec("insert into schema_version (version, applied_at) values (99, '2030-01-01')");
  newer.close();
  const before = readFileSync(file);
  expect(refusal().message).toMatch(/schema 99, this one knows \d+\)\. Update the package, or name another file\./);
  expect(readFileSync(file).equals(before)).toBe(true);
});
