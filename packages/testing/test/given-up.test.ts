import { fakeWooCommerce, testClock } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import { describe, expect, it, onTestFinished } from 'vitest';
import { basic, cart } from './woocommerce/shop.ts';

/** A shop that needs a minute and a half to complete an order, and a caller who may stop to wait. */
function slowShop() {
  const shop = fakeWooCommerce({ clock: testClock({ auto: false }), statusWorkMs: 90_000 });
  shop.state.addProduct({ sku: 'MUG', price: '12.99', stock: 10 });
  const { id } = shop.state.placeOrder(cart());
  const patience = new AbortController();
  const complete = (fetch = shop.fetch, origin = shop.origin) =>
    fetch(`${origin}/wp-json/wc/v3/orders/${id}`, {
      method: 'PUT',
      headers: { authorization: basic(), 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'completed' }),
      signal: patience.signal,
    });
  return { shop, patience, complete, status: () => shop.state.order(id)?.status };
}

describe('a client that gives up', () => {
  it('gets nothing, and the platform finishes what it works on', async () => {
    const { shop, patience, complete, status } = slowShop();
    const answer = complete();
    await shop.clock.advance(60_000);
    patience.abort(new Error('out of patience'));
    await expect(answer).rejects.toThrow('out of patience');
    expect(shop.journal.of('PUT /orders/{id}')).toMatchObject([{ status: 0 }]);
    await shop.clock.advance(29_999);
    expect(status()).toBe('processing');
    await shop.clock.advance(1);
    expect(status()).toBe('completed');
    expect(shop.journal.of('PUT /orders/{id}')).toHaveLength(1);
  });

  it('by hanging up a socket cancels nothing either', async () => {
    const { shop, patience, complete, status } = slowShop();
    const door = await listen(shop);
    onTestFinished(() => door.close());
    const answer = complete(globalThis.fetch, door.url).catch(() => 'hung up');
    while (shop.clock.sleepers === 0) await new Promise((resolve) => setImmediate(resolve));
    patience.abort();
    expect(await answer).toBe('hung up');
    while (shop.journal.all.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await shop.clock.advance(90_000);
    expect(status()).toBe('completed');
  });

  it('before it sent anything has asked nothing', async () => {
    const { shop, patience, complete, status } = slowShop();
    patience.abort(new Error('changed my mind'));
    await expect(complete()).rejects.toThrow('changed my mind');
    await shop.clock.advance(90_000);
    expect(status()).toBe('processing');
    expect(shop.journal.all).toEqual([]);
  });
});
