import { momentToNote, refuseClockBehind } from '../rules/clock-behind.ts';
import type { Query, Sql } from './connection.ts';

const select: Query<{ at_ms: number }> = { text: 'select at_ms from latest_moment' };
const upsert: Query = {
  text: 'insert into latest_moment (one, at_ms) values (1, ?) on conflict (one) do update set at_ms = excluded.at_ms',
};

/** Refuses a clock that went far back behind what was noted by whichever process. */
export function refuseOldMoment(sql: Sql, what: string, now: number, toleranceMs: number): void {
  refuseClockBehind(what, { now, latest: sql(select).get()?.at_ms, toleranceMs });
}

/** Notes the moment of now if it is later than what is noted by enough to be worth a write. */
export function noteMoment(sql: Sql, now: number): void {
  const next = momentToNote(now, sql(select).get()?.at_ms);
  if (next !== undefined) sql(upsert).run(next);
}

/** Whoever takes any clock takes this one for right: the moment of now is the latest, whatever was noted before. */
export function takeForLatest(sql: Sql, now: number): void {
  if (sql(select).get()?.at_ms !== now) sql(upsert).run(now);
}
