import { fakeShopify, testClock } from '@crossdock/testing';
import { listen } from '@crossdock/testing/listen';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask } from './shopify/ask.ts';
import { anOrder, shopWithStock } from './shopify/shop.ts';

const ship =
  'mutation M($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { fulfillment { id } userErrors { message } } }';

function readyToShip() {
  // It stands still until it is told to go on, so that what is late can be seen missing.
  const { platform, state } = shopWithStock({ clock: testClock({ auto: false }) });
  const order = state.placeOrder(anOrder());
  const f = { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: state.fulfillmentOrdersOf(order.id)[0]?.id }] };
  return { platform, state, order, f };
}

describe('a late change', () => {
  it('is made after the connection was given up, and not before its time', async () => {
    const { platform, state, f } = readyToShip();
    platform.faults.next('fulfillmentCreate', { kind: 'late', ms: 5000 });
    await expect(ask(platform, ship, { f })).rejects.toThrow('fetch failed');
    expect(platform.journal.of('fulfillmentCreate')).toMatchObject([{ status: 0, method: 'POST' }]);
    await platform.clock.advance(4999);
    expect(state.fulfillments).toEqual([]);
    await platform.clock.advance(1);
    expect(state.fulfillments).toHaveLength(1);
  });

  it('comes too late when somebody else was faster', async () => {
    const { platform, state, f } = readyToShip();
    platform.faults.next('fulfillmentCreate', { kind: 'late', ms: 5000 });
    await expect(ask(platform, ship, { f })).rejects.toThrow('fetch failed');
    expect((await ask(platform, ship, { f })).at('fulfillmentCreate', 'userErrors')).toEqual([]);
    await platform.clock.advance(60_000);
    expect(state.fulfillments).toHaveLength(1);
  });

  it('is made by itself where the clock goes on by itself', async () => {
    const shop = fakeShopify();
    const order = shop.state.placeOrder({ lines: [{ title: 'Tee', quantity: 1, unitPrice: '1.00' }] });
    shop.faults.next('orderClose', { kind: 'late', ms: 90_000 });
    const close = `mutation { orderClose(input: { id: "${order.id}" }) { userErrors { message } } }`;
    await expect(ask(shop, close)).rejects.toThrow('fetch failed');
    const startedAt = shop.clock.now();
    await shop.clock.sleep(90_001);
    expect(shop.clock.now()).toBe(startedAt + 90_001);
    expect((await ask(shop, `{ order(id: "${order.id}") { closed } }`)).at('order', 'closed')).toBe(true);
  });

  it('resets the socket of a listening shop', async () => {
    const { platform, state, f } = readyToShip();
    const door = await listen(platform);
    onTestFinished(() => door.close());
    platform.faults.next('fulfillmentCreate', { kind: 'late', ms: 1000 });
    await expect(ask({ ...platform, origin: door.url, fetch: globalThis.fetch }, ship, { f })).rejects.toThrow(
      'fetch failed',
    );
    await platform.clock.advance(1000);
    expect(state.fulfillments).toHaveLength(1);
  });
});
