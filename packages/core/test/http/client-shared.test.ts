import { describe, expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import type { SharedStore } from '../../src/ports/stores.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';
import { json, status } from './scripted-fetch.ts';
import { call, caught, client } from './shop-client.ts';

const buckets = { calls: { capacity: 2, refillPerSecond: 1 } };
const bucket = { name: 'calls', cost: 1 };

/** Clients of one shop in two processes, with what they share. */
function twoClients(options: Parameters<typeof client>[1] = {}, shared?: SharedStore) {
  const clock = testClock();
  const own = shared ?? memoryStores({ clock }).shared;
  const at: number[] = [];
  const started = clock.now();
  const one = () =>
    client([(request) => (at.push(clock.now() - started), json({})(request))], {
      buckets,
      clock,
      shared: own,
      ...options,
    });
  return { clock, at, north: one(), south: one() };
}

const brokenStore: SharedStore = {
  update: async () => {
    throw new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' });
  },
};

describe('clients that share', () => {
  it('draw from one allowance', async () => {
    const { at, north, south } = twoClients();
    await Promise.all([north, south, north, south].map(({ http }) => http.send(call({ bucket }))));
    expect(at).toEqual([0, 0, 1000, 2000]);
    expect([north, south].map(({ http }) => http.usage()[0]?.calls)).toEqual([2, 2]);
  });

  it('draw from allowances of their own where their systems have other names', async () => {
    const { at, north, clock } = twoClients();
    const other = client([json({})], { buckets, clock, system: 'other', shared: memoryStores({ clock }).shared });
    await Promise.all([1, 2].flatMap(() => [north, other].map(({ http }) => http.send(call({ bucket })))));
    expect(at).toEqual([0, 0]);
  });

  it('stop at one circuit', async () => {
    const clock = testClock({ auto: false });
    const options = { clock, shared: memoryStores({ clock }).shared, retry: false, breaker: { failures: 2 } } as const;
    const [north, south] = [client([status(500)], options), client([status(500)], options)];
    await caught(north.http.send(call()));
    await caught(south.http.send(call()));
    const refused = await caught(south.http.send(call()));
    expect(refused).toMatchObject({ code: 'circuit.open', retryAfterMs: 30_000 });
    await clock.advance(1_000);
    expect(await caught(north.http.send(call()))).toMatchObject({ code: 'circuit.open', retryAfterMs: 29_000 });
    expect([north.seen.length, south.seen.length]).toEqual([1, 1]);
  });

  it('send nothing that draws from an allowance while nobody can say what is left, and leave no write in doubt', async () => {
    const { at, north, clock } = twoClients({}, brokenStore);
    const started = clock.now();
    const error = await caught(north.http.send(call({ bucket, safety: 'once' })));
    expect(error).toMatchObject({ code: 'allowance.unknown', system: 'shop', operation: 'orders.pull' });
    expect(String(error)).toContain('"shop" was not asked for `orders.pull`');
    expect(error).toMatchObject({ cause: { code: 'store.unavailable' } });
    expect(at).toEqual([]);
    // It was repeated like a call to a system that cannot be reached.
    expect(clock.now() - started).toBeGreaterThan(1000);
  });

  it('send what draws from none all the same', async () => {
    const { at, north } = twoClients({}, brokenStore);
    await north.http.send(call());
    expect(at).toEqual([0]);
  });

  it('say that it was the caller who stopped a call that waited', async () => {
    const clock = testClock({ auto: false });
    const { north } = twoClients({ clock }, memoryStores({ clock }).shared);
    await Promise.all([1, 2].map(() => north.http.send(call({ bucket }))));
    const controller = new AbortController();
    const waiting = caught(north.http.send(call({ bucket, signal: controller.signal })));
    await clock.advance(10);
    controller.abort();
    expect(await waiting).toMatchObject({ code: 'call.aborted' });
  });
});
