import { isCommerceError } from '@crossdock/core';
import { fakeShopify } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import { createAdminApiClient } from '@shopify/admin-api-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { shopifyClient } from '../src/index.ts';

// @shopify/admin-api-client 2.0.0, unchanged, beside ours, at the same shop. It speaks https to the shop's own address only,
// so what it is given as its fetch leads to the fake. Its waits are timers, which are run here as they become due.

const retries = 3;

function shopWithTwo() {
  const fake = fakeShopify();
  const { state, clock } = fake;
  state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: 10 }] });
  const order = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 6 }] });
  const [fulfillmentOrder] = state.fulfillmentOrdersOf(order.id);
  const vendor = createAdminApiClient({
    storeDomain: 'acme.myshopify.com',
    apiVersion: '2026-07',
    accessToken: state.accessToken,
    customFetchApi: (url, init) => fake.fetch(url, init),
    retries,
  });
  const ours = shopifyClient({
    shop: 'acme',
    accessToken: state.accessToken,
    fetch: fake.fetch,
    clock,
    random: () => 0.5,
  });
  // Two of six: a shipment that the shop takes again and again, as long as there are units left.
  const items = [{ id: fulfillmentOrder?.lines[0]?.id, quantity: 2 }];
  const parts = [{ fulfillmentOrderId: fulfillmentOrder?.id, fulfillmentOrderLineItems: items }];
  const variables = { fulfillment: { lineItemsByFulfillmentOrder: parts } };
  const shipped = () => state.fulfillmentsOf(order.id).length;
  return { fake, state, clock, vendor, ours, variables, shipped };
}

const ship = `mutation Ship($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
}`;
const shopQuery = 'query Shop { shop { name myshopifyDomain } }';
const answer = z.unknown();

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** What a promise ends with, while timers are run; and for how long it waited by them. */
async function run<T>(promise: Promise<T>): Promise<{ readonly value: T; readonly waitedMs: number }> {
  const state = { isOver: false, waitedMs: 0 };
  const watched = promise.finally(() => {
    state.isOver = true;
  });
  while (!state.isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    if (state.isOver || vi.getTimerCount() === 0) continue;
    await vi.advanceTimersByTimeAsync(1);
    state.waitedMs += 1;
  }
  return { value: await watched, waitedMs: state.waitedMs };
}

describe('a change whose answer is lost', () => {
  it('is sent again by the vendor’s client, and the shop ships three times', async () => {
    const { fake, vendor, variables, shipped } = shopWithTwo();
    fake.faults.next('fulfillmentCreate', { kind: 'drop', when: 'after' });
    fake.faults.next('fulfillmentCreate', { kind: 'drop', when: 'after' });
    const { value } = await run(vendor.request(ship, { variables }));
    // It is told of one.
    expect(value.errors).toBeUndefined();
    expect(shipped()).toBe(3);
  });

  it('is sent once by ours, and said to be uncertain', async () => {
    const { fake, ours, variables, shipped } = shopWithTwo();
    fake.faults.next('fulfillmentCreate', { kind: 'drop', when: 'after' });
    const error = await ours.run(ship, { variables, answer }).catch((thrown: unknown) => thrown);
    expect(isCommerceError(error, 'write.uncertain')).toBe(true);
    expect(shipped()).toBe(1);
  });
});

describe('a shop that says "in two seconds"', () => {
  const tooMany = {
    kind: 'answer',
    status: 429,
    headers: { 'retry-after': '2.0' },
    body: '{"errors":"Too many"}',
  } as const;

  it('is asked again after two milliseconds by the vendor’s client', async () => {
    const { fake, vendor } = shopWithTwo();
    for (let times = 0; times < retries; times += 1) fake.faults.next('shop', tooMany);
    const { value, waitedMs } = await run(vendor.request(shopQuery));
    expect(value.errors).toBeUndefined();
    expect(waitedMs).toBeLessThanOrEqual(2 * retries + 2);
  });

  it('is asked again after two seconds by ours', async () => {
    const { fake, ours, clock } = shopWithTwo();
    for (let times = 0; times < retries; times += 1) fake.faults.next('shop', tooMany);
    const before = clock.now();
    await ours.run(shopQuery, { answer });
    expect(clock.now() - before).toBeGreaterThanOrEqual(2000 * retries);
  });
});

describe('a shop that says THROTTLED', () => {
  it('is never asked again by the vendor’s client', async () => {
    const { fake, vendor, variables, shipped } = shopWithTwo();
    fake.faults.next('fulfillmentCreate', { kind: 'throttle', retryAfterSeconds: 1 });
    const { value } = await run(vendor.request(ship, { variables }));
    expect(value.errors?.graphQLErrors).toMatchObject([{ extensions: { code: 'THROTTLED' } }]);
    expect(shipped()).toBe(0);
  });

  it('is asked again by ours when there is room', async () => {
    const { fake, ours, variables, shipped } = shopWithTwo();
    fake.faults.next('fulfillmentCreate', { kind: 'throttle', retryAfterSeconds: 1 });
    await ours.run(ship, { variables, answer });
    expect(shipped()).toBe(1);
  });

  it('is told so by the vendor’s client at more than it allows, and never by ours', async () => {
    const text = '{ orders(first: 250) { nodes { id lineItems(first: 250) { nodes { id name } } } } }';
    const { vendor, ours } = shopWithTwo();
    const refused = async (): Promise<number> => ((await vendor.request(text)).errors === undefined ? 0 : 1);
    const theirs = await run(Promise.all(Array.from({ length: 40 }, refused)));
    expect(theirs.value.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0);
    const other = shopWithTwo();
    await Promise.all(Array.from({ length: 40 }, () => other.ours.run(text, { answer })));
    expect(other.ours.usage()).toMatchObject([{ calls: 40, throttled: 0 }]);
    expect(ours.usage()).toMatchObject([{ calls: 0 }]);
  });
});

