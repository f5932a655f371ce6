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
  const connection = openConnection(file, 0);
  connection.exec('pragma journal_mode = wal');
  connection.sql(create).run();
  return { connection, commits: groupCommit(connection, file, 50) };
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

it('refuses a unit of work that uses the stores outside it, in place of waiting for itself', async () => {
  const stores = sqliteStores({ file });
  const uses: readonly (() => Promise<unknown>)[] = [
    () => stores.cursors.advance('c', undefined, 'a'),
    () => stores.cursors.read('c'),
    () => stores.atomically(async () => 1),
    () => stores.close(),
  ];
  for (const use of uses) {
    const unit = stores.atomically(async (inside) => {
      await inside.cursors.advance('d', undefined, 'a');
      await use();
    });
    await expect(unit).rejects.toMatchObject({ code: 'flow.defect' });
  }
  expect(await stores.cursors.read('d')).toBeUndefined();
  expect(await stores.cursors.advance('c', undefined, 'a')).toBe(true);
  await stores.close();
});

it('lets what a unit of work began go on with the stores when the unit is over', async () => {
  const stores = sqliteStores({ file });
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const after: Promise<boolean>[] = [];
  await stores.atomically(async () => {
    after.push(over.then(() => stores.cursors.advance('c', undefined, 'a')));
  });
  end();
  expect(await Promise.all(after)).toEqual([true]);
  await stores.close();
});

it('leaves the process alive while another one holds the file, and keeps the order of what was asked', async () => {
  const stores = sqliteStores({ file, busyTimeoutMs: 60_000 });
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  const order: string[] = [];
  const asked = ['a', 'b', 'c'].map(async (name) => {
    await stores.cursors.advance(name, undefined, 'x');
    order.push(name);
  });
  // A write that blocked would never let the holder come to this.
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
  expect(await stores.cursors.read('a')).toBeUndefined();
  expect(order).toEqual([]);
  other.exec('rollback');
  other.close();
  await Promise.all(asked);
  expect(order).toEqual(['a', 'b', 'c']);
  await stores.close();
});

it('counts jobs without a look at each of those that wait', async () => {
  const stores = sqliteStores({ file });
  await stores.close();
  const direct = new DatabaseSync(file);
  const plan = (condition: string) =>
    direct
      .prepare(`explain query plan select count(*) from jobs where queue = 'q' and ${condition}`)
      .all()
      .map((row) => row['detail']);
  const heads = "lane in (0, 1, 2) and head = 1 and state <> 'parked'";
  for (const condition of [`${heads} and due_ms <= 5`, `${heads} and due_ms > 5 and state = 'running'`]) {
    expect(plan(condition)).toEqual([expect.stringMatching(/USING COVERING INDEX jobs_due \(queue=\? AND lane=\?/)]);
  }
  expect(plan("state = 'parked'")).toEqual([expect.stringContaining('USING COVERING INDEX jobs_parked')]);
  expect(plan('true')).toEqual([expect.stringContaining('USING COVERING INDEX')]);
  direct.close();
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
