import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isCommerceError, type Stores } from '@crossdock/core';
import { postgresStores } from '@crossdock/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, type TestContext } from 'vitest';
import { startPostgres, type PostgresServer } from '../../../scripts/postgres-server.mjs';
import { freshSchema, freshStores } from './fresh-stores.ts';
import { smallDisk, type SmallDisk } from './small-disk.ts';

const at = '2026-11-01T00:00:00Z';
const nothing = 'Nothing of it was stored.';
const refOf = (number: number) => ({ system: 'shop', kind: 'order', id: `${number}` }) as const;
// Random, so that the server cannot make it smaller.
const bodyOf = (kilobytes: number) => randomBytes(kilobytes * 768).toString('base64');
const delivery = (number: number, body = '') => ({
  system: 'shop',
  deliveryId: `${number}`,
  topic: 'order',
  body,
  receivedAt: at,
});

/** An order as a shop would send it, with what is noted of it: all of it or nothing. */
function store(stores: Stores, number: number, body: string): Promise<void> {
  return stores.atomically(async (inside) => {
    await inside.cursors.advance(`order/${number}`, undefined, 'seen');
    await inside.inbox.put(delivery(number, body));
    await inside.audit.append({ at, actor: 'shop', action: 'put', refs: [refOf(number)], details: body });
  });
}

async function found(stores: Stores, number: number) {
  const [entry] = await stores.audit.list(refOf(number), 10);
  return {
    cursor: await stores.cursors.read(`order/${number}`),
    body: (await stores.inbox.get('shop', `${number}`))?.body,
    details: entry?.details,
  };
}
const whole = (body: string) => ({ cursor: 'seen', body, details: body });
const none = { cursor: undefined, body: undefined, details: undefined };

async function failureOf(work: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  const error: unknown = await work.then(
    () => new Error('It did not fail.'),
    (thrown: unknown) => thrown,
  );
  if (!isCommerceError(error)) throw error;
  return error;
}

/** What cannot be tested on this machine is reported as such, and never as passed. */
function mounted(disk: SmallDisk | undefined, { skip }: TestContext): SmallDisk {
  return disk ?? skip('NOT TESTED: nobody may mount a disk here. Run it as root, or where "sudo -n mount" works.');
}

describe('a disk that is full', () => {
  let server: PostgresServer;
  let folder: string;
  let tables: SmallDisk | undefined;
  let log: SmallDisk | undefined;
  beforeAll(async () => {
    server = await startPostgres();
    if (server.folder === undefined) throw new Error('These tests fill the disk of a server. Unset DATABASE_URL.');
    folder = server.folder;
    const data = join(folder, 'data');
    tables = smallDisk(40, data);
    log = smallDisk(128, data);
  });
  afterAll(async () => {
    await server.stop();
    await tables?.remove();
    await log?.remove();
  });

  it('under the tables refuses what has no room in words, keeps the rest, and takes it when there is room', async (context) => {
    const disk = mounted(tables, context);
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    await admin.query(`create tablespace small location '${disk.path}'`);
    await admin.query('create database shop tablespace small');
    await admin.end();
    disk.leave(16);
    const stores = await postgresStores({
      connectionString: server.url.replace(/postgres$/, 'shop'),
      schema: freshSchema(),
    });
    const bodies: string[] = [];
    const fill = async (): Promise<unknown> => {
      const body = bodyOf(100);
      await store(stores, bodies.length, body);
      return bodies.push(body) < 400 ? fill() : undefined;
    };
    const refused = await failureOf(fill());
    expect(bodies.length).toBeGreaterThan(3);
    const next = bodies.length;
    const big = bodyOf(4000);
    const fullDisk = {
      code: 'store.unavailable',
      message: expect.stringContaining(`the disk of the server is full. Make room. ${nothing}`),
    };
    expect(refused).toMatchObject(fullDisk);
    expect(await failureOf(store(stores, next, big))).toMatchObject(fullDisk);
    // A statement by itself ends with its commit, and nobody can tell which of the two had no room.
    const alone = {
      code: 'store.unavailable',
      message: expect.stringContaining(
        'the disk of the server is full. Make room. It may have been stored all the same',
      ),
    };
    expect(await failureOf(stores.inbox.put(delivery(next, big)))).toMatchObject(alone);
    const entry = { at, actor: 'shop', action: 'put', refs: [refOf(next)], details: big };
    expect(await failureOf(stores.audit.append(entry))).toMatchObject(alone);
    expect(await found(stores, next)).toEqual(none);
    for (const [number, body] of bodies.entries()) expect(await found(stores, number)).toEqual(whole(body));

    disk.makeRoom();
    await store(stores, next, big);
    expect(await stores.audit.list(refOf(next), 10)).toHaveLength(1);
    for (const [number, body] of [...bodies, big].entries()) expect(await found(stores, number)).toEqual(whole(body));
    await stores.close();
  });

  it('under the log stops the server, which loses nothing and serves again when there is room', async (context) => {
    const disk = mounted(log, context);
    await server.kill();
    moveTo(disk.path, join(folder, 'data', 'pg_wal'));
    disk.leave(40);
    await server.restart();
    const stores = await postgresStores({ connectionString: server.url, schema: freshSchema(), busyTimeoutMs: 2000 });
    const acknowledged = new Map<number, string>();
    const failed = new Map<number, { readonly code: string; readonly message: string; readonly body: string }>();
    let number = 0;
    const writer = async () => {
      while (failed.size < 12 && number < 2000) {
        const mine = number++;
        const body = bodyOf(100);
        try {
          await store(stores, mine, body);
          acknowledged.set(mine, body);
        } catch (error) {
          const { code, message } = await failureOf(Promise.reject(error));
          failed.set(mine, { code, message, body });
        }
      }
    };
    await Promise.all(Array.from({ length: 4 }, writer));
    expect(readFileSync(join(folder, 'log'), 'utf8')).toMatch(/PANIC: .*No space left on device/);
    expect(acknowledged.size).toBeGreaterThan(3);
    expect(failed.size).toBeGreaterThanOrEqual(12);

    disk.makeRoom();
    // It may be at its recovery again.
    await server.kill();
    await server.restart();
    for (const [one, body] of acknowledged) expect(await found(stores, one)).toEqual(whole(body));
    for (const [one, { code, message, body }] of failed) {
      expect(code).toBe('store.unavailable');
      // Last words of a server that stopped at the end of a unit, which it may find in its log afterwards.
      expect(message).not.toContain(`Make room. ${nothing}`);
      const left = await found(stores, one);
      // Whatever nobody knew was stored as a whole or not at all.
      const isThere = left.cursor !== undefined && !message.includes(nothing);
      expect(left).toEqual(isThere ? whole(body) : none);
      if (!isThere) await store(stores, one, body);
      expect(await found(stores, one)).toEqual(whole(body));
    }
    const said = [...failed.values()].map(({ message }) => message);
    expect(said).toContainEqual(expect.stringMatching(/look whether (it|the server) runs/i));
    await stores.close();
  });
});

