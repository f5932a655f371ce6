import type { Json } from '@crossdock/core';
import { fakeWooCommerce, testClock, wooKey, type FakeWooCommerceOptions } from '@crossdock/testing';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the fake answers is what the tests are about, so it stays JSON of any shape. */
  readonly body: Json;
}

export const basic = ({ key, secret }: { readonly key: string; readonly secret: string } = wooKey) =>
  `Basic ${btoa(`${key}:${secret}`)}`;

/** A shop with two products and German tax, its clock standing still, and a caller who has its key. */
export function openShop(options: FakeWooCommerceOptions = {}) {
  const shop = fakeWooCommerce({ clock: testClock({ startAt: '2026-11-23T12:00:00Z', auto: false }), ...options });
  shop.state.addTaxRate({ country: 'DE', rate: '19', name: 'MwSt 19%' });
  shop.state.addProduct({ sku: 'MUG', name: 'Mug', price: '12.99', stock: 10 });
  shop.state.addProduct({ sku: 'TEE', name: 'Tee', price: '20.00', stock: 5 });
  const call = async (
    method: string,
    path: string,
    body?: Json,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const response = await shop.fetch(`${shop.origin}/wp-json/wc/v3/${path}`, {
      method,
      headers: {
        authorization: basic(),
        accept: 'application/json',
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    // JSON.parse gives JSON.
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as Json) : null,
    };
  };
  return { shop, state: shop.state, clock: shop.clock, call };
}

/** A cart of one product. */
export const cart = (sku = 'MUG', quantity = 1) => ({
  billing: { country: 'DE', email: 'anna@example.test' },
  lines: [{ sku, quantity }],
});
