import type { ExceptionCategory } from '../errors/codes.ts';
import type { Ref } from '../model/ref.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExceptionFilter, ExceptionRecord, ExceptionStore } from '../ports/stores.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import { rowLimit } from '../rules/row-limit.ts';
import type { Table } from './table.ts';
import type { Run } from './units.ts';

export type ExceptionRow = Omit<ExceptionRecord, 'details'> & { readonly details: string | undefined };

export function memoryExceptions(rows: Table<ExceptionRow>, run: Run, clock: Pick<Clock, 'now'>): ExceptionStore {
  const now = () => new Date(clock.now()).toISOString();
  const ofRun = (id: string) => [...rows.values()].find((row) => row.run === id);
  return {
    open: ({ details, ...record }) =>
      run(() => {
        const before = ofRun(record.run);
        rows.set(before?.id ?? record.id, {
          ...record,
          // Words for people must not keep an exception from being opened.
          message: record.message.toWellFormed(),
          refs: record.refs.map((ref) => ({ ...ref })),
          details: toJsonText(details),
          id: before?.id ?? record.id,
          openedAt: before?.openedAt ?? record.openedAt,
          state: 'open',
          changedAt: now(),
          occurrences: (before?.occurrences ?? 0) + 1,
          assignee: before?.assignee,
          note: before?.note,
        });
        return before ? 'reopened' : 'opened';
      }),
    get: (id) => run(() => toRecord(rows.get(id))),
    ofRun: (id) => run(() => toRecord(ofRun(id))),
    list: (filter) =>
      run(() => {
        const after = filter.after === undefined ? undefined : rows.get(filter.after);
        if (filter.after !== undefined && after === undefined) return [];
        return [...rows.values()]
          .toSorted(oldestFirst)
          .filter((row) => fits(row, filter) && (after === undefined || oldestFirst(row, after) > 0))
          .slice(0, rowLimit(filter.limit))
          .flatMap((row) => toRecord(row) ?? []);
      }),
    counts: () =>
      run(() => {
        const counts: Partial<Record<ExceptionCategory, number>> = {};
        for (const { state, category } of rows.values()) {
          if (state === 'open') counts[category] = (counts[category] ?? 0) + 1;
        }
        return counts;
      }),
    move: (id, from, to, note) =>
      run(() => {
        const row = rows.get(id);
        if (row?.state !== from) return false;
        rows.set(id, { ...row, state: to, changedAt: now(), note: note ?? row.note });
        return true;
      }),
    assign: (id, assignee) =>
      run(() => {
        const row = rows.get(id);
        if (row) rows.set(id, { ...row, assignee, changedAt: now() });
        return row !== undefined;
      }),
  };
}

function toRecord(row: ExceptionRow | undefined): ExceptionRecord | undefined {
  return row && { ...row, details: fromJsonText(row.details) };
}

function fits(row: ExceptionRow, filter: ExceptionFilter): boolean {
  const { state, category, kind, assignee, code, flow, ref, openedBefore } = filter;
  return (
    (state === undefined || row.state === state) &&
    (category === undefined || row.category === category) &&
    (kind === undefined || row.kind === kind) &&
    (assignee === undefined || row.assignee === assignee) &&
    (code === undefined || row.code === code) &&
    (flow === undefined || row.flow === flow) &&
    (ref === undefined || row.refs.some((one) => isSame(one, ref))) &&
    (openedBefore === undefined || row.openedAt < openedBefore)
  );
}

function oldestFirst(one: ExceptionRow, other: ExceptionRow): number {
  if (one.openedAt !== other.openedAt) return one.openedAt < other.openedAt ? -1 : 1;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

function isSame(one: Ref, other: Ref): boolean {
  return one.system === other.system && one.kind === other.kind && one.id === other.id;
}
