import { emptyPostgresStores, postgresStores } from '@crossdock/postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { freshSchema } from './fresh-stores.ts';

const connectionString = inject('postgres');
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString });
  await admin.connect();
});
afterAll(() => admin.end());
const job = {
  id: 'pick',
  queue: 'work',
  key: 'order/1',
  lane: 'normal',
  dueAt: '2026-11-01T08:00:00Z',
  payload: null,
} as const;
const clockAt = (moment: string) => ({ now: () => Date.parse(moment) });

it('forgets everything of a schema, which then serves an earlier day as a new one does', async () => {
  const schema = freshSchema();
  const before = await postgresStores({ connectionString, schema, clock: clockAt('2026-11-20T08:00:00Z') });
  await before.belongTo('shop');
  await before.jobs.add(job);
  await before.jobs.claim('work', { leaseMs: 60_000, limit: 1 });
  await before.idempotency.begin('key', 'fingerprint', 60_000);
  await before.shared.update('bucket', () => ({ next: 1, result: undefined }));
  await before.close();

  await emptyPostgresStores({ connectionString, schema });

  const after = await postgresStores({ connectionString, schema, clock: clockAt('2026-11-01T08:00:00Z') });
  expect(await after.belongTo('another')).toBe('another');
  expect(await after.idempotency.peek('key')).toBeUndefined();
  expect(await after.shared.update('bucket', (state) => ({ result: state }))).toBeUndefined();
  expect(await after.jobs.add(job)).toBe('added');
  expect(await after.jobs.claim('work', { leaseMs: 60_000, limit: 1 })).toMatchObject([{ id: 'pick', attempt: 1 }]);
  await after.close();
});

it('does nothing where there is no such schema', async () => {
  await expect(emptyPostgresStores({ connectionString, schema: freshSchema() })).resolves.toBeUndefined();
});

it.each(['cursors', 'customers'])('leaves another program’s schema as it is, with a table "%s"', async (table) => {
  const schema = freshSchema();
  await admin.query(`create schema ${schema}; create table ${schema}.${table} as select 1 as id`);
  await expect(emptyPostgresStores({ connectionString, schema })).rejects.toMatchObject({ code: 'store.corrupt' });
  expect((await admin.query(`select id from ${schema}.${table}`)).rows).toEqual([{ id: 1 }]);
});

it('leaves another program’s tables as they are in the place of the jobs', async () => {
  const schema = freshSchema();
  await admin.query(`create schema ${schema}_jobs; create table ${schema}_jobs.jobs as select 1 as id`);
  await expect(emptyPostgresStores({ connectionString, schema })).rejects.toMatchObject({ code: 'store.corrupt' });
  expect((await admin.query(`select id from ${schema}_jobs.jobs`)).rows).toEqual([{ id: 1 }]);
});

it('leaves tables as they are that somebody made beside those of the stores', async () => {
  const schema = freshSchema();
  await (await postgresStores({ connectionString, schema })).close();
  await admin.query(
    `create table ${schema}.notes as select 1 as id; create table ${schema}_jobs.job_notes as select 1 as id`,
  );
  await emptyPostgresStores({ connectionString, schema });
  expect((await admin.query(`select id from ${schema}.notes join ${schema}_jobs.job_notes using (id)`)).rows).toEqual([
    { id: 1 },
  ]);
});

it('empties nothing that a newer version wrote', async () => {
  const schema = freshSchema();
  const stores = await postgresStores({ connectionString, schema });
  await stores.cursors.advance('c', undefined, 'a');
  await admin.query(`insert into ${schema}.crossdock_version values (99, now())`);
  await expect(emptyPostgresStores({ connectionString, schema })).rejects.toMatchObject({ code: 'options.invalid' });
  expect(await stores.cursors.read('c')).toBe('a');
  await stores.close();
});

it.each([1, undefined])(
  'empties no table of another program that is called as ours are, in version %s',
  async (version) => {
    const schema = freshSchema();
    await admin.query(`create schema ${schema};
    create table ${schema}.crossdock_version (version integer, applied_at timestamptz);
    create table ${schema}.inbox as select 'a letter' as letter`);
    if (version !== undefined) await admin.query(`insert into ${schema}.crossdock_version values (${version}, now())`);
    await expect(emptyPostgresStores({ connectionString, schema })).rejects.toMatchObject({ code: 'store.corrupt' });
    expect((await admin.query(`select letter from ${schema}.inbox`)).rows).toEqual([{ letter: 'a letter' }]);
  },
);

it.each([
  ['a pool of ours', undefined],
  ['a pool of the user', new pg.Pool({ connectionString })],
])('gives up when somebody keeps a table to himself, with %s, and empties nothing', async (_, pool) => {
  const schema = freshSchema();
  const stores = await postgresStores({ connectionString, schema });
  await stores.cursors.advance('c', undefined, 'a');
  await admin.query(`begin; lock table ${schema}.inbox in access exclusive mode`);
  const options = { ...(pool ? { pool } : { connectionString }), schema, busyTimeoutMs: 300 };
  await expect(emptyPostgresStores(options)).rejects.toMatchObject({
    code: 'store.unavailable',
    message: expect.stringContaining('kept it waiting too long'),
  });
  await admin.query('rollback');
  expect(await stores.cursors.read('c')).toBe('a');
  await stores.close();
  await pool?.end();
});
