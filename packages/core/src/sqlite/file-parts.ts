import { realpathSync, statSync } from 'node:fs';

/** A place in which something of the database is found by name, and which file that is. `undefined`: there is none. */
interface FilePart {
  readonly place: string;
  readonly is: string | undefined;
}
/** The database, its log with what is not in the file yet, and the memory by which processes agree on it. */
export interface FileParts {
  readonly main: FilePart;
  readonly log: FilePart;
  readonly memory: FilePart;
}

/**
 * What whoever opens that path now finds there. Beside a link lies nothing: log and memory are where the file itself is, or,
 * where nothing is at the end of the path, where it `was`.
 */
export function partsOf(path: string, was = path): FileParts {
  const real = realPathOf(path, was);
  return { main: partAt(path), log: partAt(`${real}-wal`), memory: partAt(`${real}-shm`) };
}

function partAt(place: string): FilePart {
  return { place, is: identityOf(place) };
}

/** Those of `opened` that whoever opens the file now does not find. */
export function partsGone(opened: FileParts, found: FileParts): readonly (keyof FileParts)[] {
  const gone = (part: keyof FileParts) => opened[part].is === undefined || found[part].is !== opened[part].is;
  return (['main', 'log', 'memory'] as const).filter(gone);
}

/** Device and number of the file in that place, at the end of all links. `undefined`: there is none. */
export function identityOf(place: string): string | undefined {
  try {
    const stat = statSync(place, { throwIfNoEntry: false });
    return stat && `${stat.dev} ${stat.ino}`;
  } catch {
    // Whoever cannot even look does not find it either.
    return undefined;
  }
}

/** What it `was` where nothing is found at the end of the path. */
export function realPathOf(path: string, was = path): string {
  try {
    return realpathSync(path);
  } catch {
    return was;
  }
}
