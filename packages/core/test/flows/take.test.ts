import { CommerceError, defineConnector, eventsOfOrder, type Stores } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { draftOf, erp, order, ownership } from './shop.ts';

const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'] },
  key: (event) => event.data.number,
  async run({ event, systems, step }) {
    await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
  },
});

/** A platform that writes `<message id>:<order number>` into the user's queue. */
function marketplace() {
  return defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system: 'shop',
    ports: {
      notifications: {
        async read({ body }) {
          const [deliveryId, number] = body.split(':');
          if (!deliveryId || !number) {
            throw new CommerceError({ code: 'webhook.malformed', message: 'A message was not read: it is not ours.' });
          }
          return { deliveryId, topic: 'ORDER_CHANGE', body: number };
        },
        async decode({ body }) {
          if (body === 'unreadable') throw new TypeError('no order');
          return eventsOfOrder(order(body));
        },
      },
    },
    traits: {},
    check: async () => {},
    usage: () => [],
  });
}

function hubOn(stores: Stores) {
  const ledger = erp();
  const systems = { shop: marketplace(), erp: ledger.connector };
  return { hub: compose({ systems, flows: [placeOrder], ownership, stores, clock: testClock() }), ledger };
}

describe('a message from a queue', () => {
  it('places its order once, however often the queue hands it out', async () => {
    const { hub, ledger } = hubOn(memoryStores());
    const repeated: unknown[] = [];
    hub.signals.on('delivery.repeated', (what) => repeated.push(what));
    expect(await hub.take('shop', { body: 'm1:7' })).toBe('stored');
    expect(await hub.take('shop', { body: 'm1:7' })).toBe('already');
    await hub.work();
    await hub.work();
    expect(await hub.take('shop', { body: 'm1:7' })).toBe('already');
    await hub.work();
    expect(ledger.made).toMatchObject([{ number: '7' }]);
    expect(repeated).toHaveLength(2);
  });

  it('that the platform did not write is refused, and nothing of it is kept', async () => {
    const stores = memoryStores();
    const { hub } = hubOn(stores);
    await expect(hub.take('shop', { body: 'nonsense' })).rejects.toMatchObject({ code: 'webhook.malformed' });
    expect(await stores.jobs.counts('work')).toMatchObject({ ready: 0, parked: 0 });
  });

  it('that cannot be stored stays in the queue', async () => {
    const stores = memoryStores();
    const down = new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' });
    const { hub } = hubOn({ ...stores, atomically: () => Promise.reject(down) });
    await expect(hub.take('shop', { body: 'm1:7' })).rejects.toBe(down);
  });

  it('that cannot be decoded waits for a person under the name of its operation', async () => {
    const { hub } = hubOn(memoryStores());
    await hub.take('shop', { body: 'm1:unreadable' });
    await hub.work();
    const [held] = await hub.exceptions.list({ state: 'open', limit: 10 });
    expect(held).toMatchObject({ flow: 'shop/notifications.decode', code: 'webhook.malformed' });
  });

  it('is refused for a system that has no queue', async () => {
    const { hub } = hubOn(memoryStores());
    await expect(hub.take('erp', { body: 'm1:7' })).rejects.toMatchObject({ code: 'wiring.invalid' });
    // @ts-expect-error no system is named so
    await expect(hub.take('nobody', { body: 'm1:7' })).rejects.toMatchObject({ code: 'wiring.invalid' });
  });
});
