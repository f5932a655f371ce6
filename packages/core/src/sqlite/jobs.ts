import type { Clock } from '../ports/clock.ts';
import { lanes, type Lane } from '../ports/options.ts';
import type { ClaimedJob, JobStore, StoredJob } from '../ports/stores.ts';
import { defaultClockToleranceMs } from '../rules/clock-behind.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import { keyIsTaken } from '../rules/parked-key.ts';
import { rowLimit } from '../rules/row-limit.ts';
import type { Access } from './access.ts';
import type { Query, Sql } from './connection.ts';
import { noteMoment, refuseOldMoment } from './latest-moment.ts';

type DueRow = { seq: number; id: string; key: string; due_at: string; payload: string | null; attempt: number };
type StoredRow = {
  id: string;
  queue: string;
  key: string;
  lane: number;
  due_at: string;
  payload: string | null;
  state: StoredJob['state'];
};
type KeyRow = { queue: string; key: string };
type CountRow = { total: number; ready: number; running: number; parked: number };

const ended: Query<{ there: 1 }> = { text: 'select 1 as there from ended_jobs where id = ?' };
const known: Query<{ there: 1 }> = { text: 'select 1 as there from jobs where id = ?' };
const ofKey: Query<{ there: 1 }> = { text: 'select 1 as there from jobs where queue = ? and key = ? limit 1' };
const insert: Query = {
  text: `insert into jobs (id, queue, key, lane, due_at, due_ms, payload, state, attempt, head)
  select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, not exists (select 1 from jobs where queue = ?2 and key = ?3)
  where true on conflict (id) do nothing`,
};
// The conditions of the partial index word for word, or SQLite does not use it.
const due: Query<DueRow> = {
  text: `select seq, id, key, due_at, payload, attempt from jobs
  where queue = ? and lane = ? and head = 1 and state <> 'parked' and due_ms <= ? order by due_ms, seq limit ?`,
};
const handOut: Query = { text: "update jobs set state = 'running', due_ms = ?, attempt = ?, lease = ? where seq = ?" };
const renew: Query = { text: "update jobs set due_ms = ? where id = ? and lease = ? and state = 'running'" };
const wait: Query = {
  text: `update jobs set state = 'queued', due_ms = ?, due_at = ?, lease = null
  where id = ? and lease = ? and state = 'running'`,
};
const park: Query = {
  text: "update jobs set state = 'parked', lease = null where id = ? and lease = ? and state = 'running'",
};
const release: Query = {
  text: `update jobs set state = 'queued', due_ms = ?, due_at = ?, attempt = 0 where id = ? and state = 'parked'`,
};
const stored = 'select id, queue, key, lane, due_at, payload, state from jobs';
const byId: Query<StoredRow> = { text: `${stored} where id = ?` };
const listParked: Query<StoredRow> = {
  text: `${stored} where queue = ?1 and state = 'parked' and (?2 is null or id > ?2) order by id limit ?3`,
};
const endRunning: Query<KeyRow> = {
  text: "delete from jobs where id = ? and lease = ? and state = 'running' returning queue, key",
};
const endParked: Query<KeyRow> = { text: "delete from jobs where id = ? and state = 'parked' returning queue, key" };
const insertEnded: Query = { text: 'insert into ended_jobs (id) values (?)' };
const nextHead: Query = {
  text: 'update jobs set head = 1 where seq = (select min(seq) from jobs where queue = ? and key = ?)',
};
// Each from an index alone. A lease is always that of a head, so whatever runs is found among the heads.
const count: Query<CountRow> = {
  text: `select
    (select count(*) from jobs where queue = ?1) as total,
    (select count(*) from jobs
      where queue = ?1 and lane in (0, 1, 2) and head = 1 and state <> 'parked' and due_ms <= ?2) as ready,
    (select count(*) from jobs
      where queue = ?1 and lane in (0, 1, 2) and head = 1 and state <> 'parked' and due_ms > ?2
      and state = 'running') as running,
    (select count(*) from jobs where queue = ?1 and state = 'parked') as parked`,
};
const next: Query<{ due_ms: number | null }> = {
  text: `select min(due_ms) as due_ms from jobs
  where queue = ? and lane = ? and head = 1 and state <> 'parked' and due_ms > ?`,
};

