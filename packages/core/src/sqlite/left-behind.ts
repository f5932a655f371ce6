import { existsSync, lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { badFile, filesOf, isTooManyOpen, missingPart, nameOf, tooManyOpen } from './failure.ts';
import { identityOf, partsOf } from './file-parts.ts';
import { isCopyOf, isRemainsOf, isUnfinishedCopyOf } from './rescue.ts';

/**
 * Refuses to open or to make a file while a copy lies beside it that was saved when the file, or its log, was lost to a running
 * process: without what is in the copy, keys and cursors would be forgotten and writes sent again. Only a person can say
 * whether the file holds newer orders, and does so by moving or renaming the copy.
 */
export function refuseRescued(file: string): void {
  const there = (is: (name: string, other: string) => boolean) =>
    namesOf(resolve(file)).flatMap((name) =>
      listed(dirname(name), file)
        .filter((other) => is(basename(name), other))
        .map((other) => join(dirname(name), other)),
    );
  const copies = there(isCopyOf).map(nameOf);
  if (copies.length === 0) {
    refuseRemains(file, there(isRemainsOf).map(nameOf));
    return refuseUnfinished(file, there(isUnfinishedCopyOf).filter(isBegun).map(nameOf));
  }
  const { log, memory } = partsOf(resolve(file));
  const besides = `"${nameOf(log.place)}" and "${nameOf(memory.place)}"`;
  const those = copies.map((copy) => `"${copy}"`).join(', ');
  const what = `${those} beside it holds what was stored before the file or its log was deleted, moved or replaced, and without that writes would be sent again. Stop every process that uses the file.`;
  throw badFile(
    file,
    existsSync(file)
      ? `${what} If nothing was stored in "${nameOf(file)}" since then, put the copy in its place, and ${besides} away. If newer orders are in it, keep both: put the copy away under another name, start with "${nameOf(file)}", and compare what only the copy holds ("what-is-guaranteed" says how).`
      : `${what} Put the copy in the place of "${nameOf(file)}", and ${besides} away; or put the file itself back, and the copy away under another name.`,
  );
}

/**
 * An empty one is what is left when the copy is whole, or was not begun. It is not taken away, because the latter may be for
 * another process to do.
 */
function isBegun(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return true;
  }
}

/** What was only in the log is in no database that is sound, and only a person can say what becomes of it. */
function refuseRemains(file: string, remains: readonly string[]): void {
  if (remains.length === 0) return;
  const those = remains.map((folder) => `"${folder}"`).join(', ');
  throw badFile(
    file,
    `${those} beside it holds what is left of what was stored before the file or its log was deleted, moved or replaced. No sound copy could be made of it, so what was only in the log is missing from the store, and writes of it would be sent again. Stop every process that uses the file. Compare what the folder holds with the other systems ("what-is-guaranteed" says how), and put it away under another name; ${
      existsSync(file) ? `then start with "${nameOf(file)}", or restore a backup` : 'then restore a backup'
    } after ${filesOf(file)} were put away together.`,
  );
}

/** What was lost is in none of them, so it is looked for elsewhere before anybody goes on without it. */
function refuseUnfinished(file: string, begun: readonly string[]): void {
  if (begun.length === 0) return;
  const those = begun.map((copy) => `"${copy}"`).join(', ');
  throw badFile(
    file,
    `${those} beside it is what a process that ended too soon, or had no room, left of a copy, which it was making because the file or its log had been deleted, moved or replaced. It is worth nothing. Stop every process that uses the file. ${
      existsSync(file)
        ? `What was stored last may be missing from "${nameOf(file)}": put back what was deleted or moved, or restore a backup`
        : 'Put the file itself back, or restore a backup'
    } after ${filesOf(file)} were put away together; then delete the unfinished copy.`,
  );
}

/**
 * SQLite would start with an empty log, or with an empty file, where somebody deleted the one that is in use or that a crash
 * left. What a process takes away when it closes the file, it takes away in the other order.
 */
export function refuseHalf(file: string): void {
  const path = resolve(file);
  const { main, log, memory } = partsOf(path);
  // Looked at once more, because somebody may have made, opened or closed the file between two looks.
  const rest = [log, memory].find(({ is }) => is !== undefined);
  if (main.is === undefined && rest !== undefined && identityOf(path) === undefined) {
    throw missingPart(file, nameOf(file), nameOf(rest.place));
  }
  const isHalf = memory.is !== undefined && log.is === undefined && sizeOf(memory.place) > 0;
  if (isHalf && identityOf(memory.place) === memory.is && identityOf(log.place) === undefined) {
    throw missingPart(file, nameOf(log.place), nameOf(memory.place));
  }
}

/**
 * After SQLite could not read: another program may have made anew the log that somebody had deleted, and what the memory speaks
 * of is not in it.
 */
export function refuseEmptied(file: string): void {
  const { log, memory } = partsOf(resolve(file));
  const isEmpty = log.is !== undefined && sizeOf(log.place) === 0;
  if (isEmpty && sizeOf(memory.place) > 0) throw missingPart(file, nameOf(log.place), nameOf(memory.place), 'empty');
}

/** The path and wherever it leads: copies lie beside the file itself, which may be gone. */
function namesOf(path: string): readonly string[] {
  const names = [path];
  for (let name: string | undefined = path; name !== undefined && names.length <= mostLinks;) {
    name = targetOf(name);
    if (name !== undefined) names.push(name);
  }
  const real = partsOf(path).log.place.slice(0, -'-wal'.length);
  return [...new Set([...names, real])];
}

/** More than any system follows. */
const mostLinks = 64;

function targetOf(name: string): string | undefined {
  try {
    return lstatSync(name).isSymbolicLink() ? resolve(dirname(name), readlinkSync(name)) : undefined;
  } catch {
    return undefined;
  }
}

/** In a folder at which nobody may look, nobody finds a copy either. */
function listed(folder: string, file: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isTooManyOpen(error)) throw tooManyOpen(file, error);
    return [];
  }
}

function sizeOf(place: string): number {
  return statSync(place, { throwIfNoEntry: false })?.size ?? 0;
}
