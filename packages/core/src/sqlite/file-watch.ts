import { existsSync, lstatSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommerceError } from '../errors/commerce-error.ts';
import { realMs, systemNow } from './clock.ts';
import type { Connection } from './connection.ts';
import { fileGone, nameOf } from './failure.ts';
import { identityOf, partsGone, partsOf, realPathOf, type FileParts } from './file-parts.ts';
import { copyBeside, copyByOthers, isWrittenBack } from './rescue.ts';

/** Looks whether what SQLite writes to is still what others find under the name. */
export interface FileWatch {
  /** One look at a folder, as long as nothing comes or goes there. */
  isSound(): boolean;
  /** The same, but at most ten times a second: for reads, which destroy nothing. */
  isSoundLately(): boolean;
  /**
   * What to throw where it was not sound: `store.unavailable`. Saves first what this process can still reach, once for each
   * loss; not while a transaction is open, because that would be ended or saved with it. `isStored` says what is known of
   * what was asked for.
   */
  loss(isStored: string): CommerceError;
  /** When the process ends: saves what was lost since the last look, because nobody looks again. */
  saveAtTheEnd(): void;
  /** After a loss: whether all is in the file and nobody else can be at work on it, so that SQLite may tidy up there. */
  mayTidyUp(): boolean;
}

/** No file system tells changes apart less finely than this: FAT counts in steps of two seconds. */
const coarsestMs = 3_000;
const betweenReadsMs = 100;

interface Saved {
  readonly words: string;
  /** Nothing is in the log any more that is not in the file. */
  readonly isInFile: boolean;
}

/**
 * Watches the file of an open connection and what lies beside it. SQLite goes on writing to a file that was deleted or
 * replaced: what it acknowledges is lost with the process, and what it writes back destroys what others have stored since. So
 * a look comes before each commit and after it. What was committed before is saved: into the file, or into a copy. `opened`
 * is what the connection has open, and `leave` closes it, where that must not go on and nothing is lost by it.
 */
export function watchFile(writer: Connection, file: string, opened: FileParts, leave = () => {}): FileWatch {
  const path = resolve(file);
  const realAtFirst = realPathOf(path);
  let look = lookAt(path);
  let sound: string | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let found = opened;
  let gone: readonly (keyof FileParts)[] = [];
  let isOver = false;
  let hasLeft = false;
  let told: (Saved & { readonly loss: string }) | undefined;

  /** One look at the folder instead of one at each file: nothing comes or goes in it without its times saying so. */
  function isSound(): boolean {
    lookedAt = realMs();
    if (sound !== undefined && look().marks === sound) return true;
    sound = undefined;
    look = lookAt(path);
    const { marks, changedAt } = look();
    found = partsOf(path, realAtFirst);
    const goneNow = partsGone(opened, found);
    // Without its log or memory, or with another file in its place, others may have stored what an old one knows nothing of:
    // put back, it would be written over that. Only a file that nobody could open meanwhile may come back.
    gone = [...new Set([...(isOver ? gone : []), ...goneNow])];
    isOver ||= gone.some((part) => part !== 'main' || found.main.is !== undefined);
    if (gone.length > 0) return false;
    told = undefined;
    // What changed just now may change again without another time.
    if (systemNow.now() - changedAt > coarsestMs) sound = marks;
    return true;
  }

  const lost = () => gone.map((part) => found[part].place).join();
  const isByMemoryAlone = () => gone.every((part) => part === 'memory');
  const areNotThere = () => gone.every((part) => !existsSync(found[part].place));

  function loss(isStored: string): CommerceError {
    const part = nameOf(found[gone[0] ?? 'main'].place);
    if (told === undefined || (told.loss !== lost() && !hasLeft)) {
      if (writer.inTransaction) {
        return fileGone(
          file,
          part,
          `${isStored} What was stored before is saved as soon as the write at hand has ended.`,
        );
      }
      // Once for each loss: from then on nothing is written that a copy could miss.
      let copy = copyBeside(writer, realAtFirst);
      // Whoever deletes one part after the other may be at the next one by now.
      if (isByMemoryAlone()) isSound();
      const haveOthers = found.memory.is !== undefined;
      // SQLite lends the memory it has open to whoever opens the file next, who would write over what others stored by theirs.
      // But if the log goes next, it is only in what is open: without a copy that is held until others are at work on it.
      hasLeft = isByMemoryAlone() && (haveOthers || copy !== undefined);
      if (hasLeft && haveOthers) copy = copyByOthers(path, opened, copy, leave);
      else if (hasLeft) leave();
      told = { loss: lost(), ...save(copy) };
    }
    return fileGone(file, part, `${isStored} ${told.words}`);
  }

  /**
   * The data is where SQLite still has it open: a copy brings it back under a name. That was made first of all, because whoever
   * writes into the file may be killed half way.
   */
  function save(copy: string | undefined): Saved {
    const { log, memory } = found;
    const besides = `"${nameOf(log.place)}" and "${nameOf(memory.place)}"`;
    // The file and its log are there, and whoever opens them makes another memory, by which ours must write nothing.
    if (isByMemoryAlone()) {
      const words =
        copy === undefined
          ? `What was stored before was in the file and in "${nameOf(log.place)}" when that was noticed. ${stopAll}`
          : `What it held is in "${nameOf(copy)}". ${stopAll} ${keepBoth}`;
      return { words, isInFile: false };
    }
    // Somebody else's new log must not be mixed with ours, so only where there is none.
    const isAlone = () => !gone.includes('main') && identityOf(path) === opened.main.is && areNotThere();
    if (isAlone() && isWrittenBack(writer, isAlone)) {
      if (copy !== undefined) rmSync(copy, { force: true });
      const words = 'What was stored before was saved into the file. Stop whoever deletes files there.';
      return { words, isInFile: true };
    }
    if (copy === undefined) {
      return { words: gone.includes('main') ? 'Put the file back in its place.' : stopAll, isInFile: false };
    }
    const held = `What it held is in "${nameOf(copy)}".`;
    // Whoever found another file, or another log, may have stored in it meanwhile.
    if (gone.some((part) => part !== 'memory' && found[part].is !== undefined)) {
      return {
        words: `${held} ${stopAll} ${keepBoth}`,
        isInFile: false,
      };
    }
    return gone.includes('main')
      ? {
          words: `${held} Put the file itself back; or put the copy in its place, and ${besides} away.`,
          isInFile: false,
        }
      : { words: `${held} ${stopAll} Put that in the place of the file, and ${besides} away.`, isInFile: false };
  }

  return {
    isSound,
    // Once lost it is looked for each time: the file may be back.
    isSoundLately: () => (gone.length === 0 && realMs() - lookedAt < betweenReadsMs) || isSound(),
    loss,
    saveAtTheEnd() {
      if (isSound()) return;
      if (writer.inTransaction) writer.exec('rollback');
      loss('');
    },
    mayTidyUp: () => told?.isInFile === true && gone.every((part) => part === 'log') && areNotThere(),
  };
}

const stopAll = 'Stop every process that uses the file, and whoever deletes files there.';
const keepBoth = 'What is there now may hold newer orders: keep both, with the log that lies there.';

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
