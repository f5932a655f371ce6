import { hmacText, type Json } from '@crossdock/core';
import { fakeWooCommerce, wooKey } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import { describe, expect, it, onTestFinished } from 'vitest';
import { basic, openShop } from './shop.ts';

const rfc3986 = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signs a request as a client of a shop without HTTPS does. */
async function signed(
  method: string,
  address: string,
  query: readonly (readonly [string, string])[],
  { nonce, timestamp, secret = wooKey.secret }: { nonce: string; timestamp: number; secret?: string },
): Promise<string> {
  const params = [
    ...query,
    ['oauth_consumer_key', wooKey.key],
    ['oauth_nonce', nonce],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(timestamp)],
  ] as const;
  const list = params
    .map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`)
    .toSorted()
    .join('&');
  const base = [method, rfc3986(address), rfc3986(list)].join('&');
  const signature = await hmacText('SHA-256', `${secret}&`, base, 'base64');
  return `${address}?${new URLSearchParams([...params.map((pair) => [...pair]), ['oauth_signature', signature]])}`;
}

const orders = '/wp-json/wc/v3/orders';

async function refusal(response: Response): Promise<Json> {
  const { code, message } = (await response.json()) as { readonly code: string; readonly message: string }; // as all refusals are
  return [response.status, code, message];
}

describe('who may speak to the shop', () => {
  it('takes a key from the query before the one in the header', async () => {
    const { shop } = openShop();
    const query = `consumer_key=${wooKey.key}&consumer_secret=${wooKey.secret}`;
    const response = await shop.fetch(`${shop.origin}${orders}?${query}`, {
      headers: { authorization: basic({ key: 'ck_other', secret: 'cs_other' }) },
    });
    expect(response.status).toBe(200);
  });

  it('ignores keys in silence where PHP does not know of HTTPS', async () => {
    const { shop } = openShop({ https: false });
    const response = await shop.fetch(`${shop.origin}${orders}`, { headers: { authorization: basic() } });
    expect(response.headers.get('link')).toContain('<http://shop.example/wp-json/>');
    expect(await refusal(response)).toEqual([401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.']);
  });

  it('does not look at keys when the path is in the query', async () => {
    const { shop } = openShop();
    const response = await shop.fetch(`${shop.origin}/?rest_route=/wc/v3/orders`, {
      headers: { authorization: basic() },
    });
    expect(response.status).toBe(401);
  });

  it('takes a signature without HTTPS, with lists in the query, and every nonce once', async () => {
    const { shop, state } = openShop({ https: false });
    state.placeOrder({ lines: [{ sku: 'MUG', quantity: 1 }] });
    const timestamp = shop.clock.now() / 1000;
    const address = `http://shop.example${orders}`;
    const query = [
      ['status[0]', 'processing'],
      ['search', 'a b*(c)~'],
    ] as const;
    const url = await signed('GET', address, query, { nonce: 'n1', timestamp });
    expect((await shop.fetch(url)).status).toBe(200);
    expect(await refusal(await shop.fetch(url))).toEqual([
      401,
      'woocommerce_rest_authentication_error',
      'Invalid nonce - nonce has already been used.',
    ]);
  });

  it('refuses a signature with another secret, and one that is older than a quarter of an hour', async () => {
    const { shop } = openShop({ https: false });
    const timestamp = shop.clock.now() / 1000;
    const address = `http://shop.example${orders}`;
    const wrong = await signed('GET', address, [], { nonce: 'n1', timestamp, secret: 'cs_wrong' });
    const old = await signed('GET', address, [], { nonce: 'n2', timestamp: timestamp - 901 });
    expect(await refusal(await shop.fetch(wrong))).toContain('Invalid signature - provided signature does not match.');
    expect(await refusal(await shop.fetch(old))).toContain('Invalid timestamp.');
  });

  it('takes a signature of the address behind a socket', async () => {
    const shop = fakeWooCommerce({ https: false });
    const door = await listen(shop);
    onTestFinished(() => door.close());
    const timestamp = shop.clock.now() / 1000;
    expect((await fetch(await signed('GET', `${door.url}${orders}`, [], { nonce: 'n1', timestamp }))).status).toBe(200);
  });

  it('deletes by POST for hosts that know no DELETE', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder({ lines: [{ sku: 'MUG', quantity: 1 }] });
    await call('POST', `orders/${id}`, {}, { 'x-http-method-override': 'DELETE' });
    expect(state.order(id)?.status).toBe('trash');
    await call('POST', `orders/${id}?_method=DELETE&force=true`, {});
    expect(state.order(id)).toBeUndefined();
  });

  it('reads a form as it reads JSON', async () => {
    const { state, call } = openShop();
    const mug = state.product('MUG')?.id ?? 0;
    const form = `status=processing&line_items[0][product_id]=${mug}&line_items[0][quantity]=2&billing[country]=DE`;
    const { status } = await call('POST', 'orders', form, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(status).toBe(201);
    expect(state.stockOf('MUG')).toBe(8);
  });
});
