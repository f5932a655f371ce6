import type { Ref } from '@crossdock/core';
import type { FakePlatform, ShopFulfillment, ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { address } from '../shop.ts';
import { asked } from './admin.ts';
import { lateMs, seenLater } from './late.ts';

type Shop = FakePlatform<ShopifyState>;
const unknown = () => shipmentRef('gid://shopify/Fulfillment/404');
const reported = z.object({ data: z.object({ fulfillmentEventCreate: z.object({ fulfillmentEvent: z.object({}) }) }) });
const canceled = z.object({ data: z.object({ fulfillmentCancel: z.object({ fulfillment: z.object({}) }) }) });

/** What left, under which numbers, and what its carrier said. */
export const shipmentScenery: Pick<Scenery<ShopifyState>, `shipments.${'pull' | 'update' | 'report'}`> = {
  'shipments.pull': {
    async seed(platform, count) {
      const refs = [];
      for (let number = 0; number < count; number += 1) {
        refs.push(traveling(platform, number));
        await platform.clock.advance(1000);
      }
      return refs;
    },
    touch,
    late: {
      ms: lateMs,
      async begin(platform, ref) {
        await touch(platform, ref);
        return seenLater(platform, platform.state.unlistOrder(shipmentOf(platform.state, ref.id).orderId));
      },
    },
    unknownStatus(platform) {
      const ref = traveling(platform, 1);
      platform.state.useShipmentWord(ref.id, 'TELEPORTED');
      return ref;
    },
  },
  'shipments.update': {
    unknown,
    traveling,
    async voided(platform) {
      const ref = traveling(platform, 1);
      const query = 'mutation($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { id } } }';
      canceled.parse(await asked(platform, query, { id: ref.id }));
      return ref;
    },
    trackingNumbers: ({ state }, { id }) => shipmentOf(state, id).tracking.flatMap(({ number }) => number ?? []),
  },
  'shipments.report': {
    unknown,
    traveling,
    reportedAt: ({ state }, { id }) => shipmentOf(state, id).events.map(({ happenedAt }) => happenedAt),
  },
};

/** As the shop has it. */
export function shipmentOf(state: ShopifyState, id: string): ShopFulfillment {
  const found = state.fulfillments.find((each) => each.id === id);
  if (!found) throw new Error(`There is no "${id}".`);
  return found;
}

function traveling({ state }: Shop, number: number): Ref<'shipment'> {
  const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 2 }], shippingAddress: address });
  return shipmentRef(state.shipOrder(id, { tracking: { company: 'UPS', number: `1Z${number}` } }).id);
}

/** Its carrier says something. */
async function touch(platform: Shop, { id }: Ref<'shipment'>): Promise<void> {
  const query = `mutation($event: FulfillmentEventInput!) {
    fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { id } }
  }`;
  const event = { fulfillmentId: id, status: 'IN_TRANSIT', happenedAt: new Date(platform.clock.now()).toISOString() };
  reported.parse(await asked(platform, query, { event }));
}

function shipmentRef(id: string): Ref<'shipment'> {
  return { system: 'shopify', kind: 'shipment', id };
}
