import { AsyncLocalStorage } from 'node:async_hooks';
import { crowdFindings, crowdOfClaimers } from '@crossdock/testing/conformance';
import { postgresStores } from '@crossdock/postgres';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { freshSchema, freshStores } from './fresh-stores.ts';

const connectionString = inject('postgres');

describe('a hundred claimers of a thousand keys', () => {
  it(
    'carry out a thousand writes, from four stores that know nothing of each other',
    { timeout: 120_000 },
    async () => {
      const options = { connectionString, schema: freshSchema() };
      const all = await Promise.all(Array.from({ length: 4 }, () => postgresStores(options)));
      const reports = await Promise.all(
        all.map((stores, index) => crowdOfClaimers({ stores, name: `crowd-${index}`, claimers: 25 })),
      );
      expect(crowdFindings(reports)).toEqual([]);
      for (const { executed } of reports) expect(Object.keys(executed).length).toBeLessThan(1000);
      await Promise.all(all.map((stores) => stores.close()));
    },
  );

  it('get every unused key once when nobody waits for anybody', { timeout: 60_000 }, async () => {
    const stores = await freshStores();
    const started = new Map<string, number>();
    const others = new Set<string>();
    const claim = async (claimer: number) => {
      // Each begins elsewhere, so that keys meet all sorts of others.
      for (let turn = 0; turn < 100; turn++) {
        const key = `key/${(claimer * 10 + turn) % 1000}`;
        const { state } = await stores.idempotency.begin(key, 'request', 60_000);
        if (state === 'started') started.set(key, (started.get(key) ?? 0) + 1);
        else others.add(state);
      }
    };
    await Promise.all(Array.from({ length: 100 }, (_, claimer) => claim(claimer)));
    expect([...others]).toEqual(['running']);
    expect(started.size).toBe(1000);
    expect([...started.values()].every((times) => times === 1)).toBe(true);
    await stores.close();
  });

  it('take a lapsed key over once', async () => {
    const clock = { ms: 0, now: () => clock.ms };
    const stores = await freshStores({ clock });
    for (let round = 0; round < 20; round++) {
      await stores.idempotency.begin(`key/${round}`, 'request', 1000);
    }
    clock.ms = 1000;
    for (let round = 0; round < 20; round++) {
      const begun = await Promise.all(
        Array.from({ length: 20 }, () => stores.idempotency.begin(`key/${round}`, 'request', 1000)),
      );
      expect(begun.filter(({ state }) => state === 'uncertain')).toHaveLength(1);
      expect(begun.filter(({ state }) => state === 'running')).toHaveLength(19);
    }
    await stores.close();
  });
});

describe('a shared state', () => {
  it(
    'is changed by eight processes’ stores with nobody in between, and each gets its turn',
    { timeout: 60_000 },
    async () => {
      const options = { connectionString, schema: freshSchema() };
      const all = await Promise.all(
        Array.from({ length: 8 }, () => postgresStores({ pool: { connectionString, max: 2 }, schema: options.schema })),
      );
      const times = 60;
      const waits: number[] = [];
      const counted = await Promise.all(
        all.map(async (stores) => {
          const seen: number[] = [];
          for (let turn = 0; turn < times; turn++) {
            const began = performance.now();
            const number = await stores.shared.update('count', (state) => {
              const next = Number(state ?? 0) + 1;
              return { next, result: next };
            });
            seen.push(number);
            waits.push(performance.now() - began);
          }
          return seen;
        }),
      );
      const numbers = counted.flat().toSorted((one, other) => one - other);
      expect(numbers).toEqual(Array.from({ length: 8 * times }, (_, index) => index + 1));
      // Nobody is left behind: the longest wait is no multiple of what all the others took together.
      const median = waits.toSorted((one, other) => one - other)[waits.length >> 1] ?? 0;
      expect(Math.max(...waits)).toBeLessThan(Math.max(3000, 40 * median));
      await Promise.all(all.map((stores) => stores.close()));
    },
  );

  it('stays as it is where nothing follows or the change throws', async () => {
    const stores = await freshStores();
    await stores.shared.update('s', () => ({ next: { left: 2 }, result: undefined }));
    expect(await stores.shared.update('s', (state) => ({ result: state }))).toEqual({ left: 2 });
    const failing = stores.shared.update('s', () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await stores.shared.update('s', (state) => ({ result: state }))).toEqual({ left: 2 });
    await stores.close();
  });
});

