import { CommerceError, defineConnector, eventsOfOrder, type Stores } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { draftOf, erp, order, ownership, webhook } from './shop.ts';

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

/** The orders of a body that begins with the word of its way. */
function readAs(prefix: string, body: string) {
  if (!body.startsWith(prefix)) throw new TypeError(`nothing with "${prefix}"`);
  return eventsOfOrder(order(body.slice(prefix.length)));
}

/** A platform that sends webhooks and writes into a queue too, each in a form of its own. */
function bothWays() {
  return defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system: 'shop',
    ports: {
      webhooks: {
        async verify(request: Request) {
          const [number] = (await request.json()) as readonly string[];
          return { ok: true, delivery: { deliveryId: `w${number}`, topic: 'order', body: `web:${number}` } } as const;
        },
        decode: async ({ body }) => readAs('web:', body),
      },
      notifications: {
        read: async ({ body }) => ({ deliveryId: `q${body}`, topic: 'order', body: `queue:${body}` }),
        decode: async ({ body }) => readAs('queue:', body),
      },
    },
    traits: { 'webhooks.verify': { scheme: 'shared-secret', signsTime: false } },
    check: async () => {},
    usage: () => [],
  });
}

function hubOn(stores: Stores) {
  const ledger = erp();
  const systems = { shop: marketplace(), erp: ledger.connector };
  return { hub: compose({ systems, flows: [placeOrder], ownership, stores, clock: testClock() }), ledger };
}

function hubOfBoth() {
  const ledger = erp();
  const stores = memoryStores();
  const systems = { shop: bothWays(), erp: ledger.connector };
  const hub = compose({ systems, flows: [placeOrder], ownership, stores, clock: testClock() });
  const open = () => hub.exceptions.list({ state: 'open', limit: 10 });
  return { hub, stores, ledger, open };
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

describe('a platform that tells both by webhook and by queue', () => {
  it('has each read in the form in which it came', async () => {
    const { hub, ledger, open } = hubOfBoth();
    await hub.receive('shop', webhook('d', ['1']));
    await hub.take('shop', { body: '2' });
    await hub.work();
    expect(await open()).toEqual([]);
    expect(ledger.made.map(({ number }) => number).toSorted()).toEqual(['1', '2']);
  });

  it('goes on with what was kept before it was noted how it came', async () => {
    const { hub, stores, ledger } = hubOfBoth();
    const receivedAt = '2026-11-01T00:00:00.000Z';
    await stores.inbox.put({ system: 'shop', deliveryId: 'old', topic: 'order', body: 'web:3', receivedAt });
    const payload = { kind: 'decode', system: 'shop', deliveryId: 'old' };
    const id = 'decode/shop/old';
    await stores.jobs.add({ id, queue: 'integration', key: id, lane: 'urgent', dueAt: receivedAt, payload });
    await hub.work();
    expect(ledger.made).toMatchObject([{ number: '3' }]);
  });

  it('that sends webhooks no more has what is left of them kept for a person', async () => {
    const { hub, stores } = hubOfBoth();
    await hub.receive('shop', webhook('d', ['1']));
    const queueOnly = compose({
      systems: { shop: marketplace(), erp: erp().connector },
      flows: [placeOrder],
      ownership,
      stores,
      clock: testClock(),
    });
    await queueOnly.work();
    expect(await queueOnly.exceptions.list({ state: 'open', limit: 10 })).toMatchObject([
      { code: 'wiring.invalid', flow: 'shop/webhooks.decode' },
    ]);
  });
});
