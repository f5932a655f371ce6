import { existsSync, lstatSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommerceError } from '../errors/commerce-error.ts';
import { realMs, systemNow } from './clock.ts';
import type { Connection } from './connection.ts';
import { fileGone, nameOf } from './failure.ts';
import { identityOf, partsGone, partsOf, realPathOf, type FileParts } from './file-parts.ts';
import { keepRemains } from './remains.ts';
import { copyBeside, copyByOthers, discard, isWrittenBack, type Attempt } from './rescue.ts';

/** Looks whether what SQLite writes to is still what others find under the name. */
export interface FileWatch {
  /** One look at a folder, as long as nothing comes or goes there. */
  isSound(): boolean;
  /** The same, but at most ten times a second: for reads, which destroy nothing. */
  isSoundLately(): boolean;
  /**
   * What to throw where it was not sound: `store.unavailable`. Saves first what this process can still reach, once for each
   * loss; not while a transaction is open, because that would be ended or saved with it. `isStored` says what is known of
   * what was asked for. `isLast`: nobody asks again, so what could not be saved before is tried once more.
   */
  loss(isStored: string, isLast?: boolean): CommerceError;
  /** When the process ends: saves what was lost since the last look, because nobody looks again. */
  saveAtTheEnd(): void;
}

/** No file system tells changes apart less finely than this: FAT counts in steps of two seconds. */
const coarsestMs = 3_000;
const betweenReadsMs = 100;

interface Saved {
  readonly words: string;
  /** Nothing is in what is open alone: it may be closed. */
  readonly isSafe: boolean;
  /** Nothing is in the log any more that is not in the file. */
  readonly isInFile?: boolean;
}

/**
 * Watches the file of an open connection and what lies beside it. SQLite goes on writing to a file that was deleted or
 * replaced: what it acknowledges is lost with the process, and what it writes back destroys what others have stored since. So
 * a look comes before each commit and after it. What was committed before is saved: into the file, or into a copy. `opened`
 * is what the connection has open, and `leave` closes it, where that must not go on and nothing is lost by it: tidily where
 * all is in the file and nobody else can be at work on it.
 */
