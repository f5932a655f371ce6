import type { FulfillmentOrder, Page, Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'key' };

/** Two orders, one at the merchant's place and one at that of the app's own fulfillment service. */
function twoPlaces(scopes: readonly string[]) {
  const world = shopWithGoods({}, { scopes });
  const { state, place } = world;
  const { locationId } = state.addFulfillmentService({ name: 'Ours' });
  const theirs = state.fulfillmentOrdersOf(place().id)[0];
  const order = place();
  state.moveOrder(order.id, locationId);
  const ours = state.fulfillmentOrdersOf(order.id).find((each) => each.locationId === locationId);
  state.requestFulfillment(ours?.id ?? '');
  return { ...world, order, ours: fulfillmentRef(ours?.id ?? ''), theirs: fulfillmentRef(theirs?.id ?? '') };
}

function fulfillmentRef(id: string): Ref<'fulfillment'> {
  return { system: 'shopify', kind: 'fulfillment', id };
}

async function idsIn(pages: AsyncIterable<Page<FulfillmentOrder>>): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { items } of pages) ids.push(...items.map(({ ref }) => ref.id));
  return ids;
}

describe('an app that may only see what is assigned to it', () => {
  const scopes = ['read_locations', 'write_assigned_fulfillment_orders'];

  it('pulls its inbox and nothing else, and answers it', async () => {
    const { shop, ours, theirs } = twoPlaces(scopes);
    expect(await idsIn(shop.fulfillments.pull({}))).toEqual([ours.id]);
    expect(await shop.fulfillments.get(theirs)).toBeUndefined();
    await shop.fulfillments.answer(ours, { to: 'request', accept: true }, key);
    expect(await shop.fulfillments.get(ours)).toMatchObject({ status: 'acknowledged' });
  });

  it('may not hold anything, and is told what it lacks', async () => {
    const { shop, ours } = twoPlaces([...scopes, 'write_orders']);
    await expect(shop.fulfillments.hold(ours, { reason: 'other' }, key)).rejects.toMatchObject({
      code: 'access.denied',
      message: expect.stringContaining('write_merchant_managed_fulfillment_orders'),
    });
  });
});

describe('an app of the merchant', () => {
  it('holds and lifts with one scope, and one to note it with', async () => {
    const scopes = ['write_merchant_managed_fulfillment_orders', 'write_orders', 'read_locations'];
    const { shop, theirs } = twoPlaces(scopes);
    await shop.fulfillments.hold(theirs, { reason: 'other' }, key);
    expect(await shop.fulfillments.get(theirs)).toMatchObject({ status: 'on-hold' });
    await shop.fulfillments.release(theirs, { reason: 'other' }, { idempotencyKey: 'release' });
    expect(await shop.fulfillments.get(theirs)).toMatchObject({ status: 'queued' });
  });

  it('follows shipments with the scopes for that', async () => {
    const { shop, state, order } = twoPlaces(['write_orders', 'read_locations', 'write_fulfillments']);
    const ref = { system: 'shopify', kind: 'shipment', id: state.shipOrder(order.id).id } as const;
    await shop.shipments.report(ref, { status: 'in-transit', at: '2026-10-31T08:00:00Z' }, key);
    for await (const { items } of shop.shipments.pull({})) expect(items).toMatchObject([{ status: 'in-transit' }]);
    const update = shop.shipments.update(ref, { parcels: [{ carrier: 'ups', trackingNumber: '1' }] }, key);
    await expect(update).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('changes tracking with one scope, and one to note it with', async () => {
    const { shop, state, order } = twoPlaces(['write_third_party_fulfillment_orders', 'write_orders']);
    const ref = { system: 'shopify', kind: 'shipment', id: state.shipOrder(order.id).id } as const;
    await shop.shipments.update(ref, { parcels: [{ carrier: 'ups', trackingNumber: '1' }] }, key);
    expect(state.fulfillmentsOf(order.id)[0]?.tracking).toMatchObject([{ company: 'UPS', number: '1' }]);
  });
});
