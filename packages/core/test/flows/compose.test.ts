import { CommerceError } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { draftOf, erp, ownership, shop, webhook } from './shop.ts';

const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'] },
  key: (event) => event.data.number,
  async run({ event, systems, links, step }) {
    const made = await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
    await step('link', () => links.link(event.data.ref, made));
  },
});

it('makes an order in the back office for an order that a webhook told', async () => {
  const clock = testClock();
  const ledger = erp();
  const stores = memoryStores({ clock });
  const hub = compose({
    systems: { shop: shop(), erp: ledger.connector },
    flows: [placeOrder],
    ownership,
    stores,
    clock,
  });
  const response = await hub.receive('shop', webhook('d1', ['1042']));
  expect(response.status).toBe(200);
  expect(await hub.work()).toEqual({ done: 2, retried: 0, parked: 0, nextInMs: undefined });
  expect(ledger.made).toEqual([{ number: '1042', key: 'place-order/shop/order/1042/order.placed/create' }]);
  const linked = await stores.links.find({ system: 'shop', kind: 'order', id: '1042' }, 'erp', 'order');
  expect(linked).toEqual({ system: 'erp', kind: 'order', id: 'S-1042' });
});

it('resumes at the step that failed when a person replays', async () => {
  const clock = testClock();
  let known = false;
  const ledger = erp(() => {
    if (!known) throw new CommerceError({ code: 'sku.unknown', message: 'SKU "A" has no product.' });
  });
  const stores = memoryStores({ clock });
  const hub = compose({
    systems: { shop: shop(), erp: ledger.connector },
    flows: [placeOrder],
    ownership,
    stores,
    clock,
  });
  await hub.receive('shop', webhook('d1', ['1042']));
  expect(await hub.work()).toMatchObject({ done: 1, parked: 1 });
  const [exception] = await hub.exceptions.list({ limit: 10 });
  expect(exception).toMatchObject({ code: 'sku.unknown', step: 'create', state: 'open', occurrences: 1 });
  known = true;
  await hub.exceptions.replay(exception?.id ?? '', { by: 'Ann' });
  expect(await hub.work()).toMatchObject({ done: 1, parked: 0 });
  expect(await hub.exceptions.get(exception?.id ?? '')).toMatchObject({ state: 'resolved' });
  expect(ledger.made).toHaveLength(1);
});
