import { closeSync, openSync, rmSync } from 'node:fs';
import type { Connection, Query } from './connection.ts';

const copyTo: Query = { text: 'vacuum into ?' };
const writeBack: Query<{ readonly busy: number; readonly log: number; readonly checkpointed: number }> = {
  text: 'pragma wal_checkpoint',
};
/** So many names are tried. Whoever lost a file that often has to tidy up first. */
const mostCopies = 1_000;

/**
 * Copies what a connection still reads to a new file beside `path`, and gives the path of the copy. `undefined`: there is
 * no copy, for want of room or because the content cannot be read. A rescue is made from what is left, so why it did not
 * succeed says nothing that the failure which called for it does not say.
 */
export function copyBeside(writer: Connection, path: string): string | undefined {
  const copy = madeNew(path);
  if (copy === undefined) return undefined;
  try {
    writer.sql(copyTo).run(copy);
    return copy;
  } catch {
    rmSync(copy, { force: true });
    return undefined;
  }
}

/** Whether that is the name of a copy of the file of that name, under which nobody has put it away yet. */
export function isCopyOf(name: string, other: string): boolean {
  return other.startsWith(name) && /^\.rescued-\d+$/.test(other.slice(name.length));
}

/** An empty file under a name that nothing had: an older copy holds less, and another process makes its own. */
function madeNew(path: string): string | undefined {
  for (let number = 1; number <= mostCopies; number++) {
    const copy = `${path}.rescued-${number}`;
    try {
      // For its owner alone, because who may read the database is not known any more.
      closeSync(openSync(copy, 'wx', 0o600));
      return copy;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return undefined;
    }
  }
  return undefined;
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
