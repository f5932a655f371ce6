import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { between, noted } from './calls.ts';
import { asked } from './scenery/admin.ts';
import { shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'key' };
const address = 'https://receiver.example/hooks';
const elsewhere = 'https://elsewhere.example/hooks';

function shopThatTells() {
  const world = shopWithGoods();
  const { fake, connect, state } = world;
  const { calls, fetch } = noted(fake.fetch);
  const writes = () => calls.map(({ operationName }) => operationName).filter((name) => name.endsWith('e'));
  const there = () => state.subscriptions.map(({ topic, uri }) => `${topic} ${uri}`).toSorted();
  const make = (topic: string, input: object) =>
    asked(
      fake,
      'mutation($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) { userErrors { message } } }',
      { topic, input },
    );
  return { ...world, shop: connect({ fetch }), calls, writes, there, make };
}

describe('what a shop is to tell', () => {
  it('is made, and not made again', async () => {
    const { shop, connect, writes, there } = shopThatTells();
    const plan = { topics: ['orders/create', 'Orders/Create', 'customer.tags_added'], address };
    const made = await shop.webhooks.subscribe(plan, key);
    expect(made).toMatchObject([
      { topic: 'orders/create', address, state: 'active', ref: { kind: 'subscription' } },
      { topic: 'customer.tags_added', address, state: 'active' },
    ]);
    expect(writes()).toEqual(['WebhookSubscriptionCreate', 'WebhookSubscriptionCreate']);
    expect(await connect().webhooks.subscribe(plan, { idempotencyKey: 'other' })).toEqual(made);
    expect(there()).toEqual([`CUSTOMER_TAGS_ADDED ${address}`, `ORDERS_CREATE ${address}`]);
    expect(await shop.webhooks.subscriptions()).toEqual(expect.arrayContaining([...made]));
  });

  it('is told in whole, whatever somebody narrowed', async () => {
    const { shop, state, make } = shopThatTells();
    await make('ORDERS_CREATE', { uri: address, filter: 'total_price:>100' });
    await make('ORDERS_UPDATED', { uri: address, includeFields: ['id'] });
    const before = state.subscriptions.map(({ id }) => id);
    await shop.webhooks.subscribe({ topics: ['orders/create', 'orders/updated'], address }, key);
    expect(state.subscriptions.map(({ id }) => id)).toEqual(before);
    for (const { filter, includeFields } of state.subscriptions) {
      expect([filter ?? '', includeFields ?? []]).toEqual(['', []]);
    }
  });

  it.each(['', null])('is told in whole, where Shopify takes a filter away by %j only', async (way) => {
    const { fake, connect, state, make } = shopThatTells();
    await make('ORDERS_CREATE', { uri: address, filter: 'total_price:>100' });
    const shop = connect({
      fetch: between(fake.fetch, ({ operationName, variables }) => {
        const { filter } = z
          .object({ filter: z.string().nullable() })
          .parse(variables['subscription'] ?? { filter: way });
        if (operationName !== 'WebhookSubscriptionUpdate' || filter === way) return undefined;
        const userErrors = [{ field: ['webhookSubscription', 'filter'], message: 'The specified filter is invalid' }];
        return { webhookSubscriptionUpdate: { userErrors } };
      }),
    });
    expect(await shop.webhooks.subscribe({ topics: ['orders/create'], address }, key)).toHaveLength(1);
    expect(state.subscriptions.map(({ filter }) => filter ?? '')).toEqual(['']);
  });

  it('is told as JSON, where somebody wanted another format', async () => {
    const { fake, connect } = shopThatTells();
    const repaired: unknown[] = [];
    const shop = connect({
      fetch: between(fake.fetch, ({ operationName, variables }) => {
        if (operationName === 'WebhookSubscriptionUpdate') {
          repaired.push(variables);
          return { webhookSubscriptionUpdate: { userErrors: [] } };
        }
        if (operationName !== 'WebhookSubscriptions') return undefined;
        const format = repaired.length === 0 ? 'XML' : 'JSON';
        const one = { id: 'gid://1', topic: 'ORDERS_CREATE', uri: address, format, filter: null, includeFields: [] };
        return { webhookSubscriptions: { nodes: [one], pageInfo: { hasNextPage: false, endCursor: null } } };
      }),
    });
    expect(await shop.webhooks.subscribe({ topics: ['orders/create'], address }, key)).toHaveLength(1);
    expect(repaired).toMatchObject([{ id: 'gid://1', subscription: { uri: address, format: 'JSON' } }]);
  });

  it('ends what is told to this address besides, and leaves other addresses alone', async () => {
    const { shop, there, make } = shopThatTells();
    await make('ORDERS_CREATE', { uri: address });
    await make('ORDERS_PAID', { uri: address });
    await make('ORDERS_PAID', { uri: elsewhere });
    await make('ORDERS_PAID', { uri: 'pubsub://project:topic' });
    await shop.webhooks.subscribe({ topics: ['orders/create'], address }, key);
    expect(there()).toEqual([
      `ORDERS_CREATE ${address}`,
      `ORDERS_PAID ${elsewhere}`,
      'ORDERS_PAID pubsub://project:topic',
    ]);
    await shop.webhooks.subscribe({ topics: [], address }, { idempotencyKey: 'none' });
    expect(there()).toHaveLength(2);
  });

  it('may go to a queue', async () => {
    const { shop, there } = shopThatTells();
    await shop.webhooks.subscribe({ topics: ['orders/create'], address: 'pubsub://project:topic' }, key);
    expect(there()).toEqual(['ORDERS_CREATE pubsub://project:topic']);
  });

  it('is made once by processes that come at one moment, one of which finds it taken', async () => {
    const { connect, there } = shopThatTells();
    const plan = { topics: ['orders/create', 'orders/updated'], address };
    const ended = await Promise.all([1, 2, 3, 4].map(() => connect().webhooks.subscribe(plan, key)));
    expect(there()).toHaveLength(2);
    for (const each of ended) expect(each).toEqual(ended[0]);
  });
});

