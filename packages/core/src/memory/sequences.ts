import type { SequenceStore } from '../ports/stores.ts';
import { inByteOrder } from '../rules/byte-order.ts';
import type { Table } from './table.ts';
import type { Run } from './units.ts';

export type SequenceRow = { readonly atMs: number; readonly mark: string };

export function memorySequences(rows: Table<SequenceRow>, run: Run): SequenceStore {
  return {
    advance: (name, { at, mark }) =>
      run(() => {
        const atMs = Date.parse(at);
        const last = rows.get(name);
        const step = last === undefined ? 1 : atMs - last.atMs || inByteOrder(mark, last.mark);
        if (step < 0) return 'older';
        if (step === 0) return 'same';
        rows.set(name, { atMs, mark });
        return 'newer';
      }),
  };
}
