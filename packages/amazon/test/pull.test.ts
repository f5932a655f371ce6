import { isCommerceError, type Page, type Order } from '@crossdock/core';
import { expect, it } from 'vitest';
import { ordersPerPage } from '../src/order-pull.ts';
import { pullAll, refOf, settledMs, storeWithGoods } from './store.ts';

const dayMs = 24 * 3_600_000;

function storeWithPages(orders = ordersPerPage + 5) {
  const parts = storeWithGoods();
  for (let count = 0; count < orders; count += 1)
    parts.place({ lines: [{ title: 'Pin', quantity: 1, unitPrice: '1.00' }] });
  return parts;
}

const askedFrom = (call: { readonly path: string } | undefined) =>
  new URL(call?.path ?? '', 'https://x.example').searchParams.get('lastUpdatedAfter') ?? '';

async function firstPage(pages: AsyncIterable<Page<Order>>): Promise<Page<Order>> {
  for await (const page of pages) return page;
  throw new Error('The pull had no page.');
}

it('asks for nothing younger than two minutes, and brings it with the next pull', async () => {
  const { store, place, clock, fake } = storeWithGoods();
  const early = place();
  await clock.advance(settledMs);
  const late = place();
  const first = await pullAll(store.orders.pull({}));
  expect(first.orders.map(({ number }) => number)).toEqual([early.orderId]);
  await clock.advance(settledMs);
  const second = await pullAll(store.orders.pull({ cursor: first.cursor }));
  expect(second.orders.map(({ number }) => number)).toContain(late.orderId);
  expect(fake.journal.all.filter(({ status }) => status >= 400)).toEqual([]);
});

it('asks from no moment that Amazon would call too late', async () => {
  const { store, clock, fake } = storeWithGoods();
  await pullAll(store.orders.pull({ updatedAfter: new Date(clock.now() + 60_000).toISOString() }));
  const [call] = fake.journal.of('searchOrders');
  expect(call?.status).toBe(200);
  expect(Date.parse(askedFrom(call))).toBeLessThanOrEqual(clock.now() - 120_000);
});

it('goes on where Amazon says that the first page of the window ended, less the overlap', async () => {
  const { store, fake } = storeWithGoods({ overlapMs: 60_000 });
  const page = (rest: object) =>
    fake.faults.next('searchOrders', { kind: 'answer', status: 200, body: JSON.stringify({ orders: [], ...rest }) });
  page({ lastUpdatedBefore: '2026-10-30T12:00:00Z', pagination: { nextToken: 'two' } });
  page({ lastUpdatedBefore: '2026-10-30T18:00:00Z' });
  const { cursor } = await pullAll(store.orders.pull({}));
  await pullAll(store.orders.pull({ cursor }));
  expect(fake.journal.of('searchOrders').map(askedFrom)).toEqual([
    '2000-01-01T00:00:00Z',
    '2000-01-01T00:00:00Z',
    '2026-10-30T11:59:00.000Z',
  ]);
});

it('goes on where a page broke off, in the same window', async () => {
  const { store, connect, clock, fake } = storeWithPages();
  await clock.advance(settledMs);
  const first = await firstPage(store.orders.pull({}));
  const rest = await pullAll(connect().orders.pull({ cursor: first.cursor }));
  expect(first.items.length + rest.orders.length).toBe(ordersPerPage + 5);
  expect(fake.journal.of('searchOrders')[1]?.path).toContain('paginationToken=');
});

it.each([
  ['a day later, when the place is forgotten', dayMs],
  ['two days later', 2 * dayMs],
])('reads the window again %s', async (_when, ms) => {
  const { store, connect, clock, fake } = storeWithPages();
  await clock.advance(settledMs);
  const first = await firstPage(store.orders.pull({}));
  await clock.advance(ms);
  const again = await pullAll(connect().orders.pull({ cursor: first.cursor }));
  expect(again.orders).toHaveLength(ordersPerPage + 5);
  expect(fake.journal.all.filter(({ status }) => status >= 400)).toEqual([]);
});

