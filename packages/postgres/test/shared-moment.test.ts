import { postgresStores } from '@crossdock/postgres';
import pg from 'pg';
import { afterEach, expect, inject, it, vi } from 'vitest';
import { freshSchema } from './fresh-stores.ts';

afterEach(() => {
  vi.useRealTimers();
});

it("gives every process the server's time, whatever its machine's clock says", async () => {
  const schema = freshSchema();
  const admin = new pg.Client({ connectionString: inject('postgres') });
  await admin.connect();
  const serverAt = async () => {
    const { rows } = await admin.query<{ ms: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::double precision as ms',
    );
    return rows[0]?.ms ?? Number.NaN;
  };
  const open = () => postgresStores({ connectionString: inject('postgres'), schema });
  const [north, south] = [await open(), await open()];
  const began = Math.floor(await serverAt());
  const seen: number[] = [];
  for (const [place, stores] of [north, south, north, south].entries()) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(place % 2 === 0 ? 2031 : 2021, 0, 1) });
    seen.push(await stores.shared.update('s', (_, now) => ({ next: place, result: now })));
    seen.push(await stores.shared.update('nothing there', (_, now) => ({ result: now })));
  }
  seen.push(await serverAt());
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  expect(seen[0]).toBeGreaterThanOrEqual(began);
  for (const stores of [north, south]) await stores.close();
  await admin.end();
});

it('gives whoever waited for another the moment at which its turn came', async () => {
  const schema = freshSchema();
  const all = await Promise.all(
    [1, 2, 3, 4].map(() => postgresStores({ connectionString: inject('postgres'), schema })),
  );
  const append = (shared: (typeof all)[number]['shared']) =>
    shared.update('moments', (state, now) => ({ next: [...(Array.isArray(state) ? state : []), now], result: now }));
  await Promise.all(all.flatMap(({ shared }) => Array.from({ length: 25 }, () => append(shared))));
  const moments = await all[0]?.shared.update('moments', (state) => ({ result: state as readonly number[] }));
  expect(moments).toHaveLength(100);
  expect(moments).toEqual(moments?.toSorted((one, other) => one - other));
  for (const stores of all) await stores.close();
});
