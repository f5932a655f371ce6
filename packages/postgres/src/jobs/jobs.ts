import {
  fromJsonText,
  keyIsTaken,
  rowLimit,
  toJsonText,
  type ClaimedJob,
  type JobStore,
  type Lane,
  type NewJob,
  type StoredJob,
} from '@crossdock/core';
import type { Access, Bound } from '../access.ts';
import { sqlState } from '../failure.ts';
import type { StoreTime } from '../time.ts';
import type { Boss } from './boss.ts';
import type { BossJob } from './boss-statements.ts';
import type { ClaimedRow, StoredRow } from './job-rows.ts';
import { attemptOf, keyName, queueName, storedText, type Attempt } from './names.ts';

const priorities: Readonly<Record<Lane, number>> = { urgent: 2, normal: 1, bulk: 0 };
const lanesByPriority: readonly Lane[] = ['bulk', 'normal', 'urgent'];
/** Two workers met at one key: the second sees the next time what became of it. */
const mostMeetings = 5;

/**
 * Jobs kept by pg-boss, in its policy that keeps those of one key in order. Its attempts are our fence; when a lease ends
 * is ours, because pg-boss counts in whole seconds and looks at it in the background.
 */
export function postgresJobs(access: Access, boss: Boss, time: StoreTime): JobStore {
  const { statements, rows } = boss;
  /** Statements that land together, those of pg-boss at the stores' time. */
  const batchOn = async (on: Access, ...bounds: readonly Bound[]) => {
    const before = boss.atItsTime();
    return (await on.batch(...before, ...bounds)).slice(before.length);
  };
  /** Does something to a job under its lease, and ends the lease with it. */
  const underLease = <A>(id: string, lease: string, act: (attempt: Attempt) => Promise<readonly Bound[]>, good: A) =>
    access.together(async (inside) => {
      const attempt = attemptOf(id, lease);
      // The row of the lease keeps everybody else from the job until this has landed.
      if (!attempt || (await inside.query(rows.endLease, [id, lease])).length === 0) return 'lost' as const;
      await batchOn(inside, ...(await act(attempt)));
      return good;
    });

  const add = async (job: NewJob): Promise<'added' | 'already'> => {
    const sent = await sendable(job, boss);
    const [, , settled] = await batchOn(access, ...sent.bounds);
    if (!isOurs(settled)) return 'already';
    boss.added();
    return 'added';
  };
  const addParked = async (job: NewJob): Promise<'added' | 'already'> =>
    access.together(async (inside) => {
      const sent = await sendable(job, boss);
      const [found] = await inside.query(rows.lookBeforeParking, [job.id, sent.queue, sent.key]);
      if (found?.known === true) return 'already';
      if (found?.taken === true) throw keyIsTaken(job);
      const [, , settled] = await batchOn(inside, ...sent.bounds);
      if (!isOurs(settled)) return 'already';
      await batchOn(inside, await statements.fail(sent.queue, sent.boss));
      return 'added';
    });

  const claim = async (queue: string, leaseMs: number, limit: number): Promise<readonly ClaimedJob[]> => {
    const name = queueName(queue);
    await boss.ready(name);
    await time.check(access, `Nothing of queue "${queue}" was handed out`);
    const [, claimed = []] = await access.batch(rows.byIndex, [rows.claim, [name, queue, limit, leaseMs, time.now()]]);
    return (claimed as readonly ClaimedRow[]).map((row) => toClaimed(row, queue));
  };

  return {
    async add(job) {
      try {
        return await (job.parked === true ? addParked(job) : add(job));
      } catch (error) {
        // Another job of the key was handed out just now.
        throw job.parked === true && isMeeting(error) ? keyIsTaken(job) : error;
      }
    },
    async claim(queue, { leaseMs, limit }) {
      const most = rowLimit(limit);
      if (most === 0) return [];
      for (let meetings = 1; ; meetings++) {
        try {
          return await claim(queue, leaseMs, most);
        } catch (error) {
          if (!isMeeting(error) || access.inUnit || meetings >= mostMeetings) throw error;
        }
      }
    },
    async renew(id, lease, leaseMs) {
      const prolonged = await access.query(rows.prolong, [id, lease, leaseMs, time.now()]);
      return prolonged.length === 1 ? 'renewed' : 'lost';
    },
    async finish(id, lease) {
      const attempt = attemptOf(id, lease);
      if (!attempt || !(await boss.has(attempt.queue))) return 'lost';
      // Both go by the attempt, so they find it or lose it together.
      const removed = await statements.remove(attempt.queue, attempt);
      const [ended = []] = await access.batch([rows.endLease, [id, lease]], removed);
      return ended.length === 1 ? 'finished' : 'lost';
    },
    retry: (id, lease, dueAt) =>
      underLease(
        id,
        lease,
        async (attempt) => [
          await statements.fail(attempt.queue, attempt),
          await statements.retry(attempt.queue, attempt.boss),
          await statements.move(attempt.queue, attempt.boss, momentOf(dueAt)),
          [rows.setDue, [id, dueAt, null]],
        ],
        'waiting',
      ),
    park: (id, lease) =>
      underLease(
        id,
        lease,
        async (attempt) => [
          await statements.fail(attempt.queue, attempt),
          [rows.countFrom, [id, attempt.retryCount + 1]],
        ],
        'parked',
      ),
    release: (id, dueAt) =>
      access.together(async (inside) => {
        const [parked] = await inside.query(rows.lockParked, [id]);
        if (!parked) return false;
        await boss.ready(parked.queue);
        await batchOn(
          inside,
          await statements.retry(parked.queue, parked.boss),
          await statements.move(parked.queue, parked.boss, dueAt === undefined ? undefined : momentOf(dueAt)),
          [rows.setDue, [id, dueAt ?? null, time.now()]],
        );
        return true;
      }),
    drop: (id) =>
      access.together(async (inside) => {
        const [parked] = await inside.query(rows.lockParked, [id]);
        if (!parked) return false;
        await boss.ready(parked.queue);
        await batchOn(inside, await statements.remove(parked.queue, parked.boss));
        return true;
      }),
    async counts(queue) {
      const [row] = await access.query(rows.counts, [queueName(queue), queue, time.now()]);
      const { total = 0, ready = 0, lapsed = 0, running = 0, parked = 0 } = row ?? {};
      return { ready: ready + lapsed, waiting: total - ready - lapsed - running - parked, running, parked };
    },
    async peek(id) {
      const [row] = await access.query(rows.peek, [id]);
      return row && toStored(row);
    },
    async parked(queue, { after, limit }) {
      return (await access.query(rows.parked, [queueName(queue), after ?? null, rowLimit(limit)])).map(toStored);
    },
    async nextDueAt(queue) {
      const [row] = await access.query(rows.nextDue, [queueName(queue), queue, time.now()]);
      return typeof row?.ms === 'number' ? new Date(row.ms).toISOString() : undefined;
    },
  };
}

