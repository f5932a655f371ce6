import { createHmac } from 'node:crypto';
import { fakeShopify, testClock, type FakeShopifyOptions } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, textAt, valueAt } from './ask.ts';
import { anOrder } from './shop.ts';

type Delivery = { readonly topic: string; readonly headers: Headers; readonly body: string; readonly at: number };

/** A shop whose deliveries arrive in a list; `answer` decides what the receiver says. */
function shopThatTells(
  options: FakeShopifyOptions = {},
  answer: (delivery: Delivery) => Response | Promise<Response> = () => new Response(''),
) {
  const platform = fakeShopify(options);
  const deliveries: Delivery[] = [];
  platform.webhooks.deliver = async (request) => {
    const delivery = {
      topic: request.headers.get('x-shopify-topic') ?? '',
      headers: request.headers,
      body: await request.text(),
      at: platform.clock.now(),
    };
    deliveries.push(delivery);
    return answer(delivery);
  };
  platform.state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: 10 }] });
  return { platform, state: platform.state, deliveries };
}

const create = `mutation S($topic: WebhookSubscriptionTopic!, $s: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $s) {
    webhookSubscription { id topic uri format name }
    userErrors { field message }
  }
}`;
const order = () => anOrder({ lines: [{ sku: 'TEE', quantity: 1 }] });

describe('a delivery', () => {
  it('is signed over its raw bytes with the client secret, and says what and when', async () => {
    const { platform, state, deliveries } = shopThatTells({ webhookSecret: 'hush' });
    state.subscribe('orders/create', 'https://receiver.example/hook', { name: 'orders' });
    state.placeOrder({ ...order(), note: 'Grüße' });
    await platform.clock.advance(0);
    const { headers, body } = deliveries[0] ?? { headers: new Headers(), body: '' };
    expect(headers.get('x-shopify-hmac-sha256')).toBe(createHmac('sha256', 'hush').update(body).digest('base64'));
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': 'acme.myshopify.com',
      'x-shopify-api-version': '2026-07',
      'x-shopify-name': 'orders',
    });
    expect(headers.get('x-shopify-triggered-at')).toMatch(/^2026-11-01T00:00:00\.000/);
    expect(headers.get('x-shopify-webhook-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('has ids as numbers that JSON.parse corrupts, and the right one beside them', async () => {
    const { platform, state, deliveries } = shopThatTells();
    state.subscribe('orders/create', 'https://receiver.example/hook');
    const { id } = state.placeOrder({ ...order(), note: 'a "quoted" note' });
    await platform.clock.advance(0);
    const body = deliveries[0]?.body ?? '';
    const digits = id.split('/').at(-1) ?? '';
    expect(body).toContain(`"id":${digits},`);
    const read: unknown = JSON.parse(body);
    expect(read).toMatchObject({
      admin_graphql_api_id: id,
      name: '#1001',
      financial_status: 'paid',
      fulfillment_status: null,
      total_price: '14.90',
      note: 'a "quoted" note',
      line_items: [{ sku: 'TEE', quantity: 1, price: '10.00' }],
    });
    expect(read).not.toMatchObject({ id: BigInt(digits) });
  });

  it('shares its event with the others of one action, and has an id of its own', async () => {
    const { platform, state, deliveries } = shopThatTells();
    for (const topic of [
      'orders/create',
      'orders/paid',
      'fulfillments/create',
      'orders/updated',
      'orders/fulfilled',
      'orders/cancelled',
      'refunds/create',
    ]) {
      state.subscribe(topic, 'https://receiver.example/hook');
    }
    const placed = state.placeOrder(order());
    await platform.clock.advance(0);
    expect(deliveries.map(({ topic }) => topic)).toEqual(['orders/create', 'orders/paid']);
    const of = (name: string) => deliveries.map(({ headers }) => headers.get(name));
    expect(new Set(of('x-shopify-event-id')).size).toBe(1);
    expect(new Set(of('x-shopify-webhook-id')).size).toBe(2);
    deliveries.splice(0);
    state.shipOrder(placed.id);
    const second = state.placeOrder({ ...order(), financialStatus: 'pending' });
    state.cancelOrder(second.id, 'CUSTOMER');
    await platform.clock.advance(0);
    expect(deliveries.map(({ topic }) => topic)).toEqual([
      'fulfillments/create',
      'orders/fulfilled',
      'orders/updated',
      'orders/create',
      'orders/cancelled',
      'orders/updated',
    ]);
  });

  it('holds only the fields that were asked for', async () => {
    const { platform, state, deliveries } = shopThatTells();
    state.subscribe('orders/create', 'https://receiver.example/hook', {
      includeFields: ['admin_graphql_api_id', 'updated_at'],
    });
    const { id } = state.placeOrder(order());
    await platform.clock.advance(0);
    expect(JSON.parse(deliveries[0]?.body ?? '')).toEqual({
      admin_graphql_api_id: id,
      updated_at: '2026-11-01T00:00:00+00:00',
    });
  });
});

