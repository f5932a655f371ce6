import { CommerceError, type Clock } from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';

/** How far the server's clock may go back unnoticed: above what a server corrects after a restart. */
const toleratedBackMs = 5 * 60_000;
/** How often the latest moment is noted, at most: noting it more often would only make everybody wait for one row. */
const notedEveryMs = 30_000;

/** Whose time counts: that of the clock that was given, or that of the server, which all machines have in common. */
export interface StoreTime {
  /** The value for the place of `nowMs`. `null`: the server's time. */
  now(): number | null;
  /**
   * Notes the server's time and throws `store.unavailable` when it is far behind what was noted before: leases would hold
   * for hours. One round trip, in what `access` is. Nothing with a clock that was given.
   */
  check(access: Access): Promise<void>;
}

/** The moment of a statement in milliseconds, where parameter `place` has what `StoreTime.now` gave. */
export function nowMs(place: number): string {
  return `coalesce($${place}::double precision, floor(extract(epoch from clock_timestamp()) * 1000)::double precision)`;
}

export function storeTime(sql: Sql, clock: Pick<Clock, 'now'> | undefined): StoreTime {
  const note = sql<{ behind_ms: number | null }>(`with
    now as (select ${nowMs(1)} as ms),
    seen as (select max(latest_ms) as ms from @clock_mark),
    noted as (
      insert into @clock_mark (one, latest_ms)
      select 1, now.ms from now, seen where seen.ms is null or seen.ms < now.ms - $2::double precision
      on conflict (one) do update set latest_ms = greatest(clock_mark.latest_ms, excluded.latest_ms)
    )
    select seen.ms - now.ms as behind_ms from now, seen`);
  return {
    now: () => clock?.now() ?? null,
    async check(access) {
      if (clock) return;
      const [row] = await access.query(note, [null, notedEveryMs]);
      const behindMs = row?.behind_ms ?? 0;
      if (behindMs > toleratedBackMs) throw wentBack(behindMs);
    },
  };
}

function wentBack(behindMs: number): CommerceError {
  const minutes = Math.round(behindMs / 60_000);
  return new CommerceError({
    code: 'store.unavailable',
    message: `No work was handed out: the clock of the database server is ${minutes} minutes behind the latest moment that these stores noted. Set it right; a server that was restored or moved must not be ahead of the true time when it is left. If the noted moment was the wrong one, delete the row of "clock_mark".`,
  });
}
