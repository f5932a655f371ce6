import { compose } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { CommerceError, type Stores } from '@crossdock/core';
import { expect, it } from 'vitest';
import { placeOrder } from './set-up.ts';
import { erp, order, ownership, shop, webhook } from './shop.ts';

function integration(stores: Stores, name?: string) {
  const systems = { shop: shop(() => [{ items: [order('1')], cursor: 'a' }]), erp: erp().connector };
  return compose({ systems, flows: [placeOrder], ownership, stores, ...(name !== undefined && { name }) });
}

it('lets the integration work that its stores belong to, in every process', async () => {
  const stores = memoryStores();
  for (let process = 0; process < 2; process++) await integration(stores, 'uk').poll('shop', 'orders.pull');
  expect(await integration(stores, 'uk').work()).toMatchObject({ done: 1 });
});

it('refuses another one in words, whatever it is asked for, and does nothing', async () => {
  const stores = memoryStores();
  await integration(stores, 'uk').poll('shop', 'orders.pull');
  const other = integration(stores, 'us');
  const by = { by: 'kim', note: 'no' };
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    take: () => other.take('shop', { body: '' }),
    poll: () => other.poll('shop', 'orders.pull'),
    sweep: () => other.sweep('shop', 'orders.pull'),
    health: () => other.health(),
    work: () => other.work(),
    list: () => other.exceptions.list({ limit: 1 }),
    replay: () => other.exceptions.replay('x', by),
    dismiss: () => other.exceptions.dismiss('x', by),
    plan: () => other.exceptions.plan('x'),
    check: () => other.exceptions.check(),
  };
  const said: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(calls)) {
    said[name] = await call().then(
      () => 'done',
      (error: CommerceError) => `${error.code}: ${error.message}`,
    );
  }
  const words =
    'wiring.invalid: Integration "us" did nothing: its stores belong to integration "uk". Compose it under that name, or give it stores of its own.';
  expect(said).toEqual(Object.fromEntries(Object.keys(calls).map((name) => [name, words])));
  // The platform sends it again, to whom it is for.
  expect((await other.receive('shop', webhook('d', ['1']))).status).toBe(503);
  expect(await stores.inbox.get('shop', 'd')).toBeUndefined();
  expect(await stores.jobs.counts('integration')).toMatchObject({ ready: 1, running: 0 });
});

it('asks again where the stores could not be asked', async () => {
  const good = memoryStores();
  let isAway = true;
  const away = new CommerceError({ code: 'store.unavailable', message: 'The stores did not answer.' });
  const stores: Stores = { ...good, belongTo: async (name) => (isAway ? Promise.reject(away) : good.belongTo(name)) };
  const hub = integration(stores);
  await expect(hub.work()).rejects.toBe(away);
  isAway = false;
  expect(await hub.work()).toMatchObject({ done: 0 });
});
