import { memoryStores } from '@crossdock/core/memory';
import { postgresStores } from '@crossdock/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freshSchema, freshStores } from './fresh-stores.ts';

const connectionString = inject('postgres');
const schema = freshSchema();
const options = { connectionString, schema };
let stores: Awaited<ReturnType<typeof postgresStores>>;
let admin: pg.Client;
beforeAll(async () => {
  stores = await postgresStores(options);
  admin = new pg.Client({ connectionString });
  await admin.connect();
});
afterAll(async () => {
  await stores.close();
  await admin.end();
});

describe('a unit of work', () => {
  it('counts with others to as many as there are, in three processes’ stores', async () => {
    const others = await Promise.all([postgresStores(options), postgresStores(options)]);
    const count = (mine: typeof stores) =>
      mine.atomically(async (inside) => {
        const before = await inside.cursors.read('count');
        await inside.cursors.advance('count', before, String(Number(before ?? '0') + 1));
      });
    await Promise.all([stores, ...others].flatMap((mine) => Array.from({ length: 20 }, () => count(mine))));
    expect(await stores.cursors.read('count')).toBe('60');
    await Promise.all(others.map((other) => other.close()));
  });

  it('runs again when two are in each other’s way', async () => {
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let runs = 0;
    const crossing = (mine: 0 | 1, other: 0 | 1) =>
      stores.atomically(async (inside) => {
        runs++;
        await inside.cursors.read(`crossing-${mine}`);
        both[mine].resolve();
        await both[other].promise;
        const before = await inside.cursors.read(`crossing-${other}`);
        await inside.cursors.advance(`crossing-${other}`, before, `by ${mine}`);
      });
    await Promise.all([crossing(0, 1), crossing(1, 0)]);
    expect(runs).toBe(3);
    expect(await stores.cursors.read('crossing-0')).toBe('by 1');
    expect(await stores.cursors.read('crossing-1')).toBe('by 0');
  });

  it('lands with others that write the same in other orders, however many', async () => {
    const units = 8;
    const names = Array.from({ length: 60 }, (_, index) => `shuffled-${index}`);
    // Each begins elsewhere, every other one backwards.
    const orderOf = (number: number) => {
      const place = Math.floor((number * names.length) / units);
      const turned = [...names.slice(place), ...names.slice(0, place)];
      return number % 2 === 0 ? turned : turned.toReversed();
    };
    const written = await Promise.all(
      Array.from({ length: units }, (_, number) =>
        stores.atomically(async ({ cursors }) => {
          let mine = 0;
          for (const name of orderOf(number)) if (await cursors.advance(name, undefined, 'a')) mine++;
          return mine;
        }),
      ),
    );
    expect(written.toSorted((one, other) => one - other)).toEqual([0, 0, 0, 0, 0, 0, 0, 60]);
  });

  it('lands in a crowd that locks the same in opposite orders, on a few connections', { timeout: 60_000 }, async () => {
    const pool = { connectionString, max: 10 };
    const few = await freshStores({ connectionString: undefined, pool, busyTimeoutMs: 20_000 });
    const count = (...names: readonly string[]) =>
      few.atomically(async ({ cursors }) => {
        for (const name of names) {
          const before = await cursors.read(name);
          await cursors.advance(name, before, String(Number(before ?? '0') + 1));
        }
      });
    await Promise.all(
      Array.from({ length: 200 }, (_, number) => (number % 2 === 0 ? count('a', 'b') : count('b', 'a'))),
    );
    expect([await few.cursors.read('a'), await few.cursors.read('b')]).toEqual(['200', '200']);
    await few.close();
  });

  it('refuses the stores outside it, and nothing else', async () => {
    const inMemory = memoryStores();
    await stores.atomically(async (inside) => {
      const outside = [
        () => stores.cursors.read('c'),
        () => stores.inbox.latest('shop'),
        () => stores.shared.update('s', () => ({ result: 1 })),
        () => stores.atomically(async () => 1),
        () => stores.jobs.counts('q'),
        () => stores.close(),
      ];
      for (const use of outside) await expect(use()).rejects.toMatchObject({ code: 'flow.defect' });
      expect(await inside.cursors.read('c')).toBeUndefined();
      expect(await inMemory.cursors.read('c')).toBeUndefined();
    });
  });

  it('needs one connection only, however many there are', async () => {
    const few = await freshStores({ connectionString: undefined, pool: { connectionString, max: 2 } });
    await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        few.atomically(async (inside) => {
          await inside.cursors.advance(`c${number}`, undefined, 'a');
          await inside.links.link(
            { system: 'a', kind: 'order', id: `${number}` },
            { system: 'b', kind: 'order', id: `${number}` },
          );
        }),
      ),
    );
    expect(await few.cursors.read('c49')).toBe('a');
    await few.close();
  });

  it('lands nothing when a statement of it failed, though nobody looked', async () => {
    await admin.query(`create function ${schema}.refuse() returns trigger language plpgsql as
      $$ begin raise exception 'not this one'; end $$;
      create trigger refuse before insert on ${schema}.inbox for each row execute function ${schema}.refuse()`);
    const entry = { system: 's', deliveryId: 'd', topic: 't', body: '', receivedAt: '2026-11-01T00:00:00Z' };
    const unit = stores.atomically(async (inside) => {
      await inside.cursors.advance('unlooked', undefined, 'a');
      await inside.inbox.put(entry).catch(() => undefined);
    });
    await expect(unit).rejects.toThrow('not this one');
    expect(await stores.cursors.read('unlooked')).toBeUndefined();
    await admin.query(`drop trigger refuse on ${schema}.inbox`);
    expect(await stores.inbox.put(entry)).toBe('stored');
  });

  it('lands what it did not wait for, in order', async () => {
    await stores.atomically(async (inside) => {
      void inside.cursors.advance('unawaited', undefined, 'a');
      void inside.cursors.advance('unawaited', 'a', 'b');
    });
    expect(await stores.cursors.read('unawaited')).toBe('b');
  });

  it('gives up after a while when another does not end, and the one that hangs is ended', async () => {
    const patient = await postgresStores({ ...options, busyTimeoutMs: 400 });
    const hanging = Promise.withResolvers<void>();
    const holds = Promise.withResolvers<void>();
    let runs = 0;
    const hung = patient.atomically(async (inside) => {
      await inside.cursors.advance('hung', undefined, String(++runs));
      holds.resolve();
      if (runs === 1) await hanging.promise;
    });
    await holds.promise;
    // The server ends the one that hangs, and this one goes on.
    expect(await patient.cursors.advance('hung', undefined, 'other')).toBe(true);
    hanging.resolve();
    await hung;
    expect(await patient.cursors.read('hung')).toBe('other');
    expect(runs).toBe(2);

    // A unit that is busy all the time is not ended, and whoever waits for it is told.
    const done = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    await admin.query('begin');
    await admin.query(`update ${schema}.cursors set cursor = 'admin' where name = 'hung'`);
    const waiting = patient.atomically(async (inside) => {
      locked.resolve();
      return inside.cursors.advance('hung', 'other', 'late');
    });
    await expect(waiting).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining('kept it waiting too long'),
    });
    done.resolve();
    await admin.query('rollback');
    await patient.close();
  });

  it('ends before the stores are closed, and nothing begins afterwards', async () => {
    const closing = await freshStores();
    const work = closing.atomically(async (inside) => {
      await inside.cursors.advance('c', undefined, 'a');
      return inside.cursors.read('c');
    });
    const reads = Array.from({ length: 30 }, () => closing.cursors.read('c'));
    await closing.close();
    expect(await work).toBe('a');
    await Promise.all(reads);
    await expect(closing.cursors.read('c')).rejects.toMatchObject({ code: 'store.unavailable' });
    await closing.close();
  });
});

