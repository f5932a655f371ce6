import type { Connector, PortCatalogue } from '@crossdock/core';
import type { FakePlatform } from '@crossdock/testing';
import type { describeConnector } from '@crossdock/testing/conformance';
import { expectTypeOf, it } from 'vitest';

type Shop = Connector<{
  readonly orders: Pick<PortCatalogue['orders'], 'get'>;
  readonly inventory: Pick<PortCatalogue['inventory'], 'get'>;
}>;
type Store = Connector<{ readonly orders: Pick<PortCatalogue['orders'], 'pull'> }>;
interface State {
  readonly skus: readonly string[];
}

declare const describeOne: typeof describeConnector;
declare const platform: FakePlatform<State>;
declare const shop: Shop;
declare const store: Store;

const setup = () => ({ platform, connect: () => shop, secrets: ['token'] });
const setupStore = () => ({ platform, connect: () => store, secrets: ['token'] });
const get = { unknown: () => ({ system: 'shop', kind: 'order', id: '0' }) as const };
const stock = { stocked: ({ state }: FakePlatform<State>) => state.skus[0] ?? '', unknownSku: () => 'NOBODY' };

it('asks for the scenery of what the connector offers', () => {
  expectTypeOf(describeOne('shop', { setup, scenery: { 'orders.get': get, 'inventory.get': stock } })).toBeVoid();
  // @ts-expect-error The connector offers inventory.get, so the suite has to be told what is in stock.
  describeOne('shop', { setup, scenery: { 'orders.get': get } });
});

it('asks for nothing else', () => {
  expectTypeOf(describeOne('shop', { setup, scenery: { 'orders.get': get, 'inventory.get': stock } })).toBeVoid();
  describeOne('shop', {
    setup,
    scenery: {
      'orders.get': get,
      'inventory.get': stock,
      // @ts-expect-error The connector offers no products.
      'products.pull': { seed: () => [], touch: () => undefined },
    },
  });
});

it('asks for orders that wait only where the platform has them', () => {
  const pull = { seed: () => [], touch: () => undefined, unknownStatus: () => get.unknown() };
  expectTypeOf(describeOne('store', { setup: setupStore, scenery: { 'orders.pull': pull } })).toBeVoid();
  const waiting = { pending: () => get.unknown(), accept: () => undefined };
  const both = { ...pull, ...waiting };
  expectTypeOf(describeOne('store', { setup: setupStore, scenery: { 'orders.pull': both } })).toBeVoid();
  // @ts-expect-error An order that waits is named by its reference.
  describeOne('store', { setup: setupStore, scenery: { 'orders.pull': { ...pull, pending: () => '1042' } } });
});

it('gives a scenery the state of its platform', () => {
  const withState = { ...stock, unknownSku: ({ state }: FakePlatform<State>) => `not ${state.skus.join()}` };
  expectTypeOf(describeOne('shop', { setup, scenery: { 'orders.get': get, 'inventory.get': withState } })).toBeVoid();
  describeOne('shop', {
    setup,
    scenery: {
      'orders.get': get,
      'inventory.get': {
        stocked: ({ state }) => state.skus[0] ?? '',
        // @ts-expect-error The state of this platform has no orders.
        unknownSku: ({ state }) => state.orders,
      },
    },
  });
});

it('exempts from laws that there are, with a reason and a source', () => {
  const scenery = { 'orders.get': get, 'inventory.get': stock };
  const exemption = { because: 'it answers with status 200', source: 'shop.example.test, read 2026-11-23' };
  const exempt = { 'orders.get/an-unknown-order-is-undefined': exemption };
  expectTypeOf(describeOne('shop', { setup, scenery, exempt })).toBeVoid();
  // @ts-expect-error There is no such law.
  describeOne('shop', { setup, scenery, exempt: { 'orders.get/never-fails': exemption } });
  describeOne('shop', {
    setup,
    scenery,
    // @ts-expect-error A reason without a source is an opinion.
    exempt: { 'orders.get/an-unknown-order-is-undefined': { because: 'it does not work' } },
  });
});
