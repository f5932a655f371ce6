import { fstatSync, readdirSync } from 'node:fs';
import type { FileParts } from './file-parts.ts';

/** A file that this process has open, whether or not it is still found by a name. */
export interface OwnFile {
  readonly descriptor: number;
  /** As `identityOf` gives it. */
  readonly is: string;
  /** Whether it was deleted: no name leads to it any more. */
  readonly isNameless: boolean;
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
      const { dev, ino, nlink } = fstatSync(Number(name));
      return [{ descriptor: Number(name), is: `${dev} ${ino}`, isNameless: nlink === 0 }];
    } catch {
      // Closed meanwhile, like the one by which the list itself was read.
      return [];
    }
  });
}

/**
 * SQLite lends the memory that one connection of a process has to every other of that process, also when it was deleted and
 * other processes agree by another. Called while `count` connections of the file are open that have read from it: whether
 * there are more in this process, and what they lend is not what others find. Known only where the system lists what a
 * process has open.
 */
export function isLentLostMemory({ main, memory }: FileParts, count: number): boolean {
  const own = ownFiles();
  const connections = own.filter(({ is }) => is === main.is).length;
  return connections > count && !own.some(({ is }) => is === memory.is);
}

/**
 * The same while a file could not be opened, perhaps because of a lost memory: only where there is a memory that others
 * find, or one that was deleted. Whatever else this process has open of a file that is damaged, or another program's, lends
 * nothing.
 */
export function mayBeLentLostMemory(parts: FileParts, count: number): boolean {
  const isKnown = parts.memory.is !== undefined || ownFiles().some(({ isNameless }) => isNameless);
  return isKnown && isLentLostMemory(parts, count);
}
