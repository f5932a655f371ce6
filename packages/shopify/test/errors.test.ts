import { isCommerceError, type CommerceError } from '@crossdock/core';
import { testClock } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { shopify, type ShopifyOptions } from '../src/index.ts';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';

// Bodies as recorded on Admin API 2026-04 or given on shopify.dev, read 2026-11-23. The shop answers every call with them.

const order = { system: 'shopify', kind: 'order', id: 'gid://shopify/Order/1' } as const;
const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 20, restoreRate: 100 };
const ran = { cost: { requestedQueryCost: 70, actualQueryCost: 1, throttleStatus } };

function shopThatAnswers(body: unknown, init: ResponseInit = {}, options: Partial<ShopifyOptions> = {}) {
  const calls: Request[] = [];
  const clock = testClock();
  const shop = shopify({
    shop: 'acme',
    accessToken: 'shpat_canary',
    clock,
    random: () => 0,
    fetch: async (input, fetchInit) => {
      calls.push(new Request(input, fetchInit));
      const headers = { 'content-type': 'application/json' };
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { headers, ...init });
    },
    ...options,
  });
  return { shop, calls, clock };
}

async function refusal(act: Promise<unknown>): Promise<CommerceError> {
  try {
    await act;
  } catch (error) {
    if (isCommerceError(error)) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('what a status means', () => {
  it.each([
    [401, 'auth.rejected'],
    [402, 'access.denied'],
    [403, 'access.denied'],
    [404, 'options.invalid'],
    [423, 'access.denied'],
    [430, 'access.denied'],
  ])('%i is %s, and is not tried again', async (status, code) => {
    const body = { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' };
    const { shop, calls } = shopThatAnswers(body, { status });
    expect((await refusal(shop.orders.get(order))).code).toBe(code);
    expect(calls).toHaveLength(1);
  });

  it('waits for as long as a 429 asks', async () => {
    const { shop, calls, clock } = shopThatAnswers('', { status: 429, headers: { 'retry-after': '2.0' } });
    const before = clock.now();
    expect((await refusal(shop.orders.get(order))).code).toBe('platform.throttled');
    expect(calls).toHaveLength(5);
    expect(clock.now() - before).toBeGreaterThanOrEqual(8000);
  });
});

describe('what errors in an answer with status 200 mean', () => {
  it.each([
    ['ACCESS_DENIED', 'access.denied'],
    ['SHOP_INACTIVE', 'access.denied'],
    ['MAX_COST_EXCEEDED', 'request.rejected'],
    ['NOT_FOUND', 'record.missing'],
    ['RESOURCE_NOT_FOUND', 'record.missing'],
    ['BAD_REQUEST', 'request.rejected'],
    ['SOMETHING_NEW', 'response.unexpected'],
  ])('%s is %s', async (word, code) => {
    const errors = [{ message: 'No.', extensions: { code: word } }];
    const { shop } = shopThatAnswers({ errors, data: { nodes: null }, extensions: ran });
    expect((await refusal(shop.orders.get(order))).code).toBe(code);
  });

  it('takes a document that was refused before it ran for our mistake', async () => {
    const errors = [{ message: "Field 'x' doesn't exist on type 'Order'", extensions: { code: 'undefinedField' } }];
    const { shop } = shopThatAnswers({ errors });
    const error = await refusal(shop.orders.get(order));
    expect(error.code).toBe('request.rejected');
    expect(error.message).toContain("Field 'x' doesn't exist");
  });

  it('reckons the wait of a throttled call from what it lacks', async () => {
    const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }];
    const cost = { requestedQueryCost: 770, actualQueryCost: null, throttleStatus };
    const { shop } = shopThatAnswers({ errors, extensions: { cost } });
    const error = await refusal(shop.orders.get(order));
    expect(error.code).toBe('platform.throttled');
    expect(error.retryAfterMs).toBe(7500);
  });

  it('waits no longer for a throttled call than a shop can make it', async () => {
    const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }];
    const cost = { requestedQueryCost: 1e9, actualQueryCost: null, throttleStatus };
    const { shop } = shopThatAnswers({ errors, extensions: { cost } });
    expect((await refusal(shop.orders.get(order))).retryAfterMs).toBe(60_000);
  });

  it('repeats no code that is none', async () => {
    const codes = ['shpat_canary123456', 'Jane Roe, 12 Elm Street', 'BAD_REQUEST'];
    const errors = codes.map((code) => ({ message: 'No.', extensions: { code } }));
    const { shop } = shopThatAnswers({ errors });
    expect((await refusal(shop.orders.get(order))).details).toEqual({ codes: [null, null, 'BAD_REQUEST'] });
  });

  it('says which access is missing for protected customer data', async () => {
    const message = 'This app is not approved to access the Customer object. See https://partners.shopify.com/1';
    const { shop } = shopThatAnswers({ data: { nodes: [null] }, errors: [{ message }], extensions: ran });
    expect((await refusal(shop.orders.get(order))).code).toBe('access.denied');
  });

  it('takes a filter that Shopify ignored for an error', async () => {
    const warnings = [{ field: 'updated_att', message: 'Invalid search field for this query.', code: 'invalid_field' }];
    const { shop } = shopThatAnswers({ data: { nodes: [null] }, extensions: { ...ran, search: [{ warnings }] } });
    const error = await refusal(shop.orders.get(order));
    expect(error.code).toBe('request.rejected');
    expect(error.message).toContain('updated_att');
  });

  it('tries a read again after an internal error', async () => {
    const errors = [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r' } }];
    const { shop, calls } = shopThatAnswers({ errors, data: { order: null }, extensions: ran });
    expect((await refusal(shop.orders.get(order))).code).toBe('platform.unavailable');
    const asked = await Promise.all(calls.map((call) => call.text()));
    expect(asked.filter((body) => body.includes('query OrdersById'))).toHaveLength(5);
  });
});

