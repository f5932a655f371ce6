import type { Json } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunRecord, RunStore } from '../ports/stores.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import { rowLimit } from '../rules/row-limit.ts';
import type { JobRow } from './jobs.ts';
import type { Table } from './table.ts';
import type { Run } from './units.ts';

export type RunRow = Omit<RunRecord, 'event'> & { readonly event: string | undefined };
/** The step results of one run, as text, by step name. */
export type StepRows = ReadonlyMap<string, string | undefined>;

export function memoryRuns(
  rows: Table<RunRow>,
  steps: Table<StepRows>,
  jobs: Table<JobRow>,
  run: Run,
  clock: Pick<Clock, 'now'>,
): RunStore {
  return {
    start: (record) =>
      run(() => {
        if (rows.has(record.id)) return 'already';
        rows.set(record.id, { ...record, event: toJsonText(record.event) });
        return 'started';
      }),
    get: (id) =>
      run(() => {
        const row = rows.get(id);
        return row && { ...row, event: fromJsonText(row.event) };
      }),
    end: (id, state) =>
      run(() => {
        const row = rows.get(id);
        if (row) rows.set(id, { ...row, state });
      }),
    unfinished: (flow, { after, limit }) =>
      run(() => {
        const all = [...rows.values()];
        const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
        if (after !== undefined && from === 0) return [];
        const open = all.slice(from).filter((row) => row.flow === flow && row.state === 'open');
        return open.slice(0, rowLimit(limit)).map((row) => ({ ...row, event: fromJsonText(row.event) }));
      }),
    steps: (id) =>
      run(() => new Map<string, Json>([...(steps.get(id) ?? [])].map(([step, text]) => [step, fromJsonText(text)]))),
    writeStep: (id, step, result, held) =>
      run(() => {
        if (held !== undefined) {
          const job = jobs.get(held.job);
          if (job?.state !== 'running' || job.lease !== held.lease) return 'lost';
          jobs.set(held.job, { ...job, dueMs: clock.now() + held.leaseMs });
        }
        const before = steps.get(id);
        if (before?.has(step)) return 'already';
        steps.set(id, new Map([...(before ?? []), [step, toJsonText(result)]]));
        return 'written';
      }),
  };
}
