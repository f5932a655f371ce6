import type { AuditStore } from '../ports/stores.ts';
import type { Ref } from '../model/ref.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import { rowLimit } from '../rules/row-limit.ts';
import type { Access } from './access.ts';
import type { Query } from './connection.ts';

type Row = { at: string; actor: string; action: string; refs: string; details: string | null };

const insert: Query<{ seq: number }> = {
  text: 'insert into audit (at, actor, action, refs, details) values (?, ?, ?, ?, ?) returning seq',
};
const insertRef: Query = {
  text: `insert into audit_refs (system, kind, id, seq) values (?, ?, ?, ?) on conflict do nothing`,
};
const select: Query<Row> = {
  text: `select at, actor, action, refs, details from audit_refs join audit using (seq)
  where system = ? and kind = ? and id = ? order by seq desc limit ?`,
};

export function sqliteAudit({ read, write }: Access): AuditStore {
  return {
    append: ({ at, actor, action, refs, details }) =>
      write((sql) => {
        const values = [at, actor, action, JSON.stringify(refs), toJsonText(details) ?? null] as const;
        const seq = sql(insert).get(...values)?.seq ?? 0;
        for (const { system, kind, id } of refs) sql(insertRef).run(system, kind, id, seq);
      }),
    list: ({ system, kind, id }, limit) =>
      read((sql) =>
        sql(select)
          .all(system, kind, id, rowLimit(limit))
          // `append` wrote the references of an entry and nothing else.
          .map((row) => ({ ...row, refs: JSON.parse(row.refs) as readonly Ref[], details: fromJsonText(row.details) })),
      ),
  };
}