/** The statements that add a job, the last of which says whether it was new. */
async function sendable({ id, queue, key, lane, dueAt, payload }: NewJob, boss: Boss) {
  const job: BossJob = {
    id: boss.newId(),
    queue: queueName(queue),
    key: keyName(key),
    priority: priorities[lane],
    dueAt: momentOf(dueAt),
    // The payload stays a text: jsonb keeps neither the order of keys nor every character.
    data: { id: storedText(id), queue: storedText(queue), key: storedText(key), payload: toJsonText(payload) },
  };
  await boss.ready(job.queue);
  const { rows, statements } = boss;
  const bounds: readonly Bound[] = [
    [rows.admit, [id, job.id, job.queue, dueAt]],
    await statements.send(job),
    [rows.settle, [id, job.id, job.queue, job.key]],
  ];
  return { boss: job.id, queue: job.queue, key: job.key, bounds };
}

function toClaimed({ priority, due_at: dueAt, payload, ...row }: ClaimedRow, queue: string): ClaimedJob {
  return { ...row, queue, lane: laneOf(priority), dueAt, payload: fromJsonText(payload) };
}

function toStored({ priority, due_at: dueAt, payload, ...row }: StoredRow): StoredJob {
  return { ...row, lane: laneOf(priority), dueAt, payload: fromJsonText(payload) };
}

/** `add` wrote the priority of a lane and nothing else. */
function laneOf(priority: number): Lane {
  return lanesByPriority[priority] as Lane;
}

/** As pg-boss reads a moment. It reads no year that has more than four digits, and whoever waits for one waits for ever. */
function momentOf(text: string): string {
  return new Date(Math.min(Math.max(Date.parse(text), firstMs), lastMs)).toISOString();
}
const firstMs = Date.parse('0001-01-01T00:00:00.000Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

function isOurs(settled: readonly unknown[] | undefined): boolean {
  const [row] = (settled ?? []) as readonly { readonly ours: boolean }[];
  return row?.ours === true;
}

/** Two jobs of one key were handed out at once, which an index of pg-boss refuses. */
function isMeeting(error: unknown): boolean {
  return sqlState(error) === '23505';
}
