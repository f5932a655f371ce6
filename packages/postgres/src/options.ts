import type { Clock } from '@crossdock/core';
import pg from 'pg';
import { badOptions } from './failure.ts';
import { answerTimeoutMs } from './limits.ts';

/** The database, the clock and the patience of `postgresStores`. */
export interface PostgresStoresOptions {
  /** `postgresql://user:password@host:port/database`, as `pg` takes it. Never repeated in a message. */
  readonly connectionString?: string | undefined;
  /**
   * In place of `connectionString`: settings for a pool of its own as `pg` takes them, or a pool of yours, which stays
   * open. Make yours with `pipeline: true`, or a unit of work takes a round trip more for each statement, and a statement
   * of its own takes three: how long it may wait for a lock is said each time, as your sessions are not ours to set.
   * One connection more, on which queues are made, has its settings and is told to its listeners to `connect` and `remove`.
   */
  readonly pool?: pg.Pool | pg.PoolConfig | undefined;
  /**
   * Holds everything of one integration; its jobs are beside it, in `<schema>_jobs`. Default "crossdock". Both are made
   * when they are not there.
   */
  readonly schema?: string | undefined;
  /** Default: the time of the database server, because several machines never agree on theirs. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /**
   * Longest wait for a free connection or for another unit of work, in real milliseconds. Default 10 000; above it
   * `store.unavailable`. A unit that is idle for half as long is ended by the server, so that a process that hangs
   * keeps nobody waiting for ever.
   */
  readonly busyTimeoutMs?: number | undefined;
  /**
   * How far the clock may be behind the latest moment that was noted, in milliseconds. Default 300 000; beyond it the
   * stores are not opened, and `jobs.claim` is refused, as `store.unavailable`. `Infinity`: any clock is taken for right.
   */
  readonly clockToleranceMs?: number | undefined;
}

// pg-boss accepts no longer name than 50 characters, and its own is this one with "_jobs".
const schemaName = /^[a-z_][a-z0-9_]{0,44}$/;

/** The pool that the options describe, and whether it is ours to end. */
export function poolOf({ connectionString, pool, busyTimeoutMs = defaultBusyMs }: PostgresStoresOptions): {
  readonly pool: pg.Pool;
  readonly ours: boolean;
} {
  if ((connectionString === undefined) === (pool === undefined)) {
    throw badOptions('it wants either "connectionString" or "pool". Pass one of them.');
  }
  if (pool !== undefined && isPool(pool)) return { pool, ours: false };
  const settings: pg.PoolConfig = {
    application_name: 'crossdock',
    keepAlive: true,
    query_timeout: answerTimeoutMs,
    connectionTimeoutMillis: busyTimeoutMs,
    ...(connectionString === undefined ? pool : { connectionString }),
    pipeline: true,
  };
  try {
    // Reads the settings as every connection will, and connects to nothing.
    void new pg.Client(settings);
  } catch {
    // What was thrown repeats the settings, and the password with them.
    throw badOptions('"connectionString" or the settings of "pool" cannot be read. Compare them with what "pg" takes.');
  }
  return { pool: new pg.Pool(settings), ours: true };
}

export const defaultBusyMs = 10_000;

/** Throws `options.invalid` for a name that would need quotes, or that PostgreSQL or pg-boss would cut. */
export function checkSchema(schema: string): void {
  if (schemaName.test(schema) && !schema.startsWith('pg_') && schema !== 'public' && schema !== 'information_schema')
    return;
  throw badOptions(
    `"schema" wants a name of its own of lower-case letters, digits and "_", at most 45, and neither "public" nor one that begins with "pg_"; got "${schema}". Pass one such as "crossdock".`,
  );
}

export function checkBusy(busyTimeoutMs: number): void {
  if (Number.isInteger(busyTimeoutMs) && busyTimeoutMs > 0 && busyTimeoutMs < 2 ** 31) return;
  throw badOptions(
    `"busyTimeoutMs" wants whole milliseconds above zero, got "${busyTimeoutMs}". Pass one such as 10000.`,
  );
}

function isPool(pool: pg.Pool | pg.PoolConfig): pool is pg.Pool {
  return 'connect' in pool && typeof pool.connect === 'function';
}
