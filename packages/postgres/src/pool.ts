import type pg from 'pg';
import type { Statement } from './access.ts';
import { isLost } from './failure.ts';
import { fromStoredRow, toStoredValue } from './stored-text.ts';

/** What a statement gave, and which command it was. */
export interface Result {
  readonly command: string;
  readonly rows: readonly Row[];
}
type Row = Readonly<Record<string, unknown>>;
/** One connection. What is asked of it at once goes out at once, and is carried out in that order. */
export interface Session {
  /** A prepared statement, its texts as we keep them. */
  run(statement: Statement, values: readonly unknown[]): Promise<readonly Row[]>;
  /** A text as it is, such as `begin`, and values as they are. `timeoutMs` replaces the limit of the pool. */
  tell(text: string, values?: readonly unknown[], timeoutMs?: number): Promise<Result>;
}
/** Connections to one database. */
export interface Connections {
  /** Whether the server ends a wait for a lock after `busyTimeoutMs` by itself, on each of them. */
  readonly limitLocks: boolean;
  /**
   * Lends a connection to `work` and takes it back; one that was lost on the way is thrown away. Throws what `pg` throws,
   * `Unreached` around what kept it from having a connection at all.
   */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Waits for everybody who was lent one or waits for one. */
  close(): Promise<void>;
}

/** There was no connection to be had, so nothing was sent. */
export class Unreached extends Error {
  override name = 'Unreached';
}

/**
 * Lends out the connections of `pool`, which is ended on `close` when it is `ours`. Only then its sessions are ours to set:
 * said once for each, the longest wait for a lock costs no statement anything; 0 is none.
 */
export function connectionsOf(pool: pg.Pool, ours: boolean, busyTimeoutMs: number): Connections {
  pool.on('error', ignore);
  // Goes out before whatever is asked first; where it fails the connection does, and says so to whoever asks.
  const limit = (client: pg.PoolClient) => void client.query(`set lock_timeout = ${busyTimeoutMs}`).catch(ignore);
  if (ours && busyTimeoutMs > 0) pool.on('connect', limit);
  let inUse = 0;
  let whenUnused: (() => void) | undefined;
  const lend = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (cause) {
      throw new Unreached('No connection.', { cause });
    }
    // While it is lent out nobody else listens. Whoever waits for an answer on it gets the same error.
    client.on('error', ignore);
    let lost = false;
    try {
      return await work(sessionOn(client));
    } catch (error) {
      lost = isLost(error);
      throw error;
    } finally {
      client.off('error', ignore);
      // Whatever is left of a transaction must not be inherited by whoever gets this connection next.
      client.release(lost || client.getTransactionStatus() !== 'I');
    }
  };
  return {
    limitLocks: ours,
    async use(work) {
      inUse++;
      try {
        return await lend(work);
      } finally {
        if (--inUse === 0) whenUnused?.();
      }
    },
    async close() {
      // A pool that is ended gives nothing to those who wait for a connection.
      if (inUse > 0) await new Promise<void>((resolve) => (whenUnused = resolve));
      if (ours) await pool.end();
      pool.off('error', ignore);
    },
  };
}

/** An idle connection that breaks is replaced by the next that is asked for. Unheard, it would end the process. */
function ignore(): void {}

function sessionOn(client: pg.PoolClient): Session {
  const ask = client.pipeline ? <T>(send: () => Promise<T>) => send() : inTurn();
  return {
    async run({ name, text }, values) {
      const stored = values.map(toStoredValue);
      const { rows } = await ask(() => client.query<Row>({ name, text, values: stored }));
      return rows.map(fromStoredRow);
    },
    tell(text, values, timeoutMs) {
      // `pg` reads the limit of one statement where it was given, though its types do not name it.
      const limit: object = timeoutMs === undefined ? {} : { query_timeout: timeoutMs };
      return ask(() => client.query<Row>({ text, ...(values && { values: [...values] }), ...limit }));
    },
  };
}
/** A connection that was made without pipelining takes one statement at a time. */
function inTurn(): <T>(send: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (send) => {
    const answer = last.then(send);
    last = answer.catch(ignore);
    return answer;
  };
}