describe('a pool of the user', () => {
  it.each([true, false])('stays open, with pipelining %s', async (pipeline) => {
    const pool = new pg.Pool({ connectionString, pipeline, max: 3 });
    const theirs = await postgresStores({ pool, schema: freshSchema() });
    await theirs.atomically(async (inside) => {
      const advanced = [
        inside.cursors.advance('c', undefined, 'a'),
        inside.cursors.advance('c', 'a', 'b'),
        inside.cursors.advance('c', 'b', 'c'),
      ];
      expect(await Promise.all(advanced)).toEqual([true, true, true]);
    });
    expect(await theirs.cursors.read('c')).toBe('c');
    await theirs.close();
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(pool.listenerCount('error')).toBe(0);
    await pool.end();
  });

  it('sets up every connection, those on which queues are made as well', async () => {
    const role = `role_${freshSchema()}`;
    const login = `login_${freshSchema()}`;
    await admin.query(`create role ${role}; create role ${login} login noinherit password 'pw' in role ${role};
      grant create on database ${admin.database} to ${role}`);
    const theirs = new URL(connectionString);
    theirs.username = login;
    theirs.password = 'pw';
    const pool = new pg.Pool({ connectionString: theirs.href });
    const open = new Set<pg.PoolClient>();
    pool.on('connect', (client) => {
      open.add(client);
      void client.query(`set role ${role}`);
    });
    pool.on('remove', (client) => open.delete(client));
    const mine = await postgresStores({ pool, schema: freshSchema() });
    const job = {
      id: 'j',
      queue: 'q',
      key: 'k',
      lane: 'normal',
      dueAt: '2026-11-01T00:00:00Z',
      payload: null,
    } as const;
    expect(await mine.jobs.add(job)).toBe('added');
    await mine.close();
    await pool.end();
    // A pool is ended before the last of its connections is.
    await expect.poll(() => open.size).toBe(0);
  });

  it('may be shared by two integrations', async () => {
    const pool = new pg.Pool({ connectionString, pipeline: true, max: 1 });
    const [one, other] = [
      await postgresStores({ pool, schema: freshSchema() }),
      await postgresStores({ pool, schema: freshSchema() }),
    ];
    await one.cursors.advance('c', undefined, 'one');
    expect(await other.cursors.read('c')).toBeUndefined();
    await one.close();
    await other.close();
    await pool.end();
  });
});
