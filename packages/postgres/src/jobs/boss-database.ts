import pg from 'pg';
import type { Db } from 'pg-boss';
import { isLost, waitedTooLong } from '../failure.ts';
import { answerTimeoutMs, migrationTimeoutMs } from '../limits.ts';
import { connectionsOf, Unreached } from '../pool.ts';
import { inWords } from '../unit.ts';

/** The one connection on which pg-boss looks after its own tables. Every other one may be waiting for that. */
export interface BossDatabase {
  readonly db: Db;
  /** The tables are there: from now on nothing waits longer than anything else, and what fails is said in our words. */
  opened(): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export function bossDatabase(options: {
  readonly pool: pg.Pool;
  readonly ours: boolean;
  readonly schema: string;
  readonly busyTimeoutMs: number;
}): BossDatabase {
  const { schema, busyTimeoutMs } = options;
  const connections = connectionsOf(poolApart(options), true, busyTimeoutMs);
  let opening = true;
  /** What pg-boss went on without, though it cannot work without it. */
  let missed: { readonly error: unknown } | undefined;
  const tell: Db['executeSql'] = async (text, values) => {
    const makesTables = opening && ownLimit.test(text);
    const limit = makesTables ? migrationLimits(schema, busyTimeoutMs) : lockLimit(busyTimeoutMs);
    const told = text.replace(ownLimit, limit);
    return connections.use(async (session) => {
      try {
        return rowsOf(await session.tell(told, values, makesTables ? migrationTimeoutMs : undefined));
      } catch (error) {
        // A text that begins a transaction and fails ends none, and the connection says so only after the failure.
        if (!isLost(error)) await session.tell('rollback').catch(() => {});
        throw error;
      }
    });
  };
  const db: Db = {
    async executeSql(text, values) {
      try {
        return await tell(text, values);
      } catch (error) {
        // How the tables were not made is for pg-boss to read: it may be that another made them.
        if (!opening) throw inWords(error, schema, 'nothing');
        if (error instanceof Unreached || isLost(error) || waitedTooLong(error)) missed ??= { error };
        throw error;
      }
    },
  };
  return {
    db,
    opened() {
      opening = false;
      if (missed) throw missed.error;
    },
    close: () => connections.close(),
  };
}

/** How pg-boss says in its transactions how long they wait for a lock. */
const ownLimit = /SET LOCAL lock_timeout = \d+/;
const lockLimit = (ms: number) => `SET LOCAL lock_timeout = ${ms}`;

/**
 * Whoever else makes the tables just now is waited for as long as that may take, and a lock on a table no longer than
 * usual: everybody who wants that table waits behind it.
 */
function migrationLimits(schema: string, busyTimeoutMs: number): string {
  const turn = `SELECT pg_advisory_xact_lock(hashtextextended('crossdock/open/${schema}', 0))`;
  return `${lockLimit(migrationTimeoutMs)}; ${turn}; ${lockLimit(busyTimeoutMs)}`;
}

/** Connects as the stores do, one at a time, and lets go of it soon. */
function poolApart({ pool, ours, busyTimeoutMs }: Parameters<typeof bossDatabase>[0]): pg.Pool {
  const { options } = pool;
  // The password is there, but not listed among the settings.
  const { password } = options;
  const apart = new pg.Pool({
    ...options,
    ...(password !== undefined && { password }),
    // A pool of the user may know no end, and this one has to.
    query_timeout: options.query_timeout || answerTimeoutMs,
    connectionTimeoutMillis: options.connectionTimeoutMillis || busyTimeoutMs,
    max: 1,
    idleTimeoutMillis: 1000,
    allowExitOnIdle: true,
  });
  if (!ours) {
    // Whoever made the pool may set up its sessions there, such as their role, or count them.
    apart.on('connect', (client) => pool.emit('connect', client));
    apart.on('remove', (client) => pool.emit('remove', client));
  }
  return apart;
}

/** pg-boss states its rows as changeable and changes none. */
function rowsOf(result: object): Awaited<ReturnType<Db['executeSql']>> {
  return result as Awaited<ReturnType<Db['executeSql']>>;
}
