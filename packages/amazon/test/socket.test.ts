import { fakeAmazon } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import { expect, it } from 'vitest';
import { amazon } from '../src/index.ts';
import { credentialsOf, refOf } from './store.ts';

it('works through one socket: tokens, calls with every sign in them, and packed documents', async () => {
  const fake = fakeAmazon();
  const { state, clock } = fake;
  state.addListing({ sku: "A/B, it's", price: '1.00', quantity: 1 });
  state.addListing({ sku: 'TEE', price: '1.00', quantity: 1 });
  const door = await listen(fake);
  try {
    const { fetch: _inProcess, ...credentials } = credentialsOf(fake);
    const store = amazon({ ...credentials, origin: door.url, tokenOrigin: door.url, feedFrom: 2 });
    const updates = state.listings.map(({ sku }) => ({ sku, available: 7, expected: 1 }));
    const outcomes = await store.inventory.push(updates, { idempotencyKey: 'push-1' });
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    await clock.advance(60_000);
    expect(state.listings.map(({ quantity }) => quantity)).toEqual([7, 7]);
    const { orderId } = state.placeOrder({ lines: [{ sku: 'TEE', title: 'Tee', quantity: 1, unitPrice: '1.00' }] });
    expect(await store.orders.get(refOf(orderId))).toMatchObject({ number: orderId });
  } finally {
    await door.close();
  }
});