describe('records that many write at once', () => {
  it('are linked to one counterpart only, whichever side it comes from', async () => {
    const stores = await freshStores();
    for (let round = 0; round < 10; round++) {
      const order = { system: 'shop', kind: 'order', id: `${round}` } as const;
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => {
          const sale = { system: 'erp', kind: 'order', id: `${round}/${index % 3}` } as const;
          return index % 2 === 0 ? stores.links.link(order, sale) : stores.links.link(sale, order);
        }),
      );
      const linked = await stores.links.find(order, 'erp', 'order');
      const back = await Promise.all(
        [0, 1, 2].map((index) =>
          stores.links.find({ ...order, system: 'erp', id: `${round}/${index}` }, 'shop', 'order'),
        ),
      );
      expect(answers.filter((answer) => answer === 'linked')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'already')).toHaveLength(3);
      expect(back.filter((found) => found !== undefined)).toHaveLength(1);
      expect(linked?.id.startsWith(`${round}/`)).toBe(true);
    }
    await stores.close();
  });

  it('come to the last of their states, and each delivery is stored once', async () => {
    const stores = await freshStores();
    const moments = Array.from({ length: 40 }, (_, index) => new Date(index * 1000).toISOString());
    await Promise.all(
      moments
        .toReversed()
        .flatMap((at) => [
          stores.sequences.advance('order/1', { at, mark: 'a' }),
          stores.sequences.advance('order/1', { at, mark: 'b' }),
        ]),
    );
    const last = moments.at(-1) ?? '';
    expect(await stores.sequences.advance('order/1', { at: last, mark: 'b' })).toBe('same');
    const entry = { system: 's', deliveryId: 'd', topic: 't', body: '', receivedAt: last };
    const put = await Promise.all(Array.from({ length: 20 }, () => stores.inbox.put(entry)));
    expect(put.filter((answer) => answer === 'stored')).toHaveLength(1);
    await stores.close();
  });

  it('see what a unit landed for which they had to wait', async () => {
    const admin = new pg.Client({ connectionString });
    await admin.connect();
    const name = freshSchema();
    const stores = await freshStores({
      connectionString: undefined,
      pool: { connectionString, application_name: name },
    });
    const waiting = async (many: number): Promise<void> => {
      const { rows } = await admin.query<{ many: number }>(
        `select count(*)::integer as many from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`,
        [name],
      );
      if ((rows[0]?.many ?? 0) < many) await waiting(many);
    };
    const child = { system: 'warehouse', kind: 'shipment', id: '1' } as const;
    const first = { system: 'shop', kind: 'order', id: '1' } as const;
    const second = { ...first, id: '2' };
    const [early, late] = ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'];
    let others: Promise<unknown> | undefined;
    await stores.atomically(async (inside) => {
      await inside.sequences.advance('s', { at: late, mark: 'm' });
      await inside.links.attach(child, first);
      // Begun by somebody else, and held up by what the unit wrote.
      others = outside(() =>
        Promise.all([
          stores.sequences.advance('s', { at: early, mark: 'm' }),
          stores.sequences.advance('s', { at: late, mark: 'm' }),
          stores.links.attach(child, first),
          stores.links.attach(child, second),
        ]),
      );
      await waiting(4);
    });
    expect(await others).toEqual(['older', 'same', 'already', 'conflict']);
    await stores.close();
    await admin.end();
  });
});

/** Begun apart from the unit of work that is under way here. */
const outside = AsyncLocalStorage.snapshot();
