import type { EntityKind, Ref } from '../model/ref.ts';
import type { LinkStore } from '../ports/stores.ts';
import type { Access } from './access.ts';
import type { Query, Sql } from './connection.ts';

const select: Query<{ to_id: string }> = {
  text: 'select to_id from links where system = ? and kind = ? and id = ? and to_system = ? and to_kind = ?',
};
const insert: Query = {
  text: 'insert into links (system, kind, id, to_system, to_kind, to_id, attached) values (?, ?, ?, ?, ?, ?, ?)',
};
const selectChildren: Query<{ id: string }> = {
  text: `select id from links
  where attached = 1 and to_system = ? and to_kind = ? and to_id = ? and system = ? and kind = ? order by seq`,
};

export function sqliteLinks({ read, write }: Access): LinkStore {
  return {
    link: (one, other) =>
      write((sql) => {
        const there = leads(sql, one, other);
        const back = leads(sql, other, one);
        if (there === 'elsewhere' || back === 'elsewhere') return 'conflict';
        if (there === 'there' && back === 'there') return 'already';
        if (there === 'nowhere') lead(sql, one, other, false);
        // A record that is linked to itself leads there and back by one row.
        if (leads(sql, other, one) === 'nowhere') lead(sql, other, one, false);
        return 'linked';
      }),
    attach: (child, parent) =>
      write((sql) => {
        const there = leads(sql, child, parent);
        if (there === 'nowhere') lead(sql, child, parent, true);
        return there === 'nowhere' ? 'linked' : there === 'there' ? 'already' : 'conflict';
      }),
    find: <K extends EntityKind>(ref: Ref, system: string, kind: K) =>
      read((sql) => {
        const row = sql(select).get(ref.system, ref.kind, ref.id, system, kind);
        return row && { system, kind, id: row.to_id };
      }),
    children: <K extends EntityKind>(parent: Ref, system: string, kind: K) =>
      read((sql) =>
        sql(selectChildren)
          .all(parent.system, parent.kind, parent.id, system, kind)
          .map(({ id }) => ({ system, kind, id })),
      ),
  };
}

function leads(sql: Sql, from: Ref, to: Ref): 'nowhere' | 'there' | 'elsewhere' {
  const row = sql(select).get(from.system, from.kind, from.id, to.system, to.kind);
  if (row === undefined) return 'nowhere';
  return row.to_id === to.id ? 'there' : 'elsewhere';
}

function lead(sql: Sql, from: Ref, to: Ref, attached: boolean): void {
  sql(insert).run(from.system, from.kind, from.id, to.system, to.kind, to.id, attached ? 1 : 0);
}
