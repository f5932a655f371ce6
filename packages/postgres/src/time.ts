import { noteMomentEveryMs, refuseClockBehind, type Clock } from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';

/** Whose time counts: that of the clock that was given, or that of the server, which all machines have in common. */
export interface StoreTime {
  /** The value for the place of `nowMs`. `null`: the server's time. */
  now(): number | null;
  /**
   * Notes the moment, and throws `store.unavailable` when the clock is far behind what anybody noted before. `what` says
   * what did not happen. One round trip, in what `access` is.
   */
  check(access: Access, what: string): Promise<void>;
}

/** The server's time in milliseconds, at the moment at which a statement comes to it. */
export const serverMs = 'floor(extract(epoch from clock_timestamp()) * 1000)::double precision';

/** The moment of a statement in milliseconds, where parameter `place` has what `StoreTime.now` gave. */
export function nowMs(place: number): string {
  return `coalesce($${place}::double precision, ${serverMs})`;
}

export function storeTime(sql: Sql, clock: Pick<Clock, 'now'> | undefined, toleranceMs: number): StoreTime {
  // Whoever takes any clock takes this one for right: the moment of now is the latest, whatever was noted before.
  const any = toleranceMs === Infinity;
  const note = sql<{ now_ms: number; latest_ms: number | null }>(`with
    now as materialized (select ${nowMs(1)} as ms),
    seen as materialized (select max(at_ms) as ms from @latest_moment),
    noted as (
      insert into @latest_moment as last (one, at_ms)
      select 1, now.ms from now, seen
      where seen.ms is null or now.ms - seen.ms >= $2::double precision or ($3::boolean and now.ms < seen.ms)
      on conflict (one) do update set at_ms = excluded.at_ms where $3::boolean or last.at_ms < excluded.at_ms)
    select now.ms as now_ms, seen.ms as latest_ms from now, seen`);
  return {
    now: () => clock?.now() ?? null,
    async check(access, what) {
      const [row] = await access.query(note, [clock?.now() ?? null, noteMomentEveryMs, any]);
      if (row) refuseClockBehind(what, { now: row.now_ms, latest: row.latest_ms ?? undefined, toleranceMs });
    },
  };
}
