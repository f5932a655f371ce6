import type { CursorStore } from '../ports/stores.ts';
import type { Access } from './access.ts';
import type { Query } from './connection.ts';

const select: Query<{ cursor: string }> = { text: 'select cursor from cursors where name = ?' };
const insert: Query = { text: 'insert into cursors (name, cursor) values (?, ?) on conflict (name) do nothing' };
const update: Query = { text: 'update cursors set cursor = ? where name = ? and cursor = ?' };

export function sqliteCursors({ read, write }: Access): CursorStore {
  return {
    read: (name) => read((sql) => sql(select).get(name)?.cursor),
    advance: (name, expected, next) =>
      write((sql) => {
        const changed = expected === undefined ? sql(insert).run(name, next) : sql(update).run(next, name, expected);
        return changed === 1;
      }),
  };
}
