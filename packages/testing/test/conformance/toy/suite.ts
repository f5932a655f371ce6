import { aCustomerDraft, aFulfillmentDraft, anOrderDraft, aPrice, aStockUpdate, money } from '@crossdock/testing';
import type { Given } from '@crossdock/testing/conformance';
import { toyConnector, type ToyConnector, type ToyRuntime } from './connector.ts';
import { handlingScenery } from './handling-scenery.ts';
import { officeScenery } from './office-scenery.ts';
import { strangeSecret, toyEmail, toyPlatform, toySecrets, toyToken, unitsOrdered } from './platform.ts';
import { ids, pulled, refOf, seenLate, type ToySuite, type Toys } from './scenes.ts';

/** What makes a broken connector of a sound one. */
export interface Flaw {
  /** The line to the platform. */
  readonly line?: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
  readonly runtime?: Partial<ToyRuntime>;
  readonly connector?: (sound: ToyConnector, platform: Toys) => ToyConnector;
}

/** The suite of the sound toy, or of one with a flaw. */
export function toySuite({ line, runtime, connector: broken = (sound) => sound }: Flaw = {}): ToySuite {
  return {
    setup() {
      const platform = toyPlatform();
      const fetch = line?.(platform.fetch) ?? platform.fetch;
      const connect = (given?: Given) =>
        broken(toyConnector({ fetch, clock: platform.clock, ...given, ...runtime }), platform);
      return { platform, connect, secrets: [toyToken, toyEmail, ...toySecrets] };
    },
    scenery,
  };
}

const scenery: ToySuite['scenery'] = {
  ...officeScenery,
  ...handlingScenery,
  'orders.pull': {
    ...pulled('order'),
    pending: ({ state }) => refOf('order', state.add('orders', 'waiting').id),
    accept({ state }, { id }) {
      const order = state.tables['orders']?.get(id);
      if (order) order.status = 'open';
      state.touch('orders', id);
    },
  },
  'orders.get': { unknown: () => refOf('order', '999999') },
  'orders.create': {
    draft: (_platform, number) => anOrderDraft({ number: `#${number}` }),
    created: (platform) => ids(platform, 'orders'),
  },
  'orders.cancel': {
    open: ({ state }) => refOf('order', state.add('orders').id),
    isCanceled: ({ state }, ref) => state.tables['orders']?.get(ref.id)?.status === 'canceled',
  },
  'inventory.pull': {
    seed({ state }, count) {
      const first = state.stock.size;
      const skus = Array.from({ length: count }, (_, index) => `SEED-${first + index}`);
      for (const sku of skus) state.setStock(sku, 5);
      return skus;
    },
    touch: ({ state }, sku) => state.setStock(sku, (state.stock.get(sku) ?? 0) - 1),
    late: seenLate(({ state }, sku: string, at) => state.setStock(sku, 4, at)),
    unreadable({ state }) {
      state.setStock('MUDDLE', Number.NaN);
      return refOf('variant', 'MUDDLE');
    },
  },
  'inventory.get': {
    stocked({ state }) {
      state.setStock('TEE', 5);
      return 'TEE';
    },
    unknownSku: () => 'NOBODY-KNOWS-THIS',
  },
  'inventory.push': {
    update({ state }, number) {
      state.setStock(`SKU-${number}`, 1);
      return aStockUpdate({ sku: `SKU-${number}`, available: 10 + number });
    },
    stock: ({ state }, { sku }) => state.stock.get(sku),
    change({ state }, { sku }) {
      state.setStock(sku, (state.stock.get(sku) ?? 0) - 1);
    },
  },
  'prices.push': {
    price({ state }, number) {
      state.prices.set(`SKU-${number}`, '1.00');
      return aPrice({ sku: `SKU-${number}`, amount: money(`${10 + number}.50`) });
    },
    amount: ({ state }, { sku }) => state.prices.get(sku),
  },
  'products.pull': pulled('product'),
  'customers.get': {
    seed: ({ state }, { email, accountNumber: account }) =>
      refOf('customer', state.add('customers', 'open', { email, account }).id),
  },
  'customers.create': {
    draft: (_platform, number) => aCustomerDraft({ name: `Customer ${number}` }),
    created: (platform) => ids(platform, 'customers'),
  },
  'fulfillments.request': {
    draft: (_platform, number) => aFulfillmentDraft({ number: `F-${number}` }),
    created: (platform) => ids(platform, 'fulfillments'),
  },
  'fulfillments.get': { unknown: () => refOf('fulfillment', '999999') },
  'fulfillments.cancel': {
    open: ({ state }) => refOf('fulfillment', state.add('fulfillments').id),
    late: ({ state }) => refOf('fulfillment', state.add('fulfillments', 'shipped').id),
    isCanceled: ({ state }, ref) => state.tables['fulfillments']?.get(ref.id)?.status === 'canceled',
  },
  'shipments.pull': pulled('shipment'),
  'shipments.confirm': {
    ready: ({ state }) => ({
      order: refOf('order', state.add('orders').id),
      lines: [{ id: 'line-1', sku: 'TEE', quantity: unitsOrdered }],
    }),
    shipped: ({ state }, order) => state.tables['orders']?.get(order.id)?.shipped ?? 0,
  },
  'webhooks.verify': {
    genuine: ({ state }) => state.posting('orders', state.add('orders').id, toySecrets[0] ?? ''),
    rotated: ({ state }) => state.posting('orders', state.add('orders').id, toySecrets[1] ?? ''),
    forged: ({ state }) => state.posting('orders', state.add('orders').id, strangeSecret),
  },
  'notifications.read': { genuine: ({ state }) => state.message('orders', state.add('orders').id) },
};
