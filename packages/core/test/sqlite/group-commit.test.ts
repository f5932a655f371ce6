import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openConnection, type Query } from '../../src/sqlite/connection.ts';
import { groupCommit } from '../../src/sqlite/group-commit.ts';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => rmSync(directory, { recursive: true }));

const create: Query = { text: 'create table t (n integer primary key) strict' };
const insert: Query = { text: 'insert into t (n) values (?)' };
const all: Query<{ n: number }> = { text: 'select n from t order by n' };

function writer() {
  const connection = openConnection(file, 1000);
  connection.exec('pragma journal_mode = wal');
  connection.sql(create).run();
  return { connection, commits: groupCommit(connection, file) };
}

it('takes back the one that fails and keeps those that were asked for with it', async () => {
  const { connection, commits } = writer();
  const ends = await Promise.allSettled([
    commits.write((sql) => sql(insert).run(1)),
    commits.write((sql) => {
      sql(insert).run(2);
      sql(insert).run(1);
    }),
    commits.write((sql) => sql(insert).run(3)),
    commits.unit(async ({ write }) => {
      await write((sql) => sql(insert).run(4));
      throw new Error('The work stopped.');
    }),
    commits.write((sql) => sql(insert).run(5)),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(
    connection
      .sql(all)
      .all()
      .map(({ n }) => n),
  ).toEqual([1, 3, 5]);
  connection.close();
});

it('acknowledges nothing before it is committed', async () => {
  const { connection, commits } = writer();
  const other = new DatabaseSync(file, { readOnly: true });
  const seen = await Promise.all(
    [1, 2, 3].map(async (n) => {
      await commits.write((sql) => sql(insert).run(n));
      return other.prepare('select count(*) as count from t').get()?.['count'];
    }),
  );
  expect(seen).toEqual([3, 3, 3]);
  other.close();
  connection.close();
});

it('tells everybody of a group whose commit failed, and goes on with the next', async () => {
  const { connection, commits } = writer();
  const asked = [commits.write((sql) => sql(insert).run(1)), commits.write((sql) => sql(insert).run(2))];
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  const waiting = Promise.allSettled(asked);
  const ends = await waiting;
  expect(ends).toMatchObject([
    { status: 'rejected', reason: { code: 'store.unavailable' } },
    { status: 'rejected', reason: { code: 'store.unavailable' } },
  ]);
  other.exec('rollback');
  other.close();
  expect(await commits.write((sql) => sql(insert).run(1))).toBe(1);
  connection.close();
});

it('hands out a job as fast with a hundred thousand finished ones behind it', async () => {
  const stores = sqliteStores({ file });
  await stores.close();
  const direct = new DatabaseSync(file);
  direct.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)
    insert into ended_jobs (id) select 'old/' || i from n`);
  const plan = direct
    .prepare(
      `explain query plan select seq from jobs where queue = 'q' and lane = 1 and head = 1 and state <> 'parked'
       and due_ms <= 5 order by due_ms, seq limit 1`,
    )
    .all()
    .map((row) => row['detail']);
  expect(plan).toEqual([expect.stringContaining('jobs_due (queue=? AND lane=? AND due_ms<?)')]);
  direct.close();
  const again = sqliteStores({ file });
  const job = {
    id: 'old/99999',
    queue: 'q',
    key: 'k',
    lane: 'normal',
    dueAt: '2026-11-01T00:00:00Z',
    payload: null,
  } as const;
  expect(await again.jobs.add(job)).toBe('already');
  await again.close();
});
