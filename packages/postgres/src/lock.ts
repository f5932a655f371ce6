import type { Statement } from './access.ts';
import type { Sql } from './statement.ts';

/**
 * A lock on a name that holds until the transaction ends, for what may not be there yet to be locked as a row. The next
 * statement sees what was committed before the lock was had. Its only value is the name.
 */
export function lockOf(sql: Sql, what: string): Statement {
  return sql(`select pg_advisory_xact_lock(hashtextextended('@/${what}/' || $1::text, 0))`);
}

/** The same for several names, which everybody locks in one order. */
export function locksOf(sql: Sql, what: string): Statement {
  return sql(`select pg_advisory_xact_lock(place) from (
    select distinct hashtextextended('@/${what}/' || name, 0) as place from unnest($1::text[]) as name order by place
  ) as places`);
}
