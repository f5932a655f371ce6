import { amazonGatewayFault, fakeAmazon, testClock } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import { describe, expect, it } from 'vitest';
import { agent, seller } from './seller.ts';

const orders = '/orders/2026-01-01/orders';
const since = { createdAfter: '2026-10-01T00:00:00Z' };
const participations = '/sellers/v1/marketplaceParticipations';

const form = (amazon: ReturnType<typeof fakeAmazon>, values: Record<string, string>) =>
  amazon.fetch('https://api.amazon.com/auth/o2/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: amazon.state.clientId,
      client_secret: amazon.state.clientSecret,
      refresh_token: amazon.state.refreshToken,
      ...values,
    }),
  });

const denied = (details: string) => ({
  status: 403,
  body: { errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details }] },
});

describe('Login with Amazon', () => {
  it('gives a token for an hour, to who has the seller’s authorization', async () => {
    const answer = await form(fakeAmazon(), {});
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      access_token: expect.stringMatching(/^Atza\|/),
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: 'Atzr|fake-refresh-token',
    });
  });

  it.each([
    ['another secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['another authorization', { refresh_token: 'Atzr|other' }, 400, 'invalid_grant'],
    ['an unknown kind of grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['an unknown scope', { grant_type: 'client_credentials', scope: 'all' }, 400, 'invalid_scope'],
  ])('refuses %s with a flat error', async (_what, values, status, error) => {
    const answer = await form(fakeAmazon(), values);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error, error_description: expect.any(String) });
  });

  it('refuses JSON', async () => {
    const amazon = fakeAmazon();
    const answer = await amazon.fetch('https://api.amazon.com/auth/o2/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(400);
  });

  it('refuses who lost the seller’s authorization, and their tokens too', async () => {
    const { amazon, state, ask } = seller();
    expect((await ask('GET', participations)).status).toBe(200);
    state.revoke();
    expect(await (await form(amazon, {})).json()).toMatchObject({ error: 'invalid_grant' });
    expect((await ask('GET', participations)).status).toBe(403);
    state.authorize();
    expect((await form(amazon, {})).status).toBe(200);
  });
});

