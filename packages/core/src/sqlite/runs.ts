import type { Json } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunRecord, RunState, RunStore } from '../ports/stores.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import { rowLimit } from '../rules/row-limit.ts';
import type { Access } from './access.ts';
import type { Query } from './connection.ts';

type RunRow = { flow: string; version: number; key: string; event: string | null; state: RunState; started_at: string };

const insert: Query = {
  text: `insert into runs (id, flow, version, key, event, state, started_at) values (?, ?, ?, ?, ?, ?, ?)
  on conflict (id) do nothing`,
};
const selectUnfinished: Query<RunRow & { id: string }> = {
  text: `select id, flow, version, key, event, state, started_at from runs
  where flow = ? and state = 'open' and rowid > ? order by rowid limit ?`,
};
const place: Query<{ rowid: number }> = { text: 'select rowid from runs where id = ?' };
const select: Query<RunRow> = { text: 'select flow, version, key, event, state, started_at from runs where id = ?' };
const update: Query = { text: 'update runs set state = ? where id = ?' };
const selectSteps: Query<{ step: string; result: string | null }> = {
  text: 'select step, result from steps where run = ?',
};
const insertStep: Query = {
  text: 'insert into steps (run, step, result) values (?, ?, ?) on conflict (run, step) do nothing',
};

const prolong: Query = { text: "update jobs set due_ms = ? where id = ? and lease = ? and state = 'running'" };

export function sqliteRuns({ read, write }: Access, clock: Pick<Clock, 'now'>): RunStore {
  return {
    start: ({ id, flow, version, key, event, state, startedAt }) =>
      write((sql) => {
        const added = sql(insert).run(id, flow, version, key, toJsonText(event) ?? null, state, startedAt);
        return added === 1 ? 'started' : 'already';
      }),
    get: (id) =>
      read((sql) => {
        const row = sql(select).get(id);
        return row && toRecord({ ...row, id });
      }),
    unfinished: (flow, { after, limit }) =>
      read((sql) => {
        const from = after === undefined ? 0 : sql(place).get(after)?.rowid;
        return from === undefined ? [] : sql(selectUnfinished).all(flow, from, rowLimit(limit)).map(toRecord);
      }),
    end: (id, state) =>
      write((sql) => {
        sql(update).run(state, id);
      }),
    steps: (id) =>
      read((sql) => {
        const rows = sql(selectSteps).all(id);
        return new Map<string, Json>(rows.map(({ step, result }) => [step, fromJsonText(result)]));
      }),
    writeStep: (id, step, result, held) =>
      write((sql) => {
        if (held && sql(prolong).run(clock.now() + held.leaseMs, held.job, held.lease) !== 1) return 'lost';
        return sql(insertStep).run(id, step, toJsonText(result) ?? null) === 1 ? 'written' : 'already';
      }),
  };
}

function toRecord({ id, flow, version, key, event, state, started_at }: RunRow & { readonly id: string }): RunRecord {
  return { id, flow, version, key, event: fromJsonText(event), state, startedAt: started_at };
}
