import { fromJsonText, toJsonText, type SharedStore } from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';
import { serverMs, type StoreTime } from './time.ts';

type Row = { readonly state: string | null; readonly version: string; readonly now_ms: number };
type Seen = Row | { readonly state: null; readonly version: null; readonly now_ms: number };

/**
 * Tries without a lock first: one round trip where nothing changes, two where something does. Whoever meets another at it
 * waits in a row for its lock, so that everybody gets a turn.
 */
export function postgresShared(access: Access, sql: Sql, time: Pick<StoreTime, 'now'>): SharedStore {
  // Says what time it is also where there is nothing yet.
  const select = sql<Seen>(`select held.state, held.version, now.ms as now_ms
    from (select ${serverMs} as ms) as now left join @shared as held on held.name = $1`);
  const insert = sql(`insert into @shared (name, state, version) values ($1, $2, 1)
    on conflict (name) do nothing returning true as written`);
  const update = sql(`update @shared set state = $2, version = version + 1
    where name = $1 and version = $3::bigint returning true as written`);
  // Also locks what is not there yet. The time is that of when it was locked, and not of when it was asked for.
  const lock = sql<Row>(`insert into @shared (name, state, version) values ($1, null, 0)
    on conflict (name) do update set version = shared.version returning state, version, ${serverMs} as now_ms`);
  const replace = sql('update @shared set state = $2, version = version + 1 where name = $1');
  // A clock that was given is read after the answer too: another one may have written while this one waited.
  const momentOf = (row: Seen | undefined): number => {
    const moment = time.now() ?? row?.now_ms;
    if (moment === undefined) throw new Error('The server gave no row where a statement always gives one.');
    return moment;
  };
  return {
    async update(name, change) {
      const [row] = await access.query(select, [name]);
      const { next, result } = change(fromJsonText(row?.state), momentOf(row));
      const text = toJsonText(next);
      if (text === undefined) return result;
      const version = row?.version ?? null;
      const written =
        version === null ? await access.query(insert, [name, text]) : await access.query(update, [name, text, version]);
      if (written.length === 1) return result;
      return access.together(async (inside) => {
        const [locked] = await inside.query(lock, [name]);
        const { next: then, result: after } = change(fromJsonText(locked?.state), momentOf(locked));
        const newer = toJsonText(then);
        if (newer !== undefined) await inside.query(replace, [name, newer]);
        return after;
      });
    },
  };
}
