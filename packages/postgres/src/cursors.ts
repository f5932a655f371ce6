import type { CursorStore } from '@crossdock/core';
import type { Access } from './access.ts';
import { lockOf } from './lock.ts';
import type { Sql } from './statement.ts';

export function postgresCursors(access: Access, sql: Sql): CursorStore {
  const select = sql<{ cursor: string }>('select cursor from @cursors where name = $1');
  const insert = sql(
    'insert into @cursors (name, cursor) values ($1, $2) on conflict (name) do nothing returning name',
  );
  const update = sql('update @cursors set cursor = $2 where name = $1 and cursor = $3 returning name');
  const lock = lockOf(sql, 'cursor');
  return {
    async read(name) {
      // In a unit the cursor will be advanced from what was read, and it may not be there yet to be locked as a row.
      const [, rows] = await Promise.all([access.inUnit && access.query(lock, [name]), access.query(select, [name])]);
      return rows[0]?.cursor;
    },
    async advance(name, expected, next) {
      const changed =
        expected === undefined
          ? await access.query(insert, [name, next])
          : await access.query(update, [name, next, expected]);
      return changed.length === 1;
    },
  };
}
