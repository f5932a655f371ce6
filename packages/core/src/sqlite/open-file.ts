import { accessSync, constants, existsSync, opendirSync, statSync, type Dir } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommerceError } from '../errors/commerce-error.ts';
import { connectionTo, openConnection, type Connection, type Query, type Unopened } from './connection.ts';
import {
  badFile,
  corrupt,
  failureOf,
  isBusy,
  isNoAccess,
  isTooManyOpen,
  lentLostMemory,
  mayBeLoss,
  nameOf,
  replacedMeanwhile,
  tooManyOpen,
} from './failure.ts';
import { identityOf, partsGone, partsOf, type FileParts } from './file-parts.ts';
import { isLentLostMemory, mayBeLentLostMemory } from './own-files.ts';
import { noteMoment, refuseOldMoment, takeForLatest } from './latest-moment.ts';
import { refuseEmptied, refuseHalf, refuseRescued } from './left-behind.ts';
import { applicationId, migrations } from './schema.ts';

// Of one moment: between two statements another process may make the tables.
const selectOwner: Query<{ application_id: number; tables: number }> = {
  text: 'select application_id, (select count(*) from sqlite_schema) as tables from pragma_application_id',
};
const useWal: Query<{ journal_mode: string }> = { text: 'pragma journal_mode = wal' };
const findVersions: Query<{ there: 1 }> = {
  text: "select 1 as there from sqlite_schema where name = 'schema_version'",
};
const selectVersion: Query<{ version: number | null }> = { text: 'select max(version) as version from schema_version' };
const insertVersion: Query = { text: 'insert into schema_version (version, applied_at) values (?, ?)' };

/** The file with one connection that writes and one that only reads what is committed. */
export interface StoreFile {
  readonly writer: Connection;
  readonly reader: Connection;
  /** What they have open, which is not for ever what is found under the name. */
  readonly parts: FileParts;
}

/**
 * Opens the file, makes it if there is none, and brings its schema up to date. Refuses without touching it a file that is
 * damaged, another program's, written by a newer version, found under two names, or not whole: a part of it is missing, or
 * what was rescued of it lies beside it; and one of which other stores of this process lost a part. Waits up to
 * `busyTimeoutMs` for other processes, and this process with it; afterwards the connections wait for nobody.
 */
export function openFile(file: string, busyTimeoutMs: number, clockToleranceMs: number, now: () => number): StoreFile {
  refusePath(file);
  refuseSecondName(file);
  refuseRescued(file);
  refuseHalf(file);
  refuseUnwritable(file);
  const opened: Connection[] = [];
  const open = (made: Unopened) => {
    const connection = made.open();
    opened.push(connection);
    return connection;
  };
  const isLent = () => opened.length > 0 && isLentLostMemory(partsOf(resolve(file)), opened.length);
  // A thread that is ended closes nothing and tells nobody. Node forgets what it had in the order in which that was made, and
  // in the opposite order before Node 24. The reader must be the last in both: see closingOf.
  let reader: Connection | undefined;
  const first = connectionTo(file, busyTimeoutMs, true);
  const second = connectionTo(file, busyTimeoutMs, false, () => reader?.outlast());
  let parts: FileParts | undefined;
  try {
    // Made before it is opened for good, because only what is known beforehand can be recognized afterwards.
    if (!existsSync(file)) openConnection(file, busyTimeoutMs).close();
    const is = identityOf(file);
    const writer = open(second);
    refuseForeign(writer, file);
    useLog(writer, file, busyTimeoutMs);
    // Read, so that its memory is open, and before anything is written.
    versionOf(writer, file);
    if (isLent()) throw lentLostMemory(file, nameOf(partsOf(resolve(file)).memory.place));
    writer.exec('pragma synchronous = full');
    migrate(writer, file, now);
    // Only now are log and memory there for certain.
    const found = partsOf(resolve(file));
    parts = { ...found, main: { ...found.main, is } };
    refuseOldMoment(writer.sql, `The store in "${nameOf(file)}" was not opened`, now(), clockToleranceMs);
    reader = open(first);
    reader.outlast();
    // From here on it holds the file: see closingOf.
    versionOf(reader, file);
    // What is written is in the log only with its commit, right before which somebody looks whether that is still the log.
    writer.exec('pragma cache_spill = false');
    // From here on a wait must not stop the process: see whenFree.
    for (const connection of opened) connection.exec('pragma busy_timeout = 0');
    noteOpening(writer, clockToleranceMs, now());
    refuseReplaced(file, parts);
    return { writer, reader, parts };
  } catch (error) {
    // Before anything is closed: by a lost memory SQLite finds anything wrong with the file, where others find it sound.
    const wasLent = !isBusy(error) && opened.length > 0 && mayBeLentLostMemory(partsOf(resolve(file)), opened.length);
    // After that there is room again.
    const limit = isNoAccess(error) ? limitOf(dirname(resolve(file))) : undefined;
    // In this order, nothing is written back: see closingOf.
    for (const connection of opened) connection.close();
    if (wasLent) throw lentLostMemory(file, nameOf(partsOf(resolve(file)).memory.place));
    if (limit !== undefined) throw tooManyOpen(file, limit);
    if (mayBeLoss(error)) {
      if (parts !== undefined) refuseReplaced(file, parts);
      refuseEmptied(file);
    }
    throw openFailure(error, file);
  }
}

