import { CommerceError, type Order, type Page } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { expect, it } from 'vitest';
import { testClock } from '../../../testing/src/index.ts';
import { draftOf, erp, order, ownership, shop, webhook } from './shop.ts';

const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'] },
  key: (event) => {
    if (event.data.number === 'keyless') throw new TypeError('No key for this one.');
    return event.data.number;
  },
  async run({ event, systems, step }) {
    await step('create', ({ key }) => systems.erp.orders.create(draftOf(event), { idempotencyKey: key }));
  },
});

function hubWith(pages: () => readonly Page<Order>[]) {
  const clock = testClock();
  const ledger = erp();
  const stores = memoryStores({ clock });
  const systems = { shop: shop(pages), erp: ledger.connector };
  return { hub: compose({ systems, flows: [placeOrder], ownership, stores, clock }), ledger, stores };
}

it('goes on from the saved cursor', async () => {
  const pages: Page<Order>[] = [{ items: [order('1'), order('2')], cursor: 'a' }];
  const { hub, ledger, stores } = hubWith(() => pages);
  expect(await hub.poll('shop', 'orders.pull')).toEqual({ pages: 1, records: 2, started: 2 });
  expect(await stores.cursors.read('shop/orders.pull')).toBe('a');
  pages.push({ items: [order('3')], cursor: 'b' });
  expect(await hub.poll('shop', 'orders.pull')).toEqual({ pages: 1, records: 1, started: 1 });
  await hub.work();
  expect(ledger.made.map(({ number }) => number).toSorted()).toEqual(['1', '2', '3']);
});

it('runs a fact once that a webhook told and a poll found', async () => {
  const { hub, ledger } = hubWith(() => [{ items: [order('1')], cursor: 'a' }]);
  await hub.receive('shop', webhook('d1', ['1']));
  await hub.work();
  expect(await hub.poll('shop', 'orders.pull')).toMatchObject({ started: 0 });
  await hub.work();
  expect(ledger.made).toHaveLength(1);
});

it('skips no page and runs nothing twice when two polls meet', async () => {
  const pages = [1, 2, 3].map((page) => ({ items: [order(`${page}`)], cursor: `${page}` }));
  const { hub, ledger } = hubWith(() => pages);
  const reports = await Promise.all([hub.poll('shop', 'orders.pull'), hub.poll('shop', 'orders.pull')]);
  expect(reports.reduce((sum, { started }) => sum + started, 0)).toBe(3);
  await hub.work();
  expect(ledger.made).toHaveLength(3);
});

it('puts a record that cannot be read before a person once, and lets the rest of the page go on', async () => {
  const error = new CommerceError({ code: 'status.unmapped', message: 'Order "9" was not taken over: "odd".' });
  const ref = { system: 'shop', kind: 'order', id: '9' } as const;
  const items = [order('1')];
  let cursor = 0;
  const { hub, ledger } = hubWith(() => [{ items, cursor: `${cursor++}`, problems: [{ ref, error, version: 'v1' }] }]);
  await hub.poll('shop', 'orders.pull');
  await hub.poll('shop', 'orders.pull');
  await hub.work();
  expect(ledger.made).toHaveLength(1);
  const open = await hub.exceptions.list({ state: 'open', limit: 10 });
  expect(open).toMatchObject([{ code: 'status.unmapped', refs: [ref], occurrences: 1, flow: 'shop/orders.pull' }]);

  // Its status got a meaning: the replay reads the order again, and it takes its way.
  items.push(order('9'));
  await hub.exceptions.replay(open[0]?.id ?? '', { by: 'Ann' });
  await hub.work();
  expect(ledger.made.map(({ number }) => number)).toEqual(['1', '9']);
  expect(await hub.exceptions.get(open[0]?.id ?? '')).toMatchObject({ state: 'resolved' });
});

it('does not lose the page to an event for which a flow has no key', async () => {
  const { hub, ledger } = hubWith(() => [{ items: [order('keyless'), order('2')], cursor: 'a' }]);
  expect(await hub.poll('shop', 'orders.pull')).toMatchObject({ started: 2 });
  expect(await hub.work()).toMatchObject({ done: 1, parked: 1 });
  expect(ledger.made.map(({ number }) => number)).toEqual(['2']);
  expect(await hub.exceptions.list({ limit: 10 })).toMatchObject([{ code: 'flow.defect' }]);
});

const problem = () => ({
  ref: undefined,
  error: new CommerceError({ code: 'record.invalid', message: 'A record of "shop" has no id.' }),
});

it('puts every record that has no id before a person, and one that comes later too', async () => {
  const pages: Page<Order>[] = [{ items: [order('1')], cursor: '1', problems: [problem(), problem(), problem()] }];
  const { hub } = hubWith(() => pages);
  await hub.poll('shop', 'orders.pull');
  const open = await hub.exceptions.list({ limit: 10 });
  expect(open).toHaveLength(3);
  for (const { id } of open) await hub.exceptions.resolve(id, { by: 'Ann', note: 'Done by hand.' });
  pages.push({ items: [], cursor: '2', problems: [problem()] });
  await hub.poll('shop', 'orders.pull');
  expect(await hub.exceptions.list({ state: 'open', limit: 10 })).toHaveLength(1);
});

