import type { Clock } from '../ports/clock.ts';
import type { SharedStore } from '../ports/stores.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import type { Table } from './table.ts';
import type { Run } from './units.ts';

export function memoryShared(rows: Table<string>, run: Run, clock: Pick<Clock, 'now'>): SharedStore {
  return {
    update: (name, change) =>
      run(() => {
        const { next, result } = change(fromJsonText(rows.get(name)), clock.now());
        const text = toJsonText(next);
        if (text !== undefined) rows.set(name, text);
        return result;
      }),
  };
}
