import { postgresStores } from '@crossdock/postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { freshSchema } from './fresh-stores.ts';
import { proxyTo } from './proxy.ts';

let proxy: Awaited<ReturnType<typeof proxyTo>>;
let stores: Awaited<ReturnType<typeof postgresStores>>;
beforeAll(async () => {
  proxy = await proxyTo(inject('postgres'), () => undefined);
  stores = await postgresStores({ pool: { connectionString: proxy.url, max: 1 }, schema: freshSchema() });
});
afterAll(async () => {
  await stores.close();
  await proxy.close();
});

async function tripsOf(act: () => Promise<unknown>): Promise<number> {
  const before = proxy.trips();
  await act();
  return proxy.trips() - before;
}
const one = { system: 'shop', kind: 'order', id: '1' } as const;
const other = { system: 'erp', kind: 'order', id: 'S1' } as const;

it('an unused key costs one round trip, and so does its end', async () => {
  let lease = '';
  const begin = async () => {
    const begun = await stores.idempotency.begin('key', 'request', 60_000);
    if (begun.state === 'started') lease = begun.lease;
  };
  expect(await tripsOf(begin)).toBe(1);
  expect(await tripsOf(() => stores.idempotency.finish('key', lease, 1))).toBe(1);
  expect(await tripsOf(() => stores.idempotency.begin('key', 'request', 60_000))).toBe(2);
});

it('a step under a lease costs one round trip', async () => {
  await stores.jobs.add({
    id: 'j',
    queue: 'q',
    key: 'k',
    lane: 'normal',
    dueAt: '2026-01-01T00:00:00Z',
    payload: null,
  });
  const [job] = await stores.jobs.claim('q', { leaseMs: 60_000, limit: 1 });
  const held = { job: 'j', lease: job?.lease ?? '', leaseMs: 60_000 };
  expect(await tripsOf(() => stores.runs.writeStep('run', 'step', 1, held))).toBe(1);
  expect((await stores.runs.steps('run')).get('step')).toBe(1);
});

it('two rows of a link, their lock and the end of their transaction share a round trip', async () => {
  expect(await tripsOf(() => stores.links.link(one, other))).toBe(1);
  expect(await stores.links.find(other, 'shop', 'order')).toEqual(one);
});

it('a unit begins with its first statements, and costs a round trip more for its end', async () => {
  const trips = await tripsOf(() =>
    stores.atomically((inside) =>
      Promise.all([
        inside.cursors.advance('a', undefined, '1'),
        inside.cursors.advance('b', undefined, '1'),
        inside.sequences.advance('s', { at: '2026-01-01T00:00:00Z', mark: '' }),
      ]),
    ),
  );
  expect(trips).toBe(2);
  expect(await tripsOf(() => stores.atomically(async () => 1))).toBe(0);
});

it('a shared state costs one round trip where nothing changes, and two where something does', async () => {
  expect(await tripsOf(() => stores.shared.update('s', () => ({ next: 1, result: 1 })))).toBe(2);
  expect(await tripsOf(() => stores.shared.update('s', () => ({ result: 1 })))).toBe(1);
});