describe.each(['in process', 'over a socket'] as const)('the vendor’s client at the fake shop, %s', (door) => {
  beforeEach(() => void vi.useRealTimers());

  async function opened() {
    const fake = fakeShopify();
    const { state } = fake;
    state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: 10 }] });
    const listening = door === 'over a socket' ? await listen(fake) : undefined;
    const headers: Record<string, string>[] = [];
    const customFetchApi: typeof globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      headers.push(Object.fromEntries(request.headers));
      if (!listening) return fake.fetch(request);
      return fetch(request.url.replace(fake.origin, listening.url), init);
    };
    const connect = (more: { readonly accessToken?: string; readonly apiVersion?: string } = {}) =>
      createAdminApiClient({
        storeDomain: 'https://acme.myshopify.com',
        apiVersion: '2026-07',
        accessToken: state.accessToken,
        userAgentPrefix: 'shop-tools',
        // It takes what any fetch takes.
        customFetchApi: (url, init) => customFetchApi(url, init),
        logger: () => undefined,
        ...more,
      });
    return { fake, state, connect, headers, close: async () => listening?.close() };
  }

  it('asks, and is answered', async () => {
    const { connect, headers, close } = await opened();
    const { data, errors, extensions } = await connect().request(shopQuery);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ shop: { name: 'acme', myshopifyDomain: 'acme.myshopify.com' } });
    expect(extensions).toMatchObject({ cost: { requestedQueryCost: 1, throttleStatus: { restoreRate: 100 } } });
    expect(headers[0]).toMatchObject({ 'x-shopify-access-token': 'shpat_fake', 'content-type': 'application/json' });
    expect(headers[0]?.['user-agent']).toContain('shop-tools | Admin API Client v');
    await close();
  });

  it('passes variables, and changes something', async () => {
    const { connect, state, close } = await opened();
    const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 1 }] });
    const text = `mutation Note($input: OrderInput!) {
      orderUpdate(input: $input) { order { id note tags } userErrors { field message } }
    }`;
    const variables = { input: { id, note: 'Ring twice', tags: ['gift', 'vip'] } };
    const { data, errors } = await connect().request(text, { variables });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ orderUpdate: { order: { id, note: 'Ring twice' }, userErrors: [] } });
    expect(state.order(id)).toMatchObject({ note: 'Ring twice', tags: ['gift', 'vip'] });
    await close();
  });

  it('reads page after page', async () => {
    const { connect, state, close } = await opened();
    for (let count = 0; count < 5; count += 1) state.placeOrder({ lines: [{ sku: 'TEE', quantity: 1 }] });
    const text = `query Orders($after: String) {
      orders(first: 2, after: $after, sortKey: ID) { nodes { name } pageInfo { hasNextPage endCursor } }
    }`;
    const page = z.object({
      orders: z.object({
        nodes: z.array(z.object({ name: z.string() })),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    });
    const names: string[] = [];
    let after: string | null = null;
    for (let isMore = true; isMore;) {
      const { data } = await connect().request(text, { variables: { after } });
      const { orders } = page.parse(data);
      names.push(...orders.nodes.map(({ name }) => name));
      ({ endCursor: after, hasNextPage: isMore } = orders.pageInfo);
    }
    expect(names).toEqual(state.orders.map(({ name }) => name));
    await close();
  });

  it('hears of a wrong document, a refused token and user errors', async () => {
    const { connect, close } = await opened();
    const wrong = await connect().request('{ shop { nickname } }');
    expect(wrong.errors).toMatchObject({
      networkStatusCode: 200,
      graphQLErrors: [
        { message: "Field 'nickname' doesn't exist on type 'Shop'", extensions: { code: 'undefinedField' } },
      ],
    });
    const refused = await connect({ accessToken: 'shpat_wrong' }).request(shopQuery);
    expect(refused.errors?.networkStatusCode).toBe(401);
    const cancel = `mutation { orderClose(input: {id: "gid://shopify/Order/1"}) { userErrors { field message } } }`;
    const { data, errors } = await connect().request(cancel);
    expect(JSON.stringify([data, errors])).toMatch(/not exist|not found|Invalid id/i);
    await close();
  });

  it('is served the oldest version there is where it asks for one that ended', async () => {
    const { connect, close } = await opened();
    const response = await connect({ apiVersion: '2024-01' }).fetch(shopQuery);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-shopify-api-version')).toBe('2026-01');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    await close();
  });

  it('takes another version for one request', async () => {
    const { connect, close } = await opened();
    const response = await connect().fetch(shopQuery, { apiVersion: '2026-10' });
    expect(response.headers.get('x-shopify-api-version')).toBe('2026-10');
    await close();
  });
});
