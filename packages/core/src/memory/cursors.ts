import type { CursorStore } from '../ports/stores.ts';
import type { Table } from './table.ts';
import type { Run } from './units.ts';

export function memoryCursors(rows: Table<string>, run: Run): CursorStore {
  return {
    read: (name) => run(() => rows.get(name)),
    advance: (name, expected, next) =>
      run(() => {
        if (rows.get(name) !== expected) return false;
        rows.set(name, next);
        return true;
      }),
  };
}
