import type { Sql } from './connection.ts';

/** How a store reaches the file: from outside, or inside one unit of work. */
export interface Access {
  /** Outside, sees what is committed and nothing else. */
  readonly read: <T>(operation: (sql: Sql) => T) => Promise<T>;
  /** Resolves when it is committed. An operation that throws leaves nothing behind, and may be run again before that. */
  readonly write: <T>(operation: (sql: Sql) => T) => Promise<T>;
}
