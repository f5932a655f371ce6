import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';

it('keeps its own copy of what it is given', async () => {
  const stores = memoryStores();
  const result = { list: [1] };
  const begun = await stores.idempotency.begin('k', 'f', 1000);
  if (begun.state === 'started') await stores.idempotency.finish('k', begun.lease, result);
  result.list.push(2);
  expect(await stores.idempotency.begin('k', 'f', 1000)).toEqual({ state: 'done', result: { list: [1] } });
});

it('refuses what is asked of closed stores', async () => {
  const stores = memoryStores();
  await stores.close();
  await expect(stores.cursors.read('c')).rejects.toMatchObject({ code: 'store.unavailable' });
  await expect(stores.atomically(async () => 1)).rejects.toMatchObject({ code: 'store.unavailable' });
});

it('ends a unit of work that uses the stores outside it, and goes on', async () => {
  const stores = memoryStores({ busyTimeoutMs: 20 });
  const unit = stores.atomically(async (inside) => {
    await inside.cursors.advance('c', undefined, 'a');
    await stores.cursors.advance('d', undefined, 'a');
  });
  await expect(unit).rejects.toMatchObject({ code: 'store.unavailable', retryable: true });
  expect(await stores.cursors.read('c')).toBeUndefined();
  expect(await stores.cursors.advance('c', undefined, 'a')).toBe(true);
});

it('lets nobody wait for ever behind a unit that does not end, and loses none of those behind', async () => {
  const stores = memoryStores({ busyTimeoutMs: 20 });
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const unit = stores.atomically(() => over);
  await expect(stores.cursors.read('c')).rejects.toMatchObject({ code: 'store.unavailable' });
  const behind = [1, 2].map((n) => stores.cursors.advance(`c${n}`, undefined, 'a'));
  end();
  await unit;
  expect(await Promise.all(behind)).toEqual([true, true]);
});
