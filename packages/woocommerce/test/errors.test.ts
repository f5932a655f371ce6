import { isCommerceError, type CommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { refOf, scriptedShop } from './shop.ts';
import { sampleRefusals } from './samples.ts';

async function errorOn(answer: Parameters<typeof scriptedShop>[0], ask = 'get'): Promise<CommerceError> {
  const { shop } = scriptedShop(answer, { clock: instant() });
  try {
    if (ask === 'get') await shop.orders.pull({})[Symbol.asyncIterator]().next();
    else await shop.orders.cancel(refOf(1), 'customer', { idempotencyKey: 'k' });
  } catch (error) {
    if (isCommerceError(error)) return error;
    throw error;
  }
  throw new Error('It ended well.');
}

describe('a refusal that WooCommerce recorded', () => {
  const meanings: Readonly<Record<string, string>> = {
    'auth-basic-plain-http': 'auth.rejected',
    'auth-badkey': 'auth.rejected',
    'auth-badsecret': 'auth.rejected',
    'auth-readonly-post': 'access.denied',
    'auth-writeonly-get': 'access.denied',
    'auth-customer-post': 'access.denied',
    'notfound-order': 'record.missing',
    'notfound-product': 'record.missing',
    'put-notfound-order': 'record.missing',
    'notfound-route': 'options.invalid',
    'fulfillments-route': 'options.invalid',
    'order-qty0': 'platform.unavailable',
    'refund-api-refund-default': 'record.rejected',
    'invalid-param-perpage': 'request.rejected',
    'batch-101': 'request.rejected',
    'product-dup-sku': 'record.rejected',
    'order-delete-trash-again': 'request.rejected',
    'invalid-json': 'request.rejected',
    'batch-customer-key': 'access.denied',
    'variation-via-products-put': 'record.missing',
  };

  it.each(sampleRefusals.map((sample) => [sample.name, sample] as const))(
    '"%s" is understood',
    async (name, sample) => {
      const error = await errorOn(() => sample);
      expect(error.code).toBe(meanings[name]);
    },
  );

  it('of a key that it does not see says that https may be the reason', async () => {
    const sample = sampleRefusals.find(({ name }) => name === 'auth-basic-plain-http');
    const { message } = await errorOn(() => ({ status: 401, body: sample?.body }));
    expect(message).toContain('does not see the request as https because a proxy in front of it does not say so');
  });

  it('of a key in the language of the shop names all that it may mean', async () => {
    const body = {
      code: 'woocommerce_rest_authentication_error',
      message: 'Keine Schreibrechte.',
      data: { status: 401 },
    };
    const { message } = await errorOn(() => ({ status: 401, body }));
    expect(message).toContain('it refused the secret, or what the key may do');
  });

  it('of a signature whose time is off names the clocks', async () => {
    const body = {
      code: 'woocommerce_rest_authentication_error',
      message: 'Invalid timestamp.',
      data: { status: 401 },
    };
    expect((await errorOn(() => ({ status: 401, body }))).message).toContain('wrong by more than 15 minutes');
  });

  it('of a PHP error tells nothing of its stack', async () => {
    const sample = sampleRefusals.find(({ name }) => name === 'order-qty0');
    const error = await errorOn(() => ({ status: 500, body: sample?.body }));
    const words = JSON.stringify([error.message, error.details, String(error.cause)]);
    expect(words).not.toMatch(/Stack trace|WC_REST_Orders_Controller|TypeError/);
  });

  it.each([
    [401, { code: 'jane_canary', message: 'x' }],
    [403, { code: 'jane_canary', message: 'x' }],
    [400, { code: 'jane-canary', message: 'x', data: { status: 400 } }],
    [400, { code: 'rest_invalid_param', message: 'canary', data: { status: 400, params: { jane_roe_canary: 'x' } } }],
    [404, { code: 'canary_roe', message: 'canary' }],
  ])('repeats no word that is none of its own, status %d with %j', async (status, body) => {
    for (const ask of ['get', 'cancel']) {
      const error = await errorOn(() => ({ status, body }), ask);
      expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toContain('canary');
    }
  });

  it('names the parameter that was wrong', async () => {
    const sample = sampleRefusals.find(({ name }) => name === 'invalid-param-perpage');
    expect((await errorOn(() => ({ status: 400, body: sample?.body }))).message).toContain('"per_page"');
  });
});

describe("an answer that is not WooCommerce's", () => {
  const html = { 'content-type': 'text/html' };
  const page = '<html><body>Sorry, jane@canary.example is blocked</body></html>';

  it.each([
    [403, 'access.denied'],
    [404, 'options.invalid'],
    [406, 'access.denied'],
    [502, 'platform.unavailable'],
    [520, 'platform.unavailable'],
    [200, 'response.unexpected'],
    [301, 'options.invalid'],
  ])('with a web page and status %d is %s, and is not repeated', async (status, code) => {
    const { shop } = scriptedShop(() => ({ status, text: page, headers: html }), { clock: instant() });
    const ended = shop.orders.pull({})[Symbol.asyncIterator]().next();
    await expect(ended).rejects.toMatchObject({ code });
    await expect(ended).rejects.not.toThrow(/canary/);
  });

  it.each([
    ['cf-mitigated', 'Cloudflare'],
    ['x-sucuri-block', 'Sucuri'],
  ])('names a firewall by its header %s', async (header, name) => {
    const error = await errorOn(() => ({ status: 403, text: page, headers: { ...html, [header]: 'x' } }));
    expect(error.message).toContain(`a firewall in front of it (${name})`);
  });

  it.each([200, 301, 404])('from a WordPress with plain permalinks says so, status %d', async (status) => {
    const link = '<https://shop.example/index.php?rest_route=/>; rel="https://api.w.org/"';
    const error = await errorOn(() => ({ status, text: page, headers: { ...html, link } }));
    expect(error).toMatchObject({ code: 'options.invalid' });
    expect(error.message).toContain('its permalinks are "plain"');
  });

  it('that leads to a login says so', async () => {
    const headers = { ...html, location: 'https://shop.example/wp-login.php?redirect_to=canary' };
    const error = await errorOn(() => ({ status: 302, text: '', headers }));
    expect(error).toMatchObject({ code: 'access.denied' });
    expect(error.message).not.toContain('canary');
  });

  it('to a change names the page, and leaves open whether it was made', async () => {
    const order = { status: 'processing', meta_data: [] };
    const error = await errorOn(
      ({ method }) => (method === 'GET' ? { body: order } : { text: '<form id="loginform">', headers: html }),
      'cancel',
    );
    expect(error).toMatchObject({ code: 'write.uncertain' });
    expect(String(error.cause)).toContain('it is behind a login');
  });

  it('during maintenance says when to come back', async () => {
    const body = { code: 'wp_die', message: 'Briefly unavailable', data: { status: 503 }, additional_errors: [] };
    const error = await errorOn(() => ({ status: 503, body, headers: { 'retry-after': '600' } }));
    expect(error).toMatchObject({ code: 'platform.unavailable', retryAfterMs: 600_000 });
  });

  it('of a host that counts says when to come back', async () => {
    const error = await errorOn(() => ({ status: 429, text: page, headers: { ...html, 'retry-after': '120' } }));
    expect(error).toMatchObject({ code: 'platform.throttled', retryAfterMs: 120_000 });
  });

  it.each([
    [504, page],
    [400, page],
    [401, page],
    [403, page],
    [404, page],
    [406, page],
    [403, '{"error":"blocked","ray":"canary"}'],
    [404, ''],
  ])('to a change leaves it open whether it was made: status %d with %j', async (status, text) => {
    const order = { status: 'processing', meta_data: [] };
    const { shop } = scriptedShop(
      ({ method }) => (method === 'GET' ? { body: order } : { status, text, headers: html }),
      { clock: instant() },
    );
    const ended = shop.orders.cancel(refOf(1), 'customer', { idempotencyKey: 'k' });
    await expect(ended).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(ended).rejects.not.toThrow(/canary/);
  });

  it('to a change says that none was made where the host counts', async () => {
    const order = { status: 'processing', meta_data: [] };
    const error = await errorOn(
      ({ method }) => (method === 'GET' ? { body: order } : { status: 429, text: page, headers: html }),
      'cancel',
    );
    expect(error.code).toBe('platform.throttled');
  });
});

/** A clock on which waiting takes no time. */
function instant() {
  return {
    now: () => Date.parse('2026-11-23T12:00:00Z'),
    sleep: async () => undefined,
    deadline: () => ({ signal: new AbortController().signal, clear: () => undefined }),
  };
}
