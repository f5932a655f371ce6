import {
  fromJsonText,
  refuseBrokenText,
  rowLimit,
  toJsonText,
  type ExceptionCategory,
  type ExceptionFilter,
  type ExceptionRecord,
  type ExceptionStore,
  type Ref,
} from '@crossdock/core';
import type { Access, Bound } from './access.ts';
import { inColumns } from './ref-columns.ts';
import type { Sql } from './statement.ts';
import { nowMs, type StoreTime } from './time.ts';

type Row = Omit<ExceptionRecord, 'refs' | 'details' | 'openedAt' | 'changedAt' | 'assignee' | 'note'> & {
  readonly refs: string;
  readonly details: string | null;
  readonly opened_at: string;
  readonly changed_ms: number;
  readonly assignee: string | null;
  readonly note: string | null;
};

const columns = `id, run, flow, job, step, code, kind, category, message, refs, details, state, opened_at, changed_ms,
  occurrences, assignee, note`;
const filters = ['state', 'category', 'kind', 'assignee', 'code', 'flow'] as const;

export function postgresExceptions(access: Access, sql: Sql, time: StoreTime): ExceptionStore {
  // The record and its references in one statement: what was there and is not any more goes, what is new comes.
  const open = sql<{ occurrences: number }>(`with
    opened as (
      insert into @exceptions as was
        (id, run, flow, job, step, code, kind, category, message, refs, details, opened_at, state, changed_ms, occurrences)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', ${nowMs(13)}, 1)
      on conflict (run) do update set
        flow = excluded.flow, job = excluded.job, step = excluded.step, code = excluded.code, kind = excluded.kind,
        category = excluded.category, message = excluded.message, refs = excluded.refs, details = excluded.details,
        state = 'open', changed_ms = excluded.changed_ms, occurrences = was.occurrences + 1
      returning id, occurrences),
    about as materialized (
      select ref.system, ref.kind, ref.id, opened.id as exception
      from opened, unnest($14::text[], $15::text[], $16::text[]) as ref (system, kind, id)),
    gone as (
      delete from @exception_refs as old using opened
      where old.exception = opened.id and not exists (
        select from about where about.system = old.system and about.kind = old.kind and about.id = old.id)),
    come as (
      insert into @exception_refs (system, kind, id, exception) select system, kind, id, exception from about
      on conflict do nothing)
    select occurrences from opened`);
  const byId = sql<Row>(`select ${columns} from @exceptions where id = $1`);
  const byRun = sql<Row>(`select ${columns} from @exceptions where run = $1`);
  // In a unit the record may be changed by what was read of it.
  const byIdLocked = sql<Row>(`select ${columns} from @exceptions where id = $1 for update`);
  const byRunLocked = sql<Row>(`select ${columns} from @exceptions where run = $1 for update`);
  const countOpen = sql<{ category: ExceptionCategory; count: number }>(`select category, count(*)::integer as count
    from @exceptions where state = 'open' group by category`);
  const move = sql(`update @exceptions set state = $3, changed_ms = ${nowMs(5)}, note = coalesce($4, note)
    where id = $1 and state = $2 returning true as moved`);
  const assign = sql(`update @exceptions set assignee = $2, changed_ms = ${nowMs(3)}
    where id = $1 returning true as assigned`);
  return {
    async open({ id, run, flow, job, step, code, kind, category, message, refs, details, openedAt }) {
      refuseBrokenText(refs);
      // Words for people must not keep an exception from being opened.
      const words = message.toWellFormed();
      const what = [code, kind, category, words, JSON.stringify(refs), toJsonText(details) ?? null, openedAt];
      const values = [id, run, flow, job, step, ...what, time.now(), ...inColumns(refs)];
      const [row] = await access.query(open, values);
      return row?.occurrences === 1 ? 'opened' : 'reopened';
    },
    async get(id) {
      const [row] = await access.query(access.inUnit ? byIdLocked : byId, [id]);
      return row && toRecord(row);
    },
    async ofRun(run) {
      const [row] = await access.query(access.inUnit ? byRunLocked : byRun, [run]);
      return row && toRecord(row);
    },
    async list(filter) {
      const [statement, values] = listing(sql, filter);
      // `listing` selects the columns of a record.
      const rows = (await access.query(statement, values)) as readonly Row[];
      return rows.map(toRecord);
    },
    async counts() {
      const rows = await access.query(countOpen, []);
      return Object.fromEntries(rows.map(({ category, count }) => [category, count]));
    },
    async move(id, from, to, note) {
      const moved = await access.query(move, [id, from, to, note ?? null, time.now()]);
      return moved.length === 1;
    },
    async assign(id, assignee) {
      return (await access.query(assign, [id, assignee ?? null, time.now()])).length === 1;
    },
  };
}

/** One text a choice of filters, so that each finds its index. */
function listing(sql: Sql, filter: ExceptionFilter): Bound {
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  const conditions = filters.flatMap((column) =>
    filter[column] === undefined ? [] : [`${column} = ${place(filter[column])}`],
  );
  const { openedBefore, ref, after } = filter;
  if (openedBefore !== undefined) conditions.push(`opened_at < ${place(openedBefore)}`);
  if (ref) {
    const [system, kind, id] = [ref.system, ref.kind, ref.id].map(place);
    conditions.push(`id in (
      select exception from @exception_refs where system = ${system} and kind = ${kind} and id = ${id})`);
  }
  if (after !== undefined) {
    conditions.push(`(opened_at, id) > (select opened_at, id from @exceptions where id = ${place(after)})`);
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const limit = place(rowLimit(filter.limit));
  return [sql(`select ${columns} from @exceptions ${where} order by opened_at, id limit ${limit}::bigint`), values];
}

function toRecord(row: Row): ExceptionRecord {
  const { refs, details, opened_at: openedAt, changed_ms: changedMs, assignee, note, ...rest } = row;
  return {
    ...rest,
    // `open` wrote the references of a record and nothing else.
    refs: JSON.parse(refs) as readonly Ref[],
    details: fromJsonText(details),
    openedAt,
    changedAt: new Date(changedMs).toISOString(),
    assignee: assignee ?? undefined,
    note: note ?? undefined,
  };
}
