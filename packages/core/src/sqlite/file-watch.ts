import { existsSync, lstatSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemNow } from './clock.ts';
import type { Connection } from './connection.ts';
import { fileGone, nameOf } from './failure.ts';
import { identityOf, partsGone, partsOf, realPathOf, type FilePart, type FileParts } from './file-parts.ts';
import { copyBeside, isWrittenBack } from './rescue.ts';

/** Looks whether what SQLite writes to is still what others find under the name. */
export interface FileWatch {
  /** After a commit. Throws `store.unavailable` when it is not, after it saved what this process can still reach. */
  check(): void;
  /** Before anything is written; only where it was so before, and for free as long as nothing happened. */
  checkAgain(): void;
}

/** No file system tells changes apart less finely than this: FAT counts in steps of two seconds. */
const coarsestMs = 3_000;

/**
 * Watches the file of an open connection and what lies beside it. SQLite goes on writing to a file that was deleted or
 * replaced, and everything that it acknowledges is lost with the process; so a commit counts only if the files are in
 * their places after it. What was committed before is saved: into the file, or into a copy. `opened` is what the connection
 * has open.
 */
export function watchFile(writer: Connection, file: string, opened: FileParts): FileWatch {
  const path = resolve(file);
  const realAtFirst = realPathOf(path);
  let look = lookAt(path);
  let sound: string | undefined;
  let told: { readonly loss: string; readonly saved: string } | undefined;

  /** One look at the folder instead of one at each file: nothing comes or goes in it without its times saying so. */
  function check(isStored = 'This unit of work may have been stored all the same.'): void {
    if (sound !== undefined && look().marks === sound) return;
    sound = undefined;
    look = lookAt(path);
    const { marks, changedAt } = look();
    checkParts(isStored);
    // What changed just now may change again without another time.
    sound = systemNow.now() - changedAt > coarsestMs ? marks : undefined;
  }

  function checkParts(isStored: string): void {
    const found = partsOf(path);
    const gone = partsGone(opened, found);
    const [first] = gone;
    if (first === undefined) {
      told = undefined;
      return;
    }
    const loss = gone.map(({ place }) => place).join();
    // Once for each loss: from then on nothing is written that a copy could miss.
    if (told?.loss !== loss) told = { loss, saved: saved(gone, found) };
    throw fileGone(file, nameOf(first.place), `${isStored} ${told.saved}`);
  }

  /** The data is where SQLite still has it open: a copy brings it back under a name. */
  function saved(gone: readonly FilePart[], { main, log, memory }: FileParts): string {
    // What is in the file and its log is safe, and who finds another memory may be at work on them already.
    if (gone.every((part) => part === memory)) {
      return `What was stored before is in the file and in "${nameOf(log.place)}". ${stopAll}`;
    }
    // First of all: whoever writes into the file may be killed half way.
    const copy = copyBeside(writer, realAtFirst);
    // Somebody else's new log must not be mixed with ours, so only where there is none.
    const canWriteBack = !gone.includes(main) && gone.every(({ place }) => !existsSync(place));
    if (canWriteBack && isWrittenBack(writer)) {
      if (copy !== undefined) rmSync(copy, { force: true });
      return 'What was stored before was saved into the file. Stop whoever deletes files there.';
    }
    if (copy === undefined) return gone.includes(main) ? 'Put the file back in its place.' : stopAll;
    const held = `What it held is in "${nameOf(copy)}".`;
    return gone.includes(main)
      ? `${held} Put that, or the file itself, in its place.`
      : `${held} ${stopAll} Put that in the place of the file.`;
  }

  return {
    check,
    checkAgain() {
      if (told !== undefined) check('Nothing of this unit of work was stored.');
    },
  };
}

const stopAll = 'Stop every process that uses the file, and whoever deletes files there.';

interface Look {
  readonly marks: string;
  readonly changedAt: number;
}

/** Looks at the folders in which the file is found now. Where the path is a link, also at where that leads. */
function lookAt(path: string): () => Look {
  const folders = [...new Set([dirname(path), dirname(realPathOf(path))])];
  const leadsTo = isLink(path) ? () => identityOf(path) : () => '';
  return () => {
    const looks = folders.map(folderLook);
    return {
      marks: `${looks.map(({ marks }) => marks).join()} ${leadsTo()}`,
      changedAt: Math.max(...looks.map(({ changedAt }) => changedAt)),
    };
  };
}

/**
 * When a name in the folder came or went last, and which folder that is. Anybody may put back the time of its content, as
 * `cp -a` and `tar` do, but nobody that of its last change. One at which nobody can look changes all the time.
 */
function folderLook(folder: string): Look {
  try {
    const { dev, ino, mtimeMs, ctimeMs } = statSync(folder);
    return { marks: `${dev} ${ino} ${mtimeMs} ${ctimeMs}`, changedAt: Math.max(mtimeMs, ctimeMs) };
  } catch {
    return { marks: '', changedAt: Number.POSITIVE_INFINITY };
  }
}

/** What cannot be looked at is no reason to look less often. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return true;
  }
}
