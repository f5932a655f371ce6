import type { Ref } from '@crossdock/core';
import { describeConnector } from '@crossdock/testing/conformance';
import type { Posting } from '@crossdock/testing';
import { aDraft, ask, place, secretOf, secrets, shipbobWorld, token, type FakeShipBob } from './shipbob-world.ts';

/** How many SKUs were added to a warehouse. */
const seeded = new WeakMap<object, number>();
/** How late a list may show a change: within the overlap of a pull. */
const lateMs = 290_000;
const shipmentRef = { system: 'shipbob', kind: 'shipment' } as const;

describeConnector('shipbob', {
  setup: () => ({ ...shipbobWorld(), secrets: [token, ...secrets, 'ada@example.test'] }),
  scenery: {
    'fulfillments.request': {
      draft: (platform, number) => aDraft(platform, `F-${number}`),
      created: ({ state }) => state.orders.map(({ id }) => String(id)),
    },
    'fulfillments.get': { unknown: () => fulfillmentRef(987_654_321) },
    'fulfillments.cancel': {
      async open(platform) {
        return fulfillmentRef((await place(platform)).id);
      },
      async late(platform) {
        const order = await place(platform);
        platform.state.ship(order.reference);
        return fulfillmentRef(order.id);
      },
      isCanceled({ state }, ref) {
        const order = state.orders.find(({ id }) => String(id) === ref.id);
        return order?.shipments.every(({ stage }) => stage === 'canceled') ?? false;
      },
    },
    'shipments.pull': {
      async seed(platform, count) {
        const refs: Ref<'shipment'>[] = [];
        for (let made = 0; made < count; made++) {
          for (const { id } of (await place(platform)).shipments) refs.push({ ...shipmentRef, id: String(id) });
        }
        return refs;
      },
      touch({ state }, ref) {
        const order = state.orders.find(({ shipments }) => shipments.some(({ id }) => String(id) === ref.id));
        if (order?.shipments[0]?.stage === 'on-hold') state.release(order.reference);
        else if (order) state.hold(order.reference);
      },
      late: {
        ms: lateMs,
        begin({ state, clock }, ref) {
          const order = state.orders.find(({ shipments }) => shipments.some(({ id }) => String(id) === ref.id));
          state.hold(order?.reference ?? '');
          const show = state.unlist(order?.reference ?? '');
          const seenAt = clock.now() + lateMs;
          return async () => {
            await clock.advance(seenAt - clock.now());
            show();
          };
        },
      },
      async unknownStatus(platform) {
        const order = await place(platform);
        platform.state.ship(order.reference);
        const [shipment] = order.shipments;
        if (shipment) shipment.details = [{ id: 299 }];
        return { ...shipmentRef, id: String(shipment?.id) };
      },
    },
    'inventory.pull': {
      seed({ state }, count) {
        const first = seeded.get(state) ?? 0;
        seeded.set(state, first + count);
        const skus = Array.from({ length: count }, (_, index) => `SEED-${first + index}`);
        for (const sku of skus) state.addInventory(sku, 5);
        return skus;
      },
      touch: ({ state }, sku) => state.removeInventory(sku, 1),
      unreadable({ state }) {
        // JSON has null for a figure that is none.
        state.addInventory('MUDDLE', Number.NaN);
        return { system: 'shipbob', kind: 'variant', id: 'MUDDLE' };
      },
    },
    'inventory.get': {
      stocked({ state }) {
        state.addInventory('TEE-RED-M', 5);
        return 'TEE-RED-M';
      },
      unknownSku: () => 'NOBODY-KNOWS-THIS',
    },
    'webhooks.verify': {
      genuine: (platform) => shippedPosting(platform, secrets[0]),
      rotated: (platform) => shippedPosting(platform, secrets[1]),
      forged: (platform) => shippedPosting(platform, secretOf('a secret of a stranger')),
    },
  },
});

function fulfillmentRef(id: number): Ref<'fulfillment'> {
  return { system: 'shipbob', kind: 'fulfillment', id: String(id) };
}

/** What ShipBob tells a subscriber with this secret when an order leaves. */
async function shippedPosting(platform: FakeShipBob, secret: string | undefined): Promise<Posting> {
  const url = 'https://receiver.example.test/shipbob';
  await ask(platform, 'POST', 'webhook', { topics: ['order.shipped'], url, secret });
  const order = await place(platform);
  platform.state.ship(order.reference);
  const posting = platform.webhooks.postings.at(-1);
  if (!posting) throw new Error('The fake told nobody that an order left.');
  return posting;
}