it('reads the window again where Amazon does not know the place', async () => {
  const { store, connect, clock, fake } = storeWithPages();
  await clock.advance(settledMs);
  const first = await firstPage(store.orders.pull({}));
  const body = '{"errors":[{"code":"InvalidInput","message":"Invalid paginationToken"}]}';
  fake.faults.next('searchOrders', { kind: 'answer', status: 400, body });
  const again = await pullAll(connect().orders.pull({ cursor: first.cursor }));
  expect(again.orders).toHaveLength(ordersPerPage + 5);
});

it('holds up no order for one that nobody can read', async () => {
  const { store, place, clock, fake } = storeWithGoods();
  const { orderId } = place();
  await clock.advance(settledMs);
  const good = JSON.stringify({
    orders: [
      { orderId: '202-0000000-0000001', lastUpdatedTime: '2026-11-01T00:00:00Z' },
      { strange: true },
      null,
      await wireOf(fake.fetch, orderId),
    ],
  });
  fake.faults.next('searchOrders', { kind: 'answer', status: 200, body: good });
  const { orders, problems } = await pullAll(store.orders.pull({}));
  expect(orders.map(({ number }) => number)).toEqual([orderId]);
  expect(problems.map(({ ref, error, version }) => [ref?.id, error.code, version])).toEqual([
    ['202-0000000-0000001', 'response.unexpected', '2026-11-01T00:00:00Z'],
    [undefined, 'response.unexpected', undefined],
    [undefined, 'response.unexpected', undefined],
  ]);

  async function wireOf(fetch: typeof globalThis.fetch, id: string): Promise<unknown> {
    await store.orders.get(refOf(id));
    const seen = fake.journal.of('getOrder')[0];
    const response = await fetch(`${fake.origin}${seen?.path}`, { headers: seen?.headers ?? {} });
    return ((await response.json()) as { order: unknown }).order;
  }
});

it('leaves what Amazon ships to Amazon, unless it is asked for', async () => {
  const { store, connect, place, clock } = storeWithGoods();
  const { orderId } = place({ fulfilledBy: 'AMAZON' });
  await clock.advance(settledMs);
  expect((await pullAll(store.orders.pull({}))).orders).toEqual([]);
  const all = await pullAll(connect({ fulfilledBy: ['MERCHANT', 'AMAZON'] }).orders.pull({}));
  expect(all.orders).toMatchObject([{ number: orderId, attributes: { fulfilledBy: 'AMAZON' } }]);
});

it('says when it may ask again where the allowance is used up, and goes on from its cursor', async () => {
  const { store, clock, fake } = storeWithPages(21 * ordersPerPage);
  await clock.advance(settledMs);
  const numbers = new Set<string>();
  let cursor: string | undefined;
  let refusal: unknown;
  try {
    for await (const page of store.orders.pull({})) {
      ({ cursor } = page);
      for (const { number } of page.items) numbers.add(number);
    }
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({ code: 'platform.throttled', retryable: true });
  expect(numbers.size).toBe(20 * ordersPerPage);
  if (!isCommerceError(refusal) || cursor === undefined) throw new Error('The pull did not end as it should.');
  await clock.advance(refusal.retryAfterMs ?? 0);
  for (const { number } of (await pullAll(store.orders.pull({ cursor }))).orders) numbers.add(number);
  expect(numbers.size).toBe(21 * ordersPerPage);
  expect(fake.journal.all.filter(({ status }) => status === 429)).toEqual([]);
});

it('takes no cursor that another connector wrote, and no moment that is none', async () => {
  const { store } = storeWithGoods();
  for (const since of [{ cursor: '{"page":2}' }, { cursor: 'x' }, { updatedAfter: 'yesterday' }]) {
    await expect(pullAll(store.orders.pull(since))).rejects.toMatchObject({ code: 'options.invalid' });
  }
});

it('knows no order of another store, another system or of a strange id', async () => {
  const { store, place, fake } = storeWithGoods();
  const { orderId } = place({ marketplaceId: 'A1PA6795UKMFR9', currency: 'EUR' });
  expect(await store.orders.get(refOf(orderId))).toBeUndefined();
  const before = fake.journal.all.length;
  expect(await store.orders.get({ ...refOf(orderId), system: 'shopify' })).toBeUndefined();
  expect(await store.orders.get(refOf('../secrets'))).toBeUndefined();
  expect(fake.journal.all).toHaveLength(before);
});