describe('a product and its stock', () => {
  it('are told as the API does not: in numbers, with null where nothing is counted', async () => {
    const { platform, state, deliveries } = shopThatTells();
    for (const topic of ['products/create', 'products/update', 'inventory_levels/connect', 'inventory_levels/update']) {
      state.subscribe(topic, 'https://receiver.example/hook');
    }
    const { id } = state.addProduct({
      title: 'Card',
      variants: [{ price: '5.00', tracked: false }, ...Array.from({ length: 100 }, () => ({ price: '5.00' }))],
    });
    await platform.clock.advance(0);
    expect(deliveries[0]).toMatchObject({ topic: 'products/create' });
    const product: unknown = JSON.parse(deliveries[0]?.body ?? '');
    expect(product).toMatchObject({ admin_graphql_api_id: id, status: 'active' });
    expect(valueAt(product, ['variants'])).toHaveLength(100);
    expect(valueAt(product, ['variants', 0])).toMatchObject({ sku: null, inventory_quantity: 0, price: '5.00' });
    expect(valueAt(product, ['variant_gids'])).toHaveLength(101);
    expect(deliveries[1]).toMatchObject({ topic: 'inventory_levels/connect' });
    expect(JSON.parse(deliveries[1]?.body ?? '')).toMatchObject({ available: null });
    expect(JSON.parse(deliveries[2]?.body ?? '')).toMatchObject({ available: 0 });
    deliveries.splice(0);
    const placed = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 2 }] });
    state.cancelOrder(placed.id, 'CUSTOMER');
    await platform.clock.advance(0);
    expect(deliveries.map(({ topic, body }) => [topic, valueAt(JSON.parse(body), ['available'])])).toEqual([
      ['inventory_levels/update', 8],
      ['products/update', undefined],
      ['inventory_levels/update', 10],
      ['products/update', undefined],
    ]);
  });

  it('names the variant that changed last first', async () => {
    const { platform, state, deliveries } = shopThatTells();
    const { id, variants } = state.addProduct({
      title: 'Cap',
      variants: [
        { sku: 'CAP-S', price: '1.00' },
        { sku: 'CAP-M', price: '1.00' },
      ],
    });
    state.subscribe('products/update', 'https://receiver.example/hook');
    await platform.clock.advance(1000);
    await ask(
      platform,
      'mutation P($id: ID!, $v: [ProductVariantsBulkInput!]!) { productVariantsBulkUpdate(productId: $id, variants: $v) { userErrors { code } } }',
      { id, v: [{ id: variants[1]?.id, price: '2.00' }] },
    );
    await platform.clock.advance(0);
    expect(valueAt(JSON.parse(deliveries[0]?.body ?? ''), ['variant_gids'])).toEqual([
      { admin_graphql_api_id: variants[1]?.id, updated_at: '2026-11-01T00:00:01.000Z' },
      { admin_graphql_api_id: variants[0]?.id, updated_at: '2026-11-01T00:00:00.000Z' },
    ]);
  });

  it('is told when it is ordered, also where nothing is counted', async () => {
    const { platform, state, deliveries } = shopThatTells();
    state.addProduct({ title: 'Card', variants: [{ sku: 'CARD', price: '5.00', tracked: false }] });
    state.subscribe('products/update', 'https://receiver.example/hook');
    state.placeOrder({ lines: [{ sku: 'CARD', quantity: 1 }] });
    await platform.clock.advance(0);
    expect(deliveries.map(({ topic }) => topic)).toEqual(['products/update']);
  });
});

describe('a subscription', () => {
  it('is made once for a topic and an address, over https', async () => {
    const { platform, state } = shopThatTells();
    const s = { uri: 'https://receiver.example/hook', name: 'orders' };
    const made = await ask(platform, create, { topic: 'ORDERS_CREATE', s });
    expect(made.at('webhookSubscriptionCreate', 'webhookSubscription')).toMatchObject({
      topic: 'ORDERS_CREATE',
      format: 'JSON',
      ...s,
    });
    const errors = async (input: object) =>
      (await ask(platform, create, { topic: 'ORDERS_CREATE', s: input })).at('webhookSubscriptionCreate', 'userErrors');
    expect(await errors(s)).toEqual([
      { field: ['webhookSubscription', 'callbackUrl'], message: 'Address for this topic has already been taken' },
    ]);
    expect(await errors({ uri: 'http://receiver.example/hook' })).toEqual([
      { field: ['webhookSubscription', 'callbackUrl'], message: 'Address protocol http:// is not supported' },
    ]);
    expect(state.subscriptions).toHaveLength(1);
  });

  it('is listed, moved and ended', async () => {
    const { platform, state } = shopThatTells();
    const made = await ask(platform, create, { topic: 'ORDERS_CREATE', s: { uri: 'https://receiver.example/hook' } });
    const id = textAt(made.body, 'data', 'webhookSubscriptionCreate', 'webhookSubscription', 'id');
    await ask(
      platform,
      'mutation U($id: ID!) { webhookSubscriptionUpdate(id: $id, webhookSubscription: { uri: "https://other.example/" }) { userErrors { message } } }',
      { id },
    );
    const listed = await ask(
      platform,
      '{ webhookSubscriptions(first: 5, topics: [ORDERS_CREATE]) { nodes { id uri } } }',
    );
    expect(listed.at('webhookSubscriptions', 'nodes')).toEqual([{ id, uri: 'https://other.example/' }]);
    const ended = await ask(
      platform,
      'mutation D($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } } }',
      { id },
    );
    expect(ended.at('webhookSubscriptionDelete', 'deletedWebhookSubscriptionId')).toBe(id);
    expect(state.subscriptions).toEqual([]);
  });
});