describe('the gate', () => {
  it('tells a missing, a malformed and an expired token apart, and nothing of the rate', async () => {
    const { state, ask } = seller();
    const missing = await ask('GET', orders, { grant: 'none' });
    expect(missing).toMatchObject(denied('Access token is missing in the request header.'));
    const malformed = await ask('GET', orders, { grant: 'none', headers: { 'x-amz-access-token': 'Atza|x' } });
    expect(malformed).toMatchObject(denied('The access token you provided is revoked, malformed or invalid.'));
    await ask('GET', participations);
    state.expireTokens();
    const expired = await ask('GET', orders);
    expect(expired).toMatchObject(denied('The access token you provided has expired.'));
    for (const { headers } of [missing, malformed, expired]) {
      expect(headers.has('x-amzn-RateLimit-Limit')).toBe(false);
      expect(headers.get('x-amzn-RequestId')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('lets a token run out after an hour', async () => {
    const { amazon, token, clock } = seller();
    const headers = { 'user-agent': agent, 'x-amz-access-token': await token('seller') };
    const look = async () => (await amazon.fetch(`${amazon.origin}${participations}`, { headers })).status;
    await clock.advance(3_599_999);
    expect(await look()).toBe(200);
    await clock.advance(1);
    expect(await look()).toBe(403);
  });

  it('wants to know who asks', async () => {
    const { ask } = seller();
    expect((await ask('GET', orders, { query: since, headers: { 'user-agent': '' } })).status).toBe(400);
    expect((await ask('GET', orders, { query: since, headers: { 'user-agent': 'x'.repeat(501) } })).status).toBe(400);
  });

  it('refuses a GET that carries a body with a page of HTML', async () => {
    const { ask } = seller();
    const answer = await ask('GET', orders, { query: since, headers: { 'content-length': '2' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/html']);
    expect(answer.text).toContain('<html>');
  });

  it('refuses a body of another type', async () => {
    const { ask } = seller();
    const question = { body: '<feed/>', headers: { 'content-type': 'text/xml' } };
    expect((await ask('POST', '/feeds/2021-06-30/documents', question)).status).toBe(415);
  });

  it('denies what it does not know', async () => {
    const { amazon, token } = seller();
    const headers = { 'user-agent': agent, 'x-amz-access-token': await token('seller') };
    expect((await amazon.fetch(`${amazon.origin}/reports/2021-06-30/reports`, { headers })).status).toBe(403);
  });
});

describe('usage plans', () => {
  it('let a burst pass, then as many as the rate says', async () => {
    const { state, ask, clock } = seller();
    const statuses: number[] = [];
    for (let number = 0; number < 21; number++) statuses.push((await ask('GET', orders, { query: since })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    const refused = await ask('GET', orders, { query: since });
    expect(refused).toMatchObject({ status: 429, body: { errors: [{ code: 'QuotaExceeded' }] } });
    expect(refused.headers.has('x-amzn-RateLimit-Limit')).toBe(false);
    // One in 178.6 seconds; what was refused took nothing.
    await clock.advance(178_000);
    expect((await ask('GET', orders, { query: since })).status).toBe(429);
    await clock.advance(1000);
    expect((await ask('GET', orders, { query: since })).status).toBe(200);
    expect(state.counts.throttled).toBe(3);
  });

  it('are one for each operation', async () => {
    const { state, ask } = seller();
    state.drain('searchOrders');
    expect((await ask('GET', orders, { query: since })).status).toBe(429);
    expect((await ask('GET', `${orders}/000-0000000-0000000`)).status).toBe(404);
  });

  it('tell their rate on answers and on what was not right, and change', async () => {
    const { state, ask } = seller({ plans: { getOrder: { rate: 3, burst: 3 } } });
    const rate = async (path: string, query: Record<string, string> = {}) =>
      (await ask('GET', path, { query })).headers.get('x-amzn-RateLimit-Limit');
    expect(await rate(orders, since)).toBe('0.0056');
    expect(await rate(orders)).toBe('0.0056');
    expect(await rate(`${orders}/000-0000000-0000000`)).toBe('3');
    state.setPlan('getOrder', { rate: 0.1, burst: 1 });
    expect(await rate(`${orders}/000-0000000-0000000`)).toBe('0.1');
    expect((await ask('GET', `${orders}/000-0000000-0000000`)).status).toBe(429);
    const silent = seller({ rateHeader: false });
    const answer = await silent.ask('GET', orders, { query: since });
    expect(answer.headers.has('x-amzn-RateLimit-Limit')).toBe(false);
  });
});

describe('what goes wrong on the way', () => {
  it('is a page of a gateway', async () => {
    const { amazon, ask } = seller();
    amazon.faults.next('searchOrders', amazonGatewayFault(503));
    const answer = await ask('GET', orders, { query: since });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html']);
  });

  it('is a storm of 429', async () => {
    const { amazon, ask } = seller();
    const end = amazon.faults.always('*', { kind: 'throttle', retryAfterSeconds: 1 });
    // Amazon does not say when to come again.
    const refused = await amazon.fetch(`${amazon.origin}${orders}`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    end();
    expect((await ask('GET', orders, { query: since })).status).toBe(200);
  });
});

describe('over a socket', () => {
  it('serves the API, tokens and documents at one address', async () => {
    const clock = testClock({ auto: false });
    const amazon = fakeAmazon({ clock });
    const { state } = amazon;
    state.addListing({ sku: 'A/B,C', price: '5.00', quantity: 1 });
    const { url, close } = await listen(amazon);
    try {
      const granted = await fetch(`${url}/auth/o2/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: state.clientId,
          client_secret: state.clientSecret,
          refresh_token: state.refreshToken,
        }),
      });
      const { access_token } = (await granted.json()) as { access_token: string };
      const headers = { 'user-agent': agent, 'x-amz-access-token': access_token };
      const json = { ...headers, 'content-type': 'application/json' };
      const post = async (path: string, body: unknown) =>
        (await fetch(`${url}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) })).json();
      const contentType = 'application/json; charset=UTF-8';
      const document = (await post('/feeds/2021-06-30/documents', { contentType })) as {
        feedDocumentId: string;
        url: string;
      };
      expect(document.url.startsWith(`${url}/`)).toBe(true);
      const message = {
        messageId: 1,
        sku: 'A/B,C',
        operationType: 'PARTIAL_UPDATE',
        productType: 'PRODUCT',
        attributes: { fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 9 }] },
      };
      const uploaded = await fetch(document.url, {
        method: 'PUT',
        headers: { 'content-type': contentType },
        body: JSON.stringify({ header: { sellerId: state.sellerId, version: '2.0' }, messages: [message] }),
      });
      expect(uploaded.status).toBe(200);
      const { feedId } = (await post('/feeds/2021-06-30/feeds', {
        feedType: 'JSON_LISTINGS_FEED',
        marketplaceIds: [state.marketplaceId],
        inputFeedDocumentId: document.feedDocumentId,
      })) as { feedId: string };
      await clock.advance(70_000);
      const get = async (path: string) => (await fetch(`${url}${path}`, { headers })).json() as Promise<unknown>;
      const feed = (await get(`/feeds/2021-06-30/feeds/${feedId}`)) as { resultFeedDocumentId: string };
      const path = `/feeds/2021-06-30/documents/${feed.resultFeedDocumentId}`;
      const report = (await get(`${path}?enableContentEncodingUrlHeader=true`)) as { url: string };
      // Declared to be packed, so that `fetch` unpacks it.
      expect(await (await fetch(report.url)).json()).toMatchObject({ summary: { messagesAccepted: 1 } });
      const listing = `/listings/2021-08-01/items/${state.sellerId}/${encodeURIComponent('A/B,C')}`;
      const found = await get(`${listing}?marketplaceIds=${state.marketplaceId}&includedData=fulfillmentAvailability`);
      expect(found).toMatchObject({ sku: 'A/B,C', fulfillmentAvailability: [{ quantity: 9 }] });
    } finally {
      await close();
    }
  });
});

describe('many orders', () => {
  it('places and finds ten thousand in a few seconds', async () => {
    const { state, ask, clock } = seller({ plans: { searchOrders: { rate: 100, burst: 200 } } });
    state.addListing({ sku: 'TEE', price: '5.00', quantity: 20_000 });
    const startedAt = performance.now();
    for (let number = 0; number < 10_000; number++) {
      state.placeOrder({
        lines: [{ sku: 'TEE', title: 'Tee', quantity: 2, unitPrice: '5.00' }],
        pendingMs: (number % 60) * 1000,
      });
    }
    await clock.advance(180_000);
    const seen = new Set<string>();
    let token = '';
    do {
      const query = { ...since, includedData: 'FULFILLMENT', ...(token === '' ? {} : { paginationToken: token }) };
      const { body } = await ask('GET', orders, { query });
      const page = body as { orders: { orderId: string }[]; pagination?: { nextToken: string } };
      for (const { orderId } of page.orders) seen.add(orderId);
      token = page.pagination?.nextToken ?? '';
    } while (token !== '');
    expect(seen.size).toBe(10_000);
    expect(state.listing('TEE').quantity).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(25_000);
  }, 40_000);
});