describe('what a shop cannot tell', () => {
  it.each(['nobody/knows_this', 'orders_create', 'orders/create/', 'orders', 'orders_partially/fulfilled', ''])(
    'the topic "%s", and nothing is changed',
    async (topic) => {
      const { shop, writes, there, make } = shopThatTells();
      await make('ORDERS_PAID', { uri: address });
      const subscribed = shop.webhooks.subscribe({ topics: ['orders/create', topic], address }, key);
      await expect(subscribed).rejects.toMatchObject({
        code: 'webhook.unknown',
        message: expect.stringContaining(`no topic "${topic}"`),
      });
      expect(writes()).toEqual([]);
      expect(there()).toEqual([`ORDERS_PAID ${address}`]);
    },
  );

  it('a topic that only a newer version has', async () => {
    const { connect } = shopThatTells();
    const plan = { topics: ['inventory_transfers/updated'], address };
    await expect(connect({ apiVersion: '2026-04' }).webhooks.subscribe(plan, key)).rejects.toMatchObject({
      code: 'webhook.unknown',
    });
    expect(await connect({ apiVersion: '2026-10' }).webhooks.subscribe(plan, key)).toHaveLength(1);
  });

  it('anything to an address without https, and nobody is asked', async () => {
    const { shop, calls } = shopThatTells();
    const subscribed = shop.webhooks.subscribe({ topics: ['orders/create'], address: 'http://receiver.example' }, key);
    await expect(subscribed).rejects.toMatchObject({ code: 'options.invalid' });
    expect(calls).toEqual([]);
  });

  it('what the app may not read, and says so after one try', async () => {
    const { fake, connect } = shopThatTells();
    const said = 'You do not have permission to create or update webhooks with orders/create topic.';
    let tries = 0;
    const shop = connect({
      fetch: between(fake.fetch, ({ operationName }) => {
        if (operationName !== 'WebhookSubscriptionCreate') return undefined;
        tries += 1;
        return { webhookSubscriptionCreate: { userErrors: [{ field: ['topic'], message: said }] } };
      }),
    });
    await expect(shop.webhooks.subscribe({ topics: ['orders/create'], address }, key)).rejects.toMatchObject({
      code: 'access.denied',
      message: expect.stringContaining(said),
    });
    expect(tries).toBe(1);
  });

  it('what Shopify refuses for another reason, in its own words', async () => {
    const { fake, connect } = shopThatTells();
    const shop = connect({
      fetch: between(fake.fetch, ({ operationName }) =>
        operationName === 'WebhookSubscriptionCreate'
          ? { webhookSubscriptionCreate: { userErrors: [{ field: null, message: 'Too many of them' }] } }
          : undefined,
      ),
    });
    await expect(shop.webhooks.subscribe({ topics: ['orders/create'], address }, key)).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('Too many of them'),
    });
  });
});
