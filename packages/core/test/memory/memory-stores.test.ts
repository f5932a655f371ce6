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
