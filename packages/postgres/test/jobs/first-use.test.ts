import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { freshSchema, freshStores } from '../fresh-stores.ts';
import { proxyTo } from '../proxy.ts';

const connectionString = inject('postgres');
let schema: string;
let admin: pg.Client;
beforeEach(async () => {
  schema = freshSchema();
  admin = new pg.Client({ connectionString });
  await admin.connect();
});
afterEach(() => admin.end());

const job = (id: string, queue: string) =>
  ({ id, queue, key: id, lane: 'normal', dueAt: '2026-11-01T00:00:00Z', payload: null }) as const;
const keptWaiting = { code: 'store.unavailable', message: expect.stringContaining('kept it waiting too long') };

describe('the first job of a queue', () => {
  it.each([
    ['a pool of ours', undefined, 'share'],
    ['a pool of ours', undefined, 'access exclusive'],
    ['a pool of the user', new pg.Pool({ connectionString }), 'share'],
  ])('ends its wait for whoever keeps the queues to himself, with %s', async (_, theirs, mode) => {
    const stores = await freshStores({
      connectionString: undefined,
      pool: theirs ?? { connectionString },
      schema,
      busyTimeoutMs: 500,
    });
    await admin.query(`begin; lock table ${schema}_jobs.queue in ${mode} mode`);
    await expect(stores.jobs.add(job('1', 'held'))).rejects.toMatchObject(keptWaiting);
    await expect(stores.atomically(({ jobs }) => jobs.add(job('2', 'another')))).rejects.toMatchObject(keptWaiting);
    await admin.query('rollback');
    expect(await stores.jobs.add(job('1', 'held'))).toBe('added');
    expect(await stores.jobs.add(job('2', 'another'))).toBe('added');
    await stores.close();
    await theirs?.end();
  });

  it('ends its wait for a lost answer as every other does, and the next time it is made', async () => {
    const proxy = await proxyTo(connectionString, () => undefined);
    const stores = await freshStores({
      connectionString: undefined,
      pool: { connectionString: proxy.url, query_timeout: 500 },
      schema,
    });
    await stores.jobs.add(job('1', 'known'));
    proxy.freeze(true);
    await expect(stores.jobs.add(job('2', 'new'))).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining('did not answer in time'),
    });
    proxy.freeze(false);
    expect(await stores.jobs.add(job('2', 'new'))).toBe('added');
    await stores.close();
    await proxy.close();
  });
});

it('opening says that somebody keeps the queues to himself', async () => {
  await (await freshStores({ schema })).close();
  await admin.query(`begin; lock table ${schema}_jobs.queue in access exclusive mode`);
  await expect(freshStores({ schema, busyTimeoutMs: 500 })).rejects.toMatchObject(keptWaiting);
  await admin.query('rollback');
});

it('somebody who makes the tables of the jobs is waited for longer than another unit of work', async () => {
  const lock = `select pg_advisory_xact_lock(hashtextextended('crossdock/open/${schema}_jobs', 0))`;
  await admin.query('begin');
  await admin.query(lock);
  // Within a transaction the server shows who is connected as it was at the first look.
  const onlooker = new pg.Client({ connectionString });
  await onlooker.connect();
  const opening = freshStores({ schema, busyTimeoutMs: 1_500 });
  const end: { as?: unknown } = {};
  const soon = opening.then(
    () => (end.as = 'opened'),
    (error: unknown) => (end.as = error),
  );
  const waits = async () => {
    const { rows } = await onlooker.query<{ ms: number }>(
      `select extract(epoch from clock_timestamp() - waitstart)::double precision * 1000 as ms
        from pg_locks join pg_stat_activity using (pid) where not granted and query like '%${schema}_jobs%'`,
    );
    return rows[0]?.ms ?? 0;
  };
  while (end.as === undefined && (await waits()) < 2_500) await onlooker.query('select pg_sleep(0.05)');
  expect(end.as).toBeUndefined();
  await admin.query('commit');
  expect(await soon).toBe('opened');
  await onlooker.end();
  await (await opening).close();
});