describe('a receiver that fails', () => {
  it('is tried eight times more within four hours, with the payload of the first time', async () => {
    const { platform, state, deliveries } = shopThatTells({}, () => new Response('', { status: 500 }));
    await ask(platform, create, { topic: 'ORDERS_CREATE', s: { uri: 'https://receiver.example/hook' } });
    const start = platform.clock.now();
    const placed = state.placeOrder(order());
    state.editOrder(placed.id, { note: 'changed meanwhile' });
    await platform.clock.advance(5 * 60 * 60 * 1000);
    expect(deliveries).toHaveLength(9);
    expect(new Set(deliveries.map(({ body }) => body)).size).toBe(1);
    expect(new Set(deliveries.map(({ headers }) => headers.get('x-shopify-webhook-id'))).size).toBe(1);
    const waits = deliveries.slice(1).map(({ at }, index) => at - (deliveries[index]?.at ?? 0));
    for (const [index, wait] of waits.slice(1).entries())
      expect(Math.round((wait / (waits[index] ?? 1)) * 100)).toBe(200);
    expect((deliveries.at(-1)?.at ?? 0) - start).toBe(4 * 60 * 60 * 1000);
    expect(platform.webhooks.counts.gaveUp).toBe(1);
  });

  it('loses the subscription that the API made, and keeps that of the app', async () => {
    const { platform, state } = shopThatTells(
      { clock: testClock({ auto: false }) },
      () => new Response('', { status: 302 }),
    );
    await ask(platform, create, { topic: 'ORDERS_CREATE', s: { uri: 'https://receiver.example/hook' } });
    state.subscribe('orders/create', 'https://receiver.example/app');
    state.placeOrder(order());
    await platform.clock.advance(4 * 60 * 60 * 1000 - 10_000);
    expect(state.subscriptions.map(({ by }) => by)).toEqual(['api', 'app']);
    await platform.clock.advance(10_000);
    expect(state.subscriptions.map(({ by }) => by)).toEqual(['app']);
  });

  it('is given five seconds', async () => {
    const { platform, state, deliveries } = shopThatTells({}, async () => {
      if (deliveries.length === 1) await platform.clock.sleep(5001);
      return new Response('');
    });
    state.subscribe('orders/create', 'https://receiver.example/hook');
    state.placeOrder(order());
    await platform.clock.advance(10 * 60 * 1000);
    expect(deliveries).toHaveLength(2);
    expect(platform.webhooks.counts).toMatchObject({ sent: 2, acknowledged: 1 });
  });
});

describe('the weather', () => {
  it('repeats a delivery with the same id', async () => {
    const { platform, state, deliveries } = shopThatTells();
    platform.webhooks.weather = { lost: 0, repeated: 1, shuffled: 0, delayMs: 0 };
    state.subscribe('orders/create', 'https://receiver.example/hook');
    state.placeOrder(order());
    await platform.clock.advance(0);
    expect(deliveries).toHaveLength(2);
    expect(new Set(deliveries.map(({ headers }) => headers.get('x-shopify-webhook-id'))).size).toBe(1);
  });

  it('lets an update overtake the order it changes', async () => {
    const { platform, state, deliveries } = shopThatTells({ seed: 3 });
    platform.webhooks.weather = { lost: 0, repeated: 0, shuffled: 0.5, delayMs: 60_000 };
    for (const topic of ['orders/create', 'orders/updated']) state.subscribe(topic, 'https://receiver.example/hook');
    for (let placed = 0; placed < 10; placed++) state.touchOrder(state.placeOrder(order()).id);
    await platform.clock.advance(60_000);
    const names = deliveries.map(({ body, topic }) => `${topic} ${/"name":"([^"]+)"/.exec(body)?.[1] ?? ''}`);
    expect(names).toHaveLength(20);
    const overtaken = names.filter(
      (name, index) => name.startsWith('orders/updated') && names.indexOf(name.replace('updated', 'create')) > index,
    );
    expect(overtaken.length).toBeGreaterThan(0);
  });

  it('loses a delivery for good', async () => {
    const { platform, state, deliveries } = shopThatTells();
    platform.webhooks.weather = { lost: 1, repeated: 0, shuffled: 0, delayMs: 0 };
    state.subscribe('orders/create', 'https://receiver.example/hook');
    state.placeOrder(order());
    await platform.clock.advance(24 * 60 * 60 * 1000);
    expect(deliveries).toEqual([]);
    expect(platform.webhooks.counts).toMatchObject({ posted: 1, lost: 1 });
  });
});