describe('errors beside the data of a change that ran', () => {
  const write = { idempotencyKey: 'run-1/confirm' };

  it.each(['ACCESS_DENIED', 'NOT_FOUND', 'BAD_REQUEST', 'INVALID_FIELD_ARGUMENTS', 'SOMETHING_NEW'])(
    'leave a write open where they say %s, and what it made is found',
    async (word) => {
      const { shop, state, place } = shopWithGoods();
      for (const field of ['FulfillmentCreatePayload.fulfillment', 'FulfillmentCreatePayload.userErrors']) {
        const placed = place();
        const giveAgain = state.refuseField(field, word);
        const ref = await shop.shipments.confirm(confirmationOf(placed.id), write);
        giveAgain();
        expect(state.fulfillmentsOf(placed.id).map(({ id }) => id)).toEqual([ref.id]);
      }
    },
  );

  it('are a clean no where the change itself is refused', async () => {
    const { shop, state, place } = shopWithGoods();
    const placed = place();
    state.refuseField('Mutation.fulfillmentCreate', 'ACCESS_DENIED');
    const error = await refusal(shop.shipments.confirm(confirmationOf(placed.id), write));
    expect(error.code).toBe('access.denied');
    expect(state.fulfillmentsOf(placed.id)).toEqual([]);
  });

  it('are what they are for a read', async () => {
    const { shop, state, place } = shopWithGoods();
    const placed = place();
    state.refuseField('Order.name', 'ACCESS_DENIED');
    expect((await refusal(shop.orders.get(refOf(placed.id)))).code).toBe('access.denied');
  });
});

describe('answers that are not Shopify’s', () => {
  it.each([
    ['text', 'Bad gateway'],
    ['a list', []],
    ['a number', 7],
    ['no data', {}],
    ['data of another kind', { data: { nodes: 'all' } }],
    ['a page', '<!doctype html><title>Down for maintenance</title>'],
    ['a text in place of errors', { errors: 'Down for maintenance' }],
  ])('%s is an answer that was not expected', async (_what, body) => {
    const { shop } = shopThatAnswers(body);
    expect((await refusal(shop.orders.get(order))).code).toBe('response.unexpected');
  });

  it('asks again where an answer breaks off in the middle', async () => {
    const { shop, calls } = shopThatAnswers('{"data":{"nodes":[');
    const error = await refusal(shop.orders.get(order));
    expect(error.code).toBe('platform.unavailable');
    expect(error.message).toContain('breaks off after 18 letters');
    expect(calls.length).toBeGreaterThan(4);
  });

  it('takes one order that cannot be read for a problem, and says where', async () => {
    const { shop } = shopThatAnswers({ data: { nodes: [{ id: order.id, updatedAt: '2026-11-01T00:00:00Z' }] } });
    const error = await refusal(shop.orders.get(order));
    expect(error.code).toBe('response.unexpected');
    expect(error.message).toContain('"name"');
  });
});

describe('what an error keeps to itself', () => {
  it('repeats no token, e-mail or telephone number', async () => {
    const message = 'Email jane.doe@example.com or +44 20 7946 0958 is wrong for shpat_canary';
    const errors = [{ message, extensions: { code: 'BAD_REQUEST' } }];
    const { shop } = shopThatAnswers({ errors, data: null, extensions: ran });
    const error = await refusal(shop.orders.get(order));
    const said = JSON.stringify([error.message, error.details, error.refs]);
    expect(said).toContain('(e-mail)');
    expect(said).not.toMatch(/jane|7946|shpat_canary/);
  });
});

describe('which version answered', () => {
  it('says once that another version was served, and fails the check', async () => {
    const heard: string[] = [];
    const body = { data: { shop: { myshopifyDomain: 'acme.myshopify.com' } } };
    const { shop } = shopThatAnswers(
      body,
      { headers: { 'x-shopify-api-version': '2026-01' } },
      { apiVersion: '2025-07', onWarning: ({ kind }) => heard.push(kind) },
    );
    const first = await shop.check();
    await shop.check();
    expect(first).toMatchObject({ ok: false, error: { code: 'options.invalid' } });
    expect(heard).toEqual(['version-not-served']);
  });

  it.each([
    ['throws', raise],
    // What a listener in JavaScript may be, though its type says that it gives nothing.
    ['fails later', (): unknown => Promise.reject(new Error('The listener is down.'))],
  ])('is no matter to the call where whoever hears it %s', async (_how, onWarning: () => void) => {
    const ended: unknown[] = [];
    const note = (reason: unknown) => ended.push(reason);
    process.on('unhandledRejection', note);
    const body = { data: { shop: { myshopifyDomain: 'acme.myshopify.com', name: 'Acme' } } };
    const { shop } = shopThatAnswers(body, { headers: { 'x-shopify-api-version': '2026-04' } }, { onWarning });
    await shop.check();
    // Node tells of a promise that nobody caught once its tasks are done.
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', note);
    expect(ended).toEqual([]);
  });

  it('has nothing to say when the pinned version answers', async () => {
    const body = { data: { shop: { myshopifyDomain: 'acme.myshopify.com' } } };
    const { shop } = shopThatAnswers(body, { headers: { 'x-shopify-api-version': '2026-07' } });
    expect(await shop.check()).toEqual({ ok: true });
  });
});

function raise(): never {
  throw new Error('The listener is down.');
}

function confirmationOf(id: string) {
  return { order: refOf(id), shipment: shipmentOf('1', [{ lines: [['TEE', 1]], tracking: '1Z1' }]) };
}
