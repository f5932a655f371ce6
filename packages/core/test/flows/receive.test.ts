import { CommerceError, type Stores } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { draftOf, erp, ownership, shop, webhook } from './shop.ts';

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

function hubOn(stores: Stores, clock = testClock()) {
  const ledger = erp();
  const systems = { shop: shop(), erp: ledger.connector };
  return { hub: compose({ systems, flows: [placeOrder], ownership, stores, clock }), ledger };
}

describe('a delivery', () => {
  it.each([
    ['good', 200],
    ['bad', 401],
    ['stale', 401],
    ['oversized', 413],
  ])('with a signature that is "%s" is answered with %i', async (signature, status) => {
    const { hub } = hubOn(memoryStores());
    expect((await hub.receive('shop', webhook('d1', ['1'], signature))).status).toBe(status);
  });

  it('without the headers is answered with 400, and without a system with 404', async () => {
    const { hub } = hubOn(memoryStores());
    expect((await hub.receive('shop', new Request('https://hub.example', { method: 'POST' }))).status).toBe(400);
    // @ts-expect-error no system is named so
    expect((await hub.receive('nobody', webhook('d1', []))).status).toBe(404);
    expect((await hub.receive('erp', webhook('d1', []))).status).toBe(404);
  });

  it('that only asks whether somebody is there is answered with 200, kept nowhere and told to nobody', async () => {
    const stores = memoryStores();
    const { hub, ledger } = hubOn(stores);
    const told: unknown[] = [];
    hub.signals.on('delivery.refused', (what) => told.push(what));
    const response = await hub.receive('shop', webhook('p1', ['1'], 'ping'));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true });
    expect(await stores.inbox.get('shop', 'p1')).toBeUndefined();
    await hub.work();
    expect(ledger.made).toEqual([]);
    expect(told).toEqual([]);
  });

  it('that cannot be stored is answered with 503, and told', async () => {
    const stores = memoryStores();
    const down = new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' });
    const { hub } = hubOn({ ...stores, atomically: () => Promise.reject(down) });
    const refused: unknown[] = [];
    hub.signals.on('delivery.refused', (what) => refused.push(what));
    const response = await hub.receive('shop', webhook('d1', ['1']));
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ok: false, reason: 'not-stored' });
    expect(refused).toEqual([{ system: 'shop', reason: 'not-stored', error: down }]);
  });

  it('that is repeated places one order', async () => {
    const { hub, ledger } = hubOn(memoryStores());
    const repeated: unknown[] = [];
    hub.signals.on('delivery.repeated', (what) => repeated.push(what));
    for (let time = 0; time < 3; time++) {
      expect((await hub.receive('shop', webhook('d1', ['1']))).status).toBe(200);
      await hub.work();
    }
    expect(ledger.made).toHaveLength(1);
    expect(repeated).toHaveLength(2);
  });

  it('whose job the store takes for another is not acknowledged', async () => {
    const stores = memoryStores();
    const { hub } = hubOn(stores);
    const dueAt = '2026-11-01T00:00:00Z';
    await stores.jobs.add({ id: 'decode/shop/d1', queue: 'other', key: 'k', lane: 'normal', dueAt, payload: null });
    expect((await hub.receive('shop', webhook('d1', ['1']))).status).toBe(503);
    expect(await stores.inbox.get('shop', 'd1')).toBeUndefined();
  });

  it('goes on although a listener throws', async () => {
    const { hub } = hubOn(memoryStores());
    hub.signals.on('delivery.refused', () => {
      throw new Error('The listener broke.');
    });
    expect((await hub.receive('shop', webhook('d1', ['1'], 'bad'))).status).toBe(401);
  });

  it('that nobody can read waits for a person, and stops no other', async () => {
    const { hub, ledger } = hubOn(memoryStores());
    await hub.receive(
      'shop',
      new Request('https://hub.example', { method: 'POST', body: '{', headers: { signature: 'good', delivery: 'd1' } }),
    );
    await hub.receive('shop', webhook('d2', ['odd']));
    await hub.receive('shop', webhook('d3', ['1']));
    expect(await hub.work()).toMatchObject({ parked: 2 });
    const codes = (await hub.exceptions.list({ limit: 10 })).map(({ code }) => code);
    expect(codes.toSorted()).toEqual(['status.unmapped', 'webhook.malformed']);
    expect(ledger.made).toHaveLength(1);
  });
});

it('places every order once, however deliveries and polls are shuffled and repeated', async () => {
  const clock = testClock();
  const stores = memoryStores({ clock });
  const { hub, ledger } = hubOn(stores, clock);
  const numbers = Array.from({ length: 40 }, (_, index) => String(index));
  const deliveries = [...numbers, ...numbers.toReversed(), ...numbers].map((number, index) =>
    webhook(`d${index}`, [number]),
  );
  await Promise.all(deliveries.map((delivery) => hub.receive('shop', delivery)));
  await Promise.all([hub.work(), hub.work(), hub.work()]);
  expect(ledger.made.map(({ number }) => number).toSorted()).toEqual(numbers.toSorted());
});