export function watchFile(
  writer: Connection,
  file: string,
  opened: FileParts,
  leave: (isTidy: boolean) => void = () => {},
): FileWatch {
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
  let unsaved: Attempt | undefined;

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
    // Nothing is lost, so nothing has to keep the file closed.
    if (unsaved !== undefined) discard(unsaved);
    unsaved = undefined;
    // What changed just now may change again without another time.
    if (systemNow.now() - changedAt > coarsestMs) sound = marks;
    return true;
  }

  const lost = () => gone.map((part) => found[part].place).join();
  const isByMemoryAlone = () => gone.every((part) => part === 'memory');
  const areNotThere = () => gone.every((part) => !existsSync(found[part].place));

  function loss(isStored: string, isLast = false): CommerceError {
    const part = nameOf(found[gone[0] ?? 'main'].place);
    const isNew = told === undefined || told.loss !== lost() || (isLast && !told.isSafe);
    if (isNew && !hasLeft) {
      if (writer.inTransaction) {
        const later = 'What was stored before is saved as soon as the write at hand has ended.';
        return fileGone(file, part, `${isStored} ${later}`, isLast);
      }
      // Once for each loss: from then on nothing is written that a copy could miss.
      if (unsaved !== undefined) discard(unsaved);
      const attempt = copyBeside(writer, realAtFirst);
      // Whoever deletes one part after the other may be at the next one by now.
      if (isByMemoryAlone()) isSound();
      const saved = isByMemoryAlone() ? saveFromMemory(attempt) : save(attempt);
      told = { loss: lost(), ...saved };
    }
    // SQLite lends what it has open to whoever opens the file next in this process, who would write over what others stored.
    if (isOver && told?.isSafe === true && !hasLeft) {
      hasLeft = true;
      leave(told.isInFile === true && gone.every((one) => one === 'log') && areNotThere());
    }
    const isGoneSince = told?.isInFile === true && gone.includes('main');
    const since = isGoneSince ? ` "${nameOf(path)}" itself was deleted, moved or replaced after that.` : '';
    return fileGone(file, part, `${isStored} ${told?.words ?? ''}${since}`, isLast);
  }

  /** The file and its log are there, and whoever opens them makes another memory, by which ours must write nothing. */
  function saveFromMemory(attempt: Attempt | undefined): Saved {
    if (attempt !== undefined && attempt.copy === undefined) discard(attempt);
    const haveOthers = found.memory.is !== undefined;
    const copy = haveOthers ? copyByOthers(path, opened, attempt?.copy, () => leave(false)) : attempt?.copy;
    const words =
      copy === undefined
        ? `What was stored before was in the file and in "${nameOf(found.log.place)}" when that was noticed. ${stopAll}`
        : `What it held is in "${nameOf(copy)}". ${stopAll} ${keepBoth}`;
    // If the log goes next, it is only in what is open: without a copy that is held until others are at work on it.
    return { words, isSafe: haveOthers || copy !== undefined };
  }

  /**
   * The data is where SQLite still has it open: a copy brings it back under a name. That was made first of all, because whoever
   * writes into the file may be killed half way.
   */
  function save(attempt: Attempt | undefined): Saved {
    const besides = `"${nameOf(found.log.place)}" and "${nameOf(found.memory.place)}"`;
    // Somebody else's new log must not be mixed with ours, so only where there is none.
    const isAlone = () => !gone.includes('main') && identityOf(path) === opened.main.is && areNotThere();
    if (attempt?.isUnsound !== true && isAlone() && isWrittenBack(writer, isAlone)) {
      if (attempt !== undefined) discard(attempt);
      const words = 'What was stored before was saved into the file. Stop whoever deletes files there.';
      return { words, isSafe: true, isInFile: true };
    }
    const copy = attempt?.copy;
    if (copy === undefined) return saveRemains(attempt);
    // By the same log and another file nobody reads what was stored, and whoever writes, writes over it.
    const isShared = found.main.is !== undefined && gone.includes('main') && !gone.includes('log');
    const held = isShared
      ? `What could still be read of it is in "${nameOf(copy)}"; the rest is lost if somebody has stored orders since.`
      : `What it held is in "${nameOf(copy)}".`;
    // Whoever found another file, or another log, may have stored in it meanwhile.
    if (gone.some((part) => part !== 'memory' && found[part].is !== undefined)) {
      return { words: `${held} ${stopAll} ${keepBoth}`, isSafe: true };
    }
    const words = gone.includes('main')
      ? `${held} Put the file itself back; or put the copy in its place, and ${besides} away.`
      : `${held} ${stopAll} Put that in the place of the file, and ${besides} away.`;
    return { words, isSafe: true };
  }

  /** Without a copy. The file stays closed, because what is missing in it would be asked for again. */
  function saveRemains(attempt: Attempt | undefined): Saved {
    const remains = attempt && keepRemains(attempt, opened);
    if (remains !== undefined) {
      const left = `What is left of it is in "${nameOf(remains)}", and "${nameOf(path)}" is not opened as long as that lies beside it.`;
      return {
        words: `No sound copy could be made of what was stored before: what was only in "${nameOf(found.log.place)}" is lost to the store. ${left} ${stopAll} "what-is-guaranteed" says how to go on.`,
        isSafe: true,
      };
    }
    unsaved = attempt;
    const where = gone.includes('main') ? `"${nameOf(path)}"` : `"${nameOf(found.log.place)}"`;
    const mark =
      attempt === undefined
        ? 'Nothing keeps the file closed meanwhile'
        : `"${nameOf(attempt.folder)}" keeps the file closed meanwhile`;
    return {
      words: `What was stored before could not be saved: what was only in ${where} is lost when these stores end. ${mark}. Make room, and close them: it is tried once more then. ${stopAll}`,
      isSafe: false,
    };
  }

  return {
    isSound,
    // Once lost it is looked for each time: the file may be back.
    isSoundLately: () => (gone.length === 0 && realMs() - lookedAt < betweenReadsMs) || isSound(),
    loss,
    saveAtTheEnd() {
      if (isSound()) return;
      if (!hasLeft && writer.inTransaction) writer.exec('rollback');
      loss('', true);
    },
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
