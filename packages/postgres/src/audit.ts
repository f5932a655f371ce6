import { fromJsonText, rowLimit, toJsonText, type AuditStore, type Ref } from '@crossdock/core';
import type { Access } from './access.ts';
import { inColumns } from './ref-columns.ts';
import type { Sql } from './statement.ts';

type Row = {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly refs: string;
  readonly details: string | null;
};

export function postgresAudit(access: Access, sql: Sql): AuditStore {
  const insert = sql(`with
    entry as (
      insert into @audit (at, actor, action, refs, details) values ($1, $2, $3, $4, $5) returning seq)
    insert into @audit_refs (system, kind, id, seq)
    select ref.system, ref.kind, ref.id, entry.seq
    from entry, unnest($6::text[], $7::text[], $8::text[]) as ref (system, kind, id)
    on conflict do nothing`);
  const select = sql<Row>(`select at, actor, action, refs, details from @audit_refs join @audit using (seq)
    where system = $1 and kind = $2 and id = $3 order by seq desc limit $4::bigint`);
  return {
    async append({ at, actor, action, refs, details }) {
      const values = [at, actor, action, JSON.stringify(refs), toJsonText(details) ?? null];
      await access.query(insert, [...values, ...inColumns(refs)]);
    },
    async list({ system, kind, id }, limit) {
      const rows = await access.query(select, [system, kind, id, rowLimit(limit)]);
      return rows.map((row) => ({
        ...row,
        // `append` wrote the references of an entry and nothing else.
        refs: JSON.parse(row.refs) as readonly Ref[],
        details: fromJsonText(row.details),
      }));
    },
  };
}
