import { fstatSync, readdirSync } from 'node:fs';
import type { FileParts } from './file-parts.ts';

/** A file that this process has open, whether or not it is still found by a name. */
export interface OwnFile {
  readonly descriptor: number;
  /** As `identityOf` gives it. */
  readonly is: string;
}

/** What this process has open, as far as the system lists it: empty where it does not. */
export function ownFiles(): readonly OwnFile[] {
  let names: readonly string[];
  try {
    names = readdirSync('/dev/fd');
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const { dev, ino } = fstatSync(Number(name));
      return [{ descriptor: Number(name), is: `${dev} ${ino}` }];
    } catch {
      // Closed meanwhile, like the one by which the list itself was read.
      return [];
    }
  });
}

/**
 * SQLite lends the memory that one connection of a process has to every other of that process, also when it was deleted and
 * other processes agree by another. Called while `count` connections of the file are open that have read from it: whether there are more in this process, and what they lend is not
 * what others find. Known only where the system lists what a process has open.
 */
export function isLentLostMemory({ main, memory }: FileParts, count: number): boolean {
  const own = ownFiles();
  const connections = own.filter(({ is }) => is === main.is).length;
  return connections > count && !own.some(({ is }) => is === memory.is);
}