it('opens the same problem of a record again once somebody closed it, and not before', async () => {
  const error = new CommerceError({ code: 'status.unmapped', message: 'Order "9" was not taken over: "odd".' });
  const ref = { system: 'shop', kind: 'order', id: '9' } as const;
  let cursor = 0;
  const { hub } = hubWith(() => [{ items: [], cursor: `${cursor++}`, problems: [{ ref, error }] }]);
  const open = () => hub.exceptions.list({ state: 'open', limit: 10 });
  await hub.poll('shop', 'orders.pull');
  await hub.poll('shop', 'orders.pull');
  expect(await open()).toHaveLength(1);
  for (let time = 0; time < 3; time++) {
    const [exception] = await open();
    await hub.exceptions.dismiss(exception?.id ?? '', { by: 'Ann', note: 'A test order.' });
    expect(await open()).toEqual([]);
    await hub.poll('shop', 'orders.pull');
    expect(await open()).toHaveLength(1);
  }
});

it('runs a second change within the same second', async () => {
  const clock = testClock();
  const seen: string[] = [];
  const note = defineFlow({
    name: 'note',
    version: 1,
    on: 'order.updated',
    needs: {},
    key: () => 'k',
    run: async ({ event }) => void seen.push(event.data.paymentStatus),
  });
  const pages: Page<Order>[] = [{ items: [order('1', { paymentStatus: 'pending' })], cursor: '1' }];
  const systems = { shop: shop(() => pages), erp: erp().connector };
  const hub = compose({ systems, flows: [note], ownership, stores: memoryStores({ clock }), clock });
  for (const cursor of ['2', '3']) {
    await hub.poll('shop', 'orders.pull');
    await hub.work();
    pages.push({ items: [order('1', { paymentStatus: 'paid' })], cursor });
  }
  await hub.poll('shop', 'orders.pull');
  await hub.work();
  expect(seen).toEqual(['pending', 'paid']);
});

it('does not lose the page to an event for which a flow has a key that is no text', async () => {
  const clock = testClock();
  const stores = memoryStores({ clock });
  const keyless = { ...placeOrder, key: ({ data }: { data: Order }) => data.billingAddress?.company as never };
  const systems = { shop: shop(() => [{ items: [order('1')], cursor: 'a' }]), erp: erp().connector };
  const hub = compose({ systems, flows: [keyless], ownership, stores, clock });
  expect(await hub.poll('shop', 'orders.pull')).toMatchObject({ started: 1 });
  expect(await hub.work()).toMatchObject({ parked: 1 });
  const [exception] = await hub.exceptions.list({ limit: 10 });
  expect(exception).toMatchObject({ code: 'flow.defect' });
  expect(exception?.message).toContain('gave a value of type "undefined" where a text is needed');
});

it('does not lose the page to a record that no store can keep', async () => {
  const pages = [{ items: [order('1', { tags: [Number.NaN] as never }), order('2')], cursor: 'a' }];
  const { hub, ledger, stores } = hubWith(() => pages);
  expect(await hub.poll('shop', 'orders.pull')).toMatchObject({ started: 1 });
  await hub.work();
  expect(ledger.made.map(({ number }) => number)).toEqual(['2']);
  expect(await stores.cursors.read('shop/orders.pull')).toBe('a');
  const refs = [{ system: 'shop', kind: 'order', id: '1' }];
  expect(await hub.exceptions.list({ limit: 10 })).toMatchObject([{ code: 'record.invalid', refs }]);
});

it('begins no run whose job the store takes for another', async () => {
  const { hub, stores } = hubWith(() => [{ items: [order('1')], cursor: 'a' }]);
  const id = 'place-order/shop/order/1/order.placed';
  const dueAt = '2026-11-01T00:00:00Z';
  await stores.jobs.add({ id, queue: 'other', key: 'k', lane: 'normal', dueAt, payload: null });
  await expect(hub.poll('shop', 'orders.pull')).rejects.toMatchObject({ code: 'store.corrupt' });
  expect(await stores.runs.get(id)).toBeUndefined();
});

it('refuses to poll what nobody offers', async () => {
  const { hub } = hubWith(() => []);
  await expect(hub.poll('erp', 'orders.pull')).rejects.toMatchObject({ code: 'wiring.invalid' });
});

it('lands nothing of a page when its cursor does not', async () => {
  const { hub, stores } = hubWith(() => {
    // Another poll is faster while this one waits for its page.
    void stores.cursors.advance('shop/orders.pull', '0', '00');
    return [{ items: [order('1')], cursor: 'a' }];
  });
  await stores.cursors.advance('shop/orders.pull', undefined, '0');
  expect(await hub.poll('shop', 'orders.pull')).toEqual({ pages: 0, records: 0, started: 0 });
  expect(await stores.jobs.counts('integration')).toMatchObject({ ready: 0 });
});
