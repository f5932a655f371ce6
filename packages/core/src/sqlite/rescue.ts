import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openConnection, type Connection, type Query } from './connection.ts';
import { partsOf, type FileParts } from './file-parts.ts';

const copyTo: Query = { text: 'vacuum into ?' };
const check: Query<{ readonly integrity_check: string }> = { text: 'pragma integrity_check(1)' };
const writeBack: Query<{ readonly busy: number; readonly log: number; readonly checkpointed: number }> = {
  text: 'pragma wal_checkpoint',
};
/** So many names are tried. Whoever lost a file that often has to tidy up first. */
const mostCopies = 1_000;
/** Nobody keeps readers waiting but who is just opening or closing the file. */
const othersMs = 1_000;

/** What came of copying. */
export interface Attempt {
  /** The path of the copy. `undefined`: there is none that may take the place of the file. */
  readonly copy: string | undefined;
  /** What is read is no state that ever was: others have changed the file since. */
  readonly isUnsound: boolean;
  /** Lies beside the file, and keeps that closed, until somebody discards it: where there is no copy. */
  readonly folder: string;
  /** The name for the folder when it holds what is left. */
  readonly remains: string;
}

/**
 * Copies what a connection still reads to a new file beside `path`. There is no copy for want of room, or because the content
 * cannot be read or is not sound. `undefined`: not even begun. A rescue is made from what is left, so why it did not succeed
 * says nothing that the failure which called for it does not say.
 *
 * It has the name of a copy only when it is whole, sound and on the disk. Until then it lies in a folder, which nobody can put
 * in the place of the file.
 */
export function copyBeside(writer: Connection, path: string): Attempt | undefined {
  const begun = begin(path);
  if (begun === undefined) return undefined;
  const { folder, copy, remains } = begun;
  const unfinished = unfinishedIn(folder);
  const failed = { copy: undefined, isUnsound: false, folder, remains };
  try {
    // Made beforehand for its owner alone, because who may read the database is not known any more.
    closeSync(openSync(unfinished, 'wx', 0o600));
    writer.sql(copyTo).run(unfinished);
    if (!isSoundDatabase(unfinished)) return { ...failed, isUnsound: true };
    flush(unfinished);
    renameSync(unfinished, copy);
  } catch {
    return failed;
  }
  flushFolder(dirname(copy));
  discardFolder(folder);
  return { copy, isUnsound: false, folder, remains };
}

/** Takes away what came of copying, where nobody needs it. */
export function discard({ copy, folder }: Attempt): void {
  discardFolder(folder);
  if (copy !== undefined) rmSync(copy, { force: true });
}

/** Where a copy lies that is not finished. */
export function unfinishedIn(folder: string): string {
  return join(folder, 'unfinished');
}

/** SQLite copies as well what contradicts itself, such as keys that are not in their order. */
function isSoundDatabase(place: string): boolean {
  const reader = openConnection(place, 0, true);
  try {
    return reader.sql(check).get()?.integrity_check === 'ok';
  } finally {
    reader.close();
  }
}

function discardFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * The same as others find it who have made a memory of their own: the one that this process had knows nothing of what they have
 * done to the log since, and where they began that anew, what was copied by it is no state that ever was. `leave` closes all that
 * this process has open, which SQLite would use again. Takes the place of `copy`; where it cannot be made, that stays.
 */
export function copyByOthers(
  path: string,
  opened: FileParts,
  copy: string | undefined,
  leave: () => void,
): string | undefined {
  let held: number | undefined;
  try {
    // As long as it is held, no other file gets its number. SQLite locks nothing in a log, so nothing is unlocked by this.
    held = openSync(opened.log.place, 'r');
    leave();
    // It may only read, so it makes nothing where nothing is, and tidies nothing up.
    const reader = openConnection(path, othersMs, true);
    try {
      const better = copyBeside(reader, opened.log.place.slice(0, -'-wal'.length));
      if (better === undefined) return copy;
      const { main, log } = partsOf(path);
      if (better.copy === undefined || main.is !== opened.main.is || log.is !== opened.log.is) {
        discard(better);
        return copy;
      }
      if (copy === undefined) return better.copy;
      renameSync(better.copy, copy);
      return copy;
    } finally {
      reader.close();
    }
  } catch {
    return copy;
  } finally {
    leave();
    if (held !== undefined) closeSync(held);
  }
}

/** Whether that is the name of a copy of the file of that name, under which nobody has put it away yet. */
export function isCopyOf(name: string, other: string): boolean {
  return other.startsWith(name) && /^\.rescued-\d+$/.test(other.slice(name.length));
}

/** Whether that is the name of a folder with a copy of the file of that name that is not finished. */
export function isUnfinishedCopyOf(name: string, other: string): boolean {
  return other.startsWith(name) && /^\.rescuing-\d+$/.test(other.slice(name.length));
}

/** Whether that is the name of a folder with what is left of the file of that name, of which no copy could be made. */
export function isRemainsOf(name: string, other: string): boolean {
  return other.startsWith(name) && /^\.remains-\d+$/.test(other.slice(name.length));
}

/** A new folder for a copy whose name nothing had: an older copy holds less, and another process makes its own. */
function begin(path: string): (Omit<Attempt, 'isUnsound'> & { readonly copy: string }) | undefined {
  for (let number = 1; number <= mostCopies; number++) {
    const folder = `${path}.rescuing-${number}`;
    const copy = `${path}.rescued-${number}`;
    const remains = `${path}.remains-${number}`;
    try {
      mkdirSync(folder, 0o700);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue;
      return undefined;
    }
    // Whoever has the folder has the name of the copy too.
    if (!existsSync(copy) && !existsSync(remains)) return { folder, copy, remains };
    discardFolder(folder);
  }
  return undefined;
}

/** Writes to the disk what was written to that file. */
export function flush(place: string): void {
  const opened = openSync(place, 'r+');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Not every system lets a folder be flushed; the copy has its name all the same. */
export function flushFolder(folder: string): void {
  try {
    const opened = openSync(folder, 'r');
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch {
    return;
  }
}

/**
 * Writes what is in the log into the file. `false`: the file is as it was, because somebody reads an older state, or because
 * it was not ours alone any more (`isAlone`) when it came to that.
 */
export function isWrittenBack(writer: Connection, isAlone: () => boolean): boolean {
  try {
    // A whole file at once: see openFile.
    writer.exec('pragma cache_spill = true');
    // Written back in part, old and new pages would be mixed in the file. After this every page has its latest version in
    // one transaction at the end of the log, and SQLite writes back all of them or none.
    writer.exec('vacuum');
    if (!isAlone()) return false;
    const { busy, log, checkpointed } = writer.sql(writeBack).get() ?? {};
    return busy === 0 && log === checkpointed;
  } catch {
    return false;
  } finally {
    writer.exec('pragma cache_spill = false');
  }
}
