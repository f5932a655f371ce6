import { describe, expect, it } from 'vitest';
import { ask, valueAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

function shopThatTells(scopes?: readonly string[]) {
  const { platform, state } = shopWithStock({ scopes });
  const told: { readonly topic: string; readonly body: unknown }[] = [];
  platform.webhooks.deliver = async (request) => {
    told.push({ topic: request.headers.get('x-shopify-topic') ?? '', body: JSON.parse(await request.text()) });
    return new Response('');
  };
  const settle = () => platform.clock.advance(0);
  return { platform, state, told, settle };
}

const uri = 'https://receiver.example/hook';

describe('a subscription with a filter', () => {
  it('is told only what passes it', async () => {
    const { state, told, settle } = shopThatTells();
    state.subscribe('orders/create', uri, { filter: 'total_price:>=50 AND line_items.sku:TEE' });
    state.placeOrder(anOrder({ lines: [{ sku: 'CAP', quantity: 10 }] }));
    state.placeOrder(anOrder({ lines: [{ sku: 'TEE', quantity: 1 }] }));
    const wanted = state.placeOrder(anOrder({ lines: [{ sku: 'TEE', quantity: 6 }] }));
    await settle();
    expect(told.map(({ body }) => valueAt(body, ['admin_graphql_api_id']))).toEqual([wanted.id]);
  });

  it('keeps it when other things change, and loses it when that is said', async () => {
    const { platform, state } = shopThatTells();
    const make =
      'mutation C($s: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: $s) { webhookSubscription { id } userErrors { field message } } }';
    const change =
      'mutation U($id: ID!, $s: WebhookSubscriptionInput!) { webhookSubscriptionUpdate(id: $id, webhookSubscription: $s) { userErrors { message } } }';
    await ask(platform, make, { s: { uri, filter: 'total_price:>=50', includeFields: ['id', 'updated_at'] } });
    const [{ id } = { id: '' }] = state.subscriptions;
    await ask(platform, change, { id, s: { uri: `${uri}/2` } });
    expect(state.subscriptions[0]).toMatchObject({ filter: 'total_price:>=50', includeFields: ['id', 'updated_at'] });
    await ask(platform, change, { id, s: { filter: null, includeFields: null } });
    expect(state.subscriptions[0]).toMatchObject({ uri: `${uri}/2`, filter: undefined, includeFields: [] });
    const wrong = await ask(platform, make, { s: { uri, filter: 'everything' } });
    expect(wrong.at('webhookSubscriptionCreate', 'userErrors')).toMatchObject([
      { field: ['webhookSubscription', 'filter'] },
    ]);
  });
});

describe('a subscription to some fields', () => {
  it('is told fields below fields, and nothing twice the same', async () => {
    const { platform, state, told, settle } = shopThatTells();
    state.subscribe('orders/updated', uri, { includeFields: ['admin_graphql_api_id', 'line_items.sku'] });
    const order = state.placeOrder(anOrder({ lines: [{ sku: 'TEE', quantity: 1 }] }));
    for (let time = 0; time < 3; time++) {
      await platform.clock.advance(1000);
      state.touchOrder(order.id);
    }
    await settle();
    expect(told.map(({ body }) => body)).toEqual([{ admin_graphql_api_id: order.id, line_items: [{ sku: 'TEE' }] }]);
  });
});

describe('an address', () => {
  it.each(['https://acme.myshopify.com/hook', 'https://localhost/hook'])('may not be %s', async (address) => {
    const { platform } = shopThatTells();
    const answer = await ask(
      platform,
      'mutation C($s: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: $s) { userErrors { message } } }',
      { s: { uri: address } },
    );
    expect(answer.at('webhookSubscriptionCreate', 'userErrors')).toEqual([
      { message: 'Address cannot be a Shopify or an internal domain' },
    ]);
  });

  it('is not told what the token may not read', async () => {
    const { platform, state } = shopThatTells(['read_products']);
    const answer = await ask(
      platform,
      'mutation C($s: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: $s) { userErrors { field } } }',
      { s: { uri } },
    );
    expect(answer.at('webhookSubscriptionCreate', 'userErrors')).toEqual([{ field: ['topic'] }]);
    expect(state.subscriptions).toEqual([]);
  });
});

describe('products and customers', () => {
  it('are told when they are made, changed and gone', async () => {
    const { state, told, settle } = shopThatTells();
    for (const topic of [
      'products/update',
      'products/delete',
      'customers/create',
      'customers/update',
      'customers/delete',
    ])
      state.subscribe(topic, uri);
    const product = state.addProduct({ title: 'Sock', variants: [{ price: '1.00' }] });
    await settle();
    told.splice(0);
    state.changeProduct(product.id, { title: 'Socks' });
    state.deleteProduct(product.id);
    const { id } = state.addCustomer({ email: 'ada@example.com', addresses: [{ city: 'Turin' }] });
    state.touchCustomer(id);
    state.deleteCustomer(id);
    await settle();
    expect(told.map(({ topic }) => topic)).toEqual([
      'products/update',
      'products/delete',
      'customers/create',
      'customers/update',
      'customers/delete',
    ]);
    expect(told[2]?.body).toMatchObject({
      admin_graphql_api_id: id,
      default_address: { city: 'Turin', default: true },
    });
  });

  it('are asked for, as the law wants it', async () => {
    const { state, told, settle } = shopThatTells();
    state.subscribe('customers/data_request', uri);
    state.subscribe('shop/redact', uri);
    const order = state.placeOrder(anOrder());
    state.askForData('customers/data_request', state.customers[0]?.id);
    state.askForData('shop/redact');
    await settle();
    expect(told).toMatchObject([
      {
        topic: 'customers/data_request',
        body: { shop_domain: 'acme.myshopify.com', customer: { email: order.email } },
      },
      { topic: 'shop/redact', body: { shop_domain: 'acme.myshopify.com' } },
    ]);
  });
});
