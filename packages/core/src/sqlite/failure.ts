import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { migrations } from './schema.ts';

/** SQLite's primary result codes that mean something to whoever runs a store. sqlite.org/rescode.html */
const codes = {
  error: 1,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** What may pass or be mended without changing the program. */
const weather: ReadonlyMap<number, string> = new Map([
  [codes.busy, 'another process kept it locked. It is tried again; if it lasts, look for a process that hangs'],
  [codes.locked, 'another process kept it locked. It is tried again; if it lasts, look for a process that hangs'],
  [codes.full, 'the disk is full. Make room'],
  [codes.ioError, 'the disk answered with an error. Look at the disk and its free space'],
  [codes.readOnly, 'it cannot be written. Look at the permissions of the file and of its directory'],
  [codes.cannotOpen, 'it cannot be opened. Look at the permissions of the file and of its directory'],
]);

const lossCodes: ReadonlySet<number> = new Set([
  codes.readOnly,
  codes.ioError,
  codes.corrupt,
  codes.cannotOpen,
  codes.notADatabase,
]);

/** What SQLite threw, in words that say what to do. What is no failure of the file is a defect of ours and stays as it is. */
export function failureOf(error: unknown, file: string): unknown {
  if (isCommerceError(error) || !(error instanceof Error)) return error;
  const code = primaryCode(error);
  if (code === codes.corrupt || code === codes.notADatabase) return corrupt(file, error);
  if (code === codes.error && isOtherSchema(error)) {
    return corrupt(file, error, 'tables of it are missing, or are others than its version has. Somebody changed them');
  }
  const what = code === undefined ? undefined : weather.get(code);
  return what === undefined ? error : unavailable(file, error, what);
}

// What SQLite says of a schema that is not the one a statement was written for. It has one code for all its errors.
const otherSchema =
  /no such (?:table|column): (?:main\.)?(?:\w+\.)?(\w+)|has no column named (\w+)|^(?:table|index) (\w+) already exists|duplicate column name: (\w+)/;
const ourNames: ReadonlySet<string> = new Set(['schema_version', ...(migrations.join().match(/\w+/g) ?? [])]);

/** A name that no migration knows is a defect of a statement of ours, and not the file's. */
function isOtherSchema({ message }: Error): boolean {
  const [, ...names] = otherSchema.exec(message) ?? [];
  return names.some((name) => name !== undefined && ourNames.has(name));
}

/** The file holds something else than a store, or a damaged one. Nothing in it was changed. */
export function corrupt(
  file: string,
  cause?: unknown,
  what = 'its content is no sound SQLite database',
): CommerceError {
  return new CommerceError({
    code: 'store.corrupt',
    message: `The store in "${nameOf(file)}" was not used: ${what}. Nothing was changed in it. Name another file, or restore a backup: put ${filesOf(file)} away together first, because a log that is left would be mixed into the backup.`,
    cause,
  });
}

/** Whoever made the stores has to change something before it can work. */
export function badFile(file: unknown, what: string, cause?: unknown): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    message: `sqliteStores({ file }) was not opened with "${nameOf(String(file))}": ${what}`,
    cause,
  });
}

/**
 * What was written went into a file that nobody finds any more. `saved` says what is known of the unit of work at hand, which
 * counts as not stored, and where what was stored before can be found.
 */
export function fileGone(file: string, part: string, saved: string, areClosed: boolean): CommerceError {
  const next = areClosed ? 'Then make new stores.' : 'Close these, then make new stores.';
  return new CommerceError({
    code: 'store.unavailable',
    message: `The store in "${nameOf(file)}" acknowledges nothing more: "${part}" was deleted, moved or replaced while it was open. ${saved} ${next}`,
  });
}

/** Nothing was written through these stores, and nothing is missing in what is in its place now. */
export function replacedMeanwhile(file: string, part: string): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `The store in "${nameOf(file)}" was not opened: "${part}" was deleted, moved or replaced at that moment. Close stores of this process that still have it open, wait until whoever does that has finished, and open it again.`,
  });
}

/** By the same memory, new stores would write over what others have stored by the one that is found now. */
export function lentLostMemory(file: string, part: string): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `The store in "${nameOf(file)}" was not opened: other stores of this process still have it open, and "${part}" was deleted, moved or replaced under them. Close those, which saves what they hold; then open it again.`,
  });
}

/** Looks like missing rights to whoever asks SQLite, which does not say why it could not open a file. */
export function tooManyOpen(file: string, cause: unknown): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `The store in "${nameOf(file)}" was not opened: this process, or the machine, has too many files open. Close stores that are not needed any more, which nobody does for you, and look for other files that are never closed; or raise the limit (ulimit -n).`,
    cause,
  });
}

/** SQLite would make the missing part anew, and miss what is in the one that somebody has open or could put back. */
export function missingPart(file: string, part: string, rest: string, how = 'missing'): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `The store in "${nameOf(file)}" was not opened: "${part}" is ${how}, and "${rest}" is still there, so somebody deleted or moved it while the file was in use or after a crash. Stop every process that uses the file; each one saves what it holds. Put "${part}" back, or the copy that they saved. If one said that all is saved in the file, or if nothing else is left, put "${rest}" away too; what was in "${part}" alone is lost then. A backup takes the place of all: put ${filesOf(file)} away before it.`,
  });
}

/** The file and what SQLite keeps beside it. */
export function filesOf(file: string): string {
  const name = nameOf(file);
  return `"${name}", "${name}-wal" and "${name}-shm"`;
}

/** Only the name: a path says more about a machine than a log should. */
export function nameOf(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** What the system answers when the process, or the machine, may open no more files. */
export function isTooManyOpen(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');
}

export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === codes.busy || code === codes.locked;
}

/** What SQLite says where a part of the file was deleted or replaced, or node:sqlite where it was closed because of that. */
export function mayBeLoss(error: unknown): boolean {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE') return true;
  const code = primaryCode(error);
  return code !== undefined && lossCodes.has(code);
}

export function isNoAccess(error: unknown): boolean {
  const code = primaryCode(error);
  return code === codes.readOnly || code === codes.cannotOpen;
}

/** The last byte of the extended code that node:sqlite puts on its errors. */
function primaryCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;
}

function unavailable(file: string, cause: Error, what: string): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `The store in "${nameOf(file)}" did not read or write: ${what}. Nothing of this unit of work was stored.`,
    cause,
  });
}
