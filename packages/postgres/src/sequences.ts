import type { SequenceStore } from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';

export function postgresSequences(access: Access, sql: Sql): SequenceStore {
  // A state that is late or known is only read: locking its row would cost a write.
  const advance = sql<{ moved: boolean; step: number | null }>(`with
    seen as materialized (
      select case when (at_ms, mark) = ($2::double precision, $3::@word) then 0
        when (at_ms, mark) > ($2::double precision, $3::@word) then -1 else 1 end as step
      from @sequences where name = $1),
    moved as (
      insert into @sequences as last (name, at_ms, mark)
      select $1, $2::double precision, $3 where not exists (select from seen where step <= 0)
      on conflict (name) do update set at_ms = excluded.at_ms, mark = excluded.mark
      where (last.at_ms, last.mark) < (excluded.at_ms, excluded.mark)
      returning true)
    select exists (select from moved) as moved, (select step from seen) as step`);
  return {
    async advance(name, { at, mark }) {
      for (;;) {
        const [row] = await access.query(advance, [name, Date.parse(at), mark]);
        if (row?.moved === true) return 'newer';
        if (row?.step === 0) return 'same';
        if (row?.step === -1) return 'older';
        // Somebody noted a later state while the statement waited for them: what it saw is over.
      }
    },
  };
}