export function sqliteJobs(
  { read, write }: Access,
  clock: Pick<Clock, 'now'>,
  clockToleranceMs = defaultClockToleranceMs,
): JobStore {
  return {
    add: ({ id, queue, key, lane, dueAt, payload, parked }) =>
      write((sql) => {
        if (sql(ended).get(id) !== undefined) return 'already';
        if (parked === true && sql(ofKey).get(queue, key) !== undefined) {
          if (sql(known).get(id) !== undefined) return 'already';
          throw keyIsTaken({ id, key });
        }
        const state = parked === true ? 'parked' : 'queued';
        const when = [dueAt, Date.parse(dueAt)] as const;
        const values = [id, queue, key, lanes.indexOf(lane), ...when, toJsonText(payload) ?? null, state] as const;
        return sql(insert).run(...values) === 1 ? 'added' : 'already';
      }),
    claim: (queue, { leaseMs, limit }) =>
      write((sql) => {
        const now = clock.now();
        refuseOldMoment(sql, `Nothing of queue "${queue}" was handed out`, now, clockToleranceMs);
        noteMoment(sql, now);
        return claim(sql, queue, now, leaseMs, rowLimit(limit));
      }),
    renew: (id, lease, leaseMs) =>
      write((sql) => (sql(renew).run(clock.now() + leaseMs, id, lease) === 1 ? 'renewed' : 'lost')),
    finish: (id, lease) => write((sql) => (end(sql, id, sql(endRunning).get(id, lease)) ? 'finished' : 'lost')),
    retry: (id, lease, dueAt) =>
      write((sql) => (sql(wait).run(Date.parse(dueAt), dueAt, id, lease) === 1 ? 'waiting' : 'lost')),
    park: (id, lease) => write((sql) => (sql(park).run(id, lease) === 1 ? 'parked' : 'lost')),
    release: (id, dueAt = new Date(clock.now()).toISOString()) =>
      write((sql) => sql(release).run(Date.parse(dueAt), dueAt, id) === 1),
    drop: (id) => write((sql) => end(sql, id, sql(endParked).get(id))),
    counts: (queue) =>
      read((sql) => {
        const row = sql(count).get(queue, clock.now());
        const { total = 0, ready = 0, running = 0, parked = 0 } = row ?? {};
        return { ready, waiting: total - ready - running - parked, running, parked };
      }),
    peek: (id) =>
      read((sql) => {
        const row = sql(byId).get(id);
        return row && toStored(row);
      }),
    parked: (queue, { after, limit }) =>
      read((sql) =>
        sql(listParked)
          .all(queue, after ?? null, rowLimit(limit))
          .map(toStored),
      ),
    nextDueAt: (queue) =>
      read((sql) => {
        const now = clock.now();
        const moments = lanes.flatMap((_, lane) => sql(next).get(queue, lane, now)?.due_ms ?? []);
        return moments.length === 0 ? undefined : new Date(Math.min(...moments)).toISOString();
      }),
  };
}

function claim(sql: Sql, queue: string, now: number, leaseMs: number, limit: number): readonly ClaimedJob[] {
  const claimed: ClaimedJob[] = [];
  for (const [index, lane] of lanes.entries()) {
    if (claimed.length >= limit) break;
    for (const row of sql(due).all(queue, index, now, limit - claimed.length)) {
      const lease = crypto.randomUUID();
      const attempt = row.attempt + 1;
      sql(handOut).run(now + leaseMs, attempt, lease, row.seq);
      const { id, key, due_at: dueAt, payload } = row;
      claimed.push({ id, queue, key, lane, dueAt, payload: fromJsonText(payload), attempt, lease });
    }
  }
  return claimed;
}

function toStored({ lane, due_at: dueAt, payload, ...row }: StoredRow): StoredJob {
  // `add` wrote the place of a lane in the list and nothing else.
  return { ...row, lane: lanes[lane] as Lane, dueAt, payload: fromJsonText(payload) };
}

/** Puts an ended job's id where `add` finds it for ever, and lets the next one of its key come forward. */
function end(sql: Sql, id: string, deleted: KeyRow | undefined): boolean {
  if (deleted === undefined) return false;
  sql(insertEnded).run(id);
  sql(nextHead).run(deleted.queue, deleted.key);
  return true;
}
