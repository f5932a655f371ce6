import type { ExceptionCategory } from '../errors/codes.ts';
import type { Ref } from '../model/ref.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExceptionFilter, ExceptionRecord, ExceptionStore } from '../ports/stores.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import { rowLimit } from '../rules/row-limit.ts';
import { refuseBrokenText } from '../rules/whole-text.ts';
import type { Access } from './access.ts';
import type { Query, Sql } from './connection.ts';

type Row = Omit<ExceptionRecord, 'refs' | 'details' | 'openedAt' | 'changedAt' | 'assignee' | 'note'> & {
  readonly refs: string;
  readonly details: string | null;
  readonly opened_at: string;
  readonly changed_at: string;
  readonly assignee: string | null;
  readonly note: string | null;
};

const upsert: Query<{ id: string; occurrences: number }> = {
  text: `insert into exceptions
  (id, run, flow, job, step, code, kind, category, message, refs, details, state, opened_at, changed_at, occurrences)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, 1)
  on conflict (run) do update set
    flow = excluded.flow, job = excluded.job, step = excluded.step, code = excluded.code, kind = excluded.kind,
    category = excluded.category, message = excluded.message, refs = excluded.refs, details = excluded.details,
    state = 'open', changed_at = excluded.changed_at, occurrences = occurrences + 1
  returning id, occurrences`,
};
const byId: Query<Row> = { text: 'select * from exceptions where id = ?' };
const byRun: Query<Row> = { text: 'select * from exceptions where run = ?' };
const countOpen: Query<{ category: ExceptionCategory; count: number }> = {
  text: "select category, count(*) as count from exceptions where state = 'open' group by category",
};
const move: Query = {
  text: 'update exceptions set state = ?, changed_at = ?, note = coalesce(?, note) where id = ? and state = ?',
};
const assign: Query = { text: 'update exceptions set assignee = ?, changed_at = ? where id = ?' };
const dropRefs: Query = { text: 'delete from exception_refs where exception = ?' };
const insertRef: Query = {
  text: 'insert into exception_refs (system, kind, id, exception) values (?, ?, ?, ?) on conflict do nothing',
};
const columns = ['state', 'category', 'kind', 'assignee', 'code', 'flow'] as const;

export function sqliteExceptions({ read, write }: Access, clock: Pick<Clock, 'now'>): ExceptionStore {
  const now = () => new Date(clock.now()).toISOString();
  return {
    open: ({ id, run, flow, job, step, code, kind, category, message, refs, details, openedAt }) =>
      write((sql) => {
        refuseBrokenText(refs);
        // Words for people must not keep an exception from being opened.
        const words = message.toWellFormed();
        const what = [code, kind, category, words, JSON.stringify(refs), toJsonText(details) ?? null] as const;
        const row = sql(upsert).get(id, run, flow, job, step, ...what, openedAt, now());
        const own = row?.id ?? id;
        sql(dropRefs).run(own);
        for (const ref of refs) sql(insertRef).run(ref.system, ref.kind, ref.id, own);
        return row?.occurrences === 1 ? 'opened' : 'reopened';
      }),
    get: (id) => read((sql) => toRecord(sql(byId).get(id))),
    ofRun: (run) => read((sql) => toRecord(sql(byRun).get(run))),
    list: (filter) => read((sql) => select(sql, filter).flatMap((row) => toRecord(row) ?? [])),
    counts: () =>
      read((sql) => {
        const rows = sql(countOpen).all();
        return Object.fromEntries(rows.map(({ category, count }) => [category, count]));
      }),
    move: (id, from, to, note) => write((sql) => sql(move).run(to, now(), note ?? null, id, from) === 1),
    assign: (id, assignee) => write((sql) => sql(assign).run(assignee ?? null, now(), id) === 1),
  };
}

function select(sql: Sql, filter: ExceptionFilter): readonly Row[] {
  const given = columns.filter((column) => filter[column] !== undefined);
  const { ref, openedBefore, after } = filter;
  const place = ref && [ref.system, ref.kind, ref.id];
  const values = [...given.map((column) => filter[column]), openedBefore, ...(place ?? []), after];
  const bound = values.filter((value) => value !== undefined);
  return sql(listQuery(given, filter)).all(...bound, rowLimit(filter.limit));
}

/** One text a choice of filters, so that each finds its index. */
function listQuery(given: readonly string[], { openedBefore, ref, after }: ExceptionFilter): Query<Row> {
  const conditions = given.map((column) => `${column} = ?`);
  if (openedBefore !== undefined) conditions.push('opened_at < ?');
  if (ref) conditions.push('id in (select exception from exception_refs where system = ? and kind = ? and id = ?)');
  if (after !== undefined) conditions.push('(opened_at, id) > (select opened_at, id from exceptions where id = ?)');
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  return { text: `select * from exceptions ${where} order by opened_at, id limit ?` };
}

function toRecord(row: Row | undefined): ExceptionRecord | undefined {
  if (row === undefined) return undefined;
  const { refs, details, opened_at: openedAt, changed_at: changedAt, assignee, note, ...rest } = row;
  return {
    ...rest,
    // `open` wrote the references of a record and nothing else.
    refs: JSON.parse(refs) as readonly Ref[],
    details: fromJsonText(details),
    openedAt,
    changedAt,
    assignee: assignee ?? undefined,
    note: note ?? undefined,
  };
}
