import { postgresStores } from '@crossdock/postgres';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { startPostgres } from '../../../../scripts/postgres-server.mjs';
import { freshSchema, freshStores } from '../fresh-stores.ts';

let schema: string;
let database: pg.Client;
beforeEach(async () => {
  schema = freshSchema();
  database = new pg.Client(inject('postgres'));
  await database.connect();
});
afterEach(() => database.end());

const dueAt = '2026-01-01T00:00:00.000Z';
const job = (id: string, queue = 'work') => ({ id, queue, key: id, lane: 'normal', dueAt, payload: null }) as const;
const ask = async (text: string) => (await database.query(text)).rows as readonly Record<string, unknown>[];

describe('the schema of pg-boss', () => {
  it('has the version that our statements were written for', async () => {
    const stores = await freshStores({ schema });
    await stores.close();
    // After an update of pg-boss: read what it changed, look through job-rows.ts, then raise the number in both places.
    expect(await ask(`select version from ${schema}_jobs.version`)).toEqual([{ version: 46 }]);
  });

  it('is refused in words when another version of pg-boss changed it', async () => {
    await (await freshStores({ schema })).close();
    await ask(`update ${schema}_jobs.version set version = 47`);
    await expect(freshStores({ schema })).rejects.toMatchObject({
      code: 'options.invalid',
      message: expect.stringContaining(`"${schema}_jobs" in version 47`),
    });
  });

  it('tells the time of the server, unless the stores were given a clock', async () => {
    await (await freshStores({ schema })).close();
    const body = () =>
      ask(`select prosrc from pg_proc where proname = 'job_now' and pronamespace = '${schema}_jobs'::regnamespace`);
    const [shipped] = await body();
    expect(String(shipped?.['prosrc']).trim()).toBe('SELECT pg_catalog.now();');
    await (await freshStores({ schema, clock: { now: () => Date.parse('2027-01-01') } })).close();
    // Whoever says no time sees the server's as before.
    const [now] = await ask(`select ${schema}_jobs.job_now() = now() as same`);
    expect(now).toEqual({ same: true });
  });

  it('lets a person on the console see what each job is', async () => {
    const stores = await freshStores({ schema });
    await stores.jobs.add({ ...job('order 1'), lane: 'urgent', payload: { a: 1 } });
    expect(await ask(`select name, state::text, priority, singleton_key, data from ${schema}_jobs.job`)).toEqual([
      {
        name: 'work',
        state: 'created',
        priority: 2,
        singleton_key: 'order 1',
        data: { id: 'order 1', queue: 'work', key: 'order 1', payload: '{"a":1}' },
      },
    ]);
    await stores.close();
  });
});

it('lets the server look at tables that grew at once, so that it finds single jobs in them', async () => {
  const stores = await freshStores({ schema });
  await Promise.all(Array.from({ length: 300 }, (_, index) => stores.jobs.add(job(`job ${index}`))));
  await stores.close();
  const [table] = await ask(`select reltuples from pg_class where oid = '${schema}_jobs.job_common'::regclass`);
  expect(table?.['reltuples']).toBeGreaterThanOrEqual(250);
});

it('makes queues while every connection is in a unit of work that waits for one', async () => {
  const stores = await postgresStores({
    pool: { connectionString: inject('postgres'), max: 2 },
    schema,
    busyTimeoutMs: 3_000,
  });
  const add = (index: number) => stores.atomically(({ jobs }) => jobs.add(job(`job ${index}`, `queue ${index % 3}`)));
  expect(await Promise.all(Array.from({ length: 6 }, (_, index) => add(index)))).toEqual(Array(6).fill('added'));
  await stores.close();
});

it('keeps every job when the power of the server is cut, and goes on by itself', async () => {
  const server = await startPostgres();
  const stores = await postgresStores({ connectionString: server.url });
  try {
    for (const id of ['a', 'b', 'c']) await stores.jobs.add(job(id));
    const [held] = await stores.jobs.claim('work', { leaseMs: 600_000, limit: 1 });
    await server.kill();
    await expect(stores.jobs.claim('work', { leaseMs: 1000, limit: 1 })).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    await expect(stores.jobs.add(job('x', 'a queue of its own'))).rejects.toMatchObject({ code: 'store.unavailable' });
    await server.restart();
    expect(await stores.jobs.finish('a', held?.lease ?? '')).toBe('finished');
    const rest = await stores.jobs.claim('work', { leaseMs: 600_000, limit: 10 });
    expect(rest.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(await stores.jobs.add(job('x', 'a queue of its own'))).toBe('added');
  } finally {
    await stores.close();
    await server.stop();
  }
});
