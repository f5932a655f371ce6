import { CommerceError, isCommerceError } from '@crossdock/core';
import pg from 'pg';

/** What became of what was asked for: nothing, or nobody knows because the answer did not come. */
export type Landed = 'nothing' | 'unknown';

// SQLSTATE. postgresql.org/docs/15/errcodes-appendix.html, read 2026-11-26
const repeatable = new Set(['40001', '40P01']);
/** The server ended the connection: shut down, crashed, or tired of an idle unit. */
const endings = new Set(['57P01', '57P02', '57P03', '57P05', '25P03']);
/**
 * What a server may say as its last words, in a language of its own: one that has no room for its log stops while it
 * commits, and may find that commit in the log when it starts again. Recorded on PostgreSQL 15, 2026-11-26
 */
const lastWords = /^5[38]/;

const weather: readonly (readonly [codes: RegExp, what: string])[] = [
  [/^40(001|P01)$/, 'other units of work were in its way again and again. It is tried again'],
  [/^55P03$/, 'another unit of work kept it waiting too long. It is tried again; look for a process that hangs'],
  [/^57014$/, 'somebody cancelled it, or a limit of the server did. It is tried again; look at statement_timeout'],
  [/^(57P|08|25P03)/, 'the connection to the server was lost. It is tried again; look whether the server runs'],
  [/^53100$/, 'the disk of the server is full. Make room'],
  [/^53300$/, 'the server takes no more connections. Let processes keep fewer, or raise max_connections'],
  [/^53/, 'the server ran out of memory or of another resource. Look at its log'],
  [/^58/, 'the server had trouble with its own system. Look at its log and its disk'],
  [/^25006$/, 'the server is read-only, as a standby is. Point to the primary'],
  [/^(28|3D000)/, 'the server does not let us in any more. Look at the password and the rights of the role'],
  [/^42501$/, 'the role may not do that any more. Give it back its rights on the schema'],
  [
    /^26000$|^42P05$/,
    'prepared statements got lost between us and the server. Let the pooler keep sessions or statements',
  ],
];
const damage: readonly (readonly [codes: RegExp, what: string])[] = [
  [/^XX00[12]$/, 'the server found damaged data. Restore a backup'],
  [/^(42P01|3F000|42703)$/, 'tables or columns of it are missing. Somebody changed the schema: restore a backup'],
  [
    /^(42P07|42701|42710)$/,
    'tables of it are there and their version is not. Somebody changed the schema: restore a backup',
  ],
];

/** What `pg` threw, in words that say what to do. What is no failure of the database is a defect of ours and stays. */
export function failureOf(error: unknown, schema: string, landed: Landed): unknown {
  if (isCommerceError(error) || !(error instanceof Error)) return error;
  const code = sqlState(error);
  if (code === undefined) return isLost(error) ? unavailable(schema, error, reachWords(error), landed) : error;
  const broken = damage.find(([codes]) => codes.test(code));
  if (broken) return corrupt(schema, broken[1], error);
  const passing = weather.find(([codes]) => codes.test(code));
  return passing
    ? unavailable(schema, error, passing[1], isLost(error) || lastWords.test(code) ? landed : 'nothing')
    : error;
}

/** Somebody else was in its way, and the server took everything back: the same may work the next time. */
export function isRepeatable(error: unknown): boolean {
  const code = sqlState(error);
  return code !== undefined && repeatable.has(code);
}

/** Somebody else had a lock for longer than this one was to wait. */
export function waitedTooLong(error: unknown): boolean {
  return sqlState(error) === '55P03';
}

/** The connection is gone, and what was under way on it with it. */
export function isLost(error: unknown): boolean {
  const code = sqlState(error);
  if (code !== undefined) return endings.has(code) || code.startsWith('08');
  return error instanceof Error && !(error instanceof TypeError) && lostWords.test(`${codeOf(error)} ${error.message}`);
}

/** `pg` knew already that the connection was gone, and sent nothing. */
export function wasNotSent(error: unknown): boolean {
  return sqlState(error) === undefined && error instanceof Error && /not queryable/.test(error.message);
}

/** What the socket, the resolver and `pg` itself say of a connection that is not there. */
const lostWords =
  /^E[A-Z]{3,} |connection (terminated|timeout)|timeout e(xpired|xceeded)|not queryable|read timeout|pool after calling end/i;

/** Whoever made the stores has to change something before it can work. */
export function badOptions(what: string, cause?: unknown): CommerceError {
  return new CommerceError({ code: 'options.invalid', message: `postgresStores() was not opened: ${what}`, cause });
}

/** The schema holds something else than our stores, or what is left of them. Nothing in it was changed. */
export function corrupt(schema: string, what: string, cause?: unknown): CommerceError {
  return new CommerceError({
    code: 'store.corrupt',
    message: `The stores in schema "${schema}" were not used: ${what}, or name another schema.`,
    cause,
  });
}

export function unavailable(schema: string, cause: unknown, what: string, landed: Landed): CommerceError {
  const end =
    landed === 'nothing'
      ? 'Nothing of it was stored.'
      : 'It may have been stored all the same: no answer came. Ask for the same again, which stores nothing twice.';
  return new CommerceError({
    code: 'store.unavailable',
    message: `The stores in schema "${schema}" did not read or write: ${what}. ${end}`,
    cause,
  });
}

/** The five characters that the server put on an error of its own. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Without host and port, which say more about a network than a log should. */
function reachWords(error: Error): string {
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'the name of the server is not known here. Look at its address';
  if (/exceeded when trying to connect/.test(error.message)) {
    return 'no connection was free for too long. Look for a unit of work that hangs, or allow more connections';
  }
  if (/read timeout/i.test(error.message)) return 'the server did not answer in time. Look whether it runs';
  return 'the server was not reached, or the connection was lost. Look whether it runs and lets us in';
}

export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
