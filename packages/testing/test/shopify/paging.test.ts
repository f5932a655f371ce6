import { describe, expect, it } from 'vitest';
import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import { ask, textAt, valueAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const query = `query Pull($after: String, $reverse: Boolean, $first: Int!) {
  orders(first: $first, after: $after, reverse: $reverse, sortKey: UPDATED_AT) {
    nodes { name }
    pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
  }
}`;

async function pull(platform: FakePlatform<ShopifyState>, after: string | null, more: object = {}) {
  const { body } = await ask(platform, query, { after, first: 2, ...more });
  const nodes = valueAt(body, ['data', 'orders', 'nodes']);
  return {
    names: Array.isArray(nodes) ? nodes.map((node: unknown) => textAt(node, 'name')) : [],
    next: valueAt(body, ['data', 'orders', 'pageInfo', 'hasNextPage']) === true,
    before: valueAt(body, ['data', 'orders', 'pageInfo', 'hasPreviousPage']) === true,
    end: textAt(body, 'data', 'orders', 'pageInfo', 'endCursor'),
  };
}

async function shopWithOrders(count: number, apartMs = 1000) {
  const { platform, state } = shopWithStock();
  const ids: string[] = [];
  for (let placed = 0; placed < count; placed++) {
    ids.push(state.placeOrder(anOrder()).id);
    await platform.clock.advance(apartMs);
  }
  return { platform, state, ids };
}

describe('pages of orders', () => {
  it('reach every order once, also when all were changed in one second', async () => {
    const { platform } = await shopWithOrders(5, 0);
    const first = await pull(platform, null);
    const second = await pull(platform, first.end);
    const third = await pull(platform, second.end);
    expect([first.names, second.names, third.names]).toEqual([['#1001', '#1002'], ['#1003', '#1004'], ['#1005']]);
    expect([first.next, second.next, third.next]).toEqual([true, true, false]);
    expect([first.before, second.before]).toEqual([false, true]);
  });

  it('show an order again behind the cursor when it was changed meanwhile', async () => {
    const { platform, state, ids } = await shopWithOrders(4);
    const first = await pull(platform, null);
    state.touchOrder(ids[0] ?? '');
    const second = await pull(platform, first.end);
    const third = await pull(platform, second.end);
    expect([...second.names, ...third.names]).toEqual(['#1003', '#1004', '#1001']);
  });

  it('skip an order that moved in front of the cursor when read from the newest', async () => {
    const { platform, state, ids } = await shopWithOrders(4);
    const first = await pull(platform, null, { reverse: true });
    expect(first.names).toEqual(['#1004', '#1003']);
    state.touchOrder(ids[1] ?? '');
    expect((await pull(platform, first.end, { reverse: true })).names).toEqual(['#1001']);
  });

  it('are cut by a cursor that tells the place in the order of the sort key', async () => {
    const { platform, state } = await shopWithOrders(2);
    const { end } = await pull(platform, null);
    const last = state.orders[1];
    expect(atob(end)).toBe(`{"last_id":${last?.id.split('/').at(-1)},"last_value":"2026-11-01 00:00:01.000000"}`);
    const wrong = await ask(platform, '{ orders(first: 1, sortKey: ID, after: "' + end + '") { nodes { id } } }');
    expect(wrong.errors[0]?.message).toBe('Malformed cursor');
  });

  it('go backwards from a cursor', async () => {
    const { platform } = await shopWithOrders(4);
    const all = await pull(platform, null, { first: 4 });
    const answer = await ask(
      platform,
      '{ orders(last: 2, sortKey: UPDATED_AT, before: "' + all.end + '") { nodes { name } } }',
    );
    expect(answer.at('orders', 'nodes')).toEqual([{ name: '#1002' }, { name: '#1003' }]);
  });

  it('count moments in whole seconds', async () => {
    const { platform, state } = shopWithStock();
    await platform.clock.advance(1100);
    state.placeOrder(anOrder());
    await platform.clock.advance(800);
    expect(state.placeOrder(anOrder()).updatedAt).toBe('2026-11-01T00:00:01Z');
    expect(await found(platform, "updated_at:>'2026-11-01T00:00:01Z'")).toEqual([]);
    expect(await found(platform, "updated_at:>='2026-11-01T00:00:01Z'")).toEqual(['#1001', '#1002']);
  });
});

async function found(platform: FakePlatform<ShopifyState>, search: string) {
  const { body } = await ask(platform, 'query Q($q: String!) { orders(first: 50, query: $q) { nodes { name } } }', {
    q: search,
  });
  const nodes = valueAt(body, ['data', 'orders', 'nodes']);
  return Array.isArray(nodes) ? nodes.map((node: unknown) => textAt(node, 'name')) : [];
}

describe('the search for orders', () => {
  it.each([
    ["updated_at:>='2026-11-01T00:00:02Z'", ['#1003', '#1004']],
    ["updated_at:>'2026-11-01T00:00:00Z' updated_at:<2026-11-01T00:00:03Z", ['#1002', '#1003']],
    ['updated_at:2026-11-01', ['#1001', '#1002', '#1003', '#1004']],
    ['name:#1002', ['#1002']],
    ['name:1002 OR name:1004', ['#1002', '#1004']],
    ['NOT name:1002', ['#1001', '#1003', '#1004']],
    ['-tag:wholesale', ['#1001', '#1003', '#1004']],
    ['(tag:wholesale OR name:1001) AND status:any', ['#1001', '#1002']],
    ['financial_status:pending,authorized', ['#1003', '#1004']],
    ['status:cancelled', ['#1001']],
    ['source_identifier:"A 1"', ['#1004']],
    ['sku:cap', ['#1001', '#1002', '#1003', '#1004']],
    ['fulfillment_status:unfulfilled -status:cancelled', ['#1002', '#1003', '#1004']],
  ])('%s', async (search, names) => {
    const { platform, state } = shopWithStock();
    const first = state.placeOrder(anOrder());
    await platform.clock.advance(1000);
    state.placeOrder(anOrder({ tags: ['Wholesale'] }));
    await platform.clock.advance(1000);
    state.placeOrder(anOrder({ financialStatus: 'pending' }));
    await platform.clock.advance(1000);
    state.placeOrder(anOrder({ financialStatus: 'authorized', sourceIdentifier: 'A 1' }));
    if (search.includes('status:cancelled')) state.cancelOrder(first.id, 'CUSTOMER');
    expect(await found(platform, search)).toEqual(names);
  });

  it('counts no further than it is told', async () => {
    const { platform } = await shopWithOrders(3);
    const answer = await ask(platform, '{ ordersCount(limit: 2) { count precision } }');
    expect(answer.at('ordersCount')).toEqual({ count: 2, precision: 'AT_LEAST' });
  });
});
