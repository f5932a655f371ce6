import type { EntityKind, LinkStore, Ref } from '@crossdock/core';
import type { Access } from './access.ts';
import { locksOf } from './lock.ts';
import type { Sql } from './statement.ts';

type Verdict = { readonly verdict: 'linked' | 'already' | 'conflict' };

export function postgresLinks(access: Access, sql: Sql): LinkStore {
  // A link stands in two rows, which nobody may be writing at the same time from the other side.
  const lock = locksOf(sql, 'link');
  const link = sql<Verdict>(`with
    wanted (system, kind, id, to_system, to_kind, to_id) as (
      values ($1, $2, $3, $4, $5, $6) union values ($4, $5, $6, $1, $2, $3)),
    found as materialized (
      select links.to_id = wanted.to_id as there
      from wanted join @links using (system, kind, id, to_system, to_kind)),
    verdict as (select case
      when exists (select from found where not there) then 'conflict'
      when (select count(*) from found) = (select count(*) from wanted) then 'already'
      else 'linked' end as verdict),
    written as (
      insert into @links (system, kind, id, to_system, to_kind, to_id, attached)
      select wanted.*, false from wanted, verdict where verdict = 'linked'
      on conflict (system, kind, id, to_system, to_kind) do nothing)
    select verdict from verdict`);
  const attach = sql<{ attached: boolean; to_id: string | null }>(`with
    attached as (
      insert into @links (system, kind, id, to_system, to_kind, to_id, attached) values ($1, $2, $3, $4, $5, $6, true)
      on conflict (system, kind, id, to_system, to_kind) do nothing returning true)
    select exists (select from attached) as attached, (
      select to_id from @links where system = $1 and kind = $2 and id = $3 and to_system = $4 and to_kind = $5) as to_id`);
  const select = sql<{ to_id: string }>(
    'select to_id from @links where system = $1 and kind = $2 and id = $3 and to_system = $4 and to_kind = $5',
  );
  const selectChildren = sql<{ id: string }>(`select id from @links
    where attached and to_system = $1 and to_kind = $2 and to_id = $3 and system = $4 and kind = $5 order by seq`);
  return {
    async link(one, other) {
      const ends = [one, other].map(({ system, kind, id }) => JSON.stringify([system, kind, id]));
      const [, rows] = await access.batch([lock, [ends]], [link, [...partsOf(one), ...partsOf(other)]]);
      // The statement gives one verdict, whatever there is.
      return (rows as readonly Verdict[])[0]?.verdict ?? 'conflict';
    },
    async attach(child, parent) {
      for (;;) {
        const [row] = await access.query(attach, [...partsOf(child), ...partsOf(parent)]);
        if (row?.attached === true) return 'linked';
        if (typeof row?.to_id === 'string') return row.to_id === parent.id ? 'already' : 'conflict';
        // Somebody attached it while the statement waited for them: the next one sees to what.
      }
    },
    async find<K extends EntityKind>(ref: Ref, system: string, kind: K) {
      const [row] = await access.query(select, [...partsOf(ref), system, kind]);
      return row && { system, kind, id: row.to_id };
    },
    async children<K extends EntityKind>(parent: Ref, system: string, kind: K) {
      const rows = await access.query(selectChildren, [...partsOf(parent), system, kind]);
      return rows.map(({ id }) => ({ system, kind, id }));
    },
  };
}

function partsOf({ system, kind, id }: Ref): readonly string[] {
  return [system, kind, id];
}
