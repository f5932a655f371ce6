import { lanes } from '../ports/options.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobStore, NewJob, StoredJob } from '../ports/stores.ts';
import { inByteOrder } from '../rules/byte-order.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import { keyIsTaken } from '../rules/parked-key.ts';
import { rowLimit } from '../rules/row-limit.ts';
import type { Table } from './table.ts';
import type { Run } from './units.ts';

/** `dueMs` of a running job is the end of its lease, after which it is due again. */
export type JobRow = Omit<NewJob, 'payload' | 'parked'> & {
  readonly payload: string | undefined;
  readonly state: 'queued' | 'running' | 'parked';
  readonly dueMs: number;
  readonly attempt: number;
  readonly lease: string | undefined;
  readonly order: number;
};

export function memoryJobs(
  rows: Table<JobRow>,
  ended: Table<true>,
  run: Run,
  clock: Pick<Clock, 'now'>,
  refuseOldMoment: (what: string, now: number) => void,
): JobStore {
  /** The oldest job of every key: the only ones that can be handed out. */
  const heads = (queue: string): readonly JobRow[] => {
    const first = new Map<string, JobRow>();
    for (const row of rows.values()) {
      const before = first.get(row.key);
      if (row.queue === queue && (before === undefined || row.order < before.order)) first.set(row.key, row);
    }
    return [...first.values()];
  };
  const isTaken = ({ queue, key }: Pick<NewJob, 'queue' | 'key'>) =>
    [...rows.values()].some((row) => row.queue === queue && row.key === key);
  const isDue = (row: JobRow, now: number) => row.state !== 'parked' && row.dueMs <= now;
  const end = (id: string) => {
    rows.delete(id);
    ended.set(id, true);
  };
  /** Acts on the job if `lease` is the one under which it was handed out last. */
  const underLease = <A>(id: string, lease: string, act: (row: JobRow) => void, good: A) =>
    run(() => {
      const row = rows.get(id);
      if (row?.state !== 'running' || row.lease !== lease) return 'lost' as const;
      act(row);
      return good;
    });
  /** Acts on the job if it is parked. */
  const ifParked = (id: string, act: (row: JobRow) => void) =>
    run(() => {
      const row = rows.get(id);
      if (row?.state !== 'parked') return false;
      act(row);
      return true;
    });

  return {
    add: ({ payload, parked, ...job }) =>
      run(() => {
        if (rows.has(job.id) || ended.has(job.id)) return 'already';
        if (parked === true && isTaken(job)) throw keyIsTaken(job);
        const state = parked === true ? 'parked' : 'queued';
        const dueMs = Date.parse(job.dueAt);
        const order = rows.next();
        rows.set(job.id, { ...job, payload: toJsonText(payload), state, dueMs, attempt: 0, lease: undefined, order });
        return 'added';
      }),
    claim: (queue, { leaseMs, limit }) =>
      run(() => {
        const now = clock.now();
        refuseOldMoment(`Nothing of queue "${queue}" was handed out`, now);
        const due = heads(queue)
          .filter((row) => isDue(row, now))
          .toSorted(urgentFirst)
          .slice(0, rowLimit(limit));
        return due.map((row) => {
          const lease = crypto.randomUUID();
          const attempt = row.attempt + 1;
          rows.set(row.id, { ...row, state: 'running', dueMs: now + leaseMs, attempt, lease });
          const { id, key, lane, dueAt, payload } = row;
          return { id, queue, key, lane, dueAt, payload: fromJsonText(payload), attempt, lease };
        });
      }),
    renew: (id, lease, leaseMs) =>
      underLease(id, lease, (row) => rows.set(id, { ...row, dueMs: clock.now() + leaseMs }), 'renewed' as const),
    finish: (id, lease) => underLease(id, lease, () => end(id), 'finished' as const),
    retry: (id, lease, dueAt) =>
      underLease(
        id,
        lease,
        (row) => rows.set(id, { ...row, state: 'queued', dueMs: Date.parse(dueAt), dueAt, lease: undefined }),
        'waiting' as const,
      ),
    park: (id, lease) =>
      underLease(id, lease, (row) => rows.set(id, { ...row, state: 'parked', lease: undefined }), 'parked' as const),
    release: (id, dueAt = new Date(clock.now()).toISOString()) =>
      ifParked(id, (row) => rows.set(id, { ...row, state: 'queued', dueMs: Date.parse(dueAt), dueAt, attempt: 0 })),
    drop: (id) => ifParked(id, () => end(id)),
    counts: (queue) =>
      run(() => {
        const now = clock.now();
        const all = [...rows.values()].filter((row) => row.queue === queue);
        const ready = heads(queue).filter((row) => isDue(row, now)).length;
        const running = all.filter((row) => row.state === 'running' && row.dueMs > now).length;
        const parked = all.filter((row) => row.state === 'parked').length;
        return { ready, waiting: all.length - ready - running - parked, running, parked };
      }),
    peek: (id) =>
      run(() => {
        const row = rows.get(id);
        return row && toStored(row);
      }),
    parked: (queue, { after, limit }) =>
      run(() => {
        const parked = [...rows.values()].filter((row) => row.queue === queue && row.state === 'parked');
        return parked
          .toSorted((one, other) => inByteOrder(one.id, other.id))
          .filter(({ id }) => after === undefined || inByteOrder(id, after) > 0)
          .slice(0, rowLimit(limit))
          .map(toStored);
      }),
    nextDueAt: (queue) =>
      run(() => {
        const now = clock.now();
        const moments = heads(queue).flatMap(({ state, dueMs }) => (state !== 'parked' && dueMs > now ? [dueMs] : []));
        if (moments.length === 0) return undefined;
        return new Date(moments.reduce((one, other) => Math.min(one, other))).toISOString();
      }),
  };
}

function toStored({ id, queue, key, lane, dueAt, payload, state }: JobRow): StoredJob {
  return { id, queue, key, lane, dueAt, payload: fromJsonText(payload), state };
}

function urgentFirst(one: JobRow, other: JobRow): number {
  return lanes.indexOf(one.lane) - lanes.indexOf(other.lane) || one.dueMs - other.dueMs || one.order - other.order;
}
