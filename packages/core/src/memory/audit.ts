import type { AuditEntry, AuditStore } from '../ports/stores.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import { rowLimit } from '../rules/row-limit.ts';
import { keyOf, type Table } from './table.ts';
import type { Run } from './units.ts';

export type AuditRow = Omit<AuditEntry, 'details'> & { readonly details: string | undefined; readonly order: number };

export function memoryAudit(rows: Table<AuditRow>, run: Run): AuditStore {
  return {
    append: ({ details, ...entry }) =>
      run(() => {
        const order = rows.next();
        const refs = entry.refs.map((ref) => ({ ...ref }));
        rows.set(keyOf(String(order)), { ...entry, refs, details: toJsonText(details), order });
      }),
    list: ({ system, kind, id }, limit) =>
      run(() =>
        [...rows.values()]
          .filter(({ refs }) => refs.some((ref) => ref.system === system && ref.kind === kind && ref.id === id))
          .toSorted((one, other) => other.order - one.order)
          .slice(0, rowLimit(limit))
          .map(({ order: _order, details, ...entry }) => ({ ...entry, details: fromJsonText(details) })),
      ),
  };
}
