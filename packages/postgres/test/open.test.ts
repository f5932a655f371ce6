import { postgresStores, type PostgresStoresOptions } from '@crossdock/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { openSchema } from '../src/open-schema.ts';
import { connectionsOf, type Connections } from '../src/pool.ts';
import { freshSchema, freshStores } from './fresh-stores.ts';

const url = inject('postgres');
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
});
afterAll(() => admin.end());

/** The server's address with other parts. */
function urlWith(change: (address: URL) => void): string {
  const address = new URL(url);
  change(address);
  return address.href;
}

/** The tables of the schema and of the one of its jobs. */
async function tablesOf(schema: string): Promise<readonly string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname in ($1, $2) order by name`,
    [schema, `${schema}_jobs`],
  );
  return rows.map(({ name }) => name);
}

/** What was said when the stores were not opened. */
async function refusal(options: PostgresStoresOptions): Promise<{ code: unknown; message: string }> {
  try {
    await (await postgresStores(options)).close();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('The stores were opened.');
}

describe('stores that cannot be opened', () => {
  it('say that the password is wrong, and neither which nor where', async () => {
    const { code, message } = await refusal({ connectionString: urlWith((address) => (address.password = 'geheim')) });
    expect(code).toBe('options.invalid');
    expect(message).toContain('Look at its name, its password');
    expect(message).not.toMatch(/geheim|127\.0\.0\.1/);
  });

  it('say that a password is missing', async () => {
    const { code, message } = await refusal({ connectionString: urlWith((address) => (address.password = '')) });
    expect(code).toBe('options.invalid');
    expect(message).toContain('password');
  });

  it('say that the database does not exist', async () => {
    const { code, message } = await refusal({
      connectionString: urlWith((address) => (address.pathname = '/nowhere')),
    });
    expect(code).toBe('options.invalid');
    expect(message).toContain('no database of that name');
  });

  it('say that the server cannot be reached, which may pass', async () => {
    const { code, message } = await refusal({ connectionString: urlWith((address) => (address.port = '1')) });
    expect(code).toBe('store.unavailable');
    expect(message).toContain('Look whether it runs');
    expect(message).not.toContain('127.0.0.1');
  });

  it('say that the server is not known by that name', async () => {
    const { code, message } = await refusal({
      connectionString: urlWith((address) => (address.hostname = 'db.invalid')),
    });
    expect(code).toBe('store.unavailable');
    expect(message).not.toContain('db.invalid');
  });

  it('say that server and settings do not agree on TLS', async () => {
    const { code, message } = await refusal({ connectionString: `${url}?sslmode=verify-full` });
    expect(code).toBe('options.invalid');
    expect(message).toContain('TLS');
  });

  it('repeat nothing of settings that cannot be read', async () => {
    const { code, message } = await refusal({ connectionString: 'postgresql://user:geheim@host:port:x/database' });
    expect(code).toBe('options.invalid');
    expect(message).not.toContain('geheim');
  });

  it('want one way to the database', async () => {
    expect((await refusal({})).code).toBe('options.invalid');
    expect((await refusal({ connectionString: url, pool: { host: 'x' } })).code).toBe('options.invalid');
  });

  it.each(['Crossdock', 'a-b', 'x"; drop table y', 'public', 'pg_mine', '', 'x'.repeat(46)])(
    'want a schema of another name than "%s"',
    async (schema) => {
      const { code, message } = await refusal({ connectionString: url, schema });
      expect(code).toBe('options.invalid');
      expect(message).toContain('"schema"');
    },
  );

  it('leave a schema alone that is another program’s', async () => {
    const schema = freshSchema();
    await admin.query(`create schema ${schema}; create table ${schema}.cursors (name text)`);
    const { code, message } = await refusal({ connectionString: url, schema });
    expect(code).toBe('store.corrupt');
    expect(message).toContain('another program');
    const { rows } = await admin.query('select tablename from pg_tables where schemaname = $1', [schema]);
    expect(rows).toEqual([{ tablename: 'cursors' }]);
  });

  it('leave a schema alone whose jobs’ place is another program’s, and make nothing beside it', async () => {
    const schema = freshSchema();
    await admin.query(`create schema ${schema}_jobs; create table ${schema}_jobs.version (version integer)`);
    const { code, message } = await refusal({ connectionString: url, schema });
    expect(code).toBe('store.corrupt');
    expect(message).toContain(`"${schema}_jobs" holds tables of another program`);
    expect(await tablesOf(schema)).toEqual([`${schema}_jobs.version`]);
  });

  it('leave jobs alone that are another’s who keeps them with pg-boss', async () => {
    const [schema, before] = [freshSchema(), freshSchema()];
    await (await freshStores({ schema: before })).close();
    await admin.query(`drop schema ${before} cascade; alter schema ${before}_jobs rename to ${schema}_jobs`);
    const tables = await tablesOf(schema);
    const { code, message } = await refusal({ connectionString: url, schema });
    expect(code).toBe('store.corrupt');
    expect(message).toContain(`"${schema}_jobs" holds jobs, and the tables that belong to them are missing`);
    expect(await tablesOf(schema)).toEqual(tables);
  });

  it('leave a schema alone that a newer version wrote', async () => {
    const schema = freshSchema();
    await (await freshStores({ schema })).close();
    await admin.query(`insert into ${schema}.crossdock_version values (99, now())`);
    const { code, message } = await refusal({ connectionString: url, schema });
    expect(code).toBe('options.invalid');
    expect(message).toContain('newer version');
  });

  it('say that committed things would be forgotten', async () => {
    const options = urlWith((address) => address.searchParams.set('options', '-c synchronous_commit=off'));
    const { code, message } = await refusal({ connectionString: options });
    expect(code).toBe('options.invalid');
    expect(message).toContain('synchronous_commit');
  });

  it('say that the database can only be read', async () => {
    const options = urlWith((address) => address.searchParams.set('options', '-c default_transaction_read_only=on'));
    const { code, message } = await refusal({ connectionString: options, schema: freshSchema() });
    expect(code).toBe('options.invalid');
    expect(message).toContain('only be read');
  });

  it.each([
    [{ version_num: 140_011, version: '14.11' }, 'PostgreSQL 14.11'],
    [{ standby: true }, 'standby'],
    [{ encoding: 'SQL_ASCII' }, 'SQL_ASCII'],
  ])('say that the server is none for them: %o', async (change, words) => {
    const place = { version_num: 150_001, version: '15.1', standby: false, encoding: 'UTF8', durable: 'on' };
    const nothingThere = { exists: false, ours: false, others: 0, jobs_boss: false, jobs_others: 0 };
    const asked: string[] = [];
    const tell = async (text: string) => {
      asked.push(text);
      return { command: 'SELECT', rows: [{ ...place, ...nothingThere, ...change }] };
    };
    const connections: Connections = {
      limitLocks: true,
      use: (work) => work({ tell, run: async () => [] }),
      close: async () => {},
    };
    await expect(openSchema(connections, 'crossdock', 10_000)).rejects.toThrow(words);
    expect(asked.filter((text) => !/^(begin|rollback)/.test(text))).toHaveLength(1);
  });
});

describe('a role with few rights', () => {
  it('is told which rights are missing, and does with those on both schemas', async () => {
    const schema = freshSchema();
    const role = `role_${schema}`;
    await admin.query(`create role ${role} login password 'pw'`);
    const connectionString = urlWith((address) => {
      address.username = role;
      address.password = 'pw';
    });
    const { code, message } = await refusal({ connectionString, schema });
    expect(code).toBe('options.invalid');
    expect(message).toContain(`lacks rights on schema "${schema}"`);
    await admin.query(
      `create schema ${schema} authorization ${role}; create schema ${schema}_jobs authorization ${role}`,
    );
    const stores = await postgresStores({ connectionString, schema });
    expect(await stores.cursors.advance('c', undefined, 'a')).toBe(true);
    await stores.close();
    // What it does every day needs no more than the tables.
    await admin.query(`alter schema ${schema} owner to postgres; grant usage on schema ${schema} to ${role}`);
    const again = await postgresStores({ connectionString, schema });
    expect(await again.cursors.read('c')).toBe('a');
    await admin.query(`revoke usage on schema ${schema} from ${role}`);
    await expect(again.cursors.read('c')).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining('Give it back its rights'),
    });
    await again.close();
  });
});

it('is opened by many at once, and made once', async () => {
  const schema = freshSchema();
  const all = await Promise.all(Array.from({ length: 8 }, () => freshStores({ schema })));
  const names = await Promise.all(all.map((stores, index) => stores.belongTo(`integration-${index}`)));
  expect(new Set(names).size).toBe(1);
  await Promise.all(all.map((stores) => stores.close()));
});

describe('whoever opens them', () => {
  it.each([
    ['a pool of ours', undefined],
    ['a pool of the user', new pg.Pool({ connectionString: url })],
  ])('waits no longer than others do for a table that somebody keeps, with %s', async (_, pool) => {
    const schema = freshSchema();
    await (await freshStores({ schema })).close();
    await admin.query(`begin; lock table ${schema}.crossdock_version in access exclusive mode`);
    const { code, message } = await refusal({
      ...(pool ? { pool } : { connectionString: url }),
      schema,
      busyTimeoutMs: 300,
    });
    await admin.query('rollback');
    expect(code).toBe('store.unavailable');
    expect(message).toContain('kept it waiting too long');
    await pool?.end();
  });

  it.each([
    ['a pool of ours', undefined],
    ['a pool of the user', new pg.Pool({ connectionString: url })],
  ])('waits as long as it takes for another who makes the tables, with %s', async (_, pool) => {
    const schema = freshSchema();
    await admin.query(`begin; select pg_advisory_xact_lock(hashtextextended('crossdock/open/${schema}', 0))`);
    const opening = postgresStores({ ...(pool ? { pool } : { connectionString: url }), schema, busyTimeoutMs: 300 });
    const opened = opening.then(
      () => true,
      () => false,
    );
    const waitedMs = async () => {
      const { rows } = await admin.query<{ ms: number }>(
        `select extract(epoch from clock_timestamp() - waitstart)::double precision * 1000 as ms
          from pg_locks where locktype = 'advisory' and not granted and (classid, objid) in
            (select classid, objid from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid())`,
      );
      return rows[0]?.ms ?? 0;
    };
    while ((await waitedMs()) < 600) await admin.query('select pg_sleep(0.05)');
    await admin.query('commit');
    expect(await opened).toBe(true);
    await (await opening).close();
    await pool?.end();
  });

  it('is ended by the server when he hangs while he makes them', async () => {
    const schema = freshSchema();
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    const connections = connectionsOf(pool, false, 10_000);
    let limit: unknown;
    const watched: Connections = {
      ...connections,
      use: (work) =>
        connections.use((session) =>
          work({
            ...session,
            async tell(text, ...rest) {
              if (text.startsWith('create table')) {
                limit = (await session.tell('show idle_in_transaction_session_timeout')).rows[0];
              }
              return session.tell(text, ...rest);
            },
          }),
        ),
    };
    await openSchema(watched, schema, 10_000);
    expect(limit).toEqual({ idle_in_transaction_session_timeout: '10s' });
    await pool.end();
  });
});

it('leaves a schema alone that has some of the tables by chance, and makes nothing beside it', async () => {
  const schema = freshSchema();
  await admin.query(`create schema ${schema};
    create table ${schema}.crossdock_version as select 1 as version, now() as applied_at;
    create table ${schema}.inbox (letter text)`);
  const tables = await tablesOf(schema);
  const { code, message } = await refusal({ connectionString: url, schema });
  expect(code).toBe('store.corrupt');
  expect(message).toContain('lacks the table "idempotency"');
  expect(await tablesOf(schema)).toEqual(tables);
});

it('says that the version of its tables is lost', async () => {
  const schema = freshSchema();
  await (await freshStores({ schema })).close();
  await admin.query(`delete from ${schema}.crossdock_version`);
  const { code, message } = await refusal({ connectionString: url, schema });
  expect(code).toBe('store.corrupt');
  expect(message).toContain('their version is not');
});

it('says that tables were dropped under it', async () => {
  const schema = freshSchema();
  const stores = await freshStores({ schema });
  await admin.query(`drop table ${schema}.cursors`);
  await expect(stores.cursors.read('c')).rejects.toMatchObject({ code: 'store.corrupt' });
  await stores.close();
});

describe('the clock of the server', () => {
  it('is refused when it is far behind what was noted, until it is taken for right', async () => {
    const schema = freshSchema();
    const stores = await freshStores({ schema });
    await admin.query(`update ${schema}.latest_moment set at_ms = at_ms + 3600000`);
    await expect(stores.jobs.claim('q', { leaseMs: 1000, limit: 1 })).rejects.toThrow('was handed out: the clock says');
    const { code, message } = await refusal({ connectionString: url, schema });
    expect(code).toBe('store.unavailable');
    expect(message).toContain('were not opened: the clock says');
    await (await freshStores({ schema, clockToleranceMs: Infinity })).close();
    await (await freshStores({ schema })).close();
    await stores.close();
  });

  it('decides when a lease ends, and no machine’s own', async () => {
    const stores = await freshStores();
    const { rows } = await admin.query<{ ms: number }>(
      'select extract(epoch from now())::double precision * 1000 as ms',
    );
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    try {
      await stores.idempotency.begin('key', 'request', 60_000);
      const held = await stores.idempotency.begin('key', 'request', 60_000);
      const leftMs = held.state === 'running' ? Date.parse(held.until) - (rows[0]?.ms ?? 0) : 0;
      expect(leftMs).toBeGreaterThanOrEqual(59_999);
      expect(leftMs).toBeLessThan(90_000);
    } finally {
      vi.useRealTimers();
    }
    await stores.close();
  });
});
