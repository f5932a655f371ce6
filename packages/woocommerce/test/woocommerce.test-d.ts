import type { Offers } from '@crossdock/core';
import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { woocommerce, woocommerceClient } from '../src/index.ts';

const access = { url: 'https://shop.example', consumerKey: 'ck_1', consumerSecret: 'cs_1' } as const;
const shop = woocommerce(access);

test('a shop offers what it does, and nothing else', () => {
  expectTypeOf(shop).toExtend<Offers<'orders.pull' | 'orders.get' | 'orders.cancel' | 'shipments.confirm'>>();
  expectTypeOf(shop).toExtend<Offers<'inventory.get' | 'inventory.push' | 'prices.push'>>();
  expectTypeOf(shop).toExtend<Offers<'webhooks.verify' | 'webhooks.decode' | 'inventory.pull'>>();
  expectTypeOf(shop).toExtend<Offers<'webhooks.subscribe' | 'webhooks.subscriptions'>>();
  expectTypeOf(shop).toExtend<Offers<'orders.create'>>();
  // @ts-expect-error WooCommerce has no order that waits as a draft for somebody to confirm it.
  expectTypeOf(shop).toExtend<Offers<'orders.confirm'>>();
  // @ts-expect-error A shop has no warehouse that could be asked to ship.
  expectTypeOf(shop).toExtend<Offers<'fulfillments.request'>>();
});

test('a shop is named and signed in to', () => {
  expectTypeOf(woocommerce).toBeCallableWith({ ...access, statuses: { packed: 'allocated' } });
  // @ts-expect-error Without a key nobody is let in.
  expectTypeOf(woocommerce).toBeCallableWith({ url: 'https://shop.example' });
  // @ts-expect-error A plugin's status means one of ours.
  expectTypeOf(woocommerce).toBeCallableWith({ ...access, statuses: { packed: 'ready' } });
});

type Client = ReturnType<typeof woocommerceClient>;

test('any route is asked with a schema of its answer, and a change says whether it may be repeated', async () => {
  const client = woocommerceClient(access);
  const answer = z.object({ id: z.number() });
  expectTypeOf(client.get('wc/v3/coupons/1', { answer }))
    .resolves.toHaveProperty('data')
    .toEqualTypeOf<{ id: number }>();
  expectTypeOf<Client['post']>().toBeCallableWith('wc/v3/coupons', { json: {}, answer, safety: 'repeatable' });
  // @ts-expect-error A change is no read.
  expectTypeOf<Client['post']>().toBeCallableWith('wc/v3/coupons', { json: {}, answer, safety: 'read' });
  // @ts-expect-error Without a schema nobody knows what came.
  expectTypeOf<Client['get']>().toBeCallableWith('wc/v3/coupons', {});
  // @ts-expect-error Permalinks are plain or they are not.
  expectTypeOf(woocommerceClient).toBeCallableWith({ ...access, permalinks: 'ugly' });
});
