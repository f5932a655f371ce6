import type { CommerceEvent } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { asked } from './scenery/admin.ts';
import { shopWithGoods } from './shop.ts';

const url = 'https://receiver.example/hooks';

/** Lets something happen in a shop that tells these topics, and reads every delivery. */
async function told(
  topics: readonly string[],
  act: (shop: ReturnType<typeof shopWithGoods>) => void | Promise<unknown>,
): Promise<{ readonly topics: readonly string[]; readonly events: readonly CommerceEvent[] }> {
  const world = shopWithGoods();
  const { fake, shop, state, clock } = world;
  for (const topic of topics) state.subscribe(topic, url);
  const requests: Request[] = [];
  fake.webhooks.deliver = async (request) => {
    requests.push(request);
    return new Response();
  };
  await act(world);
  await clock.advance(60_000);
  const events: CommerceEvent[] = [];
  const heard: string[] = [];
  for (const request of requests) {
    const verification = await shop.webhooks.verify(request);
    if (!verification.ok) throw new Error(`A delivery was refused: ${verification.reason}`);
    heard.push(verification.delivery.topic);
    events.push(...(await shop.webhooks.decode(verification.delivery)));
  }
  return { topics: [...new Set(heard)].toSorted(), events };
}

describe('a shop that tells of its goods', () => {
  it('says how far a shipment is, by its own record and by what its carrier reports', async () => {
    const topics = ['fulfillments/create', 'fulfillments/update', 'fulfillment_events/create'];
    const { topics: heard, events } = await told(topics, async ({ fake, state, place }) => {
      const { id } = state.shipOrder(place().id, { tracking: { company: 'UPS', number: '1Z1' } });
      const query =
        'mutation($event: FulfillmentEventInput!) { fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { id } } }';
      await asked(fake, query, {
        event: { fulfillmentId: id, status: 'IN_TRANSIT', happenedAt: '2026-11-01T00:00:00Z' },
      });
    });
    expect(heard).toEqual(expect.arrayContaining(['fulfillments/create', 'fulfillment_events/create']));
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['shipment.dispatched', 'shipment.updated']));
    expect(events.at(-1)?.data).toMatchObject({ status: 'in-transit', parcels: [{ trackingNumber: '1Z1' }] });
  });

  it('says what keeps goods from leaving', async () => {
    const topics = ['fulfillment_orders/placed_on_hold', 'fulfillment_orders/hold_released'];
    const { topics: heard, events } = await told(topics, ({ state, place }) => {
      const [fulfillment] = state.fulfillmentOrdersOf(place().id);
      state.holdFulfillmentOrder(fulfillment?.id ?? '', { reason: 'AWAITING_PAYMENT' });
    });
    expect(heard).toEqual(['fulfillment_orders/placed_on_hold']);
    expect(events).toMatchObject([
      { type: 'fulfillment.updated', data: { status: 'on-hold', issues: [{ code: 'AWAITING_PAYMENT' }] } },
    ]);
  });

  it('says what is on the shelf, at the place where stock is read', async () => {
    const { events } = await told(['inventory_levels/update'], ({ state }) => {
      state.setStock('TEE', 7);
    });
    expect(events.at(-1)).toMatchObject({ type: 'stock.changed', data: { sku: 'TEE', available: 7 } });
  });

  it('says what it sells and whom it knows', async () => {
    const { events } = await told(['products/update', 'products/delete', 'customers/create'], ({ state }) => {
      const { id } = state.addProduct({ title: 'Hat', variants: [{ sku: 'HAT', price: '1.00' }] });
      state.touchProduct(id);
      state.addCustomer({ firstName: 'Jane', email: 'jane@example.com' });
    });
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['product.updated', 'customer.updated']));
  });
});

describe('a delivery with ids that no float can hold', () => {
  const number = '9223372036854775807';
  const read: string[] = [];
  const { connect } = shopWithGoods();
  const shop = connect({
    fetch: async (input, init) => {
      read.push(await new Request(input, init).text());
      return Response.json({ data: { nodes: [null], inventoryLevel: null, shop: { currencyCode: 'USD' } } });
    },
  });
  const gone = async (topic: string, body: string) => {
    read.length = 0;
    expect(await shop.webhooks.decode({ deliveryId: '1', topic, body })).toEqual([]);
    return read.join('\n');
  };

  it.each([
    [
      'fulfillments/update',
      `{"id":${number},"admin_graphql_api_id":"gid://shopify/Fulfillment/${number}"}`,
      'Fulfillment',
    ],
    ['fulfillment_events/create', `{"id":1,"fulfillment_id":${number}}`, 'Fulfillment'],
    [
      'fulfillment_orders/moved',
      `{"original_fulfillment_order":{"id":"gid:\\/\\/shopify\\/FulfillmentOrder\\/${number}"},"moved_fulfillment_order":{"id":"gid://shopify/FulfillmentOrder/2"}}`,
      'FulfillmentOrder',
    ],
    ['products/update', `{"id":${number},"admin_graphql_api_id":"gid://shopify/Product/${number}"}`, 'Product'],
    ['customers/merge', `{"admin_graphql_api_customer_kept_id":"gid://shopify/Customer/${number}"}`, 'Customer'],
    [
      'inventory_levels/update',
      `{"inventory_item_id":${number},"admin_graphql_api_id":"gid://shopify/InventoryLevel/${number}?inventory_item_id=1"}`,
      'InventoryLevel',
    ],
  ])('has the record of %s read by its exact id, and means nothing once it is gone', async (topic, body, type) => {
    expect(await gone(topic, body)).toContain(`gid://shopify/${type}/${number}`);
  });

  it.each(['orders/delete', 'products/delete', 'customers/delete'])('asks nobody for %s', async (topic) => {
    expect(await gone(topic, `{"id":${number}}`)).toBe('');
  });

  it.each([
    'fulfillments/update',
    'fulfillment_events/create',
    'fulfillment_orders/split',
    'products/update',
    'customers/update',
    'inventory_levels/update',
  ])('is malformed where %s names no record', async (topic) => {
    const decoded = shop.webhooks.decode({ deliveryId: '1', topic, body: `{"id":${number}}` });
    await expect(decoded).rejects.toMatchObject({ code: 'webhook.malformed' });
  });
});
