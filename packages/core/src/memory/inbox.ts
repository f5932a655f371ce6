import type { InboxEntry, InboxStore } from '../ports/stores.ts';
import { keyOf, type Table } from './table.ts';
import type { Run } from './units.ts';

export function memoryInbox(rows: Table<InboxEntry>, run: Run): InboxStore {
  return {
    put: (entry) =>
      run(() => {
        const key = keyOf(entry.system, entry.deliveryId);
        if (rows.has(key)) return 'already';
        rows.set(key, { ...entry });
        return 'stored';
      }),
    latest: (system) =>
      run(() => {
        const moments = [...rows.values()].flatMap((entry) => (entry.system === system ? [entry.receivedAt] : []));
        return moments.reduce<string | undefined>(
          (one, other) => (one !== undefined && one > other ? one : other),
          undefined,
        );
      }),
    get: (system, deliveryId) => run(() => rows.get(keyOf(system, deliveryId))),
  };
}
