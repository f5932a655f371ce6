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
  fetch(queue: string, limit: number): Promise<Bound>;
  /** Deletes jobs, those of these attempts only. */
  remove(queue: string, jobs: Attempt | string): Promise<Bound>;
  /** Makes jobs `failed`, which keeps the others of their keys from being fetched. */
  fail(queue: string, jobs: readonly Attempt[] | string): Promise<Bound>;
  /** Makes failed jobs due again. */
  retry(queue: string, ids: readonly string[]): Promise<Bound>;
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
    fetch: (queue, limit) => asked((db) => boss.fetch(queue, { db, batchSize: limit })),
    remove: (queue, job) => asked((db) => boss.deleteJob(queue, typeof job === 'string' ? job : fenced(job), { db })),
    fail: (queue, jobs) =>
      asked((db) => boss.fail(queue, typeof jobs === 'string' ? jobs : jobs.map(fenced), undefined, { db })),
    retry: (queue, ids) => asked((db) => boss.retry(queue, [...ids], { db })),
    move: (queue, id, dueAt) =>
      asked((db) => boss.update(queue, undefined, { db, id, startAfter: dueAt ?? 0, retryLimit: 0 })),
  };
}

function fenced({ boss: id, retryCount }: Attempt): { readonly id: string; readonly retryCount: number } {
  return { id, retryCount };
}
