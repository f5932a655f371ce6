import { CommerceError, type CommerceEvent, type ConnectorBase, type Order, type Ref } from '@crossdock/core';
import { compose, describePlan, defineFlow, type AnyFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { erp, order, ownership, placed, shop, webhook } from '../flows/shop.ts';

const flowNamed = (name: string) =>
  defineFlow({ name, version: 1, on: 'order.placed', needs: {}, key: () => name, run: async () => {} });

function hubWith(paper: ConnectorBase, flows: readonly AnyFlow[]) {
  const clock = testClock({ auto: false });
  const stores = memoryStores({ clock });
  const systems = { shop: paper, erp: erp().connector };
  // These flows need nothing.
  return { hub: compose({ systems, flows: flows as never, ownership, stores, clock }), stores };
}

const unmapped = (): readonly CommerceEvent[] => {
  throw new CommerceError({ code: 'status.unmapped', message: 'Order "2" has an odd status.' });
};

it('says what a delivery means now, and which runs it would start', async () => {
  let meaning = unmapped;
  const paper = shop();
  const odd = { ...paper, webhooks: { ...paper.webhooks, decode: async () => meaning() } };
  const { hub, stores } = hubWith(odd, [flowNamed('a'), flowNamed('b')]);
  await stores.runs.start({
    id: 'b/shop/order/2/order.placed',
    flow: 'b',
    version: 1,
    key: 'b',
    event: null,
    state: 'done',
    startedAt: '2026-11-01T00:00:00Z',
  });
  await hub.receive('shop', webhook('d', ['1', '2']));
  await hub.work();
  const [exception] = await hub.exceptions.list({ limit: 5 });
  const id = exception?.id ?? '';
  expect(await hub.exceptions.plan(id)).toMatchObject({
    resumesAt: undefined,
    end: { how: 'stops', step: 'webhooks.decode', code: 'status.unmapped' },
  });
  expect(await hub.exceptions.plan(id, { reads: false })).toMatchObject({
    end: { how: 'unknown', unread: [{ system: 'shop', operation: 'webhooks.decode' }] },
  });

  // The status got a meaning: the same delivery is decoded otherwise.
  meaning = () => [placed('1'), placed('2')];
  const plan = await hub.exceptions.plan(id);
  expect(plan.events).toEqual([
    {
      id: 'shop/order/1/order.placed',
      type: 'order.placed',
      starts: ['a/shop/order/1/order.placed', 'b/shop/order/1/order.placed'],
    },
    { id: 'shop/order/2/order.placed', type: 'order.placed', starts: ['a/shop/order/2/order.placed'] },
  ]);
  expect(await stores.runs.get('a/shop/order/1/order.placed')).toBeUndefined();
  expect(await stores.jobs.counts('integration')).toMatchObject({ ready: 0, parked: 1 });
  expect(describePlan(plan)).toContain('- "shop/order/2/order.placed" starts "a/shop/order/2/order.placed"');
});

it('says what a record means that a page had and nobody could read', async () => {
  const ref: Ref<'order'> = { system: 'shop', kind: 'order', id: '9' };
  const error = new CommerceError({ code: 'status.unmapped', message: 'Order "9" has status "odd".', refs: [ref] });
  const items: Order[] = [];
  const { hub } = hubWith(
    shop(() => [{ items, cursor: 'c1', problems: [{ ref, error, version: '1' }] }]),
    [flowNamed('a')],
  );
  await hub.poll('shop', 'orders.pull');
  const [exception] = await hub.exceptions.list({ limit: 5 });
  const id = exception?.id ?? '';
  expect(await hub.exceptions.plan(id)).toMatchObject({ end: { how: 'stops', code: 'record.missing' } });
  items.push(order('9'));
  expect(await hub.exceptions.plan(id)).toMatchObject({
    events: [
      { type: 'order.placed', starts: ['a/shop/order/9/order.placed'] },
      { type: 'order.updated', starts: [] },
    ],
    reads: [{ system: 'shop', operation: 'orders.get' }],
    end: { how: 'done' },
  });
});
