import { postgresStores } from '@crossdock/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startPostgres } from '../../../scripts/postgres-server.mjs';
import { freshSchema, freshStores } from './fresh-stores.ts';
import { proxyTo, type Cut } from './proxy.ts';

const connectionString = inject('postgres');
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString });
  await admin.connect();
});
afterAll(() => admin.end());

/** Ends every connection of that name, as an administrator does. */
async function terminate(name: string): Promise<void> {
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [name]);
}

function named(name: string) {
  return freshStores({ connectionString: undefined, pool: { connectionString, application_name: name } });
}

/** Stores behind a proxy that cuts the next connection that says `word`, as often as `times`. */
async function behindProxy(word: string, how: Cut, times = 1) {
  let left = 0;
  const proxy = await proxyTo(connectionString, (said) => {
    if (left === 0 || !said.includes(word)) return undefined;
    left--;
    return how;
  });
  const stores = await freshStores({ connectionString: proxy.url });
  return {
    stores,
    cutFromNowOn: () => (left = times),
    close: async () => {
      await stores.close();
      await proxy.close();
    },
  };
}

describe('a connection that is lost', () => {
  it('while it is idle is replaced, and nobody notices', async () => {
    const stores = await named('idle');
    await Promise.all(Array.from({ length: 5 }, () => stores.cursors.read('c')));
    await terminate('idle');
    await admin.query('select pg_sleep(0.05)');
    expect(await stores.cursors.advance('c', undefined, 'a')).toBe(true);
    await stores.close();
  });

  it('within a unit lets it run again, and it lands once', async () => {
    const stores = await named('within');
    let runs = 0;
    await stores.atomically(async (inside) => {
      await inside.cursors.advance('c', undefined, String(++runs));
      if (runs === 1) await terminate('within');
      await inside.audit.append({ at: '2026-11-01T00:00:00Z', actor: 'a', action: 'b', refs: [order], details: null });
    });
    expect(runs).toBe(2);
    expect(await stores.cursors.read('c')).toBe('2');
    expect(await stores.audit.list(order, 10)).toHaveLength(1);
    await stores.close();
  });

  it('under a statement is said to leave it open whether it was stored', async () => {
    for (const how of ['before', 'after'] as const) {
      const { stores, cutFromNowOn, close } = await behindProxy('delivery', how);
      const entry = { system: 's', deliveryId: 'delivery', topic: 't', body: '', receivedAt: '2026-11-01T00:00:00Z' };
      cutFromNowOn();
      await expect(stores.inbox.put(entry)).rejects.toMatchObject({
        code: 'store.unavailable',
        message: expect.stringContaining('may have been stored'),
      });
      // Asking again settles it, whichever it was.
      expect(await stores.inbox.put(entry)).toBe(how === 'after' ? 'already' : 'stored');
      await close();
    }
  });

  it('at the end of a unit is said to leave it open whether it landed, and the unit is not run again', async () => {
    for (const how of ['before', 'after'] as const) {
      const { stores, cutFromNowOn, close } = await behindProxy('commit\0', how);
      let runs = 0;
      cutFromNowOn();
      const unit = stores.atomically(async (inside) => {
        await inside.cursors.advance('c', undefined, String(++runs));
      });
      await expect(unit).rejects.toMatchObject({
        code: 'store.unavailable',
        message: expect.stringContaining('may have been stored'),
      });
      expect(runs).toBe(1);
      expect(await stores.cursors.read('c')).toBe(how === 'after' ? '1' : undefined);
      await close();
    }
  });

  it('again and again is given up, and nothing landed', async () => {
    const { stores, cutFromNowOn, close } = await behindProxy('begin isolation', 'before', 100);
    cutFromNowOn();
    const unit = stores.atomically((inside) => inside.cursors.advance('c', undefined, 'a'));
    await expect(unit).rejects.toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining('Nothing of it was stored'),
    });
    await close();
  });
});

const order = { system: 'shop', kind: 'order', id: '1' } as const;

describe('a server that is gone', () => {
  it('fails what is asked meanwhile in words, and serves again when it is back', { timeout: 60_000 }, async () => {
    const server = await startPostgres();
    const stores = await postgresStores({ connectionString: server.url, schema: freshSchema(), busyTimeoutMs: 2000 });
    try {
      await stores.cursors.advance('c', undefined, '0');
      const acknowledged = { value: 0 };
      const failures: unknown[] = [];
      const stop = new AbortController();
      const writer = (async () => {
        while (!stop.signal.aborted) {
          const before = String(acknowledged.value);
          const next = String(acknowledged.value + 1);
          try {
            const moved = await stores.cursors.advance('c', before, next);
            // An answer that was lost: it had landed.
            if (moved || (await stores.cursors.read('c')) === next) acknowledged.value++;
          } catch (error) {
            failures.push(error);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        }
      })();
      await until(() => acknowledged.value > 20);
      await server.kill();
      await until(() => failures.length > 2);
      await server.restart();
      const before = acknowledged.value;
      await until(() => acknowledged.value > before + 20);
      stop.abort();
      await writer;
      expect(await stores.cursors.read('c')).toBe(String(acknowledged.value));
      for (const failure of failures) expect(failure).toMatchObject({ code: 'store.unavailable' });
      expect(await stores.atomically((inside) => inside.cursors.read('c'))).toBe(String(acknowledged.value));
    } finally {
      await stores.close();
      await server.stop();
    }
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
