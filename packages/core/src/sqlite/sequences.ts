import type { SequenceStore } from '../ports/stores.ts';
import { inByteOrder } from '../rules/byte-order.ts';
import type { Access } from './access.ts';
import type { Query } from './connection.ts';

const select: Query<{ at_ms: number; mark: string }> = { text: 'select at_ms, mark from sequences where name = ?' };
const upsert: Query = {
  text: `insert into sequences (name, at_ms, mark) values (?, ?, ?)
  on conflict (name) do update set at_ms = excluded.at_ms, mark = excluded.mark`,
};

export function sqliteSequences({ write }: Pick<Access, 'write'>): SequenceStore {
  return {
    advance: (name, { at, mark }) =>
      write((sql) => {
        const atMs = Date.parse(at);
        const last = sql(select).get(name);
        const step = last === undefined ? 1 : atMs - last.at_ms || inByteOrder(mark, last.mark);
        if (step < 0) return 'older';
        if (step === 0) return 'same';
        sql(upsert).run(name, atMs, mark);
        return 'newer';
      }),
  };
}
