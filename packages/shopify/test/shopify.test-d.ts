import type { Offers } from '@crossdock/core';
import { expectTypeOf, test } from 'vitest';
import { shopify } from '../src/index.ts';

const shop = shopify({ shop: 'acme', accessToken: 'token' });

test('a shop offers what it does, and nothing else', () => {
  expectTypeOf(shop).toExtend<Offers<'orders.pull' | 'orders.get' | 'orders.cancel' | 'shipments.confirm'>>();
  expectTypeOf(shop).toExtend<Offers<'webhooks.verify' | 'webhooks.decode'>>();
  // @ts-expect-error Orders are placed in the shop by buyers, not by us.
  expectTypeOf(shop).toExtend<Offers<'orders.create'>>();
  // @ts-expect-error A shop has no warehouse that could be asked to ship.
  expectTypeOf(shop).toExtend<Offers<'fulfillments.request'>>();
});

test('a shop is named and signed in to', () => {
  expectTypeOf(shopify).toBeCallableWith({ shop: 'acme', accessToken: { clientId: 'id', clientSecret: 'secret' } });
  // @ts-expect-error Without a token nobody is let in.
  expectTypeOf(shopify).toBeCallableWith({ shop: 'acme' });
  // @ts-expect-error Half of an app's credentials is none.
  expectTypeOf(shopify).toBeCallableWith({ shop: 'acme', accessToken: { clientId: 'id' } });
});
