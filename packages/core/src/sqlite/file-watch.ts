import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemNow } from './clock.ts';
import type { Connection, Query } from './connection.ts';
import { fileGone, nameOf } from './failure.ts';

/** Looks whether what SQLite writes to is still what others find under the name. */
export interface FileWatch {
  /** Throws `store.unavailable` when it is not, after it saved what this process can still reach. */
  check(): void;
  /** The same, only where it was so before: for free as long as nothing happened. */
  checkAgain(): void;
}

/** No file system tells changes apart less finely than this: FAT counts in steps of two seconds. */
const coarsestMs = 3_000;
const copyTo: Query = { text: 'vacuum into ?' };
/** Beside the database: its log, with what is not in the file yet, and the memory by which processes agree on it. */
const beside = ['-wal', '-shm'] as const;

/**
 * Watches the file of an open connection and what lies beside it. SQLite goes on writing to a file that was deleted or
 * replaced, and everything that it acknowledges is lost with the process; so a commit counts only if the files are in
 * their places after it. What was committed before is saved: into the file, or into a copy when the file itself is gone.
 */
export function watchFile(writer: Connection, file: string): FileWatch {
  const path = resolve(file);
  const real = realPathOf(path);
  const places = [path, ...beside.map((end) => `${real}${end}`)].map((place) => ({ place, is: identityOf(place) }));
  const folders = [...new Set([dirname(path), dirname(real)])];
  let sound: string | undefined;
  let wasGone = false;

  /** One look at the folder instead of one at each file: nothing comes or goes in it without its time saying so. */
  function check(): void {
    const looks = folders.map(folderLook);
    const marks = looks.map(({ mark }) => mark).join();
    if (marks === sound) return;
    checkPlaces();
    // What changed just now may change again without another time.
    const isOld = looks.every(({ changedAt }) => systemNow.now() - changedAt > coarsestMs);
    sound = isOld ? marks : undefined;
  }

  function checkPlaces(): void {
    const gone = places.filter(({ place, is }) => is === undefined || identityOf(place) !== is);
    wasGone = gone.length > 0;
    const [first] = gone;
    if (first === undefined) return;
    const isMain = first.place === path;
    throw fileGone(file, nameOf(first.place), isMain ? copied(first.is) : writtenBack(gone.map(({ place }) => place)));
  }

  /** The data is where SQLite still has it open: a copy brings it back under a name. */
  function copied(is: string | undefined): string {
    const rescue = `${real}.rescued-${is?.split(' ')[1] ?? ''}`;
    const isSaved = attempted(() => existsSync(rescue) || writer.sql(copyTo).run(rescue));
    return isSaved
      ? `What it held is in "${nameOf(rescue)}". Put that, or the file itself, in its place.`
      : 'Put the file back in its place.';
  }

  /** Somebody else's new log or memory must not be mixed with ours, so only where there is none. */
  function writtenBack(gone: readonly string[]): string {
    const isSafe = gone.every((place) => !existsSync(place));
    return isSafe && attempted(() => writer.exec('pragma wal_checkpoint'))
      ? 'What was stored before was saved into the file. Stop whoever deletes files there.'
      : 'Stop every process that uses the file, and whoever deletes files there.';
  }

  return {
    check,
    checkAgain() {
      if (wasGone) check();
    },
  };
}

/** When a name in the folder came or went last, and which folder that is. One at which nobody can look changes all the time. */
function folderLook(folder: string): { readonly changedAt: number; readonly mark: string } {
  try {
    const { dev, ino, mtimeMs: changedAt } = statSync(folder);
    return { changedAt, mark: `${dev} ${ino} ${changedAt}` };
  } catch {
    return { changedAt: Number.POSITIVE_INFINITY, mark: '' };
  }
}

/** Beside a link lies nothing: log and memory are where the file itself is. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It was deleted since it was opened, which the first check tells.
    return path;
  }
}

/** A rescue is made from what is left: where it does not succeed the failure that called for it says enough. */
function attempted(rescue: () => unknown): boolean {
  try {
    rescue();
    return true;
  } catch {
    return false;
  }
}

/** Device and number of the file in that place. `undefined`: there is none. */
function identityOf(place: string): string | undefined {
  try {
    const stat = statSync(place, { throwIfNoEntry: false });
    return stat && `${stat.dev} ${stat.ino}`;
  } catch {
    // Whoever cannot even look does not find it either.
    return undefined;
  }
}
