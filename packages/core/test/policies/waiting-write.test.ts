import * as z from 'zod';
import { expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import { idempotentWrite, type IdempotentWriteOptions } from '../../src/policies/idempotent-write.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

const result = z.object({ id: z.string() });
type Made = z.infer<typeof result>;

function setUp(clock = testClock({ auto: false })) {
  const store = memoryStores({ clock }).idempotency;
  const orders: string[] = [];
  const write = (rest: Partial<IdempotentWriteOptions<Made>> = {}) =>
    idempotentWrite<Made>({
      store,
      clock,
      key: 'order-1042',
      request: { number: '1042' },
      leaseMs: 10_000,
      result,
      whileRunning: 'wait',
      send: async () => ({ id: `o${orders.push('1042')}` }),
      ...rest,
    });
  /** Somebody makes the write, and has sent it. */
  const holding = async () => {
    const sent = Promise.withResolvers<void>();
    const end = Promise.withResolvers<Made>();
    const send = () => {
      sent.resolve();
      return end.promise;
    };
    const first = write({ send });
    await sent.promise;
    return { first, answer: end.resolve, refuse: end.reject };
  };
  return { clock, store, orders, write, holding };
}

it('waits for the one who makes it, and gives the same result', async () => {
  const { clock, write, orders, holding } = setUp();
  const { first, answer } = await holding();
  const waiting = Array.from({ length: 5 }, () => write());
  await clock.advance(20_000);
  answer({ id: 'o1' });
  expect(await first).toEqual({ id: 'o1' });
  await clock.advance(1_000);
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 5 }, () => ({ id: 'o1' })));
  expect(orders).toHaveLength(0);
});

it('makes it, when the one who was at it could not', async () => {
  const { clock, write, orders, holding } = setUp();
  const { first, refuse } = await holding();
  const waiting = [write(), write()];
  await clock.advance(5_000);
  refuse(new CommerceError({ code: 'stock.insufficient', message: 'None is left.' }));
  await expect(first).rejects.toMatchObject({ code: 'stock.insufficient' });
  await clock.advance(2_000);
  expect(await Promise.all(waiting)).toEqual([{ id: 'o1' }, { id: 'o1' }]);
  expect(orders).toHaveLength(1);
});

it('looks it up, when the one who was at it died', async () => {
  const { clock, store, write, orders } = setUp();
  await store.begin('order-1042', '', 10_000);
  const dead = { ...store, begin: async (key: string, _: string, leaseMs: number) => store.begin(key, '', leaseMs) };
  const waiting = write({ store: dead, afterDoubt: async () => ({ id: 'o7' }) });
  await clock.advance(12_000);
  expect(await waiting).toEqual({ id: 'o7' });
  expect(orders).toHaveLength(0);
});

it('waits so long and no longer', async () => {
  const { clock, write, holding } = setUp();
  const { first, answer } = await holding();
  let ended = false;
  const waiting = write({ longestWaitMs: 3_000 })
    .catch((error: unknown) => error)
    .finally(() => (ended = true));
  await clock.advance(2_999);
  expect(ended).toBe(false);
  await clock.advance(1);
  expect(await waiting).toMatchObject({ code: 'write.in-flight', retryable: true });
  answer({ id: 'o1' });
  await first;
});

it('lets nobody wait who wants to stop', async () => {
  const { clock, write, holding } = setUp();
  const { first, answer } = await holding();
  const plain = new AbortController();
  const lost = new AbortController();
  const stopped = write({ signal: plain.signal }).catch((error: unknown) => error);
  const fenced = write({ signal: lost.signal }).catch((error: unknown) => error);
  await clock.advance(100);
  plain.abort();
  lost.abort(new CommerceError({ code: 'lease.lost', message: 'Another worker has it.' }));
  expect(await stopped).toMatchObject({ code: 'call.aborted' });
  expect(await fenced).toMatchObject({ code: 'lease.lost' });
  await expect(write({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'call.aborted' });
  answer({ id: 'o1' });
  expect(await first).toEqual({ id: 'o1' });
});

it('holds the key of a send that takes no notice of its end for no longer than its lease', async () => {
  const { clock, store, write } = setUp();
  const over = new AbortController();
  const answer = Promise.withResolvers<Made>();
  const first = write({ signal: over.signal, send: () => answer.promise }).catch((error: unknown) => error);
  await clock.advance(25_000);
  expect(await store.peek('order-1042')).toMatchObject({ state: 'running' });
  over.abort();
  await clock.advance(6_000);
  expect(await store.peek('order-1042')).toMatchObject({ state: 'running' });
  await clock.advance(4_000);
  expect(await store.peek('order-1042')).toMatchObject({ state: 'uncertain' });
  expect(await write({ afterDoubt: async () => ({ id: 'found' }) })).toEqual({ id: 'found' });
  answer.resolve({ id: 'late' });
  expect(await first).toMatchObject({ code: 'lease.lost' });
});

it('stores the end of what was sent when nobody waits for it any more', async () => {
  const { clock, write, orders } = setUp();
  const over = new AbortController();
  const answer = Promise.withResolvers<Made>();
  const first = write({ signal: over.signal, send: () => answer.promise });
  await clock.advance(25_000);
  over.abort();
  await clock.advance(5_000);
  answer.resolve({ id: 'o1' });
  expect(await first).toEqual({ id: 'o1' });
  expect(await write()).toEqual({ id: 'o1' });
  expect(orders).toEqual([]);
});

it('does not hurry a simulated clock', async () => {
  const { clock, write, holding } = setUp(testClock());
  const started = clock.now();
  const { first, answer } = await holding();
  const second = write();
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(clock.now()).toBe(started);
  answer({ id: 'o1' });
  await first;
  await clock.sleep(1_000);
  expect(await second).toEqual({ id: 'o1' });
});
