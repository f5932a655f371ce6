import type { Db, PgBoss } from 'pg-boss';
import type { Bound, Statement } from '../access.ts';
import { namedStatement } from '../statement.ts';
import type { Attempt } from './names.ts';

/** A job as pg-boss keeps it. */
export type BossJob = {
  readonly id: string;
  readonly queue: string;
  readonly key: string;
  readonly priority: number;
  readonly dueAt: string;
  readonly data: Readonly<Record<string, string | undefined>>;
};

/**
 * What pg-boss would do, as the statements that it would do it with. So they can be prepared, and land in one round trip
 * together with ours. Its answers are read by whoever runs them.
 */
export interface BossStatements {
  send(job: BossJob): Promise<Bound>;
  /** Deletes a job, in this attempt only if one is named. */
  remove(queue: string, job: Attempt | string): Promise<Bound>;
  /** Makes a job `failed`, which holds back the others of its key; in this attempt only if one is named. */
  fail(queue: string, job: Attempt | string): Promise<Bound>;
  /** Makes a failed job due again. */
  retry(queue: string, id: string): Promise<Bound>;
  /**
   * Moves when a job is due that is not at work; without `dueAt` it is due now. pg-boss counted `retry` as leave for one
   * more attempt of its own, which is taken back: what fails next has to be `failed` again.
   */
  move(queue: string, id: string, dueAt: string | undefined): Promise<Bound>;
}

export function bossStatements(boss: PgBoss): BossStatements {
  const known = new Map<string, Statement>();
  const asked = async (ask: (db: Db) => Promise<unknown>): Promise<Bound> => {
    let bound: Bound | undefined;
    const db: Db = {
      async executeSql(text, values = []) {
        if (bound) throw new Error('pg-boss asked for more than one statement.');
        const statement = known.get(text) ?? namedStatement(text);
        known.set(text, statement);
        bound = [statement, values];
        return { rows: [{ id: null, count: '0', ids: [], retained: 0 }] };
      },
    };
    await ask(db);
    if (bound === undefined) throw new Error('pg-boss asked for no statement.');
    return bound;
  };
  return {
    send: ({ id, queue, key, priority, dueAt, data }) =>
      asked((db) => boss.send(queue, data, { db, id, priority, startAfter: dueAt, singletonKey: key })),
    remove: (queue, job) => asked((db) => boss.deleteJob(queue, fenced(job), { db })),
    fail: (queue, job) => asked((db) => boss.fail(queue, fenced(job), undefined, { db })),
    retry: (queue, id) => asked((db) => boss.retry(queue, id, { db })),
    move: (queue, id, dueAt) =>
      asked((db) => boss.update(queue, undefined, { db, id, startAfter: dueAt ?? 0, retryLimit: 0 })),
  };
}

/** A job as pg-boss is told which one is meant: by its id, or by the attempt that has to be the current one. */
function fenced(job: Attempt | string): string | { id: string; retryCount: number } {
  return typeof job === 'string' ? job : { id: job.boss, retryCount: job.retryCount };
}
