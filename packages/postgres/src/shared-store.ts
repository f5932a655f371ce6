import { fromJsonText, toJsonText, type SharedStore } from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';

type Row = { readonly state: string | null; readonly version: string };

/**
 * Tries without a lock first: one round trip where nothing changes, two where something does. Whoever meets another at it
 * waits in a row for its lock, so that everybody gets a turn.
 */
export function postgresShared(access: Access, sql: Sql): SharedStore {
  const select = sql<Row>('select state, version from @shared where name = $1');
  const insert = sql(`insert into @shared (name, state, version) values ($1, $2, 1)
    on conflict (name) do nothing returning true as written`);
  const update = sql(`update @shared set state = $2, version = version + 1
    where name = $1 and version = $3::bigint returning true as written`);
  // Also locks what is not there yet.
  const lock = sql<Row>(`insert into @shared (name, state, version) values ($1, null, 0)
    on conflict (name) do update set version = shared.version returning state, version`);
  const replace = sql('update @shared set state = $2, version = version + 1 where name = $1');
  return {
    async update(name, change) {
      const [row] = await access.query(select, [name]);
      const { next, result } = change(fromJsonText(row?.state));
      const text = toJsonText(next);
      if (text === undefined) return result;
      const written =
        row === undefined
          ? await access.query(insert, [name, text])
          : await access.query(update, [name, text, row.version]);
      if (written.length === 1) return result;
      return access.together(async (inside) => {
        const [locked] = await inside.query(lock, [name]);
        const { next: then, result: after } = change(fromJsonText(locked?.state));
        const newer = toJsonText(then);
        if (newer !== undefined) await inside.query(replace, [name, newer]);
        return after;
      });
    },
  };
}
