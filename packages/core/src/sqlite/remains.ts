import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileParts } from './file-parts.ts';
import { ownFiles } from './own-files.ts';
import { flush, flushFolder, unfinishedIn, type Attempt } from './rescue.ts';

const chunkBytes = 1_048_576;

/**
 * Keeps what is left where no copy could be made: the log and the file byte by byte (`raw-wal`, `raw`), as this process still
 * has them open, and a copy that is not sound (`unsound`). A person may find orders in them; no store is made from them. Gives the
 * path of the folder, that keeps the file closed. `undefined`: not even the log could be kept, for want of room or because the
 * system does not say what is open. Then `folder` stays with an unfinished copy in it, and keeps the file closed as well.
 */
export function keepRemains({ isUnsound, folder, remains }: Attempt, { main, log }: FileParts): string | undefined {
  const unfinished = unfinishedIn(folder);
  try {
    if (isUnsound) renameSync(unfinished, join(folder, 'unsound'));
    // It is worth nothing, and what it takes is needed here.
    else writeFileSync(unfinished, '');
    const own = ownFiles();
    const keep = (is: string | undefined, name: string) =>
      isKept(own.find((file) => file.is === is)?.descriptor, join(folder, name));
    // The log first: it is the smaller one, and nobody else has it any more.
    const hasLog = keep(log.is, 'raw-wal');
    keep(main.is, 'raw');
    if (!hasLog && !isUnsound) return undefined;
    rmSync(unfinished, { force: true });
    renameSync(folder, remains);
  } catch {
    return undefined;
  }
  flushFolder(dirname(remains));
  return remains;
}

/** Reads by the open file itself: to open and close it by another would give up the locks of this process. */
function isKept(from: number | undefined, place: string): boolean {
  if (from === undefined) return false;
  try {
    const to = openSync(place, 'wx', 0o600);
    try {
      const { size } = fstatSync(from);
      const chunk = new Uint8Array(chunkBytes);
      for (let at = 0; at < size;) {
        const length = readSync(from, chunk, 0, chunkBytes, at);
        if (length === 0) break;
        for (let written = 0; written < length;) written += writeSync(to, chunk, written, length - written);
        at += length;
      }
    } finally {
      closeSync(to);
    }
    flush(place);
    return true;
  } catch {
    rmSync(place, { force: true });
    return false;
  }
}