/** Puts the files of `folder` on another disk, as an administrator does while the server stands. */
function moveTo(disk: string, folder: string): void {
  const there = join(disk, 'pg_wal');
  // With their owner and rights.
  if (spawnSync('cp', ['-a', folder, there]).status !== 0) throw new Error(`${folder} was not copied to ${there}.`);
  renameSync(folder, `${folder}.before`);
  symlinkSync(there, folder);
}

describe('a table that somebody else has locked', () => {
  const schema = freshSchema();
  const connectionString = inject('postgres');
  const busyTimeoutMs = 1000;
  let stores: Stores;
  let admin: pg.Client;
  beforeAll(async () => {
    stores = await freshStores({ schema, busyTimeoutMs });
    admin = new pg.Client({ connectionString });
    await admin.connect();
  });
  afterAll(async () => {
    await stores.close();
    await admin.end();
  });

  const asked: readonly (readonly [string, (number: number) => Promise<unknown>, answer: unknown])[] = [
    ['a unit of work', (number) => store(stores, number, 'body'), undefined],
    ['a write', (number) => stores.inbox.put(delivery(number, 'body')), 'stored'],
    ['a read', (number) => stores.inbox.get('shop', `${number}`), undefined],
    [
      'a write of several rows',
      (number) => stores.links.link(refOf(number), { ...refOf(number), system: 'erp' }),
      'linked',
    ],
  ];
  it.each(asked.map((one, number) => [...one, number] as const))(
    'keeps %s waiting no longer than "busyTimeoutMs", and leaves nothing half',
    async (_, ask, answer, number) => {
      await admin.query(`begin; lock table ${schema}.inbox, ${schema}.links in access exclusive mode`);
      const began = performance.now();
      const failure = await failureOf(ask(number));
      const waitedMs = performance.now() - began;
      await admin.query('rollback');
      expect(failure.code).toBe('store.unavailable');
      expect(failure.message).toContain('another unit of work kept it waiting too long');
      expect(failure.message).toContain(nothing);
      expect(waitedMs).toBeGreaterThan(busyTimeoutMs * 0.9);
      // Not for the answer that a lost connection would be waited for.
      expect(waitedMs).toBeLessThan(busyTimeoutMs + 1500);
      expect(await found(stores, number)).toEqual(none);
      await expect(ask(number)).resolves.toEqual(answer);
    },
  );
});