function noteOpening({ sql }: Connection, clockToleranceMs: number, now: number): void {
  try {
    if (Number.isFinite(clockToleranceMs)) noteMoment(sql, now);
    else takeForLatest(sql, now);
  } catch (error) {
    // Whoever is writing is at work with a clock of its own, and the next claim notes the moment.
    if (!isBusy(error)) throw error;
  }
}

function refusePath(file: string): void {
  if (typeof file !== 'string' || file === '' || file === ':memory:' || file.startsWith('file:')) {
    throw badFile(file, 'it is no path of a file. Name one, or use memoryStores() for stores that need not last.');
  }
  const directory = dirname(resolve(file));
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw badFile(file, 'its directory does not exist. Create it first.');
  }
  if (existsSync(file) && !statSync(file).isFile()) throw badFile(file, 'it is no file. Name a file in that place.');
}

/** SQLite names the log after the database: by each of two names one finds a log that misses what is in the other. */
function refuseSecondName(file: string): void {
  if (!existsSync(file) || statSync(file).nlink <= 1) return;
  throw badFile(
    file,
    'the file has another name too (a hard link), and what is written by one name is missed by the other. Remove the other name, or put a copy in its place.',
  );
}

/** What was replaced since it was opened would be taken for what is open. */
function refuseReplaced(file: string, parts: FileParts): void {
  const found = partsOf(resolve(file));
  const [gone] = partsGone(parts, found);
  if (gone !== undefined) throw replacedMeanwhile(file, nameOf(found[gone].place));
}

/** A database that is not ours is left alone, even when a table of it has a name that we use. */
function refuseForeign(writer: Connection, file: string): void {
  const { application_id: id = 0, tables = 0 } = writer.sql(selectOwner).get() ?? {};
  if (id === applicationId || (id === 0 && tables === 0)) return;
  throw corrupt(file, undefined, 'it is a database of another program');
}

/**
 * SQLite opens what it may only read as well, says so at the first write, and leaves a log behind that nobody may write.
 * Log and memory are looked at too, because an earlier attempt may have left them so.
 */
function refuseUnwritable(file: string): void {
  for (const part of ['', '-wal', '-shm']) {
    try {
      accessSync(`${file}${part}`, constants.W_OK);
    } catch (error) {
      if (isMissing(error)) continue;
      throw unwritable(file, error, `${nameOf(file)}${part}`);
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * What the system says to as many files as a connection needs, where it allows no more. Asked by the directory, because
 * closing the file itself would give up the locks of other stores of this process. sqlite.org/howtocorrupt.html, section 2.2
 */
function limitOf(directory: string): unknown {
  const held: Dir[] = [];
  try {
    for (let files = 0; files < 3; files++) held.push(opendirSync(directory));
    return undefined;
  } catch (error) {
    return isTooManyOpen(error) ? error : undefined;
  } finally {
    for (const one of held) one.closeSync();
  }
}

/** Two processes that open a new file at once collide here, where SQLite does not wait by itself. */
function useLog(writer: Connection, file: string, busyTimeoutMs: number): void {
  const pauseMs = 10;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      const mode = writer.sql(useWal).get()?.journal_mode;
      if (mode === 'wal') return;
      throw badFile(file, 'its file system cannot share memory between processes. Put it on a local disk.');
    } catch (error) {
      if (!isBusy(error) || waitedMs >= busyTimeoutMs) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
}

function migrate(writer: Connection, file: string, now: () => number): void {
  if (versionOf(writer, file) === migrations.length) return;
  // Another process may be doing the same; whoever comes second finds nothing left to do.
  writer.exec('begin immediate');
  try {
    writer.exec(`pragma application_id = ${applicationId}`);
    writer.exec(
      'create table if not exists schema_version (version integer primary key, applied_at text not null) strict',
    );
    for (let version = versionOf(writer, file) + 1; version <= migrations.length; version++) {
      writer.exec(migrations[version - 1] ?? '');
      const at = new Date(now()).toISOString();
      writer.sql(insertVersion).run(version, at);
    }
    writer.exec('commit');
  } catch (error) {
    if (writer.inTransaction) writer.exec('rollback');
    throw error;
  }
}

function versionOf(writer: Connection, file: string): number {
  const table = writer.sql(findVersions).get();
  if (table === undefined) return 0;
  const row = writer.sql(selectVersion).get();
  const version = row?.version ?? 0;
  if (version <= migrations.length) return version;
  throw badFile(
    file,
    `it was written by a newer version of this package (schema ${version}, this one knows ${migrations.length}). Update the package, or name another file.`,
  );
}

/** While it is being opened, a file that cannot be written is a matter of the options and not of the weather. */
function openFailure(error: unknown, file: string): unknown {
  return isNoAccess(error) ? unwritable(file, error) : failureOf(error, file);
}

function unwritable(file: string, cause: unknown, part = nameOf(file)): CommerceError {
  return badFile(
    file,
    `"${part}" cannot be opened for writing. Look at the permissions of the file and of its directory.`,
    cause,
  );
}
