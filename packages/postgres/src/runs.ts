import {
  fromJsonText,
  rowLimit,
  toJsonText,
  type Json,
  type RunRecord,
  type RunState,
  type RunStore,
} from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';
import { nowMs, type StoreTime } from './time.ts';

type Row = {
  readonly id: string;
  readonly flow: string;
  readonly version: number;
  readonly key: string;
  readonly event: string | null;
  readonly state: RunState;
  readonly started_at: string;
};
const columns = 'id, flow, version, key, event, state, started_at';

export function postgresRuns(access: Access, sql: Sql, time: StoreTime): RunStore {
  const insert = sql(`insert into @runs (${columns}) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (id) do nothing returning true as started`);
  const select = sql<Row>(`select ${columns} from @runs where id = $1`);
  // In a unit the run may be changed by what was read of it.
  const selectLocked = sql<Row>(`select ${columns} from @runs where id = $1 for update`);
  const update = sql('update @runs set state = $2 where id = $1');
  const selectFirst = sql<Row>(`select ${columns} from @runs
    where flow = $1 and state = 'open' order by seq limit $2::bigint`);
  const selectAfter = sql<Row>(`select ${columns} from @runs
    where flow = $1 and state = 'open' and seq > (select seq from @runs where id = $3) order by seq limit $2::bigint`);
  const selectSteps = sql<{ step: string; result: string | null }>('select step, result from @steps where run = $1');
  const insertStep = sql<Written>(`with
    written as (
      insert into @steps (run, step, result) values ($1, $2, $3) on conflict (run, step) do nothing returning true)
    select true as held, exists (select from written) as written`);
  const insertHeldStep = sql<Written>(`with
    held as (
      update @job_leases set until_ms = ${nowMs(7)} + $6::double precision
      where job = $4 and lease = $5 returning true),
    written as (
      insert into @steps (run, step, result) select $1, $2, $3 from held
      on conflict (run, step) do nothing returning true)
    select exists (select from held) as held, exists (select from written) as written`);
  return {
    async start({ id, flow, version, key, event, state, startedAt }) {
      const values = [id, flow, version, key, toJsonText(event) ?? null, state, startedAt];
      return (await access.query(insert, values)).length === 1 ? 'started' : 'already';
    },
    async get(id) {
      const [row] = await access.query(access.inUnit ? selectLocked : select, [id]);
      return row && toRecord(row);
    },
    async unfinished(flow, { after, limit }) {
      const values = [flow, rowLimit(limit)];
      const rows = await (after === undefined
        ? access.query(selectFirst, values)
        : access.query(selectAfter, [...values, after]));
      return rows.map(toRecord);
    },
    async end(id, state) {
      await access.query(update, [id, state]);
    },
    async steps(id) {
      const rows = await access.query(selectSteps, [id]);
      return new Map<string, Json>(rows.map(({ step, result }) => [step, fromJsonText(result)]));
    },
    async writeStep(id, step, result, held) {
      const values = [id, step, toJsonText(result) ?? null];
      const [row] = await (held
        ? access.query(insertHeldStep, [...values, held.job, held.lease, held.leaseMs, time.now()])
        : access.query(insertStep, values));
      if (row?.held !== true) return 'lost';
      return row.written ? 'written' : 'already';
    },
  };
}
type Written = { readonly held: boolean; readonly written: boolean };

function toRecord({ id, flow, version, key, event, state, started_at }: Row): RunRecord {
  return { id, flow, version, key, event: fromJsonText(event), state, startedAt: started_at };
}
