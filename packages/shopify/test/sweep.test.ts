import { defineOwnership } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { fakeShopify } from '@crossdock/testing';
import { expect, it } from 'vitest';
import { shopify } from '../src/index.ts';

const minute = 60_000;

/** An integration of one shop that notes every order that was placed. */
function noting() {
  const platform = fakeShopify();
  const { state, clock } = platform;
  state.addProduct({ title: 'Goods', variants: [{ sku: 'TEE', price: '10.00', stock: 100_000 }] });
  const { clientSecret, accessToken } = state;
  const shop = shopify({ shop: 'acme', accessToken, webhookSecrets: [clientSecret], fetch: platform.fetch, clock });
  const noted: string[] = [];
  const note = defineFlow({
    name: 'note-order',
    version: 1,
    on: 'order.placed',
    needs: {},
    key: ({ data }) => data.number,
    run: async ({ event }) => void noted.push(event.data.ref.id),
  });
  const hub = compose({
    systems: { shopify: shop },
    flows: [note],
    ownership: defineOwnership({
      'order.status': 'shopify',
      'order.lines': 'shopify',
      'stock.available': 'shopify',
      'product.price': 'shopify',
      'product.content': 'shopify',
      'shipment.tracking': 'shopify',
    }),
    stores: memoryStores({ clock }),
    clock,
  });
  state.subscribe('orders/create', 'https://hub.example/shopify');
  platform.webhooks.deliver = (request) => hub.receive('shopify', request);
  const place = () => state.placeOrder({ lines: [{ sku: 'TEE', quantity: 1 }] }).id;
  return { platform, hub, noted, place };
}

it('finds by a sweep what the search showed later than a poll looks back', async () => {
  const { platform, hub, noted, place } = noting();
  platform.webhooks.weather = { lost: 1, repeated: 0, shuffled: 0, delayMs: 0 };
  const late = place();
  const show = platform.state.unlistOrder(late);
  await platform.clock.advance(10 * minute);
  const early = place();
  await hub.poll('shopify', 'orders.pull');
  show();
  await platform.clock.advance(20 * minute);
  expect(await hub.poll('shopify', 'orders.pull')).toMatchObject({ started: 0 });
  await hub.work();
  expect(noted).toEqual([early]);

  expect(await hub.sweep('shopify', 'orders.pull')).toMatchObject({ started: 1, missed: 2 });
  await hub.work();
  expect(noted).toEqual([early, late]);
  expect(await hub.health()).toMatchObject([{ state: 'missing', deliveredAt: undefined, missed: 2 }]);
});

it('restores by a sweep alone what a shop lost, repeated and shuffled', async () => {
  const { platform, hub, noted, place } = noting();
  platform.webhooks.weather = { lost: 0.2, repeated: 0.2, shuffled: 0.5, delayMs: 60 * minute };
  const placed: string[] = [];
  for (let number = 0; number < 30; number++) {
    placed.push(place());
    await platform.clock.advance(minute);
  }
  await platform.clock.advance(120 * minute);
  await hub.work();
  const { lost } = platform.webhooks.counts;
  expect(lost).toBeGreaterThan(0);
  expect(noted).toHaveLength(30 - lost);

  expect(await hub.sweep('shopify', 'orders.pull')).toMatchObject({ records: 30, started: lost, missed: lost });
  await hub.work();
  expect(noted.toSorted()).toEqual(placed.toSorted());
}, 30_000);
